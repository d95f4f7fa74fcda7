// How far the passes are that are made ahead; it can be stopped, and started again.
import { Button } from '#faces/parts/button.tsx';
import { useWords } from '../speech.tsx';
import { usePart, useWallet } from '../wallet-context.tsx';

export function Making() {
  const { w, say, dates, failure } = useWords();
  const { making } = useWallet();
  const state = usePart(making);
  if (state.name === 'idle') return null;
  if (state.name === 'failed') {
    return (
      <section class="panel stack-s" aria-label={w.making.title}>
        <p>{failure(state.failure)}</p>
        <div><Button kind="secondary" onClick={() => void making.start()}>{w.making.start}</Button></div>
      </section>
    );
  }
  const says = state.name === 'downloading' ? w.making.download : say(w.making.progress, { made: dates.number(state.made), of: dates.number(state.of) });
  const value = state.name === 'downloading' ? (state.total > 0 ? state.done / state.total : undefined) : state.of > 0 ? state.made / state.of : undefined;
  return (
    <section class="panel stack-s" aria-label={w.making.title}>
      <p>{says}</p>
      <progress class="progress" aria-label={says} max={1} value={value} />
      <div><Button kind="quiet" onClick={() => making.cancel()}>{w.making.stop}</Button></div>
    </section>
  );
}
