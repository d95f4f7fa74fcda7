// Who looked: the account of accesses by day, and whether the chain bears it out.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Checkbox } from '#faces/parts/field.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { accessInWords, verdictInWords } from '#faces/words/accesses/index.ts';
import type { AccountEntry, AccountView } from '#wallet-app/records/states.ts';
import { useNow, usePart } from '../../wallet-context.tsx';
import { useRecords, useRecordsWords } from './context.tsx';
import { saveText } from './save.ts';
import { Tabs } from './tabs.tsx';

export function LookedPage() {
  const { r, shared, failure } = useRecordsWords();
  const { account } = useRecords();
  const { value: view, failure: failed } = usePart(account);
  const isThere = view !== undefined;
  // They are read once the page is left: what is new stays marked as long as somebody looks.
  useEffect(() => {
    if (!isThere) return;
    return () => void account.markSeen();
  }, [isThere, account]);
  return (
    <Screen title={r.looked.title}>
      <Tabs here="looked" />
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {view ? <Account view={view} /> : !failed && <p role="status">{shared.loading}</p>}
    </Screen>
  );
}

const isOwn = ({ told }: AccountEntry): boolean => told?.access.actor.kind === 'patient';

function Account({ view }: { readonly view: AccountView }) {
  const { r, dates } = useRecordsWords();
  const [withOwn, setWithOwn] = useState(false);
  const shown = view.entries.filter((entry) => withOwn || !isOwn(entry));
  const days = [...Map.groupBy(shown, ({ time }) => dates.date(time))];
  return (
    <>
      <Check view={view} />
      {view.entries.some(isOwn) && <Checkbox label={r.looked.own} checked={withOwn} onChange={(event) => setWithOwn(event.currentTarget.checked)} />}
      {shown.length === 0 && <div class="empty"><h2>{r.looked.empty}</h2></div>}
      {days.map(([day, entries]) => (
        <section key={day} class="stack-s" aria-label={day}>
          <h2 class="figures">{day}</h2>
          <ul class="lines account">{entries.map((entry) => <li key={entry.sequence}><Entry entry={entry} /></li>)}</ul>
        </section>
      ))}
    </>
  );
}

function Entry({ entry: { told, isNew } }: { readonly entry: AccountEntry }) {
  const { r, a, language } = useRecordsWords();
  const own = told?.access.kind === 'read' && told.access.actor.kind === 'patient';
  const words = told && !own ? accessInWords(told, a, language) : undefined;
  const { tone } = words ?? {};
  return (
    <div class="access-line" data-tone={tone}>
      <p>
        {tone === 'refused' || tone === 'emergency' ? <><Tag kind={tone === 'refused' ? 'warn' : 'bad'}>{r.looked.tones[tone]}</Tag> </> : null}
        {isNew && !(told?.access.actor.kind === 'patient') && <><Tag kind="good">{r.looked.new}</Tag> </>}
        {own ? r.looked.ownRead : (words?.sentence ?? a.unreadable)}
      </p>
      {words?.more.map((sentence) => <p key={sentence} class="small soft">{sentence}</p>)}
    </div>
  );
}

function Check({ view: { checked } }: { readonly view: AccountView }) {
  const { r, a, say, dates, failure, language } = useRecordsWords();
  const { account } = useRecords();
  const now = useNow();
  const verdict = checked.name === 'checked' ? verdictInWords(checked.verdict, a, language) : undefined;
  return (
    <section class="panel stack" aria-label={r.looked.check}>
      {checked.name === 'checked' && verdict ? (
        <div class="stack-s" role="status">
          <Notice kind={checked.verdict.outcome === 'complete' ? 'good' : 'bad'} title={verdict.headline}>{verdict.more.map((line) => <p key={line}>{line}</p>)}</Notice>
          <p class="soft small">{say(r.looked.checkedAt, { ago: dates.relative(Math.min(checked.at, now), now), count: checked.anchors })}. {say(r.looked.source, { hosts: checked.endpoints.map((url) => new URL(url).host).join(', ') })}.</p>
        </div>
      ) : <p>{r.looked.checkLead}</p>}
      {checked.name === 'failed' && <Notice kind="bad" alert>{failure(checked.failure)}</Notice>}
      <div class="row">
        <Button kind="secondary" busy={checked.name === 'checking'} onClick={() => void account.check()}>{checked.name === 'checking' ? r.looked.checking : r.looked.check}</Button>
        {checked.name === 'checked' && <Button kind="quiet" onClick={() => saveText(account.file(), 'access-log.json', 'application/json')}>{r.looked.save}</Button>}
      </div>
      {checked.name === 'checked' && <p class="soft small">{r.looked.saveHint}</p>}
    </section>
  );
}
