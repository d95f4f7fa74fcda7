// Deleting the wallet: said plainly, confirmed by typing.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Field } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useWords } from '../speech.tsx';
import { useWallet } from '../wallet-context.tsx';

export function WipePage({ isOpen }: { readonly isOpen: boolean }) {
  const { w, say } = useWords();
  const { door } = useWallet();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const wipe = async (event: Event) => {
    event.preventDefault();
    if (typed.trim().toLocaleLowerCase() !== w.wipe.word) return setWrong(true);
    go(to(), { replace: true });
    await door.wipe();
  };
  return (
    <Screen title={w.wipe.title} back={isOpen ? to('more') : to()}>
      <Notice kind="bad">{w.wipe.text}</Notice>
      {isOpen && <p><ButtonLink kind="secondary" href={to('backup')}>{w.wipe.backupFirst}</ButtonLink></p>}
      <form class="stack" onSubmit={(event) => void wipe(event)} noValidate>
        <Field id="confirm" label={say(w.wipe.confirm, { word: w.wipe.word })} size="m" value={typed} autocapitalize="none" spellcheck={false} error={isWrong ? w.wipe.wrong : undefined} onInput={(event) => { setTyped(event.currentTarget.value); setWrong(false); }} />
        <div><Button type="submit" kind="danger">{w.wipe.button}</Button></div>
      </form>
    </Screen>
  );
}
