// The database of a service: PGlite in a folder, or PostgreSQL by its URL. Statements are SQL with $1 parameters and mean the same on both.
import { migrate, type Migrations } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgres, type PostgresPlace } from './postgres.ts';

export type Row = Record<string, unknown>;

export type Queryable = {
  /** Rows of one statement. Integers come as numbers, bytea as Uint8Array. */
  readonly query: <T extends Row>(sql: string, parameters?: readonly unknown[]) => Promise<T[]>;
};

export type Database = Queryable & {
  /** What shares a PostgreSQL database can lock in it; PGlite has one process. */
  readonly kind?: 'pglite' | 'postgres';
  /** Runs `work` in one transaction; what it throws rolls it back. It may be run again where the database asks for that (PostgreSQL: deadlocks). */
  readonly transaction: <T>(work: (tx: Queryable) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** A database that takes scripts of several statements besides, for migrations. */
export type Engine = Omit<Database, 'transaction'> & {
  readonly transaction: <T>(work: (tx: ScriptRunner) => Promise<T>) => Promise<T>;
};
export type ScriptRunner = Queryable & { readonly script: (sql: string) => Promise<void> };

/** A folder of PGlite, made where there is none (undefined: in memory), or a schema of a PostgreSQL database. */
export type DatabasePlace = string | undefined | PostgresPlace;

/**
 * Opens a database and applies the migrations that are missing; of several processes one does.
 * @throws HealthpassError `configuration-invalid` (a schema newer than this version, a wrong URL), `service-unavailable` (out of reach)
 */
export async function openDatabase(place: DatabasePlace, migrations: Migrations): Promise<Database> {
  const engine = typeof place === 'object' ? await openPostgres(place) : await openPglite(place);
  try {
    await migrate(engine, migrations);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return engine;
}
