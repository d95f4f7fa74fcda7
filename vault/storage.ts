// Where a vault keeps its entries: a folder, a browser's database, or memory. What lies there is ciphertext; its keeper is not trusted.

export type VaultStorage = {
  /** The whole entry, or undefined when there is none. */
  readonly read: (name: string) => Promise<Uint8Array | undefined>;
  /** Replaces the entry as a whole: whatever happens meanwhile, the old or the new bytes are there afterwards, never a mix. */
  readonly write: (name: string, bytes: Uint8Array) => Promise<void>;
  /** Removing what is not there is no error. */
  readonly remove: (name: string) => Promise<void>;
  readonly list: () => Promise<string[]>;
  /** Runs one task at a time over everybody who uses this storage (processes, tabs). Tasks are not nested. */
  readonly exclusively: <T>(task: () => Promise<T>) => Promise<T>;
};

/** Storage that lasts as long as the page or process. */
export function createMemoryStorage(): VaultStorage {
  const entries = new Map<string, Uint8Array>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: async (name) => entries.get(name)?.slice(),
    write: async (name, bytes) => void entries.set(name, bytes.slice()),
    remove: async (name) => void entries.delete(name),
    list: async () => [...entries.keys()],
    exclusively(task) {
      const result = last.then(task);
      last = result.catch(() => undefined);
      return result;
    },
  };
}
