// Empty databases for tests. Setting one up takes seconds of the processor, so all are copies of one that is kept between runs.
import { access, cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabases, openDatabase, type Database, type Migrations } from '#server';

/** Puts empty databases, as a first start makes them, into folders that are not there. */
export async function copyDatabases(folders: readonly string[]): Promise<void> {
  const kept = fileURLToPath(new URL('../../.build/empty-database', import.meta.url));
  if (!(await access(kept).then(() => true, () => false))) {
    const beside = `${kept}.${process.pid}`;
    await createDatabases([beside]);
    await rename(beside, kept).catch(() => rm(beside, { recursive: true, force: true })); // another test file was faster
  }
  for (const folder of folders) await cp(kept, folder, { recursive: true });
}

/** A copy in a folder of its own. */
export async function placeEmptyDatabase(): Promise<{ place: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'healthpass-database-'));
  const place = join(folder, 'database');
  await copyDatabases([place]);
  return { place, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** One that goes with its closing. */
export async function openEmptyDatabase(migrations: Migrations): Promise<Database> {
  const { place, remove } = await placeEmptyDatabase();
  const database = await openDatabase(place, migrations);
  return { ...database, close: async () => (await database.close(), await remove()) };
}
