// The records of a person: by kind or by date, searched where they are readable, here.
import { useMemo, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Cautions } from '#faces/parts/cautions.tsx';
import { Field } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import { isRead, type OpenedRecord } from '#records/client/open-record.ts';
import { cautionsOf, searchRecords, type FhirResource } from '#records/model/fhir/index.ts';
import { CATEGORIES, type Category } from '#records/model/record.ts';
import { isOpened } from '#wallet-app/records/prescriptions.ts';
import { factsOf, plainTitle } from '#wallet-app/records/reading.ts';
import type { Shelf } from '#wallet-app/records/states.ts';
import { usePart } from '../../wallet-context.tsx';
import { AuthorLine } from './author.tsx';
import { useRecords, useRecordsWords } from './context.tsx';
import { saveText } from './save.ts';
import { Tabs } from './tabs.tsx';

export function ListPage() {
  const { r, shared, failure } = useRecordsWords();
  const app = useRecords();
  const { value: shelf, failure: failed } = usePart(app.shelf);
  const state = usePart(app.state);
  return (
    <Screen title={r.list.title}>
      <Tabs here="records" />
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {state.name === 'open' && state.caughtUp && state.caughtUp.wraps > 0 && <p class="soft" role="status">{r.caughtUp}</p>}
      <div class="side-by-side">
        <ButtonLink wide href={to('share')}>{r.list.share}</ButtonLink>
        <ButtonLink wide kind="secondary" href={to('records', 'write')}>{r.list.add}</ButtonLink>
      </div>
      <Prescribed />
      {shelf ? <Records shelf={shelf} /> : !failed && <p role="status">{shared.loading}</p>}
      <Files hasRecords={(shelf?.records.length ?? 0) > 0} />
    </Screen>
  );
}

/** Those that a pharmacy can still take. */
function Prescribed() {
  const { r, say } = useRecordsWords();
  const view = usePart(useRecords().prescriptions).value;
  const open = view?.prescriptions.filter((each) => isOpened(each) && each.state === 'open').length ?? 0;
  if (open === 0) return null;
  return <ul class="links"><li><a href={to('prescriptions')}><span class="strong">{say(r.prescriptions.open, { count: open })}</span></a></li></ul>;
}

function Files({ hasRecords }: { readonly hasRecords: boolean }) {
  const { r } = useRecordsWords();
  const app = useRecords();
  const [isSaved, setSaved] = useState(false);
  const give = () => {
    saveText(app.shelf.summary(), 'patient-summary.json', 'application/fhir+json');
    setSaved(true);
  };
  return (
    <div class="stack">
      {isSaved && <div role="status"><Notice kind="good">{r.list.gave}</Notice></div>}
      <div class="row">
        <ButtonLink kind="quiet" href={to('records', 'take')}>{r.list.take}</ButtonLink>
        {hasRecords && <Button kind="quiet" onClick={give}>{r.list.give}</Button>}
      </div>
    </div>
  );
}

function Records({ shelf }: { readonly shelf: Shelf }) {
  const { r, kindOf, say } = useRecordsWords();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Category>();
  const [order, setOrder] = useState<'kind' | 'date'>('kind');
  const found = useMemo(() => find(shelf.records, text, chosen), [shelf, text, chosen]);
  if (shelf.records.length === 0) return <div class="empty"><h2>{r.list.empty}</h2><p>{r.list.emptyText}</p></div>;
  const present = CATEGORIES.filter((category) => shelf.records.some(({ meta }) => meta.category === category));
  const groups = order === 'date' ? [{ name: undefined, records: found }] : present.map((category) => ({ name: category, records: found.filter(({ meta }) => meta.category === category) })).filter(({ records }) => records.length > 0);
  return (
    <>
      <div class="stack">
        <Field id="find" type="search" label={r.list.search} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        {present.length > 1 && (
          <div class="chips" role="group" aria-label={r.entry.kind}>
            <Chip on={chosen === undefined} onClick={() => setChosen(undefined)}>{r.list.all}</Chip>
            {present.map((category) => <Chip key={category} on={chosen === category} onClick={() => setChosen(chosen === category ? undefined : category)}>{kindOf(category)}</Chip>)}
          </div>
        )}
        <div class="row-between">
          <p role="status" class="soft small">{say(r.list.count, { count: found.length })}</p>
          <div class="chips" role="group" aria-label={r.list.order}>
            <Chip on={order === 'kind'} onClick={() => setOrder('kind')}>{r.list.byKind}</Chip>
            <Chip on={order === 'date'} onClick={() => setOrder('date')}>{r.list.byDate}</Chip>
          </div>
        </div>
      </div>
      {found.length === 0 && <p>{r.list.nothing}</p>}
      {groups.map(({ name, records }) => (
        <section key={name ?? 'all'} class="stack-s" aria-label={name ? undefined : r.list.title} aria-labelledby={name && `kind-${name}`}>
          {name && <h2 id={`kind-${name}`}>{kindOf(name)}</h2>}
          <ul class="links">{records.map((record) => <li key={record.meta.id}><RecordLink record={record} shelf={shelf} /></li>)}</ul>
        </section>
      ))}
    </>
  );
}

const Chip = ({ on, onClick, children }: { readonly on: boolean; readonly onClick: () => void; readonly children: string }) => <button type="button" class="chip" aria-pressed={on} onClick={onClick}>{children}</button>;

function RecordLink({ record, shelf }: { readonly record: OpenedRecord; readonly shelf: Shelf }) {
  const { r, dates } = useRecordsWords();
  return (
    <a href={to('records', 'entry', record.meta.id)} class="record-link">
      <span class="strong">{isRead(record) ? <Text>{plainTitle(record.resource)}</Text> : r.list.unreadable}</span>
      <span class="small soft figures">{dates.day(record.meta.date)}</span>
      {isRead(record) && <><Cautions of={cautionsOf(record.resource).map((caution) => r.codes[caution])} /><Gist resource={record.resource} /></>}
      <span class="small soft record-by"><AuthorLine record={record} shelf={shelf} /></span>
    </a>
  );
}

/** What a reader looks for first: a value, or how a medicine is taken. */
function Gist({ resource }: { readonly resource: FhirResource }) {
  const facts = factsOf(resource);
  const found = facts.find(({ name }) => name === 'value') ?? facts.find(({ name }) => name === 'dosage');
  return found ? <span class="record-gist figures"><Text>{found.says.map(({ says }) => says).join(', ')}</Text></span> : null;
}

/** What cannot be read is found as long as nothing is searched for in it. */
function find(records: readonly OpenedRecord[], text: string, category: Category | undefined): readonly OpenedRecord[] {
  const readable = new Set(searchRecords(records.filter(isRead), { text, ...(category && { categories: [category] }) }).map(({ meta }) => meta.id));
  return records.filter((record) => (isRead(record) ? readable.has(record.meta.id) : text.trim() === '' && (category === undefined || record.meta.category === category)));
}
