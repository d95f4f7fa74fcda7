// What a page leaves in clear behind it: what it keeps in this browser, where it has been, and what stands on it.
import type { Page } from 'playwright-core';

/** One text with everything in it; binary values as characters of one byte each, so that a word that was not encrypted is found. */
export const keptBy = (page: Page): Promise<string> => page.evaluate(async () => {
  const written = (_key: string, value: unknown): unknown => {
    if (value instanceof ArrayBuffer) return String.fromCharCode(...new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return Array.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), (byte) => String.fromCharCode(byte)).join('');
    if (value instanceof Map || value instanceof Set) return [...value];
    return typeof value === 'bigint' ? String(value) : value;
  };
  const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => { request.addEventListener('success', () => resolve(request.result)); request.addEventListener('error', () => reject(request.error!)); });
  const rows: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, document.title, history.state];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name!));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      rows.push(name, store, ...await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]));
    }
    database.close();
  }
  for (const name of await caches.keys()) rows.push(name, ...(await (await caches.open(name)).keys()).map(({ url }) => url));
  return JSON.stringify(rows, written);
});
