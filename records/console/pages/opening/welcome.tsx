// The first minute: what this is, and what protects the keys that are made.
import { useState } from 'preact/hooks';
import { go, to, type Place } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { LanguageMenu } from '#faces/parts/language-menu.tsx';
import { Mark } from '#faces/parts/mark.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { weaknessOf } from '#vault/passphrase.ts';
import type { DoorState, Way } from '../../desk/door.ts';
import { useDesk } from '../../desk-context.tsx';
import { Wrong } from '../../parts/parts.tsx';
import { Passphrase } from '../../parts/passphrase.tsx';
import { useWords } from '../../speech.tsx';

type Here = Extract<DoorState, { readonly name: 'none' | 'creating' }>;

export const WelcomePage = ({ door, place }: { readonly door: Here; readonly place: Place }) => (place.path[0] === 'protect' || door.name === 'creating' ? <Protect door={door} /> : <Hello />);

function Hello() {
  const { w } = useWords();
  return (
    <Screen title={w.welcome.title}>
      <p class="lead">{w.welcome.lead}</p>
      <ul class="points">{[w.welcome.points.asked, w.welcome.points.signed, w.welcome.points.kept].map((text) => <li key={text}><Mark kind="good" /><span>{text}</span></li>)}</ul>
      <div class="actions">
        <ButtonLink wide href={to('protect')}>{w.welcome.start}</ButtonLink>
        <ButtonLink wide kind="quiet" href={to('restore')}>{w.welcome.restore}</ButtonLink>
      </div>
      <LanguageMenu />
    </Screen>
  );
}

function Protect({ door }: { readonly door: Here }) {
  const { w } = useWords();
  const desk = useDesk();
  const canUsePasskey = door.name === 'none' ? door.passkeys : door.way === 'passkey';
  const [way, setWay] = useState<Way>(canUsePasskey ? 'passkey' : 'passphrase');
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
    await desk.door.create(way === 'passphrase' ? { way, passphrase } : { way, label: w.name });
    if (desk.door.state.get().name === 'open') go(to(), { replace: true });
  };
  return (
    <Screen title={w.welcome.protect} back={to()}>
      {door.name === 'none' && <Wrong failure={door.failure} />}
      <p>{w.welcome.protectLead}</p>
      <form class="stack-l" onSubmit={(event) => void create(event)} noValidate>
        {way === 'passphrase' && <Passphrase id="passphrase" isNew value={passphrase} error={error} onChange={(text) => { setPassphrase(text); setError(undefined); }} />}
        <div class="actions">
          <Button wide type="submit" busy={isBusy}>{isBusy ? w.welcome.creating : way === 'passkey' ? w.welcome.passkey : w.welcome.create}</Button>
          {canUsePasskey && !isBusy && <Button wide kind="quiet" onClick={() => setWay(way === 'passkey' ? 'passphrase' : 'passkey')}>{way === 'passkey' ? w.welcome.passphraseInstead : w.welcome.passkeyInstead}</Button>}
        </div>
      </form>
    </Screen>
  );
}
