// One record in plain words, who wrote it, and the original for whoever wants it.
import { to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import { isRead, type OpenedRecord } from '#records/client/open-record.ts';
import { factsOf, isCode, performersOf, plainTitle, type Fact } from '#wallet-app/records/reading.ts';
import type { Shelf } from '#wallet-app/records/states.ts';
import { usePart } from '../../wallet-context.tsx';
import { problemInWords } from './author.tsx';
import { useRecords, useRecordsWords, type RecordsSpeech } from './context.tsx';
import { saveText } from './save.ts';

export function EntryPage({ id }: { readonly id: string }) {
  const { r, shared } = useRecordsWords();
  const { value: shelf, isLoading } = usePart(useRecords().shelf);
  const record = shelf?.records.find(({ meta }) => meta.id === id);
  if (!shelf || !record) return <Screen title={r.list.title} back={to('records')}><p role="status">{isLoading || !shelf ? shared.loading : r.entry.gone}</p></Screen>;
  return <Entry record={record} shelf={shelf} />;
}

function Entry({ record, shelf }: { readonly record: OpenedRecord; readonly shelf: Shelf }) {
  const speech = useRecordsWords();
  const { r, kindOf, dates } = speech;
  const { category, date } = record.meta;
  return (
    <Screen title={isRead(record) ? plainTitle(record.resource) : r.list.unreadable} tab={r.list.title} back={to('records')}>
      <p class="soft"><span>{kindOf(category)}</span> · <span class="figures">{dates.day(date)}</span></p>
      {!isRead(record) && <Notice kind="bad">{problemInWords(record.problem, speech)}</Notice>}
      {isRead(record) && <dl class="facts lines">{factsOf(record.resource).map((fact) => <FactLine key={fact.name} fact={fact} />)}</dl>}
      <Wrote record={record} shelf={shelf} />
      {isRead(record) && performersOf(record.resource).map(({ address, name }) => <p key={address}><ButtonLink wide kind="secondary" href={to('share', 'with', address)}>{speech.say(r.entry.shareWith, { who: name })}</ButtonLink></p>)}
      {isRead(record) && (
        <details class="more">
          <summary>{r.entry.original}</summary>
          <div class="stack">
            <p class="soft">{r.entry.originalText}</p>
            <pre class="original" dir="ltr" tabIndex={0} aria-label={r.entry.original}>{pretty(record.content.text)}</pre>
            <div><Button kind="secondary" onClick={() => saveText(record.content.text, `${record.resource.resourceType}-${record.meta.date}.json`, 'application/fhir+json')}>{r.entry.copy}</Button></div>
          </div>
        </details>
      )}
    </Screen>
  );
}

/** For looking at; what is saved is what was signed. */
const pretty = (text: string): string => JSON.stringify(JSON.parse(text), undefined, 2);

function Wrote({ record, shelf }: { readonly record: OpenedRecord; readonly shelf: Shelf }) {
  const { r, say, memberOf, dates } = useRecordsWords();
  const { author } = record.meta;
  const member = author === 'patient' ? undefined : shelf.authors.get(author);
  const says = author === 'patient' ? r.entry.mine : member ? say(r.entry.signed, { who: memberOf(member) }) : say(r.entry.signedUnknown, { address: author });
  return (
    <section class="stack-s">
      <h2>{r.entry.wrote}</h2>
      {isRead(record) && <Notice kind={author === 'patient' ? 'info' : member ? 'good' : 'warn'}>{says}</Notice>}
      <p class="soft small">{r.entry.recorded}: <span class="figures">{dates.dateTime(isRead(record) ? record.authorship.recorded : record.time)}</span></p>
    </section>
  );
}

function FactLine({ fact: { name, says } }: { readonly fact: Fact }) {
  const speech = useRecordsWords();
  return <div><dt>{speech.r.facts[name]}</dt><dd>{says.map((said) => <div key={said.says}><SaidText said={said} speech={speech} /></div>)}</dd></div>;
}

/** A code that there are no words for is shown as it is. */
function SaidText({ said: { as, says }, speech: { r, dates } }: { readonly said: Fact['says'][number]; readonly speech: RecordsSpeech }) {
  if (as === 'day') return <span class="figures">{dates.day(says)}</span>;
  return as === 'code' && isCode(says) ? <>{r.codes[says]}</> : <span class="written"><Text>{says}</Text></span>;
}
