// The fields of one way to meet a rule. Which ones there are depends on what is asked.
import { useId } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Combobox } from '#faces/parts/combobox.tsx';
import { Checkbox, Field, Select } from '#faces/parts/field.tsx';
import { useSpeech } from '#faces/words/face.tsx';
import { diseaseName, kindName, resultName, testName, vaccineName, type Sentences } from '#faces/words/sentences/index.ts';
import type { ClauseDocument, Kind, Result } from '#passport';
import { DISEASES, PRODUCTS, productById, TEST_KINDS } from '#passport/codes/index.ts';
import type { Words } from '../words/index.ts';

type Props = { readonly clause: ClauseDocument; readonly sentences: Sentences; readonly onChange: (clause: ClauseDocument) => void };
type Change = { readonly [K in keyof ClauseDocument]?: ClauseDocument[K] | undefined };

/** Fields that are given nothing are taken out. */
const changed = (clause: ClauseDocument, change: Change): ClauseDocument => Object.fromEntries(Object.entries({ ...clause, ...change }).filter(([, value]) => value !== undefined));

const KINDS = ['vaccination', 'test', 'recovery'] as const satisfies readonly Kind[];

export function ClauseFields({ clause, sentences, onChange }: Props) {
  const { w: { rules: { edit: words } } } = useSpeech<Words>();
  const change = (next: Change) => onChange(changed(clause, next));
  const { kind, minAge } = clause;
  const diseases = DISEASES.map(({ snomed }) => ({ value: String(snomed), label: diseaseName(snomed, sentences) ?? '' })).toSorted((a, b) => a.label.localeCompare(b.label, sentences.language));
  return (
    <div class="stack">
      {/* What another kind does not have goes with it. */}
      <Select label={words.kind} value={kind ?? ''} onChange={({ currentTarget: { value } }) => onChange(changed({}, { kind: (value || undefined) as Kind | undefined, disease: clause.disease, minAge }))}>
        {KINDS.map((each) => <option key={each} value={each}>{kindName(each, sentences)}</option>)}
        <option value="">{words.anyKind}</option>
      </Select>
      <Select label={words.disease} value={clause.disease ?? ''} onChange={({ currentTarget: { value } }) => change({ disease: value || undefined })}>
        <option value="">{words.anyDisease}</option>
        {diseases.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
      </Select>
      {kind === 'vaccination' && <VaccinationFields {...{ clause, sentences, onChange }} />}
      {kind === 'test' && <TestFields {...{ clause, sentences, onChange }} />}
      {kind !== undefined && <TimeField label={words.from} value={clause.ageFrom} onChange={(ageFrom) => change({ ageFrom })} />}
      {kind !== undefined && <TimeField label={words.until} value={clause.ageTo} onChange={(ageTo) => change({ ageTo })} />}
      <Field label={words.age} type="number" size="s" min={1} max={150} inputMode="numeric" value={minAge ?? ''} onInput={({ currentTarget: { value } }) => change({ minAge: wholeOf(value) })} />
    </div>
  );
}

const wholeOf = (value: string): number | undefined => (/^\d+$/.test(value) && Number(value) > 0 ? Number(value) : undefined);

function VaccinationFields({ clause, sentences, onChange }: Props) {
  const { w: { rules: { edit: words } }, say } = useSpeech<Words>();
  const change = (next: Change) => onChange(changed(clause, next));
  const { products } = clause;
  const choice = products === undefined ? 'any' : products.includes('COVID_EU') ? 'eu' : 'some';
  const labelOf = (id: string) => { const product = productById(id); return product ? vaccineName(product.index, sentences) ?? id : id; };
  const search = (typed: string) => PRODUCTS.map(({ id }) => ({ value: id, label: labelOf(id) })).filter(({ value, label }) => !products?.includes(value) && label.toLowerCase().includes(typed.toLowerCase())).slice(0, 12);
  return (
    <>
      <Select label={words.vaccines} value={choice} onChange={({ currentTarget: { value } }) => change({ products: value === 'any' ? undefined : value === 'eu' ? ['COVID_EU'] : ['comirnaty'] })}>
        <option value="any">{words.anyVaccine}</option>
        <option value="eu">{words.euVaccines}</option>
        <option value="some">{words.someVaccines}</option>
      </Select>
      {choice === 'some' && (
        <>
          <ul class="row chosen">
            {products?.map((id) => <li key={id}><Button kind="secondary" aria-label={say(words.removeVaccine, { name: labelOf(id) })} disabled={products.length === 1} onClick={() => change({ products: products.filter((other) => other !== id) })}>{labelOf(id)} ×</Button></li>)}
          </ul>
          <Combobox label={words.addVaccine} search={search} value={undefined} onChoose={(option) => option && change({ products: [...products ?? [], option.value] })} />
        </>
      )}
      <Field label={words.dose} type="number" size="s" min={1} max={255} inputMode="numeric" value={clause.minDose ?? ''} onInput={({ currentTarget: { value } }) => change({ minDose: wholeOf(value) })} />
      <Checkbox label={words.complete} checked={clause.complete ?? false} onChange={({ currentTarget: { checked } }) => change({ complete: checked || undefined })} />
    </>
  );
}

function TestFields({ clause, sentences, onChange }: Props) {
  const { w: { rules: { edit: words } } } = useSpeech<Words>();
  const change = (next: Change) => onChange(changed(clause, next));
  const { tests = [], results } = clause;
  const toggled = (id: string) => { const next = tests.includes(id) ? tests.filter((other) => other !== id) : [...tests, id]; return next.length > 0 ? next : undefined; };
  return (
    <>
      <fieldset class="field">
        <legend>{words.tests}</legend>
        <div class="choices">{TEST_KINDS.map(({ id, index }) => <Checkbox key={id} label={testName(index, sentences)} checked={tests.includes(id)} onChange={() => change({ tests: toggled(id) })} />)}</div>
      </fieldset>
      <Select label={words.result} value={results?.[0] ?? ''} onChange={({ currentTarget: { value } }) => change({ results: value === '' ? undefined : [value as Result] })}>
        <option value="">{words.anyResult}</option>
        {(['notDetected', 'detected'] as const).map((result) => <option key={result} value={result}>{resultName(result, sentences)}</option>)}
      </Select>
    </>
  );
}

/** A number and its unit, as ISO 8601 writes them. */
function TimeField({ label, value, onChange }: { readonly label: string; readonly value: string | undefined; readonly onChange: (value: string | undefined) => void }) {
  const { w: { rules: { edit: words } } } = useSpeech<Words>();
  const id = useId();
  const unit = value?.startsWith('PT') ? 'hours' : 'days';
  const amount = value?.replace(/\D/g, '') ?? '';
  const write = (next: string, as: 'hours' | 'days') => onChange(wholeOf(next) === undefined ? undefined : as === 'hours' ? `PT${Number(next)}H` : `P${Number(next)}D`);
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <div class="row">
        <label class="unseen" for={id}>{label}</label>
        <input id={id} class="input" data-size="s" type="number" min={1} max={99999} inputMode="numeric" value={amount} onInput={({ currentTarget }) => write(currentTarget.value, unit)} />
        <select class="select unit" aria-label={`${label}: ${words.unit}`} value={unit} onChange={({ currentTarget }) => write(amount, currentTarget.value as 'hours' | 'days')}>
          <option value="days">{words.days}</option>
          <option value="hours">{words.hours}</option>
        </select>
      </div>
    </fieldset>
  );
}
