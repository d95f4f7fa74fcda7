// What was worked out once of bytes that are the same is not worked out again: signatures verified, wraps opened. In memory, and not without end.
const MOST_KEPT = 2000;

/** `work` runs once for a key, unless it failed. */
export type Memo = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export function createMemo(): Memo {
  const kept = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const known = kept.get(key) as Promise<T> | undefined; // of this key's work
    if (known) return known;
    const working = work();
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!); // the oldest; there are some
    kept.set(key, working);
    working.catch(() => kept.delete(key));
    return working;
  };
}
