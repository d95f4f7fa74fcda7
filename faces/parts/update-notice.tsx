// Says that a new version of the app is ready. Nothing is taken from under a person's hands: it comes when they say so, or with the next start.
import { useEffect, useState } from 'preact/hooks';
import { onUpdate } from '../offline/register.ts';
import { useSpeech } from '../words/face.tsx';
import { Button } from './button.tsx';

export function UpdateNotice() {
  const { shared } = useSpeech();
  const [takeOver, setTakeOver] = useState<() => void>();
  useEffect(() => onUpdate((take) => setTakeOver(() => take)), []);
  if (!takeOver) return null;
  return (
    <div class="notice row-between" role="status">
      <span>{shared.update.ready}</span>
      <Button kind="secondary" onClick={takeOver}>{shared.update.now}</Button>
    </div>
  );
}
