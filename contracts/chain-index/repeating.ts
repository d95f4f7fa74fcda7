// Doing something again and again until told to stop; what fails is reported and tried again. Browser-safe.
export type Repeating<T> = { readonly interval: number; readonly signal: AbortSignal; readonly onSync?: (report: T) => void; readonly onError?: (error: unknown) => void };

/** @param interval milliseconds between the end of one and the start of the next */
export async function repeat<T>(work: (signal: AbortSignal) => Promise<T>, { interval, signal, onSync, onError }: Repeating<T>): Promise<void> {
  while (!signal.aborted) {
    await work(signal).then(onSync, (error: unknown) => { if (!signal.aborted) onError?.(error); });
    await pauseFor(interval, signal);
  }
}

/** Milliseconds, or until the signal. */
export function pauseFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
  });
}
