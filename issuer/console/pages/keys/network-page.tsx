// For who runs the network: which providers are accredited, and letting one in, suspending, reinstating and removing one.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Field, Select, TextArea } from '#faces/parts/field.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import { errorInWords } from '#faces/words/sentences/index.ts';
import type { AccreditedIssuer, Network } from '../../api.ts';
import { useConsole, useDoing, useEvery, useLoad, useWords } from '../../console.tsx';
import { ether } from '../../parts/gas.ts';
import { Confirm, Empty, Loaded, When } from '../../parts/parts.tsx';
import { Standing } from './keys-page.tsx';

const REASONS = ['accreditation-lapsed', 'misconduct', 'key-compromise', 'issuer-request', 'under-review', 'review-closed', 'ceased', 'unspecified'] as const;
type Act = 'suspend' | 'reinstate' | 'remove';
const POSSIBLE: Readonly<Record<string, readonly Act[]>> = { suspended: ['reinstate', 'remove'], removed: [] };

export function NetworkPage() {
  const { w } = useWords();
  const { api, may } = useConsole();
  const loading = useLoad((signal) => api.network.state(signal), []);
  useEvery(4000, loading.reload);
  const [isAdding, setAdding] = useState(false);
  return (
    <Screen title={w.places.network} wide>
      {may('issuers:accredit') && <div><Button onClick={() => setAdding(true)}>{w.network.accredit}</Button></div>}
      <Loaded of={loading}>{(network) => <Issuers network={network} onChange={loading.reload} />}</Loaded>
      {isAdding && <Accredit onClose={() => setAdding(false)} onDone={() => (setAdding(false), loading.reload())} />}
    </Screen>
  );
}

function Issuers({ network, onChange }: { readonly network: Network; readonly onChange: () => void }) {
  const { w, dates } = useWords();
  const { may, sentences } = useConsole();
  const [asking, setAsking] = useState<{ readonly act: Act; readonly issuer: AccreditedIssuer }>();
  const [listing, setListing] = useState<AccreditedIssuer>();
  const balance = ether(network.governance.balance);
  return (
    <>
      <div class="table-frame" role="region" aria-label={w.places.network} tabIndex={0}>
        <table class="table">
          <thead><tr><th scope="col">{w.keys.name}</th><th scope="col">{w.keys.accreditedBy}</th><th scope="col">{w.register.status}</th><th scope="col"><span class="unseen">{w.actions}</span></th></tr></thead>
          <tbody>{network.issuers.map((issuer) => (
            <tr key={String(issuer.id)}>
              <td><Text>{issuer.name}</Text>{issuer.own && <> <Tag>{w.network.own}</Tag></>}<div class="mono small soft">{issuer.did}</div></td>
              <td><Text>{issuer.accreditedBy}</Text></td>
              <td><Standing of={issuer.status} />{issuer.latestStatus !== issuer.status && <> → <Standing of={issuer.latestStatus} /></>}</td>
              <td>{may('issuers:accredit') && <div class="row tight">{(POSSIBLE[issuer.latestStatus] ?? ['suspend', 'remove']).map((act) => <Button key={act} kind="quiet" onClick={() => setAsking({ act, issuer })}>{w.network.acts[act].act}</Button>)}{issuer.latestStatus !== 'removed' && <Button kind="quiet" onClick={() => setListing(issuer)}>{w.network.lists}</Button>}</div>}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      <p class="soft small">{w.network.pays}: <span class="mono">{network.governance.address}</span>{balance !== undefined && <> · {dates.number(balance, { maximumFractionDigits: 4 })} ETH</>}</p>
      <section class="stack-s">
        <h2>{w.network.done}</h2>
        {network.actions.length === 0 ? <Empty title={w.network.none} /> : (
          <ol class="history">{network.actions.map((action) => (
            <li key={action.id}><span class="strong">{actionWords(action.action, w.network.actions)}</span> <When at={action.createdAt} /> <Tag kind={action.state === 'done' ? 'good' : action.state === 'refused' ? 'bad' : 'warn'}>{w.changeStates[action.state]}</Tag>{action.code && <div class="soft">{errorInWords(action.code, sentences)}</div>}</li>
          ))}</ol>
        )}
      </section>
      {listing && <MoreLists issuer={listing} onClose={() => setListing(undefined)} onDone={() => (setListing(undefined), onChange())} />}
      {asking && <Change {...asking} onClose={() => setAsking(undefined)} onDone={() => (setAsking(undefined), onChange())} />}
    </>
  );
}

const actionWords = (action: string, words: Readonly<Record<'accredit' | 'suspend' | 'reinstate' | 'remove' | 'assign-lists', string>>): string => words[action as keyof typeof words] ?? action;

/** How many more certificates it can issue: a list has room for a million. */
function MoreLists({ issuer, onClose, onDone }: { readonly issuer: AccreditedIssuer; readonly onClose: () => void; readonly onDone: () => void }) {
  const { w, say } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const [count, setCount] = useState('1');
  const run = async () => {
    await api.network.lists(String(issuer.id), Number(count));
    onDone();
  };
  return (
    <Confirm title={say(w.network.listsTitle, { name: issuer.name })} act={w.network.listsAct} danger={false} isReady={/^(?:[1-9]|1[0-6])$/.test(count)} onAct={run} {...{ doing, onClose }}>
      <Field label={w.network.lists} hint={w.network.listsHint} inputMode="numeric" size="s" value={count} onInput={(event) => setCount(event.currentTarget.value)} />
    </Confirm>
  );
}

function Change({ act, issuer, onClose, onDone }: { readonly act: Act; readonly issuer: AccreditedIssuer; readonly onClose: () => void; readonly onDone: () => void }) {
  const { w, say } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const [reason, setReason] = useState<(typeof REASONS)[number]>(act === 'reinstate' ? 'review-closed' : act === 'suspend' ? 'under-review' : 'ceased');
  const run = async () => {
    await api.network.act(String(issuer.id), act, reason);
    onDone();
  };
  return (
    <Confirm title={say(w.network.acts[act].title, { name: issuer.name })} act={w.network.acts[act].act} danger={act !== 'reinstate'} onAct={run} {...{ doing, onClose }}>
      <Notice kind={act === 'remove' ? 'bad' : 'warn'}>{w.network.acts[act].says}</Notice>
      {issuer.own && act !== 'reinstate' && <Notice kind="bad">{w.network.ownSays}</Notice>}
      <Select label={w.status.reason} value={reason} onChange={(event) => setReason(event.currentTarget.value as typeof reason)}>{REASONS.map((each) => <option key={each} value={each}>{w.network.reasons[each]}</option>)}</Select>
    </Confirm>
  );
}

function requestOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function Accredit({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  const { w, say } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [accreditedBy, setBy] = useState('');
  const [lists, setLists] = useState('1');
  const request = requestOf(text);
  const run = async () => {
    await api.network.accredit({ request, name: name.trim(), accreditedBy: accreditedBy.trim(), lists: Number(lists) });
    onDone();
  };
  return (
    <Confirm title={w.network.accredit} says={<p>{say(w.network.accreditSays, { file: 'accreditation-request.json' })}</p>} act={w.network.accredit} danger={false} isReady={request !== undefined && name.trim() !== '' && accreditedBy.trim() !== '' && /^[1-9]\d?$/.test(lists)} onAct={run} {...{ doing, onClose }}>
      <div class="file-field">
        <label class="strong" for="request-file">{w.network.requestFile}</label>
        <input id="request-file" type="file" class="input" accept=".json,application/json" onChange={(event) => void event.currentTarget.files?.[0]?.text().then(setText)} />
      </div>
      <TextArea label={w.import.paste} rows={3} class="textarea mono" value={text} error={text !== '' && request === undefined ? w.network.notJson : undefined} onInput={(event) => setText(event.currentTarget.value)} />
      <Field label={w.keys.name} value={name} maxLength={100} onInput={(event) => setName(event.currentTarget.value)} />
      <Field label={w.keys.accreditedBy} value={accreditedBy} maxLength={100} onInput={(event) => setBy(event.currentTarget.value)} />
      <Field label={w.network.lists} inputMode="numeric" size="s" value={lists} onInput={(event) => setLists(event.currentTarget.value)} />
    </Confirm>
  );
}
