// Values sealed for columns of the database: JSON, encrypted under a data key that the database holds wrapped.
import { randomBytes } from 'node:crypto';
import { HealthpassError } from '#passport';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrate.ts';
import { decrypt, encrypt, KEY_BYTES } from './cipher.ts';
import type { KeyProvider } from './key-provider.ts';

export type Sealer = {
  /** `context` says where the value belongs, as in `offer/5e1f…`; it opens nowhere else. */
  readonly seal: (context: string, value: unknown) => Promise<Uint8Array>;
  /** @throws HealthpassError `sealed-invalid` for what was sealed elsewhere, by another key, or changed since */
  readonly open: (context: string, sealed: Uint8Array) => Promise<unknown>;
};

export const newDataKey = (): Uint8Array => new Uint8Array(randomBytes(KEY_BYTES));

/** A sealer under one data key. */
export function createSealer(dataKey: Uint8Array): Sealer {
  return {
    seal: async (context, value) => encrypt(dataKey, context, Buffer.from(JSON.stringify(value), 'utf8')),
    async open(context, sealed) {
      const plain = decrypt(dataKey, context, sealed);
      if (!plain) throw new HealthpassError('sealed-invalid', 'a stored value does not open: another key, or it was changed', { field: context.split('/')[0]! });
      return JSON.parse(Buffer.from(plain).toString('utf8')) as unknown;
    },
  };
}

export const SEALING_MIGRATION: Migration = {
  name: 'sealing',
  sql: `CREATE TABLE data_key (
     name text PRIMARY KEY,
     key_id text NOT NULL,
     wrapped bytea NOT NULL
   );`,
};

/**
 * The sealer of a service: its data key is made on first use and kept wrapped in the database.
 * @throws HealthpassError `sealed-invalid` when the provider's keys do not open it
 */
export async function openSealer(database: Database, keys: KeyProvider, name = 'service'): Promise<Sealer> {
  const context = `data-key/${name}`;
  const read = () => database.query<{ keyId: string; wrapped: Uint8Array }>('SELECT key_id AS "keyId", wrapped FROM data_key WHERE name = $1', [name]);
  if ((await read()).length === 0) {
    const { keyId, wrapped } = await keys.wrap(newDataKey(), context);
    await database.query('INSERT INTO data_key VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [name, keyId, wrapped]); // another process may have been first
  }
  const [row] = await read();
  return createSealer(await keys.unwrap(row!, context)); // inserted above
}
