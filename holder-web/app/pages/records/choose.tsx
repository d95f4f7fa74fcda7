// The choice: who, what they ask, what the person makes of it, and above the button in a sentence what that comes to.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { ErrorSummary, Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import { isRead, type OpenedRecord } from '#records/client/open-record.ts';
import { CATEGORIES, ORDINARY_CATEGORIES } from '#records/model/record.ts';
import { plainTitle } from '#wallet-app/records/reading.ts';
import type { AlreadyShared, SharingState } from '#wallet-app/records/states.ts';
import { useNow, usePart } from '../../wallet-context.tsx';
import { Choices } from './choices.tsx';
import { useRecords, useRecordsWords } from './context.tsx';
import { MemberCard } from './member.tsx';
import { PolicyText, whatInWords } from './policy-words.tsx';

type Choosing = Extract<SharingState, { readonly name: 'choosing' }>;

export function ChoosePage({ state }: { readonly state: Choosing }) {
  const { r, say, memberOf } = useRecordsWords();
  const { recipient, asker, terms, changes, draft } = state;
  const { sharing } = useRecords();
  const who = memberOf(recipient);
  const title = draft.effect === 'deny' ? r.share.never : say(terms ? r.share.asks : changes !== undefined ? r.share.changes : r.share.offers, { who });
  return (
    <Screen title={title} tab={r.share.title} back={changes !== undefined && !terms ? to('access', changes) : undefined}>
      <MemberCard member={recipient} />
      {asker && <section class="stack-s"><p>{say(r.share.asker, { who, asker: memberOf(asker) })}</p><MemberCard member={asker} /></section>}
      {terms && <Asked state={state} />}
      {state.already && <Already already={state.already} who={who} />}
      {draft.effect === 'permit' && <Choices key={changes ?? 'apart'} draft={draft} set={sharing.set} asked={terms} isOwn />}
      <Summing state={state} />
    </Screen>
  );
}

/** Their own words stand apart, as theirs. */
function Asked({ state: { terms, expires } }: { readonly state: Choosing }) {
  const speech = useRecordsWords();
  const { r, a, say, dates, listOf } = speech;
  if (!terms) return null;
  const { actions, categories, purposes, until, message } = terms;
  const asksSensitive = categories?.includes('sensitive') ?? false;
  return (
    <section class="stack-s">
      <h2>{r.share.asked}</h2>
      <dl class="facts lines">
        <div><dt>{r.share.doing}</dt><dd>{r.share.mays[actions.length > 1 ? 'both' : (actions[0] ?? 'read')]}</dd></div>
        <div><dt>{r.share.kinds}</dt><dd>{whatInWords(CATEGORIES.filter((category) => (categories ?? ORDINARY_CATEGORIES).includes(category)), speech)}</dd></div>
        <div><dt>{r.share.purpose}</dt><dd>{listOf(purposes.map((purpose) => a.why[purpose]))}</dd></div>
        <div><dt>{r.share.end}</dt><dd class="figures">{dates.moment(until)}</dd></div>
      </dl>
      {message !== undefined && <div><p class="soft small">{r.share.they}</p><blockquote class="quote"><Text>{message}</Text></blockquote></div>}
      {asksSensitive && <Notice kind="warn">{r.share.sensitiveAsked}</Notice>}
      {expires !== undefined && <p class="soft small">{say(r.share.until, { time: dates.dateTime(expires) })}</p>}
    </section>
  );
}

/** One who has access already: what that is, and what the request adds to it. */
function Already({ already: { says, more }, who }: { readonly already: AlreadyShared; readonly who: string }) {
  const speech = useRecordsWords();
  const { r, a, say, dates, listOf } = speech;
  const { sharing } = useRecords();
  const now = useNow();
  const added = [
    ...(more.actions.length > 0 ? [[r.share.doing, r.share.mays.both]] : []), ...(more.categories.length > 0 ? [[r.share.kinds, whatInWords(more.categories, speech)]] : []),
    ...(more.purposes.length > 0 ? [[r.share.purpose, listOf(more.purposes.map((purpose) => a.why[purpose]))]] : []), ...(more.until === undefined ? [] : [[r.share.end, dates.moment(more.until)]]),
  ] as const;
  return (
    <Notice title={say(r.share.already, { who })}>
      <PolicyText says={says} who={who} now={now} />
      {added.length === 0 ? <p>{r.share.noMore}</p> : <><p>{r.share.more}</p><dl class="facts lines">{added.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl></>}
      <p>{r.share.alreadySays}</p>
      <Button kind="secondary" onClick={() => sharing.apart()}>{r.share.apart}</Button>
    </Notice>
  );
}

function Summing({ state: { recipient, terms, changes, draft, preview, faults } }: { readonly state: Choosing }) {
  const speech = useRecordsWords();
  const { r, say, memberOf, shared } = speech;
  const { sharing, shelf } = useRecords();
  const now = useNow();
  const authors = usePart(shelf).value?.authors;
  const [tried, setTried] = useState(0);
  const confirm = () => {
    setTried(tried + 1);
    void sharing.confirm();
  };
  const hidden = CATEGORIES.filter((category) => !draft.categories.includes(category));
  const reads = draft.effect === 'permit' && draft.actions.includes('read');
  return (
    <>
      {tried > 0 && <ErrorSummary tried={tried} errors={faults.map((fault) => ({ field: FIELDS[fault], says: r.share.faults[fault] }))} />}
      {preview && (
        <section class="saying-box stack-s" aria-label={draft.effect === 'deny' ? r.share.deny : r.share.yes} aria-live="polite">
          <h2>{draft.effect === 'deny' ? r.share.deny : r.share.yes}</h2>
          <PolicyText says={preview.says} who={memberOf(recipient)} {...(authors && { known: authors })} now={now} />
          {reads && hidden.length > 0 && <p>{say(r.share.hidden, { what: whatInWords(hidden, speech) })}</p>}
          {reads && preview.shared.length + preview.kept.length > 0 && <p>{say(r.share.counts, { total: preview.shared.length + preview.kept.length, count: preview.shared.length })}</p>}
          {reads && <Titles name={r.share.sees} records={preview.shared} />}
          {reads && <Titles name={r.share.not} records={preview.kept} />}
          {draft.effect === 'permit' && changes === undefined && <p class="soft small">{r.share.told}</p>}
        </section>
      )}
      <div class="actions">
        <Button wide kind={draft.effect === 'deny' ? 'danger' : 'primary'} onClick={confirm}>{draft.effect === 'deny' ? r.share.confirmDeny : changes === undefined ? r.share.confirm : r.share.confirmChange}</Button>
        <Button wide kind="quiet" onClick={() => go(changes === undefined ? to('records') : to('access', changes))}>{draft.effect === 'deny' || (changes !== undefined && !terms) ? shared.cancel : r.share.refuse}</Button>
      </div>
    </>
  );
}

export const FIELDS = { 'nothing-allowed': 'may', 'no-categories': 'what', 'no-purposes': 'why', ended: 'last-day', 'dates-turned': 'from-day', 'only-none': 'what' } as const;

function Titles({ name, records }: { readonly name: string; readonly records: readonly OpenedRecord[] }) {
  const { r, dates } = useRecordsWords();
  if (records.length === 0) return null;
  return (
    <details class="more">
      <summary>{name} ({records.length})</summary>
      <ul class="lines">{records.map((record) => <li key={record.meta.id} class="row-between"><span>{isRead(record) ? <Text>{plainTitle(record.resource)}</Text> : r.list.unreadable}</span><span class="soft small figures">{dates.day(record.meta.date)}</span></li>)}</ul>
    </details>
  );
}
