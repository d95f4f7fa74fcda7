// What was typed and not sent, kept through a reload of the tab. It may say something of a patient, and browsers write what tabs keep to their disk:
// so it stands there encrypted, under a key that the browser gives to nobody, for one person, and is gone with signing out or after twelve hours.
import { base64 } from '@scure/base';
import { openDB } from 'idb';

/** Milliseconds: the longest session. */
const LIFETIME = 12 * 3600_000;
const STORE = 'keys';
const KEY = 'drafts';
const PREFIX = 'draft/';
type Kept = { readonly key: CryptoKey; readonly owner: string; readonly since: number };

const open = () => openDB('console', 1, { upgrade: (database) => void database.createObjectStore(STORE) });

async function keyOf(owner: string): Promise<CryptoKey> {
  const database = await open();
  try {
    const kept = (await database.get(STORE, KEY)) as Kept | undefined; // only put below
    if (kept && kept.owner === owner && Date.now() - kept.since < LIFETIME) return kept.key;
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await database.put(STORE, { key, owner, since: Date.now() } satisfies Kept, KEY);
    return key;
  } finally {
    database.close();
  }
}

export type Drafts = ReturnType<typeof createDrafts>;

export function createDrafts(owner: string, kept: Storage = sessionStorage) {
  const key = keyOf(owner).catch(() => undefined);
  let last: Promise<void> = Promise.resolve();
  async function write(name: string, value: unknown): Promise<void> {
    const sealing = await key;
    if (value === undefined || !sealing) return kept.removeItem(PREFIX + name);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, sealing, new TextEncoder().encode(JSON.stringify(value)));
    kept.setItem(PREFIX + name, base64.encode(new Uint8Array([...iv, ...new Uint8Array(sealed)])));
  }
  return {
    /** In the order of calls; `undefined` forgets it. */
    put(name: string, value: unknown): Promise<void> {
      const before = last;
      last = (async () => {
        await before;
        await write(name, value).catch(() => {}); // a browser that keeps nothing keeps no drafts
      })();
      return last;
    },
    /** `undefined` where there is none, or one that this person may not read any more. */
    async take<T>(name: string): Promise<T | undefined> {
      const text = kept.getItem(PREFIX + name);
      const opening = await key;
      if (text === null || !opening) return undefined;
      try {
        const bytes = new Uint8Array(base64.decode(text));
        const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.subarray(0, 12) }, opening, bytes.subarray(12));
        return JSON.parse(new TextDecoder().decode(opened)) as T; // what was put under this name
      } catch {
        kept.removeItem(PREFIX + name);
        return undefined;
      }
    },
  };
}

/** Destroys the key: no draft of any tab can be read again. */
export async function forgetDrafts(): Promise<void> {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
  try {
    const database = await open();
    await database.delete(STORE, KEY);
    database.close();
  } catch {
    // There was none.
  }
}
