// Migrations go forward, each once, under a lock: several processes may start at the same time.
import { HealthpassError } from '#passport';
import type { Engine } from './database.ts';

/** Statements that take the schema one step forward, never changed once released. `name` is unique in its database. */
export type Migration = { readonly name: string; readonly sql: string };
/** In the order in which they are applied. Each is applied once; later ones may be added anywhere. */
export type Migrations = readonly Migration[];

/** Any number, as long as all versions of all services take the same. */
const LOCK = 7_265_163;

/** @throws HealthpassError `configuration-invalid` when the database knows steps that this version does not */
export async function migrate(engine: Engine, migrations: Migrations): Promise<void> {
  await engine.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await tx.script('CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())');
    const applied = new Set((await tx.query<{ name: string }>('SELECT name FROM migration')).map(({ name }) => name));
    if ([...applied].some((name) => !migrations.some((migration) => migration.name === name))) {
      throw new HealthpassError('configuration-invalid', 'the database was written by a newer version, which goes forward only', { field: 'database' });
    }
    for (const { name, sql } of migrations) {
      if (applied.has(name)) continue;
      await tx.script(sql);
      await tx.query('INSERT INTO migration (name) VALUES ($1)', [name]);
    }
  });
}
