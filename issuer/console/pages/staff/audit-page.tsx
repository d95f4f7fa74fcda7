// Who did what and when; and whether the trail is whole.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Field } from '#faces/parts/field.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { AuditCheck, AuditEntry, Member } from '../../api.ts';
import { useConsole, useDoing, useLoad, useWords } from '../../console.tsx';
import { CopyText, Empty, Loaded, When, Wrong } from '../../parts/parts.tsx';
import { save, toCsv } from '../../tables.ts';

export function AuditPage() {
  const { w, say } = useWords();
  const { api, may } = useConsole();
  const [action, setAction] = useState('');
  const [target, setTarget] = useState('');
  const [more, setMore] = useState<readonly AuditEntry[]>([]);
  const [cursor, setCursor] = useState<string>();
  const asked = { ...(action.trim() && { action: action.trim() }), ...(target.trim() && { target: target.trim() }) };
  const first = useLoad((signal) => api.audit.list(asked, signal), [action.trim(), target.trim()]);
  const members = useLoad<readonly Member[]>(async () => (may('staff:manage') ? api.staff.members() : []), []).value ?? [];
  const doing = useDoing();
  useEffect(() => {
    setMore([]);
    setCursor(first.value?.cursor);
  }, [first.value]);
  const next = () => doing.run(async () => {
    const page = await api.audit.list({ ...asked, ...(cursor && { cursor }) });
    setMore((before) => [...before, ...page.entries]);
    setCursor(page.cursor);
  });
  const rowsOf = (entries: readonly AuditEntry[]) => [['time', 'actor', 'action', 'target', 'outcome', 'detail'], ...entries.map((entry) => [new Date(entry.at * 1000).toISOString(), `${entry.actorKind} ${entry.actor}`, entry.action, entry.target, entry.outcome, JSON.stringify(entry.detail)])];
  return (
    <Screen title={w.places.audit} wide>
      <Verification />
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Field label={w.audit.action} hint={say(w.audit.actionHint, { example: 'offer.create' })} value={action} onInput={(event) => setAction(event.currentTarget.value)} />
        <Field label={w.audit.target} value={target} onInput={(event) => setTarget(event.currentTarget.value)} />
      </form>
      <Loaded of={first}>
        {({ entries }) => (entries.length === 0 ? <Empty title={w.audit.none} /> : (
          <>
            <Entries entries={[...entries, ...more]} members={members} />
            <Wrong failure={doing.failure} />
            <div class="row">
              {cursor !== undefined && <Button kind="secondary" busy={doing.busy} onClick={() => void next()}>{w.more}</Button>}
              <Button kind="quiet" onClick={() => save('audit.csv', new Blob([toCsv(rowsOf([...entries, ...more]))], { type: 'text/csv' }))}>{w.register.export}</Button>
            </div>
          </>
        ))}
      </Loaded>
    </Screen>
  );
}

/** Codes and counts, never anything of a person. */
const detailOf = (detail: unknown): string => Object.entries(detail ?? {}).map(([name, value]) => `${name}: ${String(value)}`).join(', ');

function Entries({ entries, members }: { readonly entries: readonly AuditEntry[]; readonly members: readonly Member[] }) {
  const { w } = useWords();
  const nameOf = ({ actor, actorKind }: AuditEntry) => members.find(({ id }) => id === actor)?.displayName ?? (actorKind === 'staff' ? actor.slice(0, 8) : w.audit.kinds[actorKind as keyof typeof w.audit.kinds] ?? actorKind);
  return (
    <div class="table-frame" role="region" aria-label={w.places.audit} tabIndex={0}>
      <table class="table">
        <thead><tr><th scope="col">{w.audit.time}</th><th scope="col">{w.audit.actor}</th><th scope="col">{w.audit.action}</th><th scope="col">{w.audit.target}</th><th scope="col" class="wide-only">{w.audit.detail}</th></tr></thead>
        <tbody>{entries.map((entry) => (
          <tr key={entry.id}>
            <td><When at={entry.at} /></td><td><Text>{nameOf(entry)}</Text></td><td><code>{entry.action}</code>{entry.outcome !== 'done' && <> <Tag kind="bad">{w.changeStates.refused}</Tag></>}</td>
            <td class="mono small"><Text>{entry.target}</Text></td><td class="wide-only small"><Text>{detailOf(entry.detail)}</Text></td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

function Verification() {
  const { w, say } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const [found, setFound] = useState<AuditCheck>();
  const check = () => doing.run(async () => setFound(await api.audit.check()));
  return (
    <section class="stack-s">
      <div class="row"><Button kind="secondary" busy={doing.busy} onClick={() => void check()}>{w.audit.check}</Button><span class="soft">{w.audit.checkSays}</span></div>
      <Wrong failure={doing.failure} />
      {found?.intact && <Notice kind="good" title={say(w.audit.intact, { count: found.entries })} alert><p>{w.audit.head}</p><CopyText label={w.audit.check} text={`${found.entries} ${found.digest}`} /></Notice>}
      {found?.intact === false && <Notice kind="bad" title={say(w.audit.broken, { entry: String(found.at) })} alert />}
    </section>
  );
}
