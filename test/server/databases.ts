// The two databases that everything must run on. PostgreSQL is one that TEST_DATABASE_URL names; each test file gets a schema of its own in it.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { openDatabase, type Database, type DatabasePlace, type Migrations } from '#server';
import { placeDatabase } from './empty-database.ts';

const url = process.env['TEST_DATABASE_URL'];

type Kind = 'PGlite' | 'PostgreSQL';
export type TestDatabase = {
  readonly kind: Kind;
  /** The database, open from the first test to the last. */
  readonly database: () => Database;
  readonly place: () => DatabasePlace;
  /** Closes it and opens it again, as a restart does, perhaps of another version. */
  readonly reopen: (migrations?: Migrations) => Promise<Database>;
};

/**
 * Describes the same tests on PGlite and, where TEST_DATABASE_URL is set, on PostgreSQL; else those are skipped.
 * PGlite stands in a folder, so that it can be closed and opened again; `fromScratch` leaves it to `openDatabase` to make that.
 */
export function describeOnDatabases(name: string, migrations: Migrations, tests: (on: TestDatabase) => void, { fromScratch = false } = {}): void {
  for (const kind of ['PGlite', 'PostgreSQL'] as const) {
    const describing = kind === 'PostgreSQL' && url === undefined ? describe.skip : describe;
    describing(`${name} (${kind})`, () => {
      let database: Database;
      let place: DatabasePlace;
      let remove = async () => {};
      const open = async (version = migrations) => (database = await openDatabase(place, version));
      beforeAll(async () => {
        ({ place, remove } = await makePlace(kind, fromScratch ? undefined : migrations));
        await open();
      });
      afterAll(async () => {
        await database.close();
        await remove();
      });
      tests({ kind, database: () => database, place: () => place, reopen: async (version) => (await database.close().catch(() => {}), open(version)) });
    });
  }
}

async function makePlace(kind: Kind, migrations: Migrations | undefined): Promise<{ place: DatabasePlace; remove: () => Promise<void> }> {
  if (kind === 'PostgreSQL') {
    const schema = `test_${randomBytes(8).toString('hex')}`;
    return { place: { url: url!, schema }, remove: () => dropSchema(schema) };
  }
  if (migrations) return placeDatabase(migrations);
  const folder = await mkdtemp(join(tmpdir(), 'healthpass-database-'));
  return { place: join(folder, 'database'), remove: () => rm(folder, { recursive: true, force: true }) };
}

async function dropSchema(schema: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
  await client.end();
}
