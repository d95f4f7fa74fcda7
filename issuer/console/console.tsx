// What every page of the console has: who is signed in and may do what, the calls, the words of codes; and how pages load and do things.
import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { createDoing } from '#faces/doing.ts';
import { problemFrom, type Problem } from '#faces/staff/problem.ts';
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

export const { useLoad, useDoing } = createDoing<Problem>(problemFrom);

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
