// Everything that is not looked at each day.
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { LanguageMenu } from '#faces/parts/language-menu.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useWords } from '../speech.tsx';
import { useWallet } from '../wallet-context.tsx';

export function MorePage() {
  const { w } = useWords();
  const { door } = useWallet();
  return (
    <Screen title={w.more.title}>
      <ul class="links">
        {(['people', 'history', 'security', 'backup', 'about'] as const).map((place) => <li key={place}><a href={to(place)}><span class="strong">{w.more[place]}</span></a></li>)}
      </ul>
      <div class="row-between"><LanguageMenu /><Button kind="secondary" onClick={() => door.lock()}>{w.more.lock}</Button></div>
      <p><a class="danger-link" href={to('wipe')}>{w.more.wipe}</a></p>
    </Screen>
  );
}
