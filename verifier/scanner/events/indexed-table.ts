// The table of a lane in IndexedDB, shared by the tabs and the worker of this browser.
import { openDB } from 'idb';
import { createMemoryTable, type LaneTable } from './lane-table.ts';

const DATABASE = 'healthpass-lanes';
const STORE = 'values';

/** In memory where the browser has no IndexedDB, or keeps it shut (private windows of some). */
export async function openLaneTable(): Promise<LaneTable> {
  const database = await openDB(DATABASE, 1, { upgrade: (opened) => void opened.createObjectStore(STORE) }).catch(() => undefined);
  if (!database) return createMemoryTable();
  return {
    lasting: true,
    async change(work) {
      const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
      const { store } = transaction;
      try {
        const result = await work({
          get: (key) => store.get(key) as Promise<unknown>,
          put: (key, value) => store.put(value, key),
          remove: (key) => store.delete(key),
          removeAll: (prefix) => store.delete(IDBKeyRange.bound(prefix, `${prefix}\uffff`)),
          list: (prefix, limit) => store.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`), limit) as Promise<unknown[]>,
        });
        await transaction.done; // written, before anybody is told
        return result;
      } catch (error) {
        transaction.done.catch(() => {}); // told by what was thrown
        if (transaction.error === null) transaction.abort();
        throw error;
      }
    },
  };
}
