// A question before something that cannot be undone.
import { Button } from '#faces/parts/button.tsx';
import { Dialog } from '#faces/parts/dialog.tsx';
import { useWords } from '../speech.tsx';

export type ConfirmProps = { readonly title: string; readonly text: string; readonly yes: string; readonly onYes: () => void; readonly onNo: () => void };

export function Confirm({ title, text, yes, onYes, onNo }: ConfirmProps) {
  const { shared } = useWords();
  return (
    <Dialog title={title} onClose={onNo}>
      <p>{text}</p>
      <div class="row">
        <Button kind="danger" onClick={onYes}>{yes}</Button>
        <Button kind="secondary" onClick={onNo}>{shared.cancel}</Button>
      </div>
    </Dialog>
  );
}
