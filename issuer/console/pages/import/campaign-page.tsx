// A campaign as it goes: checked, looked at, started, watched, reported.
import { useEffect, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import { errorInWords } from '#faces/words/sentences/index.ts';
import type { Campaign, CampaignState } from '../../api.ts';
import { useConsole, useDoing, useLoad, useWords } from '../../console.tsx';
import { Confirm, Loaded, Wrong } from '../../parts/parts.tsx';
import { save } from '../../tables.ts';
import { STATE_KINDS } from './import-page.tsx';

type Action = 'start' | 'pause' | 'resume' | 'cancel' | 'erase';
const POSSIBLE: Readonly<Record<CampaignState, readonly Action[]>> = { uploading: [], checking: ['cancel'], draft: ['start', 'cancel'], running: ['pause', 'cancel'], paused: ['resume', 'cancel'], done: ['erase'], cancelled: ['erase'] };
/** What cannot be taken back is asked for first. */
const ASKED = ['start', 'cancel', 'erase'] as const;
type Asked = (typeof ASKED)[number];
const isAsked = (action: Action): action is Asked => (ASKED as readonly Action[]).includes(action);

export function CampaignPage({ id = '' }: { readonly id?: string | undefined }) {
  const { w } = useWords();
  const { api } = useConsole();
  const loading = useLoad(() => api.campaigns.one(id), [id]);
  const [live, setLive] = useState<Campaign>();
  const state = (live ?? loading.value)?.state;
  const goesOn = state === 'uploading' || state === 'checking' || state === 'running';
  useEffect(() => {
    if (!goesOn) return undefined;
    const events = new EventSource(`/campaigns/${encodeURIComponent(id)}/events`);
    const take = ({ data }: MessageEvent) => setLive(JSON.parse(String(data)) as Campaign);
    events.addEventListener('progress', take);
    // It ends when nothing more will happen by itself.
    events.addEventListener('error', () => {
      events.close();
      setLive(undefined);
      loading.reload();
    });
    return () => events.close();
  }, [goesOn, id]);
  return (
    <Screen title={w.campaign.title} back={to('import')} wide>
      <Loaded of={loading}>{(loaded) => <Detail campaign={live ?? loaded} onChange={(campaign) => (setLive(campaign), loading.reload())} />}</Loaded>
    </Screen>
  );
}

function Detail({ campaign, onChange }: { readonly campaign: Campaign; readonly onChange: (campaign: Campaign) => void }) {
  const { w, say, dates } = useWords();
  const { api, sentences } = useConsole();
  const doing = useDoing();
  const [asking, setAsking] = useState<Asked>();
  const { id, state, total, checked, ready, done, refused, eta, reason } = campaign;
  const act = (action: Action) => async () => {
    onChange(await api.campaigns.act(action, id));
    setAsking(undefined);
  };
  const press = (action: Action) => (isAsked(action) ? setAsking(action) : void doing.run(act(action)));
  const isChecking = state === 'checking' || state === 'uploading';
  const isBefore = isChecking || state === 'draft';
  const file = (name: string, load: () => Promise<Blob>) => () => void doing.run(async () => save(name, await load()));
  return (
    <>
      <div class="row"><Tag kind={STATE_KINDS[state]}>{w.campaign.states[state]}</Tag><span class="soft">{w.campaign.kinds[campaign.kind]}</span></div>
      {campaign.sameAs && <Notice kind="warn"><p>{w.campaign.sameAs} <a href={to('import', campaign.sameAs)}>{w.campaign.earlier}</a></p></Notice>}
      {reason && <Notice kind="bad"><p>{errorInWords(reason, sentences)}</p></Notice>}
      <div class="stack-s">
        <label for="progress" class="soft small">{isBefore ? say(w.campaign.checking, { done: checked, total }) : say(w.campaign.progress, { done: done + refused, total })}{state === 'running' && eta !== null && <> · {say(w.campaign.eta, { time: dates.time(eta) })}</>}</label>
        <progress id="progress" class="progress" max={Math.max(total, 1)} value={isBefore ? checked : done + refused} />
      </div>
      <dl class="numbers">
        {([[w.campaign.total, total], [w.campaign.ready, ready], [w.campaign.done, done], [w.campaign.refused, refused]] as const).map(([name, value]) => <div key={name}><dt>{name}</dt><dd class="figures">{dates.number(value)}</dd></div>)}
      </dl>
      <p class="unseen" role="status">{w.campaign.states[state]}</p>
      <Wrong failure={doing.failure} />
      <div class="row">
        {POSSIBLE[state].filter((action) => action !== 'erase' || campaign.erasedAt === null).map((action) => (
          <Button key={action} kind={action === 'start' || action === 'resume' ? 'primary' : action === 'pause' ? 'secondary' : 'danger'} busy={doing.busy} disabled={action === 'start' && ready === 0} onClick={() => press(action)}>{w.campaign.actions[action]}</Button>
        ))}
        {!isChecking && <Button kind="secondary" onClick={file('report.csv', () => api.campaigns.reportFile(id))}>{w.campaign.report}</Button>}
        {state === 'done' && campaign.kind === 'issue' && campaign.erasedAt === null && <Button kind="secondary" onClick={file('pins.csv', () => api.campaigns.pinsFile(id))}>{w.campaign.pins}</Button>}
      </div>
      {refused > 0 && !isChecking && <Refusals id={id} key={`${state}${refused}`} />}
      {asking && (
        <Confirm title={say(w.campaign.asks[asking].title, { count: ready })} says={<p>{w.campaign.asks[asking].says}</p>} act={w.campaign.actions[asking]} danger={asking !== 'start'} onAct={act(asking)} onClose={() => setAsking(undefined)} doing={doing} />
      )}
    </>
  );
}

type ReportRow = { readonly row: number; readonly outcome: string; readonly code?: string; readonly field?: string };
const MOST = 100;

/** The rows that were refused, and why: by number and field, so that they are found in the file. */
function Refusals({ id }: { readonly id: string }) {
  const { w, say, dates } = useWords();
  const { api, sentences } = useConsole();
  const loading = useLoad(async () => (await api.campaigns.report(id)).split('\n').filter(Boolean).map((line) => JSON.parse(line) as ReportRow).filter(({ outcome }) => outcome === 'refused'), [id]);
  return (
    <section class="stack-s">
      <h2>{w.campaign.refused}</h2>
      <Loaded of={loading}>
        {(rows) => (
          <div class="table-frame" role="region" aria-label={w.campaign.refused} tabIndex={0}>
            <table class="table">
              <thead><tr><th scope="col">{w.campaign.row}</th><th scope="col">{w.campaign.field}</th><th scope="col">{w.campaign.why}</th></tr></thead>
              <tbody>{rows.slice(0, MOST).map(({ row, code, field }) => <tr key={row}><td class="figures">{dates.number(row)}</td><td><code><Text>{field}</Text></code></td><td>{errorInWords(code, sentences)}</td></tr>)}</tbody>
            </table>
            {rows.length > MOST && <p class="soft">{say(w.campaign.moreRows, { count: rows.length - MOST })}</p>}
          </div>
        )}
      </Loaded>
    </section>
  );
}
