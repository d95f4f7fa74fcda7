// Keys brought back from their file; and keys deleted here, which is asked for by a word that is typed.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Field } from '#faces/parts/field.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useDesk, useDoing } from '../../desk-context.tsx';
import { FileField, Wrong } from '../../parts/parts.tsx';
import { Passphrase } from '../../parts/passphrase.tsx';
import { useWords } from '../../speech.tsx';

export function RestorePage() {
  const { w } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [wrong, setWrong] = useState<'file' | 'passphrase'>();
  const restore = async (event: Event) => {
    event.preventDefault();
    if (!file) return setWrong('file');
    if (passphrase === '') return setWrong('passphrase');
    await doing.run(async () => desk.restore(new Uint8Array(await file.arrayBuffer()), passphrase));
    if (desk.door.state.get().name === 'open') go(to(), { replace: true });
  };
  return (
    <Screen title={w.restore.title} back={to()}>
      <Wrong failure={doing.failure} />
      <form class="stack-l" onSubmit={(event) => void restore(event)} noValidate>
        <FileField id="key-file" label={w.restore.file} error={wrong === 'file' ? w.restore.noFile : undefined} onChoose={(chosen) => { setFile(chosen); setWrong(undefined); }} />
        <Passphrase id="passphrase" label={w.keyFile.passphrase} value={passphrase} error={wrong === 'passphrase' ? w.passphrase.empty : undefined} onChange={(text) => { setPassphrase(text); setWrong(undefined); }} />
        <p class="soft">{w.restore.opensWith}</p>
        <Button wide type="submit" busy={doing.busy}>{doing.busy ? w.restore.opening : w.restore.open}</Button>
      </form>
    </Screen>
  );
}

export function WipePage() {
  const { w, say } = useWords();
  const { door } = useDesk();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const wipe = async (event: Event) => {
    event.preventDefault();
    if (typed.trim().toLowerCase() !== w.wipe.word) return setWrong(true);
    await door.wipe();
    go(to(), { replace: true });
  };
  return (
    <Screen title={w.wipe.title} back={to()}>
      <p>{w.wipe.text}</p>
      <form class="stack" onSubmit={(event) => void wipe(event)} noValidate>
        <Field id="word" label={say(w.wipe.confirm, { word: w.wipe.word })} error={isWrong ? w.wipe.wrong : undefined} value={typed} onInput={(event) => { setTyped(event.currentTarget.value); setWrong(false); }} autocapitalize="none" />
        <div><Button type="submit" kind="danger">{w.wipe.button}</Button></div>
      </form>
    </Screen>
  );
}
