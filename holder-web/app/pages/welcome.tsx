// The first minute: what this is, a name if a person likes, and what protects it.
import { useState } from 'preact/hooks';
import { go, to, type Place } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Field } from '#faces/parts/field.tsx';
import { LanguageMenu } from '#faces/parts/language-menu.tsx';
import { Mark } from '#faces/parts/mark.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { DoorState, Way } from '#wallet-app/states.ts';
import { useDraft } from '../parts/draft.ts';
import { weaknessOf } from '#vault/passphrase.ts';
import { Passphrase } from '../parts/passphrase.tsx';
import { useWords } from '../speech.tsx';
import { useWallet } from '../wallet-context.tsx';

type Here = Extract<DoorState, { readonly name: 'none' | 'creating' }>;

/** A link that led here is kept in the address until the wallet is made. */
export function WelcomePage({ door, place }: { readonly door: Here; readonly place: Place }) {
  const [hasBegun, setBegun] = useState(false);
  const isProtecting = place.path[0] === 'protect' || hasBegun;
  const leadsSomewhere = place.query.size > 0;
  return isProtecting ? <Protect door={door} onBack={leadsSomewhere ? () => setBegun(false) : undefined} /> : <Hello onStart={() => (leadsSomewhere ? setBegun(true) : go(to('protect')))} />;
}

function Hello({ onStart }: { readonly onStart: () => void }) {
  const { w } = useWords();
  return (
    <Screen title={w.welcome.title}>
      <p class="lead">{w.welcome.lead}</p>
      <ul class="points">
        {[w.welcome.points.kept, w.welcome.points.proof, w.welcome.points.offline].map((text) => <li key={text}><Mark kind="good" /><span>{text}</span></li>)}
      </ul>
      <div class="actions">
        <Button wide onClick={onStart}>{w.welcome.start}</Button>
        <ButtonLink wide kind="quiet" href={to('restore')}>{w.welcome.restore}</ButtonLink>
      </div>
      <LanguageMenu />
    </Screen>
  );
}

function Protect({ door, onBack }: { readonly door: Here; readonly onBack: (() => void) | undefined }) {
  const { w, failure } = useWords();
  const wallet = useWallet();
  const canUsePasskey = door.name === 'none' && door.passkeys;
  const [way, setWay] = useState<Way>(canUsePasskey ? 'passkey' : 'passphrase');
  const [name, setName, forgetName] = useDraft('name');
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<string>();
  const isBusy = door.name === 'creating';
  const create = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    const weakness = way === 'passphrase' ? weaknessOf(passphrase) : undefined;
    if (weakness) {
      setError(w.passphrase[weakness]);
      document.getElementById('passphrase')?.focus();
      return;
    }
    await wallet.door.create(way === 'passphrase' ? { way, passphrase } : { way, label: name.trim() || w.name }, name);
    if (wallet.door.get().name !== 'open') return;
    forgetName();
    if (location.hash.startsWith('#/protect')) go(to(), { replace: true });
  };
  return (
    <Screen title={w.welcome.protect} back={onBack ? undefined : to()}>
      {door.name === 'none' && door.failure && <Notice kind="bad" alert>{failure(door.failure)}</Notice>}
      <p>{w.welcome.protectLead}</p>
      <form class="stack-l" onSubmit={(event) => void create(event)} noValidate>
        <Field id="name" name="name" label={<>{w.welcome.yourName} <Optional /></>} hint={w.welcome.nameHint} value={name} maxLength={80} dir="auto" autocomplete="name" onInput={(event) => setName(event.currentTarget.value)} />
        {way === 'passphrase' && <Passphrase id="passphrase" isNew value={passphrase} error={error} onChange={(text) => { setPassphrase(text); setError(undefined); }} />}
        <div class="actions">
          <Button wide type="submit" busy={isBusy}>{isBusy ? w.welcome.creating : way === 'passkey' ? w.welcome.passkey : w.welcome.create}</Button>
          {canUsePasskey && <Button wide kind="quiet" onClick={() => setWay(way === 'passkey' ? 'passphrase' : 'passkey')}>{way === 'passkey' ? w.welcome.passphraseInstead : w.welcome.passkeyInstead}</Button>}
        </div>
      </form>
    </Screen>
  );
}

const Optional = () => {
  const { shared } = useWords();
  return <span class="soft regular">({shared.optional})</span>;
};
