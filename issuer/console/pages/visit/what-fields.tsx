// What was done at the visit: the few fields that are usual in sight, the others behind one press.
import { useMemo } from 'preact/hooks';
import { COUNTRIES } from '#passport/codes/index.ts';
import { Combobox } from '#faces/parts/combobox.tsx';
import { Field, Radios, Select } from '#faces/parts/field.tsx';
import { resultName } from '#faces/words/sentences/index.ts';
import type { Suggestions } from '../../api.ts';
import { useConsole, useWords } from '../../console.tsx';
import { today } from '../../events.ts';
import { countryNames, diseaseOption, diseaseSearch, productOption, productSearch, testKey, testOption, testSearch } from './choices.ts';
import { withNextDose, type Field as FieldName, type VisitForm } from './form.ts';
import { LotField } from './lot-field.tsx';

type Props = {
  readonly form: VisitForm; readonly suggestions: Suggestions; readonly onChange: (change: Partial<VisitForm>) => void; readonly errorOf: (field: FieldName) => string | undefined;
};

export function WhatFields(props: Props) {
  const { form } = props;
  return (
    <>
      {form.kind === 'vaccination' ? <VaccineFields {...props} /> : form.kind === 'test' ? <TestFields {...props} /> : <RecoveryFields {...props} />}
      <MoreFields {...props} />
    </>
  );
}

const inputOf = ({ form, onChange, errorOf }: Props) => (name: 'date' | 'time' | 'dose' | 'series' | 'performer') => ({
  id: name, value: form[name], error: name === 'time' || name === 'performer' ? undefined : errorOf(name), onInput: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
});

function VaccineFields(props: Props) {
  const { form, suggestions, onChange, errorOf } = props;
  const { w } = useWords();
  const { sentences } = useConsole();
  const search = useMemo(() => productSearch(suggestions.products.map(({ product }) => product), sentences), [suggestions, sentences]);
  const choose = (product: number | undefined) => {
    const known = suggestions.products.find((used) => used.product === product);
    onChange(withNextDose({ ...form, product, ...(product === form.product ? {} : { lot: known?.lot ?? '', expires: '', gtin: '' }) }, suggestions.next));
  };
  const input = inputOf(props);
  return (
    <>
      <Combobox id="product" label={w.visit.vaccine} error={errorOf('product')} search={search} value={productOption(form.product, sentences)} onChoose={(option) => choose(option && Number(option.value))} />
      <LotField {...{ form, onChange }} error={errorOf('lot')} />
      <div class="fields">
        <Field label={w.visit.dose} inputMode="numeric" size="s" {...input('dose')} />
        <Field label={w.visit.series} inputMode="numeric" size="s" {...input('series')} />
        <Field label={w.visit.date} type="date" max={today()} {...input('date')} />
      </div>
    </>
  );
}

function TestFields(props: Props) {
  const { form, suggestions, onChange, errorOf } = props;
  const { w } = useWords();
  const { sentences } = useConsole();
  const search = useMemo(() => testSearch(suggestions.tests.flatMap(({ test, disease }) => testKey(test, disease) ?? []), sentences), [suggestions, sentences]);
  const input = inputOf(props);
  return (
    <>
      <Combobox id="test" label={w.visit.test} error={errorOf('test')} search={search} value={testOption(testKey(form.test, form.disease), sentences)}
        onChoose={(option) => onChange({ test: option && Number(option.value.split('/')[0]), disease: option?.value.split('/')[1] })} />
      <div id="result" tabIndex={-1}>
        <Radios legend={w.visit.result} name="result" error={errorOf('result')} value={form.result} onChoose={(result) => onChange({ result })}
          options={(['notDetected', 'detected'] as const).map((value) => ({ value, label: resultName(value, sentences) }))} />
      </div>
      <div class="fields">
        <Field label={w.visit.sampled} type="date" max={today()} {...input('date')} />
        <Field label={w.visit.time} type="time" {...input('time')} />
      </div>
    </>
  );
}

function RecoveryFields(props: Props) {
  const { form, onChange, errorOf } = props;
  const { w } = useWords();
  const { sentences } = useConsole();
  const search = useMemo(() => diseaseSearch(sentences), [sentences]);
  return (
    <>
      <Combobox id="disease" label={w.visit.disease} error={errorOf('disease')} search={search} value={diseaseOption(form.disease, sentences)} onChoose={(option) => onChange({ disease: option?.value })} />
      <Field label={w.visit.firstPositive} type="date" max={today()} {...inputOf(props)('date')} />
    </>
  );
}

function MoreFields(props: Props) {
  const { form, onChange } = props;
  const { w, language } = useWords();
  const countries = useMemo(() => countryNames(COUNTRIES, language), [language]);
  return (
    <details class="more">
      <summary>{w.visit.more}</summary>
      <div class="fields">
        <Field label={w.visit.performer} maxLength={200} {...inputOf(props)('performer')} />
        <Select label={w.visit.country} value={form.country} onChange={(event) => onChange({ country: event.currentTarget.value })}>
          <option value="">–</option>
          {countries.map(([code, name]) => <option key={code} value={code}>{name}</option>)}
        </Select>
      </div>
    </details>
  );
}
