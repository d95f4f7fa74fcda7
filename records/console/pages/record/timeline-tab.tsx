// Everything that may be read, newest first, by kind, time, words or code. What may not be read leaves no trace here.
import { useState } from 'preact/hooks';
import { Field, Select } from '#faces/parts/field.tsx';
import { isRead, type OpenedRecord } from '#records/client/open-record.ts';
import { searchRecords } from '#records/model/fhir/index.ts';
import { CATEGORIES, type Category } from '#records/model/record.ts';
import { useWords } from '../../speech.tsx';
import type { TabProps } from './terms.tsx';
import { Entry, WhenRead } from './read-parts.tsx';

type Filter = { readonly category: Category | ''; readonly from: string; readonly until: string; readonly text: string };
const NOTHING: Filter = { category: '', from: '', until: '', text: '' };
/** What looks like a code is looked for as one too: LOINC, SNOMED CT, ICD, ATC. */
const CODE = /^(\d{1,7}-\d|\d{5,18}|[A-Z]\d{2}[A-Z0-9.]*)$/i;

function found(records: readonly OpenedRecord[], { category, from, until, text }: Filter): readonly OpenedRecord[] {
  const by = { ...(category && { categories: [category] }), ...(from && { from }), ...(until && { until }) };
  const read = records.filter(isRead);
  const hits = new Set<OpenedRecord>(searchRecords(read, { ...by, text }));
  if (CODE.test(text.trim())) for (const hit of searchRecords(read, { ...by, code: text.trim() })) hits.add(hit);
  // What does not open is said to be there, wherever its words are not asked for.
  const closed = text.trim() === '' ? records.filter((record) => !isRead(record) && (!category || record.meta.category === category) && (!from || record.meta.date >= from) && (!until || record.meta.date <= until)) : [];
  return [...hits, ...closed].toSorted((a, b) => (a.meta.date < b.meta.date ? 1 : a.meta.date > b.meta.date ? -1 : 0));
}

export function TimelineTab({ patient, reading }: TabProps) {
  const { w, say } = useWords();
  const [filter, setFilter] = useState(NOTHING);
  const set = (change: Partial<Filter>) => setFilter((before) => ({ ...before, ...change }));
  return (
    <WhenRead reading={reading}>{(records) => {
      const shown = found(records, filter);
      const categories = CATEGORIES.filter((category) => records.some(({ meta }) => meta.category === category));
      return (
        <section class="full stack">
          <div class="filters">
            <Field id="find" type="search" label={w.record.filter.text} hint={w.record.filter.textHint} value={filter.text} onInput={(event) => set({ text: event.currentTarget.value })} />
            <Select id="kind" label={w.record.filter.category} value={filter.category} onChange={(event) => set({ category: event.currentTarget.value as Category | '' })}>
              <option value="">{w.record.filter.all}</option>
              {categories.map((category) => <option key={category} value={category}>{w.categories[category]}</option>)}
            </Select>
            <Field id="from" type="date" label={w.record.filter.from} value={filter.from} onInput={(event) => set({ from: event.currentTarget.value })} />
            <Field id="to" type="date" label={w.record.filter.until} value={filter.until} onInput={(event) => set({ until: event.currentTarget.value })} />
          </div>
          <p class="soft" role="status">{shown.length === 0 ? w.record.filter.none : say(w.record.filter.shown, { count: shown.length })}</p>
          <ol class="entries">{shown.map((record) => <Entry key={record.meta.id} patient={patient} record={record} />)}</ol>
        </section>
      );
    }}</WhenRead>
  );
}
