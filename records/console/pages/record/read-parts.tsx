// What the tabs of a record share: the records that were read, and who wrote one.
import type { ComponentChildren } from 'preact';
import { to } from '#faces/navigation.ts';
import { Cautions } from '#faces/parts/cautions.tsx';
import { Mark } from '#faces/parts/mark.tsx';
import { Tag } from '#faces/parts/notice.tsx';
import { Text } from '#faces/parts/text.tsx';
import { plain } from '#faces/words/plain.ts';
import { isRead, type OpenedRecord, type ReadRecord } from '#records/client/open-record.ts';
import { cautionsOf, titleOf, type FhirResource } from '#records/model/fhir/index.ts';
import { factsOf, type Fact, type FactName } from '../../desk/facts.ts';
import type { Patient } from '../../desk/patients.ts';
import type { Read, ReadingState } from '../../desk/reading.ts';
import { useMemberName } from '../../parts/member-name.ts';
import { useWords } from '../../speech.tsx';

/** What was read; while it is read anew, what was there stays in sight. */
export const readOf = (reading: ReadingState): Read | undefined => (reading.name === 'read' ? reading.read : reading.name === 'reading' ? reading.before : undefined);

export function WhenRead({ reading, children }: { readonly reading: ReadingState; readonly children: (records: readonly OpenedRecord[]) => ComponentChildren }) {
  const { w } = useWords();
  const read = readOf(reading);
  if (!read) return reading.name === 'reading' ? <p class="waiting" role="status">{w.record.reading}</p> : null;
  return read.records.length === 0 ? <div class="empty"><p class="strong">{w.record.empty}</p></div> : <>{children(read.records)}</>;
}

/** Who wrote it, never colour alone: the patient's own are marked, and what is wrong stands out. */
export function AuthorTag({ record }: { readonly record: OpenedRecord }) {
  const { w } = useWords();
  const name = useMemberName(record.meta.author === 'patient' ? undefined : record.meta.author);
  if (!isRead(record)) return record.problem === 'key-missing' ? <Tag>{w.item.waits}</Tag> : <Tag kind="bad">{record.problem === 'filing-differs' ? w.item.misfiled : w.item.refused}</Tag>;
  if (record.authorship.by === 'patient') return <Tag kind="warn">{w.item.patient}</Tag>;
  return <span class="author"><Mark kind="good" /><Text>{name ?? w.item.unknownMember}</Text></span>;
}

export const titleInWords = (resource: FhirResource): string => plain(titleOf(resource));

export function Entry({ patient, record }: { readonly patient: Patient; readonly record: OpenedRecord }) {
  const { w, dates } = useWords();
  return (
    <li class="entry">
      <time class="entry-date soft" dateTime={record.meta.date}>{dates.day(record.meta.date)}</time>
      <span class="entry-what"><a href={to('patients', patient.id, 'item', record.meta.id)}>{isRead(record) ? <Text>{titleOf(record.resource)}</Text> : record.problem === 'key-missing' ? w.item.waits : w.item.broken}</a>{isRead(record) && <><Cautions of={cautionsOf(record.resource).map((caution) => w.cautions[caution])} /><Gist resource={record.resource} /></>} <span class="soft small entry-kind">{w.categories[record.meta.category]}</span></span>
      <AuthorTag record={record} />
    </li>
  );
}

/** A day as the reader's language writes it, in Arabic with marks of direction; what somebody wrote has none. */
export function FactText({ fact, text }: { readonly fact: Pick<Fact, 'name' | 'isDate'>; readonly text: string }) {
  const said = factInWords(useWords(), fact, text);
  return fact.isDate ? <bdi>{said}</bdi> : <Text>{said}</Text>;
}

/** A fact in the reader's words: what is a code of FHIR's lists is said, what somebody wrote stays as it was written. */
function factInWords({ w, dates }: ReturnType<typeof useWords>, { name, isDate }: Pick<Fact, 'name' | 'isDate'>, text: string): string {
  if (isDate) return dates.day(text.slice(0, 10));
  const { certainty, clinicalStatus, criticality, interpretation, severity, visitClass } = w.choices;
  const codes: Readonly<Partial<Record<FactName, Readonly<Record<string, string>>>>> = { caution: w.cautions, status: w.statuses, clinicalStatus, verificationStatus: certainty, criticality, severity, interpretation, type: visitClass, priority: w.care.urgencies };
  return codes[name]?.[text] ?? text;
}

/** What a reader looks for first: a value, or how a medicine is taken. */
function Gist({ resource }: { readonly resource: FhirResource }) {
  const speech = useWords();
  const facts = factsOf(resource);
  const found = facts.find(({ name }) => name === 'value') ?? facts.find(({ name }) => name === 'dosage');
  const flag = facts.find(({ name }) => name === 'interpretation');
  return found ? <span class="gist"> <Text>{found.says.join(', ')}</Text>{flag && <> (<Text>{flag.says.map((text) => factInWords(speech, flag, text)).join(', ')}</Text>)</>}</span> : null;
}

export const onlyRead = (records: readonly OpenedRecord[]): readonly ReadRecord[] => records.filter(isRead);
