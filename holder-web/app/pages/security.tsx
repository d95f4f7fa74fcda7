// When the wallet locks, and what opens it.
import { useEffect, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Select } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { failureOf, type Failure } from '#wallet-app/failure.ts';
import type { Way } from '#wallet-app/states.ts';
import { Confirm } from '../parts/confirm.tsx';
import { weaknessOf, type Weakness } from '#vault/passphrase.ts';
import { Passphrase } from '../parts/passphrase.tsx';
import { useWords } from '../speech.tsx';
import { usePart, useWallet } from '../wallet-context.tsx';

type Key = { readonly id: string; readonly way: Way };
type Told = { readonly says: string } | { readonly failure: Failure };

export function SecurityPage() {
  const { w, failure } = useWords();
  const wallet = useWallet();
  const [keys, setKeys] = useState<readonly Key[]>();
  const [told, setTold] = useState<Told>();
  const read = async () => setKeys(await wallet.keys.list());
  useEffect(() => void read(), []);
  const tell = async (done: Promise<void>, says: string) => {
    try {
      await done;
      setTold({ says });
    } catch (error) {
      setTold({ failure: failureOf(error) });
    }
    await read();
  };
  /** The one before goes only when the new one is there. */
  const setPassphrase = async (passphrase: string) => {
    const before = keys?.filter(({ way }) => way === 'passphrase') ?? [];
    await wallet.keys.addPassphrase(passphrase);
    for (const { id } of before) await wallet.keys.remove(id);
  };
  return (
    <Screen title={w.security.title} back={to('more')}>
      {told && ('says' in told ? <div role="status"><Notice kind="good">{told.says}</Notice></div> : <Notice kind="bad" alert>{failure(told.failure)}</Notice>)}
      <LockAfter />
      <section class="stack">
        <h2>{w.security.opens}</h2>
        {keys && <Keys keys={keys} onRemove={(id) => void tell(wallet.keys.remove(id), w.security.removedKey)} />}
        {keys?.length === 1 && <p class="soft">{w.security.advice}</p>}
        {keys && !keys.some(({ way }) => way === 'passkey') && <p><Button kind="secondary" onClick={() => void tell(wallet.keys.addPasskey(w.name), w.security.added)}>{w.security.addPasskey}</Button></p>}
      </section>
      {keys && <ChangePassphrase hasOne={keys.some(({ way }) => way === 'passphrase')} onChange={(passphrase, says) => void tell(setPassphrase(passphrase), says)} />}
    </Screen>
  );
}

const MINUTES = [1, 2, 5, 15, 30] as const;

function LockAfter() {
  const { w, say } = useWords();
  const { door } = useWallet();
  const state = usePart(door);
  if (state.name !== 'open') return null;
  return (
    <Select label={w.security.lockAfter} value={String(state.idleSeconds / 60)} onChange={(event) => void door.setIdle(60 * Number(event.currentTarget.value))}>
      {MINUTES.map((count) => <option key={count} value={String(count)}>{say(w.security.minutes, { count })}</option>)}
    </Select>
  );
}

function Keys({ keys, onRemove }: { readonly keys: readonly Key[]; readonly onRemove: (id: string) => void }) {
  const { w } = useWords();
  const [asking, setAsking] = useState<string>();
  return (
    <ul class="lines">
      {keys.map(({ id, way }) => (
        <li key={id} class="row-between">
          <span class="strong">{w.security[way]}</span>
          {keys.length > 1 && <Button kind="quiet" aria-label={`${w.security.remove}: ${w.security[way]}`} onClick={() => setAsking(id)}>{w.security.remove}</Button>}
          {asking === id && <Confirm title={w.security.removeTitle} text={w.security.removeText} yes={w.security.remove} onYes={() => { setAsking(undefined); onRemove(id); }} onNo={() => setAsking(undefined)} />}
        </li>
      ))}
    </ul>
  );
}

function ChangePassphrase({ hasOne, onChange }: { readonly hasOne: boolean; readonly onChange: (passphrase: string, says: string) => void }) {
  const { w, shared } = useWords();
  const [passphrase, setPassphrase] = useState('');
  const [weakness, setWeakness] = useState<Weakness>();
  const save = (event: Event) => {
    event.preventDefault();
    const found = weaknessOf(passphrase);
    if (found) return setWeakness(found);
    setPassphrase('');
    onChange(passphrase, hasOne ? w.security.changed : w.security.added);
  };
  return (
    <details class="more">
      <summary>{hasOne ? w.security.change : w.security.addPassphrase}</summary>
      <form class="stack" onSubmit={save} noValidate>
        <Passphrase id="new-passphrase" isNew value={passphrase} error={weakness && w.passphrase[weakness]} onChange={(text) => { setPassphrase(text); setWeakness(undefined); }} />
        {hasOne && <p class="soft">{w.security.lost}</p>}
        <div><Button type="submit">{shared.save}</Button></div>
      </form>
    </details>
  );
}
