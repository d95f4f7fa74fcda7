// Something that is fetched and fetched again: one fetching at a time, the last that is known stays, and what belongs to a closed wallet is dropped.
import { failureOf } from '../failure.ts';
import { createCell, type Observable } from '../observable.ts';
import type { Loaded } from './states.ts';

export type Loading<T> = Observable<Loaded<T>> & { readonly reload: () => Promise<void>; readonly clear: () => void; readonly put: (change: (value: T) => T) => void };

/** @param fetch undefined: there is nobody to fetch it for */
export function createLoading<T>(fetch: () => Promise<T> | undefined): Loading<T> {
  const empty: Loaded<T> = { value: undefined, isLoading: false, failure: undefined };
  const cell = createCell<Loaded<T>>(empty);
  let round = 0;
  let running: Promise<void> | undefined;
  let isStale = false;

  async function once(mine: number): Promise<void> {
    const work = fetch();
    if (!work) return;
    cell.set({ ...cell.get(), isLoading: true });
    try {
      const value = await work;
      if (mine === round) cell.set({ value, isLoading: false, failure: undefined });
    } catch (error) {
      const failure = failureOf(error, () => cell.set(empty));
      if (mine === round) cell.set({ ...cell.get(), isLoading: false, failure });
    }
  }
  async function run(): Promise<void> {
    try {
      while (isStale) {
        isStale = false;
        await once(round);
      }
    } finally {
      running = undefined; // at once: who asks from here on begins anew
    }
  }
  return {
    ...cell,
    reload() {
      isStale = true;
      return (running ??= run());
    },
    clear() {
      round++;
      cell.set(empty);
    },
    put(change) {
      const { value } = cell.get();
      if (value !== undefined) cell.set({ ...cell.get(), value: change(value) });
    },
  };
}
