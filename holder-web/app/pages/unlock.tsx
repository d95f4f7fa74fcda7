// The locked wallet, and the one that cannot be opened. Where a person was stays in the address.
import { useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { LanguageMenu } from '#faces/parts/language-menu.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { DoorState } from '#wallet-app/states.ts';
import { Passphrase } from '../parts/passphrase.tsx';
import { useWords } from '../speech.tsx';
import { useWallet } from '../wallet-context.tsx';

type Here = Extract<DoorState, { readonly name: 'locked' | 'unlocking' }>;

export function UnlockPage({ door }: { readonly door: Here }) {
  const { w, failure } = useWords();
  const wallet = useWallet();
  const [passphrase, setPassphrase] = useState('');
  const [ways, setWays] = useState(door.name === 'locked' ? door.ways : []);
  const [isEmpty, setEmpty] = useState(false);
  if (door.name === 'locked' && door.ways.join() !== ways.join()) setWays(door.ways);
  const isBusy = door.name === 'unlocking';
  const failed = door.name === 'locked' ? door.failure : undefined;
  const isWrong = failed?.code === 'wallet-locked' && failed.field === 'passphrase';
  const open = async (event: Event) => {
    event.preventDefault();
    setEmpty(passphrase === '');
    if (passphrase !== '' && !isBusy) await wallet.door.unlock({ way: 'passphrase', passphrase });
  };
  return (
    <Screen title={w.unlock.title}>
      {door.name === 'locked' && (door.because === 'idle' || door.because === 'elsewhere') && !failed && <Notice>{w.unlock[door.because]}</Notice>}
      {failed && !isWrong && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {ways.includes('passkey') && <Button wide busy={isBusy && door.way === 'passkey'} onClick={() => void wallet.door.unlock({ way: 'passkey' })}>{w.unlock.passkey}</Button>}
      {ways.includes('passphrase') && (
        <form class="stack" onSubmit={(event) => void open(event)} noValidate>
          <Passphrase id="passphrase" value={passphrase} onChange={(text) => { setPassphrase(text); setEmpty(false); }} error={isEmpty ? w.passphrase.empty : isWrong ? w.passphrase.wrong : undefined} />
          <Button wide type="submit" kind={ways.includes('passkey') ? 'secondary' : 'primary'} busy={isBusy}>{isBusy ? w.unlock.opening : w.unlock.open}</Button>
        </form>
      )}
      <p class="unseen" role="status">{isWrong ? w.passphrase.wrong : ''}</p>
      <Forgotten />
      <LanguageMenu />
    </Screen>
  );
}

function Forgotten() {
  const { w } = useWords();
  return (
    <details class="more">
      <summary>{w.unlock.forgotten}</summary>
      <div class="stack">
        <p>{w.unlock.forgottenText}</p>
        <p><ButtonLink kind="secondary" href={to('wipe')}>{w.more.wipe}</ButtonLink></p>
      </div>
    </details>
  );
}

/** The browser keeps nothing, or what it kept cannot be read. */
export function UnusablePage({ door }: { readonly door: Extract<DoorState, { readonly name: 'unusable' | 'unreadable' }> }) {
  const { w, shared, failure } = useWords();
  return (
    <Screen title={door.name === 'unusable' ? w.unusable.title : w.unusable.unreadable}>
      <Notice kind="bad" alert>{failure(door.failure)}</Notice>
      <div class="row">
        <Button onClick={() => location.reload()}>{shared.tryAgain}</Button>
        {door.name === 'unreadable' && <ButtonLink kind="secondary" href={to('wipe')}>{w.more.wipe}</ButtonLink>}
      </div>
      <LanguageMenu />
    </Screen>
  );
}
