// Everything that was issued: found, chosen, changed, one or many at once.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Field, Select } from '#faces/parts/field.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { Issuance, Kind, Status, StatusAction } from '../../api.ts';
import { useConsole, useWords } from '../../console.tsx';
import { eventOf, kindInWords, nameOf, titleOf } from '../../events.ts';
import { useKeys } from '../../keyboard.ts';
import { Empty, Wrong } from '../../parts/parts.tsx';
import { save, toCsv } from '../../tables.ts';
import { useChanging } from './changing.ts';
import { useIssuances } from './list.ts';
import { RecallDialog } from './recall.tsx';
import { POSSIBLE, StatusDialog } from './status-dialog.tsx';
import { IssuanceTable } from './table.tsx';

const STATUSES: readonly Status[] = ['valid', 'suspended', 'revoked', 'expired', 'waiting'];
const KINDS: readonly Kind[] = ['vaccination', 'test', 'recovery'];
const ACTIONS: readonly StatusAction[] = ['revoke', 'suspend', 'reinstate'];

export function RegisterPage() {
  const { w, say, dates } = useWords();
  const { sentences, may } = useConsole();
  const [text, setText] = useState('');
  const [status, setStatus] = useState<Status | ''>('');
  const [kind, setKind] = useState<Kind | ''>('');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<StatusAction | 'recall'>();
  const { rows: loaded, total, isLoading, problem, hasMore, more, reload } = useIssuances({ ...(text.trim() && { text: text.trim() }), ...(status && { status }), ...(kind && { kind }) });
  const { note, shown } = useChanging(reload);
  const rows = loaded.map(shown);
  const toggle = (id: string) => setSelected((before) => (before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id])));
  const chosen = rows.filter(({ id }) => selected.has(id));
  /** Of those chosen, the ones that it can be done to. */
  const fit = (action: StatusAction) => chosen.filter(({ status, pending }) => status !== undefined && !pending && POSSIBLE[status].includes(action));
  const clear = () => setSelected(new Set());
  useKeys({ '/': () => document.getElementById('search')?.focus(), Escape: clear });
  return (
    <Screen title={w.places.register} wide>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Field id="search" type="search" label={w.register.search} aria-keyshortcuts="/" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        <Select label={w.register.status} value={status} onChange={(event) => setStatus(event.currentTarget.value as Status | '')}>
          <option value="">{w.all}</option>
          {STATUSES.map((each) => <option key={each} value={each}>{w.statuses[each]}</option>)}
        </Select>
        <Select label={w.visit.kind} value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind | '')}>
          <option value="">{w.all}</option>
          {KINDS.map((each) => <option key={each} value={each}>{kindInWords(each, sentences)}</option>)}
        </Select>
        <div class="row">
          <Button kind="secondary" disabled={rows.length === 0} onClick={() => save('certificates.csv', new Blob([exportOf(rows, w.statuses, sentences)], { type: 'text/csv' }))}>{w.register.export}</Button>
          {may('credentials:status') && may('campaigns:write') && <Button kind="quiet" onClick={() => setAsking('recall')}>{w.register.recall}</Button>}
        </div>
      </form>
      <p role="status" class="soft small">{isLoading && rows.length === 0 ? w.register.searching : total !== undefined ? say(w.register.total, { count: total }) : say(w.register.shown, { count: rows.length })}</p>
      <Wrong failure={problem} again={reload} />
      {rows.length > 0 && <IssuanceTable caption={w.places.register} {...{ rows, selected }} {...(may('credentials:status') && { onSelect: toggle })} />}
      {rows.length === 0 && !isLoading && !problem && (
        <Empty title={text || status || kind ? w.register.nothing : w.register.empty}>{!text && !status && !kind && may('credentials:issue') && <p><a href="#/visit">{w.register.emptySays}</a></p>}</Empty>
      )}
      {hasMore && <Button kind="secondary" busy={isLoading} onClick={more}>{w.more}</Button>}
      {chosen.length > 0 && (
        <div class="bulk" role="region" aria-label={w.register.chosenRegion}>
          <span class="strong" role="status">{say(w.register.chosen, { count: chosen.length })}</span>
          {ACTIONS.map((action) => <Button key={action} kind={action === 'revoke' ? 'danger' : 'secondary'} disabled={fit(action).length === 0} onClick={() => setAsking(action)}>{w.status[action].verb} ({dates.number(fit(action).length)})</Button>)}
          <Button kind="quiet" onClick={clear}>{w.register.clear}</Button>
        </div>
      )}
      {asking === 'recall' && <RecallDialog onClose={() => setAsking(undefined)} />}
      {asking !== undefined && asking !== 'recall' && (
        <StatusDialog action={asking} ids={fit(asking).map(({ id }) => id)} onePerson={new Set(fit(asking).map(({ patient }) => patient)).size === 1} onClose={() => setAsking(undefined)}
          onDone={() => (note(asking, fit(asking).map(({ id }) => id)), setAsking(undefined), clear(), reload())} />
      )}
    </Screen>
  );
}

function exportOf(rows: readonly Issuance[], statuses: Readonly<Record<Status, string>>, sentences: Parameters<typeof titleOf>[1]): string {
  const lines = rows.map((row) => {
    const event = eventOf(row);
    return [row.id, nameOf(event?.person), event?.person?.birthDate, event && titleOf(event, sentences), event?.lot, new Date(row.recordedAt * 1000).toISOString(), row.status && statuses[row.status]];
  });
  return toCsv([['id', 'name', 'birthDate', 'what', 'lot', 'recorded', 'status'], ...lines]);
}
