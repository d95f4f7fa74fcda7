// What is kept in this browser while it is locked, and when it cannot be opened. Where a person was stays in the address.
import { useState } from 'preact/hooks';
import type { ErrorCode } from '#passport/errors.ts';
import { to } from '../navigation.ts';
import { useSpeech } from '../words/face.tsx';
import { Button, ButtonLink } from './button.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { Notice } from './notice.tsx';
import { PassphraseField, type PassphraseWords } from './passphrase.tsx';
import { Screen } from './screen.tsx';

type Way = 'passphrase' | 'passkey';
type Failure = { readonly code: ErrorCode; readonly field: string | undefined };
type ClosedDoor<F> =
  | { readonly name: 'locked'; readonly ways: readonly Way[]; readonly because: 'start' | 'asked' | 'idle' | 'elsewhere'; readonly failure?: F | undefined }
  | { readonly name: 'unlocking'; readonly way: Way };

type UnlockWords = {
  readonly title: string; readonly open: string; readonly passkey: string; readonly opening: string; readonly idle: string; readonly elsewhere: string;
  readonly forgotten: string; readonly forgottenText: string;
};
/** `wipe` is what the way to deleting it all is called. */
type LockWords = { readonly unlock: UnlockWords; readonly passphrase: PassphraseWords; readonly wipe: string };
type Words<F> = { readonly words: LockWords; readonly says: (failure: F) => string };
type UnlockProps<F> = Words<F> & { readonly door: ClosedDoor<F>; readonly unlock: (by: { readonly way: 'passphrase'; readonly passphrase: string } | { readonly way: 'passkey' }) => Promise<void> };

export function UnlockScreen<F extends Failure>({ door, unlock, words: { unlock: w, passphrase: p, wipe }, says }: UnlockProps<F>) {
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
    if (passphrase !== '' && !isBusy) await unlock({ way: 'passphrase', passphrase });
  };
  return (
    <Screen title={w.title}>
      {door.name === 'locked' && (door.because === 'idle' || door.because === 'elsewhere') && !failed && <Notice>{w[door.because]}</Notice>}
      {failed && !isWrong && <Notice kind="bad" alert>{says(failed)}</Notice>}
      {ways.includes('passkey') && <Button wide busy={isBusy && door.way === 'passkey'} onClick={() => void unlock({ way: 'passkey' })}>{w.passkey}</Button>}
      {ways.includes('passphrase') && (
        <form class="stack" onSubmit={(event) => void open(event)} noValidate>
          <PassphraseField id="passphrase" value={passphrase} words={p} onChange={(text) => { setPassphrase(text); setEmpty(false); }} error={isEmpty ? p.empty : isWrong ? p.wrong : undefined} />
          <Button wide type="submit" kind={ways.includes('passkey') ? 'secondary' : 'primary'} busy={isBusy}>{isBusy ? w.opening : w.open}</Button>
        </form>
      )}
      <p class="unseen" role="status">{isWrong ? p.wrong : ''}</p>
      <details class="more">
        <summary>{w.forgotten}</summary>
        <div class="stack">
          <p>{w.forgottenText}</p>
          <p><ButtonLink kind="secondary" href={to('wipe')}>{wipe}</ButtonLink></p>
        </div>
      </details>
      <LanguageMenu />
    </Screen>
  );
}

type UnusableProps<F> = {
  readonly door: { readonly name: 'unusable' | 'unreadable'; readonly failure: F }; readonly says: (failure: F) => string;
  readonly words: { readonly unusable: { readonly title: string; readonly unreadable: string }; readonly wipe: string };
};

/** The browser keeps nothing, or what it kept cannot be read. */
export function UnusableScreen<F>({ door, words: { unusable, wipe }, says }: UnusableProps<F>) {
  const { shared } = useSpeech();
  return (
    <Screen title={door.name === 'unusable' ? unusable.title : unusable.unreadable}>
      <Notice kind="bad" alert>{says(door.failure)}</Notice>
      <div class="row">
        <Button onClick={() => location.reload()}>{shared.tryAgain}</Button>
        {door.name === 'unreadable' && <ButtonLink kind="secondary" href={to('wipe')}>{wipe}</ButtonLink>}
      </div>
      <LanguageMenu />
    </Screen>
  );
}
