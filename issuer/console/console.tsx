// What every page of the console has: who is signed in and may do what, the calls, the words of codes; and how pages load and do things.
import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import { Problem, problemFrom } from '#faces/staff/problem.ts';
import type { Me, Staff } from '#faces/staff/staff.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { errorInWords, type Sentences } from '#faces/words/sentences/index.ts';
import type { Api } from './api.ts';
import type { Drafts } from './drafts.ts';
import type { Words } from './words/index.ts';

export type Console = {
  readonly staff: Staff;
  readonly api: Api;
  readonly me: Me;
  readonly drafts: Drafts;
  readonly sentences: Sentences;
  readonly may: (permission: string) => boolean;
};
export const ConsoleContext = createContext<Console | undefined>(undefined);

export function useConsole(): Console {
  const found = useContext(ConsoleContext);
  if (!found) throw new TypeError('there is no console around');
  return found;
}

export const useWords = () => useSpeech<Words>();
/** Unix seconds. */
export const now = (): number => Math.floor(Date.now() / 1000);

export type Loading<T> = { readonly value: T | undefined; readonly problem: Problem | undefined; readonly isLoading: boolean; readonly reload: () => void };

/** Loads when `deps` change and when asked again; what was there stays until the next is. */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, deps: readonly unknown[]): Loading<T> {
  const [state, set] = useState<Omit<Loading<T>, 'reload'>>({ value: undefined, problem: undefined, isLoading: true });
  const [round, again] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    set((before) => ({ ...before, isLoading: true }));
    void (async () => {
      try {
        const value = await load(stop.signal);
        if (!stop.signal.aborted) set({ value, problem: undefined, isLoading: false });
      } catch (error) {
        if (!stop.signal.aborted) set((before) => ({ value: before.value, problem: problemFrom(error), isLoading: false }));
      }
    })();
    return () => stop.abort();
  }, [...deps, round]);
  return { ...state, reload: useCallback(() => again((count) => count + 1), []) };
}

export type Doing = { readonly busy: boolean; readonly problem: Problem | undefined; readonly run: (work: () => Promise<void>) => Promise<void>; readonly clear: () => void };

/** One thing at a time; what goes wrong is kept to be shown. */
export function useDoing(): Doing {
  const [state, set] = useState<Pick<Doing, 'busy' | 'problem'>>({ busy: false, problem: undefined });
  const running = useRef(false);
  return {
    ...state,
    clear: () => set({ busy: false, problem: undefined }),
    async run(work) {
      if (running.current) return;
      running.current = true;
      set({ busy: true, problem: undefined });
      try {
        await work();
        set({ busy: false, problem: undefined });
      } catch (error) {
        set({ busy: false, problem: problemFrom(error) });
      } finally {
        running.current = false;
      }
    },
  };
}

/** What went wrong, in a sentence that says what to do. */
export function useProblemWords(): (problem: Problem) => string {
  const { shared, w } = useWords();
  const { sentences } = useConsole();
  return ({ code, status, field }) => {
    if (code === 'offline') return shared.errors.offline;
    if (code === 'not-confirmed') return sentences.errors.cancelled;
    if (code === 'passkey-refused') return shared.staff.refused;
    if (code === 'not-found' || (status === 404 && code === 'internal')) return w.problems.notHere;
    if (code === 'request-invalid') return field === undefined ? w.problems.invalid : `${w.problems.invalid} (${field})`;
    return errorInWords(code, sentences);
  };
}

/** Every so many milliseconds, while somebody looks at the page. */
export function useEvery(milliseconds: number, work: () => void): void {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) latest.current(); }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}
