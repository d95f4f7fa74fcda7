// Databases for tests: empty ones, and those to which a service's migrations were applied. Setting one up takes seconds of the processor, so all
// are copies of folders that are kept between runs, one for each list of migrations.
import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabases, openDatabase, type Database, type Migrations } from '#server';

/** Fewer steps than this are applied each time: that costs less than keeping another folder. */
const WORTH_KEEPING = 5;

/** Puts databases into folders that are not there: empty, as a first start makes them, or with the tables that the migrations make, as a later start finds them. */
export async function copyDatabases(folders: readonly string[], migrations: Migrations = []): Promise<void> {
  const kept = migrations.length < WORTH_KEEPING ? await keptEmpty() : await keptMigrated(migrations);
  // At once: file by file and by turns, a copy of a thousand files takes ten times the processor.
  for (const folder of folders) cpSync(kept, folder, { recursive: true });
}

const keptEmpty = (): Promise<string> => keep('empty-database', (beside) => createDatabases([beside]));

const keptMigrated = (migrations: Migrations): Promise<string> => keep(`databases/${createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16)}`, async (beside) => {
  await copyDatabases([beside]);
  await (await openDatabase(beside, migrations)).close();
});

/** @returns the folder, made beside its place where it is not there */
async function keep(name: string, make: (beside: string) => Promise<void>): Promise<string> {
  const kept = fileURLToPath(new URL(`../../.build/${name}`, import.meta.url));
  if (existsSync(kept)) return kept;
  await mkdir(dirname(kept), { recursive: true });
  const beside = `${kept}.${randomUUID()}`;
  await make(beside);
  await rename(beside, kept).catch(() => rm(beside, { recursive: true, force: true })); // another test file was faster
  return kept;
}

/** A copy in a folder of its own. */
export async function placeDatabase(migrations: Migrations): Promise<{ place: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'healthpass-database-'));
  const place = join(folder, 'database');
  await copyDatabases([place], migrations);
  return { place, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** One that holds nothing yet, and goes with its closing. */
export async function openEmptyDatabase(migrations: Migrations): Promise<Database> {
  const { place, remove } = await placeDatabase(migrations);
  const database = await openDatabase(place, migrations);
  return { ...database, close: async () => (await database.close(), await remove()) };
}
