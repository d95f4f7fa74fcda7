// Versioned records and the index that says which version of each counts. Callers see to it that one change runs at a time.
import { bytesToHex } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { TAG_BYTES, type Cipher } from './cipher.ts';
import { openJson, sealJson } from './sealed-json.ts';
import type { VaultStorage } from './storage.ts';

/** How one record is written down. `parse` throws for what it does not know. */
export type VaultRecord<T> = {
  readonly name: string;
  readonly empty: T;
  readonly encode: (value: T) => unknown;
  readonly parse: (json: unknown) => T;
};

/** By record name: the version that counts, and its authentication tag. */
export type RecordIndex = Readonly<Record<string, { readonly version: number; readonly tag: string }>>;
/** A new value, or undefined to remove the record. */
export type Written = { readonly value: unknown; readonly encode: () => unknown } | undefined;

export type RecordStore = {
  readonly readIndex: () => Promise<RecordIndex>;
  readonly read: <T>(index: RecordIndex, record: VaultRecord<T>) => Promise<T>;
  /** Writes new versions, then the index: the moment from which they count. Then removes what counts no longer. */
  readonly commit: (index: RecordIndex, written: ReadonlyMap<string, Written>) => Promise<void>;
  readonly forget: () => void;
};

export const INDEX = 'index';
/** A record's name; those that belong to one person end with that person's id. */
const NAME = '[a-z]{1,20}(?:-[0-9a-f]{8})?';
const indexSchema = z.record(z.string().regex(new RegExp(`^${NAME}$`)), z.strictObject({ version: z.int().min(1), tag: z.string().regex(/^[0-9a-f]{32}$/) }));

export function createRecordStore(storage: VaultStorage, cipher: Cipher): RecordStore {
  let known: Map<string, { tag: string; value: unknown }> | undefined = new Map();
  return {
    async readIndex() {
      const bytes = await storage.read(INDEX);
      const parsed = indexSchema.safeParse(bytes && (await openJson(cipher, INDEX, bytes)));
      if (!parsed.success) throw corrupt(INDEX);
      return parsed.data;
    },
    async read<T>(index: RecordIndex, record: VaultRecord<T>): Promise<T> {
      const entry = index[record.name];
      if (!entry) return record.empty;
      const cached = known?.get(record.name);
      if (cached?.tag === entry.tag) return cached.value as T; // put there under this record's name, below
      const name = entryName(record.name, entry.version);
      const bytes = await storage.read(name);
      if (!bytes || tagOf(bytes) !== entry.tag) throw corrupt(record.name);
      const value = parseRecord(record, await openJson(cipher, name, bytes));
      known?.set(record.name, { tag: entry.tag, value });
      return value;
    },
    async commit(index, written) {
      const next: Record<string, { version: number; tag: string }> = { ...index };
      for (const [name, entry] of written) {
        if (!entry) {
          delete next[name];
          continue;
        }
        const version = (index[name]?.version ?? 0) + 1;
        const bytes = await sealJson(cipher, entryName(name, version), entry.encode());
        await storage.write(entryName(name, version), bytes);
        next[name] = { version, tag: tagOf(bytes) };
      }
      await storage.write(INDEX, await sealJson(cipher, INDEX, next));
      for (const [name, entry] of written) {
        if (entry) known?.set(name, { tag: next[name]!.tag, value: entry.value });
        else known?.delete(name);
      }
      await sweep(storage, next);
    },
    forget() {
      known = undefined;
    },
  };
}

const VERSIONED = new RegExp(`^${NAME}\\.[1-9]\\d*$`);

/** Removes versions that no longer count: those just replaced, and what an interrupted change left. */
async function sweep(storage: VaultStorage, index: RecordIndex): Promise<void> {
  const current = new Set(Object.entries(index).map(([name, { version }]) => entryName(name, version)));
  const stale = (await storage.list()).filter((name) => VERSIONED.test(name) && !current.has(name));
  for (const name of stale) await storage.remove(name);
}

function parseRecord<T>(record: VaultRecord<T>, json: unknown): T {
  if (json === undefined) throw corrupt(record.name);
  try {
    return record.parse(json);
  } catch {
    throw corrupt(record.name); // authentic, but of no version that is known here; the cause could quote what it says
  }
}

const entryName = (name: string, version: number): string => `${name}.${version}`;
export const firstEntryName = (name: string): string => entryName(name, 1);
const tagOf = (bytes: Uint8Array): string => bytesToHex(bytes.subarray(-TAG_BYTES));
const corrupt = (field: string) => new HealthpassError('wallet-corrupt', `the wallet's ${field} is damaged`, { field });
