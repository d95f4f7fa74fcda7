// How pages load and do things: one thing at a time, and what goes wrong is kept to be shown. A face says what it takes from an error.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export type Loading<T, F> = { readonly value: T | undefined; readonly failure: F | undefined; readonly isLoading: boolean; readonly reload: () => void };
export type Doing<F> = { readonly busy: boolean; readonly failure: F | undefined; readonly run: (work: () => Promise<void>) => Promise<boolean>; readonly clear: () => void };

/** @param failureOf what a page is told of an error; what it throws on is a fault of the program */
export function createDoing<F>(failureOf: (error: unknown) => F) {
  /** Loads when `deps` change and when asked again; what was there stays until the next is. */
  function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, deps: readonly unknown[]): Loading<T, F> {
    const [state, set] = useState<Omit<Loading<T, F>, 'reload'>>({ value: undefined, failure: undefined, isLoading: true });
    const [round, again] = useState(0);
    useEffect(() => {
      const stop = new AbortController();
      set((before) => ({ ...before, isLoading: true }));
      void (async () => {
        try {
          const value = await load(stop.signal);
          if (!stop.signal.aborted) set({ value, failure: undefined, isLoading: false });
        } catch (error) {
          if (!stop.signal.aborted) set((before) => ({ value: before.value, failure: failureOf(error), isLoading: false }));
        }
      })();
      return () => stop.abort();
    }, [...deps, round]);
    return { ...state, reload: useCallback(() => again((count) => count + 1), []) };
  }

  /** @returns of `run` whether it went well */
  function useDoing(): Doing<F> {
    const [state, set] = useState<Pick<Doing<F>, 'busy' | 'failure'>>({ busy: false, failure: undefined });
    const running = useRef(false);
    return {
      ...state,
      clear: () => set({ busy: false, failure: undefined }),
      async run(work) {
        if (running.current) return false;
        running.current = true;
        set({ busy: true, failure: undefined });
        try {
          await work();
          set({ busy: false, failure: undefined });
          return true;
        } catch (error) {
          set({ busy: false, failure: failureOf(error) });
          return false;
        } finally {
          running.current = false;
        }
      },
    };
  }

  return { useLoad, useDoing };
}
