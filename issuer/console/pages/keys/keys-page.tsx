// The keys that certificates are signed with, as the chain has them: accreditation, lists, what pays for writing, and giving oneself new keys.
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Button } from '#faces/parts/button.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { KeyState } from '../../api.ts';
import { useConsole, useDoing, useEvery, useLoad, useWords } from '../../console.tsx';
import { ether, isLow } from '../../parts/gas.ts';
import { Loaded, When, Wrong } from '../../parts/parts.tsx';
import { RotationGuide } from './rotation.tsx';

const STANDINGS = { accredited: 'good', active: 'good', suspended: 'warn', removed: 'bad', unknown: undefined } as const;
export function Standing({ of }: { readonly of: string }) {
  const { w } = useWords();
  return <Tag kind={STANDINGS[of as keyof typeof STANDINGS]}>{w.standings[of as keyof typeof w.standings] ?? of}</Tag>;
}

export function KeysPage() {
  const { w } = useWords();
  const { api, may } = useConsole();
  const loading = useLoad((signal) => api.keys.state(signal), []);
  useEvery(10_000, loading.reload);
  return (
    <Screen title={w.places.keys} wide>
      <Loaded of={loading}>
        {(state) => (
          <>
            <State state={state} onChange={loading.reload} />
            {may('keys:rotate') && <RotationGuide onChange={loading.reload} />}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function State({ state, onChange }: { readonly state: KeyState; readonly onChange: () => void }) {
  const { w, say, dates } = useWords();
  const { accreditation, claimsKey, keys, lists, gas } = state;
  const balance = ether(gas?.balance);
  return (
    <>
      {claimsKey && !claimsKey.onChain && <Notice kind="bad">{w.keys.notOnChain}</Notice>}
      {isLow(gas) && <Notice kind="warn">{say(w.keys.lowGas, { count: gas!.writes! })}</Notice>}
      <div class="halves">
        <section class="card stack-s">
          <h2 class="card-title">{w.keys.accreditation}</h2>
          {accreditation ? (
            <dl class="facts">
              <dt>{w.keys.name}</dt><dd><Text>{accreditation.name}</Text></dd>
              <dt>{w.keys.accreditedBy}</dt><dd><Text>{accreditation.accreditedBy}</Text></dd>
              <dt>{w.register.status}</dt><dd><Standing of={accreditation.standing} />{accreditation.latestStatus !== accreditation.standing && <> → <Standing of={accreditation.latestStatus} /></>}</dd>
            </dl>
          ) : <p>{w.keys.notAccredited}</p>}
          <dl class="facts">
            <dt>{w.keys.account}</dt><dd class="mono small">{state.account}</dd>
            {balance !== undefined && <><dt>{w.keys.balance}</dt><dd class="figures">{dates.number(balance, { maximumFractionDigits: 4 })} ETH{gas?.writes !== undefined && <span class="soft"> · {say(w.keys.writes, { count: gas.writes })}</span>}</dd></>}
          </dl>
        </section>
        <section class="card stack-s">
          <h2 class="card-title">{w.keys.lists}</h2>
          {lists.map((list) => (
            <div key={list.id} class="stack-s">
              <label for={`list-${list.id}`} class="row-between small"><span>{say(w.keys.list, { id: String(list.id) })}</span><span class="soft figures">{dates.number(list.used)} / {dates.number(list.capacity)} · {say(w.keys.blocked, { count: list.revoked + list.suspended })}</span></label>
              <meter id={`list-${list.id}`} class="progress" max={list.capacity} high={list.capacity * 0.9} value={list.used} />
            </div>
          ))}
          <Anchors state={state} onChange={onChange} />
        </section>
      </div>
      <section class="stack-s">
        <h2>{w.keys.keys}</h2>
        <div class="table-frame" role="region" aria-label={w.keys.keys} tabIndex={0}>
          <table class="table">
            <thead><tr><th scope="col">{w.keys.key}</th><th scope="col">{w.keys.type}</th><th scope="col">{w.patients.since}</th><th scope="col">{w.register.status}</th></tr></thead>
            <tbody>
              {claimsKey && <tr><td class="mono small">{claimsKey.x.slice(0, 24)}…</td><td>{w.keys.passes}</td><td /><td><Tag kind={claimsKey.onChain ? 'good' : 'bad'}>{claimsKey.onChain ? w.keys.current : w.keys.missing}</Tag></td></tr>}
              {keys.map((key) => <tr key={key.kid}><td class="mono small"><Text>{key.kid.slice(key.kid.indexOf('#') + 1)}</Text></td><td><Text>{key.type}</Text></td><td>{key.since !== undefined && <When at={key.since} />}</td><td><Tag kind={key.current ? 'good' : undefined}>{key.current ? w.keys.current : w.keys.former}</Tag></td></tr>)}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
}

function Anchors({ state: { anchors, unanchored }, onChange }: { readonly state: KeyState; readonly onChange: () => void }) {
  const { w, say } = useWords();
  const { api, may } = useConsole();
  const doing = useDoing();
  const anchor = () => doing.run(async () => {
    await api.keys.anchor();
    onChange();
  });
  return (
    <div class="stack-s">
      <p class="small soft">{say(w.keys.anchors, { count: anchors.count })}{anchors.last && <> · <When at={anchors.last.at} short /></>} · {say(w.keys.unanchored, { count: unanchored })}</p>
      <Wrong failure={doing.failure} />
      {may('anchors:write') && unanchored > 0 && <div><Button kind="secondary" busy={doing.busy} onClick={() => void anchor()}>{w.keys.anchor}</Button></div>}
    </div>
  );
}
