// The trust bundle on this device, as the text that the service gave, and when this device was last used. Nothing of any person is here.
import { openDB, type IDBPDatabase } from 'idb';

export type KeptBundle = { readonly text: string; readonly fetchedAt: number };
export type BundleStore = {
  readonly bundle: () => Promise<KeptBundle | undefined>;
  readonly keep: (bundle: KeptBundle) => Promise<void>;
  readonly remove: () => Promise<void>;
  readonly lastUsed: () => Promise<number>;
  readonly used: (time: number) => Promise<void>;
};

const NAME = 'healthpass-scanner';
const STORE = 'trust';

export async function openBundleStore(): Promise<BundleStore> {
  const database: IDBPDatabase = await openDB(NAME, 1, { upgrade: (opened) => void opened.createObjectStore(STORE) });
  return {
    async bundle() {
      const kept: unknown = await database.get(STORE, 'bundle');
      return isKept(kept) ? kept : undefined;
    },
    keep: async (bundle) => void (await database.put(STORE, bundle, 'bundle')),
    remove: () => database.delete(STORE, 'bundle'),
    async lastUsed() {
      const time: unknown = await database.get(STORE, 'used');
      return typeof time === 'number' ? time : 0;
    },
    used: async (time) => void (await database.put(STORE, time, 'used')),
  };
}

const isKept = (value: unknown): value is KeptBundle =>
  typeof value === 'object' && value !== null && typeof (value as KeptBundle).text === 'string' && typeof (value as KeptBundle).fetchedAt === 'number';

/** For a browser that keeps nothing (private windows, full disks): the scanner works until it is closed. */
export function createFleetingStore(): BundleStore {
  let kept: KeptBundle | undefined;
  let last = 0;
  return { bundle: async () => kept, keep: async (bundle) => void (kept = bundle), remove: async () => void (kept = undefined), lastUsed: async () => last, used: async (time) => void (last = time) };
}
