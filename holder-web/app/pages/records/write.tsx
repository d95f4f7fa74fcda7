// Writing something down oneself: a few questions for each kind.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Checkbox, Field, Radios, Select, TextArea } from '#faces/parts/field.tsx';
import { ErrorSummary, Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { emptyForm, faultsOfForm, FORM_KINDS, MEASURES, PRESSURE, RISKS, textOfForm, UNITS, type FormFault, type FormKind, type FormValues, type Measure } from '#wallet-app/records/forms.ts';
import { useAttempt } from '../../parts/attempt.ts';
import { today } from './begin.tsx';
import { useRecords, useRecordsWords } from './context.tsx';

export function WritePage({ kind }: { readonly kind: string | undefined }) {
  const { r } = useRecordsWords();
  const known = FORM_KINDS.find((each) => each === kind);
  if (known) return <Form key={known} kind={known} />;
  return (
    <Screen title={r.write.title} back={to('records')}>
      <p>{r.write.lead}</p>
      <ul class="links">{FORM_KINDS.map((each) => <li key={each}><a href={to('records', 'write', each)}><span class="strong">{r.write.kinds[each]}</span></a></li>)}</ul>
    </Screen>
  );
}

/** What each field asks for. */
type Labels = Readonly<Record<FormFault['field'], string>>;
type Editing = { readonly labels: Labels; readonly values: FormValues; readonly set: (change: Partial<FormValues>) => void; readonly wrong: (field: FormFault['field']) => string | undefined };

function Form({ kind }: { readonly kind: FormKind }) {
  const { r, say, failure, shared } = useRecordsWords();
  const app = useRecords();
  const [failed, attempt] = useAttempt();
  const [values, setValues] = useState<FormValues>(() => emptyForm(today()));
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  const [tried, setTried] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const wrong = (field: FormFault['field']) => {
    const fault = faults.find((each) => each.field === field);
    if (!fault) return undefined;
    if (field === 'since') return r.write.sinceWrong;
    return fault.least === undefined ? r.write.whatEmpty : say(r.write.numberWrong, { least: fault.least, most: fault.most ?? 0 });
  };
  const { unit } = values.measure === 'pressure' ? PRESSURE : UNITS[values.measure];
  const labels: Labels = {
    what: kind === 'measurement' ? '' : r.write.what[kind], text: r.write.text, since: kind === 'measurement' || kind === 'note' ? r.write.on : r.write.since,
    number: say(values.measure === 'pressure' ? r.write.upper : r.write.number, { unit }), lower: say(r.write.lower, { unit }),
  };
  const set = (change: Partial<FormValues>) => {
    setValues((before) => ({ ...before, ...change }));
    setFaults((before) => before.filter(({ field }) => !(field in change)));
  };
  const keep = async (event: Event) => {
    event.preventDefault();
    const found = faultsOfForm(kind, values, today());
    setFaults(found);
    setTried(tried + 1);
    if (found.length > 0 || isBusy) return;
    setBusy(true);
    if (await attempt(() => app.shelf.add([textOfForm(kind, values)]))) go(to('records'), { replace: true });
    setBusy(false);
  };
  const editing = { values, set, wrong, labels };
  return (
    <Screen title={r.write.kinds[kind]} back={to('records', 'write')}>
      {failed && <Notice kind="bad" alert title={r.write.failed}>{failure(failed)}</Notice>}
      <ErrorSummary tried={tried} errors={faults.map(({ field }) => ({ field, says: `${labels[field]}${/[?؟]$/.test(labels[field]) ? '' : ':'} ${wrong(field)}` }))} />
      <form class="stack-l" onSubmit={(event) => void keep(event)} noValidate>
        {kind === 'measurement' ? <Measurement {...editing} /> : <Field id="what" label={labels.what} maxLength={300} value={values.what} error={wrong('what')} onInput={(event) => set({ what: event.currentTarget.value })} />}
        {kind === 'allergy' && <Field id="reaction" label={<>{r.write.reaction} <span class="regular soft">({shared.optional})</span></>} maxLength={300} value={values.reaction} onInput={(event) => set({ reaction: event.currentTarget.value })} />}
        {kind === 'allergy' && <Radios legend={r.write.risk} name="risk" value={values.risk} onChoose={(risk) => set({ risk })} options={RISKS.map((risk) => ({ value: risk, label: r.write.risks[risk] }))} />}
        {kind === 'medicine' && <Field id="dosage" label={<>{r.write.dosage} <span class="regular soft">({shared.optional})</span></>} hint={r.write.dosageHint} maxLength={500} value={values.dosage} onInput={(event) => set({ dosage: event.currentTarget.value })} />}
        {kind === 'note' && <TextArea id="text" label={labels.text} rows={8} maxLength={50_000} value={values.text} error={wrong('text')} onInput={(event) => set({ text: event.currentTarget.value })} />}
        <Field id="since" type="date" size="m" label={labels.since} max={today()} value={values.since} error={wrong('since')} onInput={(event) => set({ since: event.currentTarget.value })} />
        {kind !== 'measurement' && kind !== 'note' && <Checkbox label={r.write.isOver} checked={values.isOver} onChange={(event) => set({ isOver: event.currentTarget.checked })} />}
        <Checkbox label={r.write.sensitive} hint={r.write.sensitiveHint} checked={values.isSensitive} onChange={(event) => set({ isSensitive: event.currentTarget.checked })} />
        <Button wide type="submit" busy={isBusy}>{isBusy ? r.write.keeping : r.write.keep}</Button>
      </form>
    </Screen>
  );
}

function Measurement({ values: { measure, number, lower }, set, wrong, labels }: Editing) {
  const { r } = useRecordsWords();
  return (
    <>
      <Select id="measure" label={r.write.measure} value={measure} onChange={(event) => set({ measure: event.currentTarget.value as Measure })}>{MEASURES.map((each) => <option key={each} value={each}>{r.write.measures[each]}</option>)}</Select>
      <Field id="number" label={labels.number} inputMode="decimal" size="s" dir="ltr" value={number} error={wrong('number')} onInput={(event) => set({ number: event.currentTarget.value })} />
      {measure === 'pressure' && <Field id="lower" label={labels.lower} inputMode="decimal" size="s" dir="ltr" value={lower} error={wrong('lower')} onInput={(event) => set({ lower: event.currentTarget.value })} />}
    </>
  );
}
