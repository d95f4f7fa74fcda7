// What opens the keys, when they lock, and the file that brings them back.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Select } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useValue } from '#faces/value.ts';
import { weaknessOf, type Weakness } from '#vault/passphrase.ts';
import type { KnownWay } from '../../desk/ways.ts';
import { useDesk, useDoing, useLoad, type Doing } from '../../desk-context.tsx';
import { Confirm, Loaded, saveFile, Wrong } from '../../parts/parts.tsx';
import { Passphrase } from '../../parts/passphrase.tsx';
import { useWords } from '../../speech.tsx';

export function AccountPage() {
  const { w } = useWords();
  const desk = useDesk();
  const ways = useLoad(() => desk.ways.list(), []);
  const doing = useDoing();
  const [told, setTold] = useState<string>();
  const act = async (work: () => Promise<void>, says: string) => {
    setTold(undefined);
    if (await doing.run(work)) setTold(says);
    ways.reload();
  };
  return (
    <Screen title={w.places.account}>
      {told !== undefined && <div role="status"><Notice kind="good">{told}</Notice></div>}
      <Wrong failure={doing.failure} />
      <section class="stack">
        <h2>{w.keys.opens}</h2>
        <Loaded of={ways}>{(list) => <Ways ways={list} doing={doing} act={act} />}</Loaded>
      </section>
      <KeyFile />
      <LockAfter />
    </Screen>
  );
}

type Act = (work: () => Promise<void>, says: string) => Promise<void>;

function Ways({ ways, doing, act }: { readonly ways: readonly KnownWay[]; readonly doing: Doing; readonly act: Act }) {
  const { w } = useWords();
  const desk = useDesk();
  const [asking, setAsking] = useState<string>();
  const hasPassphrase = ways.some(({ way }) => way === 'passphrase');
  return (
    <>
      <ul class="lines">
        {ways.map(({ id, way }) => (
          <li key={id} class="row-between">
            <span class="strong">{w.keys[way]}</span>
            {ways.length > 1 && <Button kind="quiet" aria-label={`${w.keys.remove}: ${w.keys[way]}`} onClick={() => setAsking(id)}>{w.keys.remove}</Button>}
          </li>
        ))}
      </ul>
      {ways.length === 1 && <Notice kind="warn">{w.keys.advice}</Notice>}
      {!ways.some(({ way }) => way === 'passkey') && <p><Button kind="secondary" busy={doing.busy} onClick={() => void act(() => desk.ways.add({ way: 'passkey', label: w.name }), w.keys.added)}>{w.keys.addPasskey}</Button></p>}
      <NewPassphrase title={hasPassphrase ? w.keys.change : w.keys.addPassphrase} onSave={(passphrase) => act(() => desk.ways.add({ way: 'passphrase', passphrase }), hasPassphrase ? w.keys.changed : w.keys.added)} />
      {asking !== undefined && <Confirm title={w.keys.removeTitle} says={w.keys.removeText} act={w.keys.remove} doing={doing} onClose={() => setAsking(undefined)} onAct={async () => { setAsking(undefined); await desk.ways.remove(asking); await act(async () => {}, w.keys.removed); }} />}
    </>
  );
}

function NewPassphrase({ title, onSave }: { readonly title: string; readonly onSave: (passphrase: string) => Promise<void> }) {
  const { w, shared } = useWords();
  const [passphrase, setPassphrase] = useState('');
  const [weakness, setWeakness] = useState<Weakness>();
  const save = async (event: Event) => {
    event.preventDefault();
    const found = weaknessOf(passphrase);
    if (found) return setWeakness(found);
    setPassphrase('');
    await onSave(passphrase);
  };
  return (
    <details class="more">
      <summary>{title}</summary>
      <form class="stack" onSubmit={(event) => void save(event)} noValidate>
        <Passphrase id="new-passphrase" isNew value={passphrase} error={weakness && w.passphrase[weakness]} onChange={(text) => { setPassphrase(text); setWeakness(undefined); }} />
        <div><Button type="submit">{shared.save}</Button></div>
      </form>
    </details>
  );
}

function KeyFile() {
  const { w, say, dates } = useWords();
  const desk = useDesk();
  const settings = useLoad(() => desk.settings(), []);
  const doing = useDoing();
  const [passphrase, setPassphrase] = useState('');
  const [weakness, setWeakness] = useState<Weakness>();
  const [isMade, setMade] = useState(false);
  const make = async (event: Event) => {
    event.preventDefault();
    const found = weaknessOf(passphrase);
    if (found) return setWeakness(found);
    if (!(await doing.run(async () => saveFile(await desk.makeKeyFile(passphrase), `healthpass-${new Date().toISOString().slice(0, 10)}.keys`)))) return;
    setPassphrase('');
    setMade(true);
    settings.reload();
  };
  const last = settings.value?.backedUpAt;
  return (
    <section class="stack">
      <h2>{w.keyFile.title}</h2>
      <p>{w.keyFile.lead}</p>
      {isMade ? <div role="status"><Notice kind="good">{w.keyFile.made}</Notice></div> : settings.value && (last === undefined ? <Notice kind="warn">{w.keyFile.never}</Notice> : <p class="soft">{say(w.keyFile.last, { date: dates.date(last) })}</p>)}
      <Wrong failure={doing.failure} />
      <form class="stack" onSubmit={(event) => void make(event)} noValidate>
        <Passphrase id="file-passphrase" isNew label={w.keyFile.passphrase} value={passphrase} error={weakness && w.passphrase[weakness]} onChange={(text) => { setPassphrase(text); setWeakness(undefined); }} />
        <div><Button type="submit" kind="secondary" busy={doing.busy}>{doing.busy ? w.keyFile.making : w.keyFile.make}</Button></div>
      </form>
    </section>
  );
}

const MINUTES = [2, 5, 10, 30, 60] as const;

function LockAfter() {
  const { w, say } = useWords();
  const { door } = useDesk();
  const state = useValue(door.state);
  if (state.name !== 'open') return null;
  return (
    <Select label={w.keys.lockAfter} value={String(state.idleSeconds / 60)} onChange={(event) => void door.setIdle(60 * Number(event.currentTarget.value))}>
      {MINUTES.map((count) => <option key={count} value={String(count)}>{say(w.keys.minutes, { count })}</option>)}
    </Select>
  );
}
