// The embedded database: PGlite in a folder, opened once, migrated forward. Statements are SQL with $1 parameters.
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';

export type Row = Record<string, unknown>;

export type Queryable = {
  /** Rows of one statement. */
  readonly query: <T extends Row>(sql: string, parameters?: readonly unknown[]) => Promise<T[]>;
};

export type Database = Queryable & {
  /** Runs `work` in one transaction; what it throws rolls it back. */
  readonly transaction: <T>(work: (tx: Queryable) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** Statements that take the schema one step forward, never changed once released. `name` is unique in its database. */
export type Migration = { readonly name: string; readonly sql: string };
/** In the order in which they are applied. Each is applied once; later ones may be added anywhere. */
export type Migrations = readonly Migration[];

/** Opens the database of a folder (undefined: in memory) and applies the migrations that are missing. */
export async function openDatabase(folder: string | undefined, migrations: Migrations): Promise<Database> {
  if (folder !== undefined) await createDatabases([folder]);
  const lite = await PGlite.create(folder === undefined ? {} : { dataDir: folder });
  const wrap = (connection: PGlite | Transaction): Queryable => ({
    query: async (sql, parameters = []) => (await connection.query(sql, [...parameters])).rows as never[], // the statement's author states the row type
  });
  await migrate(lite, migrations);
  return {
    ...wrap(lite),
    transaction: (work) => lite.transaction((tx) => work(wrap(tx))),
    close: () => lite.close(),
  };
}

/**
 * Makes empty databases in those folders that are not there. Setting one up takes seconds of the processor, so all are copies of one; each is
 * finished beside its place first: what a crash leaves half done is begun anew.
 */
export async function createDatabases(folders: readonly string[]): Promise<void> {
  const missing: string[] = [];
  for (const folder of folders) if (!(await access(folder).then(() => true, () => false))) missing.push(folder);
  if (missing.length === 0) return;
  const first = await PGlite.create();
  const dump = await first.dumpDataDir('none');
  await first.close();
  for (const folder of missing) {
    const beside = `${folder}.new`;
    await rm(beside, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    await (await PGlite.create({ dataDir: beside, loadDataDir: dump })).close();
    await rename(beside, folder);
  }
}

async function migrate(lite: PGlite, migrations: Migrations): Promise<void> {
  await lite.exec('CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())');
  const { rows } = await lite.query<{ name: string }>('SELECT name FROM migration');
  const applied = new Set(rows.map(({ name }) => name));
  for (const { name, sql } of migrations.filter((migration) => !applied.has(migration.name))) {
    await lite.transaction(async (tx) => {
      await tx.exec(sql);
      await tx.query('INSERT INTO migration (name) VALUES ($1)', [name]);
    });
  }
}
