// What was issued, a page at a time, as it is searched for.
import { useEffect, useRef, useState } from 'preact/hooks';
import { problemFrom, type Problem } from '#faces/staff/problem.ts';
import type { Issuance, IssuanceSearch } from '../../api.ts';
import { useConsole } from '../../console.tsx';

const LIMIT = 50;
/** A page may be empty and not the last: so many are asked for before the person is. */
const PAGES = 20;

export type Listing = {
  readonly rows: readonly Issuance[]; readonly total: number | undefined; readonly isLoading: boolean; readonly problem: Problem | undefined; readonly hasMore: boolean;
  readonly more: () => void; readonly reload: () => void;
};
type State = Pick<Listing, 'rows' | 'total' | 'isLoading' | 'problem'> & { readonly cursor: string | undefined };

export function useIssuances(asked: IssuanceSearch): Listing {
  const { api } = useConsole();
  const [state, set] = useState<State>({ rows: [], total: undefined, isLoading: true, problem: undefined, cursor: undefined });
  const running = useRef<AbortController>(undefined);
  const load = async (cursor: string | undefined, before: readonly Issuance[]) => {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    set((now) => ({ ...now, isLoading: true, problem: undefined }));
    try {
      let rows = [...before];
      let next = cursor;
      let total: number | undefined;
      for (let page = 0; page < PAGES; page++) {
        const answer = await api.issuances.search({ ...asked, limit: LIMIT, ...(next !== undefined && { cursor: next }) }, stop.signal);
        rows = [...rows, ...answer.issuances];
        total ??= answer.total;
        next = answer.cursor;
        if (next === undefined || rows.length - before.length >= LIMIT / 2) break;
      }
      if (!stop.signal.aborted) set((now) => ({ rows, total: total ?? (before.length > 0 ? now.total : undefined), isLoading: false, problem: undefined, cursor: next }));
    } catch (error) {
      if (!stop.signal.aborted) set((now) => ({ ...now, isLoading: false, problem: problemFrom(error) }));
    }
  };
  const key = JSON.stringify(asked);
  useEffect(() => {
    const timer = setTimeout(() => void load(undefined, []), asked.text ? 200 : 0);
    return () => {
      clearTimeout(timer);
      running.current?.abort();
    };
  }, [key]);
  return { ...state, hasMore: state.cursor !== undefined, more: () => void load(state.cursor, state.rows), reload: () => void load(undefined, []) };
}
