// A state that others watch: the one shape in which everything of the wallet reaches a page. Nothing is computed while somebody reads.

export type Observable<S> = {
  readonly get: () => S;
  /** Told after each change, not of the present state. Answers with what ends it. */
  readonly subscribe: (listener: (state: S) => void) => () => void;
};
export type Cell<S> = Observable<S> & { readonly set: (state: S) => void };

export function createCell<S>(initial: S): Cell<S> {
  let state = initial;
  const listeners = new Set<(state: S) => void>();
  return {
    get: () => state,
    subscribe(listener) {
      const own = (next: S) => listener(next); // the same function may listen twice
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    set(next) {
      if (Object.is(next, state)) return;
      state = next;
      for (const listener of listeners) listener(state);
    },
  };
}
