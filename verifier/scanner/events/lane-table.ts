// Where a lane keeps what it knows: values by key, changed in transactions. In memory where the browser keeps nothing; then it says so.

export type LaneChange = {
  readonly get: (key: string) => Promise<unknown>;
  readonly put: (key: string, value: unknown) => Promise<unknown>;
  readonly remove: (key: string) => Promise<unknown>;
  readonly removeAll: (prefix: string) => Promise<unknown>;
  /** Values whose keys begin so, in the order of the keys, at most `limit`. */
  readonly list: (prefix: string, limit: number) => Promise<readonly unknown[]>;
};

export type LaneTable = {
  /** Whether what is kept outlives the page. */
  readonly lasting: boolean;
  /** All of it or nothing, and one after the other. Within, only the table may be waited for. */
  readonly change: <T>(work: (change: LaneChange) => Promise<T>) => Promise<T>;
};

export function createMemoryTable(): LaneTable {
  let kept = new Map<string, unknown>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    lasting: false,
    change(work) {
      const turn = last.then(async () => {
        const draft = new Map(kept);
        const result = await work(changeOf(draft));
        kept = draft;
        return result;
      });
      last = turn.catch(() => {});
      return turn;
    },
  };
}

const changeOf = (values: Map<string, unknown>): LaneChange => ({
  get: async (key) => values.get(key),
  put: async (key, value) => values.set(key, structuredClone(value)),
  remove: async (key) => values.delete(key),
  removeAll: async (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)).forEach((key) => values.delete(key)),
  list: async (prefix, limit) => [...values.keys()].filter((key) => key.startsWith(prefix)).toSorted().slice(0, limit).map((key) => values.get(key)),
});
