// Showing once more that it is you, before what opens somebody's records or signs what cannot be taken back.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Dialog } from '#faces/parts/dialog.tsx';
import type { Way } from '../desk/door.ts';
import { useDesk, useLoad, type Doing } from '../desk-context.tsx';
import { useWords } from '../speech.tsx';
import { Loaded, Wrong } from './parts.tsx';
import { Passphrase } from './passphrase.tsx';

export function StepUp({ title, says, doing, onConfirmed, onClose }: { readonly title: string; readonly says: string; readonly doing: Doing; readonly onConfirmed: () => Promise<void>; readonly onClose: () => void }) {
  const { w, shared } = useWords();
  const desk = useDesk();
  const ways = useLoad(() => desk.ways.list(), []);
  const [passphrase, setPassphrase] = useState('');
  const [isEmpty, setEmpty] = useState(false);
  const confirm = (way: Way) => doing.run(async () => {
    await desk.door.confirm(way, passphrase);
    await onConfirmed();
  });
  const submit = (event: Event) => {
    event.preventDefault();
    setEmpty(passphrase === '');
    if (passphrase !== '') void confirm('passphrase');
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="stack">
        <p>{says}</p>
        <Wrong failure={doing.failure} />
        <Loaded of={ways}>{(list) => (
          <>
            {list.some(({ way }) => way === 'passkey') && <Button wide busy={doing.busy} onClick={() => void confirm('passkey')}>{w.stepUp.passkey}</Button>}
            {list.some(({ way }) => way === 'passphrase') && (
              <form class="stack" onSubmit={submit} noValidate>
                <Passphrase id="confirm" value={passphrase} onChange={(text) => { setPassphrase(text); setEmpty(false); }} error={isEmpty ? w.passphrase.empty : undefined} />
                <Button wide type="submit" kind={list.some(({ way }) => way === 'passkey') ? 'secondary' : 'primary'} busy={doing.busy}>{w.stepUp.passphrase}</Button>
              </form>
            )}
          </>
        )}</Loaded>
        <Button kind="quiet" onClick={onClose}>{shared.cancel}</Button>
      </div>
    </Dialog>
  );
}
