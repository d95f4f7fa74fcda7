// A file that brings the certificates back, made here and read here.
import { useEffect, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { failureOf, type Failure } from '#wallet-app/failure.ts';
import type { RestoringState } from '#wallet-app/states.ts';
import { weaknessOf, type Weakness } from '#vault/passphrase.ts';
import { Passphrase } from '../parts/passphrase.tsx';
import { Progress, Result } from '../parts/progress.tsx';
import { useWords } from '../speech.tsx';
import { usePart, useWallet } from '../wallet-context.tsx';

export function BackupPage() {
  const { w, failure } = useWords();
  const wallet = useWallet();
  const [passphrase, setPassphrase] = useState('');
  const [weakness, setWeakness] = useState<Weakness>();
  const [step, setStep] = useState<'asking' | 'making' | 'made' | Failure>('asking');
  const make = async (event: Event) => {
    event.preventDefault();
    const found = weaknessOf(passphrase);
    if (found) return setWeakness(found);
    setStep('making');
    try {
      saveFile(await wallet.makeBackup(passphrase));
      setPassphrase('');
      setStep('made');
    } catch (error) {
      setStep(failureOf(error));
    }
  };
  return (
    <Screen title={w.backup.title} back={to('more')}>
      <p>{w.backup.lead}</p>
      {typeof step === 'object' && <Notice kind="bad" alert>{failure(step)}</Notice>}
      {step === 'made' && <div role="status"><Notice kind="good">{w.backup.made}</Notice></div>}
      <form class="stack" onSubmit={(event) => void make(event)} noValidate>
        <Passphrase id="backup-passphrase" isNew label={w.backup.passphrase} hint={w.backup.hint} value={passphrase} error={weakness && w.passphrase[weakness]} onChange={(text) => { setPassphrase(text); setWeakness(undefined); }} />
        <div><Button type="submit" busy={step === 'making'}>{step === 'making' ? w.backup.making : w.backup.make}</Button></div>
      </form>
      <hr />
      <p><ButtonLink kind="secondary" href={to('restore')}>{w.backup.restore}</ButtonLink></p>
    </Screen>
  );
}

function saveFile(bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' })); // made here, shared with nobody
  Object.assign(document.createElement('a'), { href: url, download: `healthpass-${new Date().toISOString().slice(0, 10)}.backup` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Into the open wallet, or, before there is one, into a new one. */
export function RestorePage({ back }: { readonly back: string }) {
  const { w, say, failure, shared } = useWords();
  const { restoring } = useWallet();
  const state = usePart(restoring);
  useEffect(() => () => restoring.close(), [restoring]);
  switch (state.name) {
    case 'idle': case 'reading': return <ChooseFile isReading={state.name === 'reading'} back={back} />;
    case 'read': return <WhatIsIn state={state} isNew={back === to()} />;
    case 'storing': return <Progress title={w.backup.restoreTitle} says={w.backup.taking} />;
    case 'restored': return <Result kind="good" title={w.backup.done} text={say(w.backup.doneText, { count: state.records })}><ButtonLink wide href={to()}>{w.add.see}</ButtonLink></Result>;
    case 'failed': return <Result kind="bad" title={w.backup.failed} text={failure(state.failure)}><Button wide onClick={() => restoring.close()}>{shared.tryAgain}</Button></Result>;
  }
}

function ChooseFile({ isReading, back }: { readonly isReading: boolean; readonly back: string }) {
  const { w } = useWords();
  const { restoring } = useWallet();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [wrong, setWrong] = useState<'file' | 'passphrase'>();
  const read = async (event: Event) => {
    event.preventDefault();
    if (!file) return setWrong('file');
    if (passphrase === '') return setWrong('passphrase');
    await restoring.read(new Uint8Array(await file.arrayBuffer()), passphrase);
  };
  return (
    <Screen title={w.backup.restoreTitle} back={back}>
      <form class="stack-l" onSubmit={(event) => void read(event)} noValidate>
        <div class="field" data-wrong={wrong === 'file' || undefined}>
          <label for="backup-file">{w.backup.file}</label>
          {wrong === 'file' && <div class="error" id="backup-file-error">{w.backup.noFile}</div>}
          <input id="backup-file" class="input" type="file" aria-describedby={wrong === 'file' ? 'backup-file-error' : undefined} onChange={(event) => { setFile(event.currentTarget.files?.[0]); setWrong(undefined); }} />
        </div>
        <Passphrase id="file-passphrase" label={w.backup.passphrase} value={passphrase} error={wrong === 'passphrase' ? w.passphrase.empty : undefined} onChange={(text) => { setPassphrase(text); setWrong(undefined); }} />
        <Button wide type="submit" busy={isReading}>{isReading ? w.backup.opening : w.backup.open}</Button>
      </form>
    </Screen>
  );
}

function WhatIsIn({ state, isNew }: { readonly state: Extract<RestoringState, { readonly name: 'read' }>; readonly isNew: boolean }) {
  const { w, say, dates, shared } = useWords();
  const { restoring } = useWallet();
  return (
    <Screen title={w.backup.readTitle}>
      <p>{say(w.backup.madeAt, { date: dates.dateTime(state.madeAt) })}</p>
      <ul class="lines">
        {state.people.map(({ name, records, added }, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a list that does not change
          <li key={i} class="row-between"><bdi class="strong">{name || (i === 0 ? w.home.me : w.people.unnamed)}</bdi><span>{say(w.backup.records, { count: records })}{!isNew && <span class="soft"> · {say(w.backup.newOnes, { count: added })}</span>}</span></li>
        ))}
      </ul>
      {isNew && <p class="soft">{w.backup.opensWith}</p>}
      <div class="actions">
        <Button wide onClick={() => void restoring.restore()}>{w.backup.take}</Button>
        <Button wide kind="quiet" onClick={() => restoring.close()}>{shared.cancel}</Button>
      </div>
    </Screen>
  );
}
