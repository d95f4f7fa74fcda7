// The keys that stored values are sealed under, each by its name, wrapped by the provider. Whoever destroys one makes unreadable what it sealed.
import { randomBytes } from 'node:crypto';
import type { Database, Queryable } from '../database/database.ts';
import type { Migration } from '../database/migrate.ts';
import { KEY_BYTES } from './cipher.ts';
import type { KeyProvider, WrappedKey } from './key-provider.ts';

export const SEALING_MIGRATION: Migration = {
  name: 'sealing',
  sql: `CREATE TABLE data_key (
     name text PRIMARY KEY,
     key_id text NOT NULL,
     wrapped bytea NOT NULL
   );`,
};

/** Keys renewed in one transaction. */
const BATCH = 200;

export type DataKeys = {
  /** The keys of these names; absent where there is none. @throws HealthpassError `sealed-invalid`, `service-unavailable` */
  readonly read: (on: Queryable, names: readonly string[]) => Promise<Map<string, Uint8Array>>;
  /** Makes a key for each name. One that was there stays as it is and is not answered. @throws HealthpassError `service-unavailable` */
  readonly add: (on: Queryable, names: readonly string[]) => Promise<Map<string, Uint8Array>>;
  readonly destroy: (on: Queryable, names: readonly string[]) => Promise<void>;
  /**
   * Wraps all keys anew that the provider's present key did not wrap; then an older key of the provider can be destroyed, and with it every copy
   * of the database that was made before. May be repeated, and interrupted. @returns how many were renewed
   */
  readonly renew: (database: Database) => Promise<number>;
};

export const newDataKey = (): Uint8Array => new Uint8Array(randomBytes(KEY_BYTES));
const contextOf = (name: string) => `data-key/${name}`;
const SELECT = 'SELECT name, key_id AS "keyId", wrapped FROM data_key';
type Row = WrappedKey & { readonly name: string };

export function createDataKeys(provider: KeyProvider): DataKeys {
  const unwrap = (row: Row) => provider.unwrap(row, contextOf(row.name));
  const wrap = (key: Uint8Array, name: string) => provider.wrap(key, contextOf(name));

  async function renewSome(database: Database, rows: readonly Row[]): Promise<void> {
    const renewed = await Promise.all(rows.map(async (row) => wrap(await unwrap(row), row.name)));
    await database.query(
      `UPDATE data_key SET key_id = r.key_id, wrapped = r.wrapped FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) AS r (name, old, key_id, wrapped)
        WHERE data_key.name = r.name AND data_key.key_id = r.old`,
      [rows.map(({ name }) => name), rows.map(({ keyId }) => keyId), renewed.map(({ keyId }) => keyId), renewed.map(({ wrapped }) => wrapped)],
    );
  }

  return {
    async read(on, names) {
      const rows = names.length === 0 ? [] : await on.query<Row>(`${SELECT} WHERE name = ANY($1::text[])`, [names]);
      return new Map(await Promise.all(rows.map(async (row) => [row.name, await unwrap(row)] as const)));
    },
    async add(on, names) {
      if (names.length === 0) return new Map();
      const keys = new Map(names.map((name) => [name, newDataKey()]));
      const wrapped = await Promise.all(names.map((name) => wrap(keys.get(name)!, name)));
      const added = await on.query<{ name: string }>(
        'INSERT INTO data_key SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[]) ON CONFLICT DO NOTHING RETURNING name',
        [names, wrapped.map(({ keyId }) => keyId), wrapped.map((key) => key.wrapped)],
      );
      return new Map(added.map(({ name }) => [name, keys.get(name)!]));
    },
    destroy: async (on, names) => void (await on.query('DELETE FROM data_key WHERE name = ANY($1::text[])', [names])),
    async renew(database) {
      const present = await provider.presentKey();
      for (let [count, after] = [0, ''];;) {
        const rows = await database.query<Row>(`${SELECT} WHERE key_id <> $1 AND name > $2 ORDER BY name LIMIT ${BATCH}`, [present, after]);
        if (rows.length === 0) return count;
        await renewSome(database, rows);
        count += rows.length;
        after = rows.at(-1)!.name;
      }
    },
  };
}

/** The key of a name, made when there is none yet; of two processes that make it at once both get the same. */
export async function dataKeyFor(keys: DataKeys, on: Queryable, name: string): Promise<Uint8Array> {
  const known = (await keys.read(on, [name])).get(name) ?? (await keys.add(on, [name])).get(name);
  return known ?? (await keys.read(on, [name])).get(name)!; // another process was first
}
