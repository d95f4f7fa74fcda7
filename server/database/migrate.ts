// Migrations go forward, each once, under a lock: several processes may start at the same time.
import { HealthpassError } from '#passport';
import type { Engine, ScriptRunner } from './database.ts';

/** Statements that take the schema one step forward, never changed once released. `name` is unique in its database. */
export type Migration = {
  readonly name: string;
  readonly sql: string;
  /** Its number in databases of version 0.1, which counted their steps in `schema_version`. */
  readonly formerly?: number;
};
/** In the order in which they are applied. Each is applied once; later ones may be added anywhere. */
export type Migrations = readonly Migration[];

/** Any number, as long as all versions of all services take the same. */
const LOCK = 7_265_163;

/** @throws HealthpassError `configuration-invalid` when the database knows steps that this version does not */
export async function migrate(engine: Engine, migrations: Migrations): Promise<void> {
  await engine.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await tx.script('CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())');
    await nameFormerSteps(tx, migrations);
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

/** Steps that were counted are noted by their names. */
async function nameFormerSteps(tx: ScriptRunner, migrations: Migrations): Promise<void> {
  const [counted] = await tx.query('SELECT 1 FROM pg_tables WHERE tablename = $1 AND schemaname = current_schema()', ['schema_version']);
  if (!counted) return;
  const [{ version } = { version: 0 }] = await tx.query<{ version: number }>('SELECT version FROM schema_version');
  const names = migrations.filter(({ formerly = Infinity }) => formerly <= version).map(({ name }) => name);
  await tx.query('INSERT INTO migration (name) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [names]);
  await tx.script('DROP TABLE schema_version');
}
