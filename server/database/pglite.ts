// The embedded database: PGlite in a folder, one connection, opened by one process.
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { Engine, Queryable } from './database.ts';

export async function openPglite(folder: string | undefined): Promise<Engine> {
  if (folder !== undefined) await createDatabases([folder]);
  const lite = await PGlite.create(folder === undefined ? {} : { dataDir: folder });
  return {
    kind: 'pglite',
    ...queryable(lite),
    transaction: (work) => lite.transaction((tx) => work({ ...queryable(tx), script: async (sql) => void (await tx.exec(sql)) })),
    close: () => lite.close(),
  };
}

const queryable = (connection: PGlite | Transaction): Queryable => ({
  query: async (sql, parameters = []) => (await connection.query(sql, [...parameters])).rows as never[], // the statement's author states the row type
});

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
