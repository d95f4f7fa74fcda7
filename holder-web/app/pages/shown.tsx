// The code on the whole screen: white ground, as large as it gets, the screen kept awake, and how long it lives.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { titleOf } from '#faces/words/sentences/index.ts';
import type { ShowingState } from '#wallet-app/states.ts';
import { LiveCode } from '../parts/live-code.tsx';
import { useWords } from '../speech.tsx';
import { useNow } from '../wallet-context.tsx';

export function ShownPage({ state, onDone }: { readonly state: Extract<ShowingState, { readonly name: 'shown' }>; readonly onDone: () => void }) {
  const { w, sentences } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useWakeLock();
  useEscape(onDone);
  const title = titleOf(state.policy, sentences);
  useEffect(() => { document.title = w.show.title; }, []);
  return (
    <div class="shown">
      <h1 ref={heading} tabIndex={-1} class="shown-title">{title}</h1>
      {state.request.audience !== undefined && <p class="shown-asker"><bdi>{state.request.audience}</bdi></p>}
      <LiveCode code={state.code} name={w.show.code} />
      <Countdown until={state.until} />
      <p class="small">{w.show.changes}<br />{w.show.bright}</p>
      <Button wide onClick={onDone}>{w.show.done}</Button>
    </div>
  );
}

/** How long the pass can still be shown. For the eye: a number that changes each second would be read out each second. */
function Countdown({ until }: { readonly until: number }) {
  const { w, say } = useWords();
  const now = useNow(1);
  const [whole] = useState(() => Math.max(1, until - now));
  const left = Math.max(0, until - now);
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return (
    <div class="countdown" aria-hidden="true">
      <progress class="progress" max={whole} value={left} tabIndex={-1} />
      <span class="figures small">{say(w.show.left, { time })}</span>
    </div>
  );
}

/** Keeps the screen from dimming while the page is in sight; browsers let go of it when it is not. */
function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const take = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        lock = await navigator.wakeLock.request('screen');
        if (isOver) await lock.release();
      } catch {
        // Low battery, or not allowed: the code is shown all the same.
      }
    };
    void take();
    document.addEventListener('visibilitychange', take);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', take);
      void lock?.release();
    };
  }, []);
}

function useEscape(onEscape: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onEscape();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [onEscape]);
}
