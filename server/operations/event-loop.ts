// Sees when the event loop stands still: whatever waits on this process waits as long.

/** Milliseconds. */
const EVERY = 500;
const STALL = 1000;

/** @param onStall told the seconds of each stall once it is over @returns what stops watching */
export function watchEventLoop(onStall: (seconds: number) => void, every = EVERY, stall = STALL): () => void {
  let last = performance.now(); // does not jump when the clock is set
  const timer = setInterval(() => {
    const late = performance.now() - last - every;
    last = performance.now();
    if (late >= stall) onStall(late / 1000);
  }, every);
  timer.unref();
  return () => clearInterval(timer);
}
