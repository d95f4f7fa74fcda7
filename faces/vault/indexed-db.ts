// The one file that touches IndexedDB: entries of the vault by name, written whole, one task at a time over all tabs of this origin.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { HealthpassError, isHealthpassError } from '#passport/errors.ts';
import type { VaultStorage } from '#vault/storage.ts';

interface Schema extends DBSchema {
  entries: { key: string; value: Uint8Array };
}

const STORE = 'entries';
const VERSION = 1;

/**
 * What goes wrong is coded: `storage-full`, `wallet-newer` (a newer version of the app has changed the database), `storage-unavailable` (no
 * database for this page: private mode, blocked, damaged), `wallet-corrupt` (an entry that no wallet wrote).
 */
export function createIndexedDbStorage(name = 'healthpass'): VaultStorage {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;

  const forget = () => void (opening = undefined);

  function open(): Promise<IDBPDatabase<Schema>> {
    opening ??= openDB<Schema>(name, VERSION, {
      upgrade: (database) => void database.createObjectStore(STORE),
      // A newer version of the app in another tab needs the database: it is given up, and what comes next here says so.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    opening.catch(forget);
    return opening;
  }

  async function within<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await work(await open());
    } catch (error) {
      throw coded(error);
    }
  }

  return {
    read: (entry) => within(async (database) => assertBytes(await database.get(STORE, entry))),
    write: (entry, bytes) => within(async (database) => {
      // It is on the disk before anything goes on: what counts as written survives a device that is switched off.
      const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
      await Promise.all([transaction.store.put(bytes, entry), transaction.done]);
    }),
    remove: (entry) => within((database) => database.delete(STORE, entry)),
    list: () => within((database) => database.getAllKeys(STORE)),
    async exclusively(task) {
      if (!('locks' in navigator)) throw unavailable('locks');
      return navigator.locks.request(`${name}-vault`, task);
    },
  };
}

function assertBytes(value: unknown): Uint8Array | undefined {
  if (value === undefined || value instanceof Uint8Array) return value;
  throw new HealthpassError('wallet-corrupt', 'the database holds something that no wallet wrote', { field: 'database' });
}

function coded(error: unknown): unknown {
  if (isHealthpassError(error)) return error;
  const { name } = error as { name?: unknown };
  if (name === 'QuotaExceededError') return new HealthpassError('storage-full', 'there is no room left on this device', { field: 'database' });
  if (name === 'VersionError') return new HealthpassError('wallet-newer', 'the database was made by a newer version', { field: 'database' });
  return unavailable('database');
}

const unavailable = (field: string) => new HealthpassError('storage-unavailable', 'the browser keeps nothing for this page', { field });
