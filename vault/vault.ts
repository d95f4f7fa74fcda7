// The vault: named records under one random AES-256 key. A change writes the changed records under new names and then, in one step, the
// index that says which version of each counts: a crash leaves the old state or the new one. The index knows every record's
// authentication tag, so records cannot be swapped, rolled back or mixed from two copies of a vault; only all of it at once can.
import { bytesToHex, hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport';
import { createCipher, KEY_BYTES, type Cipher } from './cipher.ts';
import { encodeHeader, parseHeader, SLOTS_MAX, type VaultHeader } from './header.ts';
import { createSlot, openSlot, type KeySlot, type Passkey, type PassphraseCost, type VaultKey } from './key-slot.ts';
import { createRecordStore, firstEntryName, INDEX, type RecordStore, type VaultRecord, type Written } from './record-store.ts';
import type { VaultStorage } from './storage.ts';

/** Reads and writes that count together or not at all. */
export type VaultChange = {
  readonly read: <T>(record: VaultRecord<T>) => Promise<T>;
  readonly write: <T>(record: VaultRecord<T>, value: T) => void;
  /** It reads as empty from then on. */
  readonly remove: (record: Pick<VaultRecord<unknown>, 'name'>) => void;
};

export type Vault = {
  readonly read: <T>(record: VaultRecord<T>) => Promise<T>;
  /** Runs alone over everybody who uses the storage. What `task` writes counts once this has returned. */
  readonly change: <T>(task: (change: VaultChange) => Promise<T> | T) => Promise<T>;
  readonly keys: () => Promise<readonly KeyInfo[]>;
  /** One more way to open the vault; answers with its id. */
  readonly addKey: (key: VaultKey, cost?: PassphraseCost) => Promise<string>;
  /** The last key cannot be removed. Copies of the vault made before still open with it. */
  readonly removeKey: (id: string) => Promise<void>;
  /** Forgets the key and everything read. */
  readonly close: () => void;
};

/** What opens a vault, as its header says without being opened: to ask for the right thing. */
export type KeyInfo = { readonly id: string; readonly kind: VaultKey['kind']; /** Of a passkey. */ readonly passkey: Passkey | undefined };

const HEADER = 'header';

export type VaultOptions = {
  readonly cost?: PassphraseCost | undefined;
  /** Writes what the vault has from its first moment. */
  readonly initial?: (change: Pick<VaultChange, 'write'>) => void;
};

/** @throws HealthpassError `wallet-exists`, `wallet-corrupt` (records without a header), `request-invalid` (keys) */
export async function createVault(storage: VaultStorage, keys: readonly VaultKey[], { cost, initial }: VaultOptions = {}): Promise<Vault> {
  if (keys.length < 1 || keys.length > SLOTS_MAX) throw invalid(`a wallet has 1 to ${SLOTS_MAX} keys`);
  const dataKey = randomBytes(KEY_BYTES);
  const id = bytesToHex(randomBytes(16));
  const slots = await Promise.all(keys.map((key) => createSlot(id, dataKey, key, cost)));
  const cipher = await createCipher(dataKey);
  const written = new Map<string, Written>();
  initial?.({ write: writer(written) });
  await storage.exclusively(async () => {
    await assertVacant(storage, [...written.keys()].map(firstEntryName));
    await createRecordStore(storage, cipher).commit({}, written);
    await storage.write(HEADER, encodeHeader({ format: 'healthpass-vault', version: 1, id, slots }));
  });
  return createSession(storage, dataKey, cipher);
}

/** @throws HealthpassError `wallet-missing`, `wallet-corrupt`, `wallet-locked` when the key is not one of this vault's */
export async function openVault(storage: VaultStorage, key: VaultKey): Promise<Vault> {
  const header = await readHeader(storage);
  for (const slot of header.slots) {
    const dataKey = await openSlot(header.id, slot, key);
    if (dataKey) return createSession(storage, dataKey, await createCipher(dataKey));
  }
  throw new HealthpassError('wallet-locked', 'this key does not open the wallet', { field: key.kind });
}

/** @throws HealthpassError `wallet-missing`, `wallet-corrupt`, `wallet-newer` */
export const keysOf = async (storage: VaultStorage): Promise<readonly KeyInfo[]> => (await readHeader(storage)).slots.map((slot) =>
  ({ id: slot.id, kind: slot.kind, passkey: slot.kind === 'passkey' ? { credential: slot.credential, input: hexToBytes(slot.input) } : undefined }));

/** Whether there is a vault, readable or not. */
export const hasVault = async (storage: VaultStorage): Promise<boolean> => (await storage.list()).includes(HEADER);

/** Deletes a vault, readable or not. The header goes last: a deletion that was interrupted leaves something that can be deleted again. */
export const deleteVault = (storage: VaultStorage): Promise<void> => storage.exclusively(async () => {
  for (const name of await storage.list()) if (name !== HEADER) await storage.remove(name);
  await storage.remove(HEADER);
});

/** An interrupted creation leaves an index and initial records, which may be written over; other records are somebody's. */
async function assertVacant(storage: VaultStorage, leftovers: readonly string[]): Promise<void> {
  const names = await storage.list();
  if (names.includes(HEADER)) throw new HealthpassError('wallet-exists', 'there is a wallet already');
  if (names.some((name) => name !== INDEX && !leftovers.includes(name))) {
    throw new HealthpassError('wallet-corrupt', 'there are records of a wallet without its header', { field: HEADER });
  }
}

function createSession(storage: VaultStorage, dataKey: Uint8Array, cipher: Cipher): Vault {
  const records = createRecordStore(storage, cipher);
  let open = true;
  const alone = <T>(task: () => Promise<T>): Promise<T> => storage.exclusively(async () => {
    if (!open) throw new HealthpassError('wallet-locked', 'the wallet is locked');
    return task();
  });
  return {
    read: (record) => alone(async () => records.read(await records.readIndex(), record)),
    change: (task) => alone(() => runChange(records, task)),
    keys: () => keysOf(storage),
    async addKey(key, cost) {
      const { id } = await alone(() => readHeader(storage));
      const slot = await createSlot(id, dataKey, key, cost); // a passphrase takes its time: nobody else waits for it
      return alone(() => addSlot(storage, slot));
    },
    removeKey: (id) => alone(() => removeKey(storage, id)),
    close() {
      open = false;
      dataKey.fill(0);
      records.forget();
    },
  };
}

async function runChange<T>(records: RecordStore, task: (change: VaultChange) => Promise<T> | T): Promise<T> {
  const index = await records.readIndex();
  const written = new Map<string, Written>();
  const result = await task({
    async read<V>(record: VaultRecord<V>) {
      if (!written.has(record.name)) return records.read(index, record);
      const entry = written.get(record.name);
      return entry ? (entry.value as V) : record.empty; // written under this record's name
    },
    write: writer(written),
    remove: ({ name }) => void written.set(name, undefined),
  });
  if (written.size > 0) await records.commit(index, written);
  return result;
}

const writer = (written: Map<string, Written>): VaultChange['write'] => (record, value) =>
  void written.set(record.name, { value, encode: () => record.encode(value) });

async function readHeader(storage: VaultStorage): Promise<VaultHeader> {
  const bytes = await storage.read(HEADER);
  if (!bytes) throw new HealthpassError('wallet-missing', 'there is no wallet here');
  return parseHeader(bytes);
}

async function addSlot(storage: VaultStorage, slot: KeySlot): Promise<string> {
  const header = await readHeader(storage);
  if (header.slots.length >= SLOTS_MAX) throw invalid(`a wallet has at most ${SLOTS_MAX} keys`);
  await storage.write(HEADER, encodeHeader({ ...header, slots: [...header.slots, slot] }));
  return slot.id;
}

async function removeKey(storage: VaultStorage, id: string): Promise<void> {
  const header = await readHeader(storage);
  const slots = header.slots.filter((slot) => slot.id !== id);
  if (slots.length === header.slots.length) throw new HealthpassError('key-unknown', 'the wallet has no such key', { field: 'id' });
  if (slots.length === 0) throw invalid('the last key of a wallet cannot be removed');
  await storage.write(HEADER, encodeHeader({ ...header, slots }));
}

const invalid = (message: string) => new HealthpassError('request-invalid', message, { field: 'keys' });
