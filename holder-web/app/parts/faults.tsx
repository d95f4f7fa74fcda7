// What nobody expected: work of the wallet that broke off. The page says so and begins anew where it is; nothing of the fault is shown or sent.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { useWords } from '../speech.tsx';

export function Faults() {
  const { shared } = useWords();
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    const listen = () => setBroken(true);
    addEventListener('unhandledrejection', listen);
    return () => removeEventListener('unhandledrejection', listen);
  }, []);
  if (!isBroken) return null;
  return (
    <div class="column">
      <Notice kind="bad" alert>
        <p>{shared.errors.unexpected}</p>
        <p><Button kind="secondary" onClick={() => location.reload()}>{shared.tryAgain}</Button></p>
      </Notice>
    </div>
  );
}
