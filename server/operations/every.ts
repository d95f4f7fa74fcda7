// Work that services do over and over while they run.

/** Repeats a step until stopped; one that fails is tried again next time. The first failure of a row is told. @returns what stops it and waits for it */
export function every(milliseconds: number, step: () => Promise<unknown>, onFailure: (error: unknown) => void): () => Promise<void> {
  let stopped = false;
  let failing = false;
  let wake = () => {};
  const loop = (async () => {
    for (;;) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        wake = () => (clearTimeout(timer), resolve());
        if (stopped) wake();
      });
      if (stopped) return;
      await step().then(() => (failing = false), (error: unknown) => {
        if (!failing) onFailure(error);
        failing = true;
      });
    }
  })();
  return () => ((stopped = true), wake(), loop);
}
