// PostgreSQL, or what speaks its protocol: a pool of connections to one schema, with an end to all waiting.
import { Pool, types, type PoolClient } from 'pg';
import { HealthpassError, isHealthpassError } from '#passport';
import type { Engine, Queryable } from './database.ts';
import { createNames } from './kept.ts';

/** `url` as DATABASE_URL has it; each service has a schema of its own. */
export type PostgresPlace = { readonly url: string; readonly schema: string };

/** Milliseconds. */
const CONNECT_PATIENCE = 5_000;
const STATEMENT_PATIENCE = 30_000;
/** After which a server that has not even said that a statement took too long is gone. */
const ANSWER_PATIENCE = 35_000;
const CONNECTIONS = 10;
/** How often a transaction that lost against another one is run again. */
const ATTEMPTS = 5;

/** @throws HealthpassError `configuration-invalid`, `service-unavailable` */
export async function openPostgres({ url, schema }: PostgresPlace): Promise<Engine> {
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) throw invalid('DATABASE_URL', 'is no postgres URL');
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw invalid('schema', 'is no plain name of a schema');
  const pool = new Pool({
    max: CONNECTIONS, connectionTimeoutMillis: CONNECT_PATIENCE, statement_timeout: STATEMENT_PATIENCE, query_timeout: ANSWER_PATIENCE, keepAlive: true,
    idle_in_transaction_session_timeout: STATEMENT_PATIENCE, options: `-c search_path=${schema}`, types: { getTypeParser: parserOf },
    connectionString: url, // what its parameters say goes before the above
  });
  // A connection that breaks while nobody uses it is replaced by the next request; one in use, or one that is let go, tells who asks it next.
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
  const nameOf = createNames();
  const engine: Engine = {
    kind: 'postgres',
    ...queryable(pool, nameOf),
    transaction: (work) => transaction(pool, (client) => work({ ...queryable(client, nameOf), script: async (sql) => void (await reaching(() => client.query(sql))) })),
    close: () => pool.end(),
  };
  try {
    await createSchema(engine, schema);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return engine;
}

async function createSchema(engine: Engine, schema: string): Promise<void> {
  const there = await engine.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  if (there.length > 0) return;
  // Another process may make it at the same moment: then it is there, whatever this says.
  await engine.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`).catch((error: unknown) => {
    if ((error as { code?: string }).code !== '23505') throw error;
  });
}

const queryable = (connection: Pool | PoolClient, nameOf: (sql: string) => string | undefined): Queryable => ({
  query: (sql, parameters = []) => reaching(async () => (await connection.query({ name: nameOf(sql), text: sql, values: [...parameters] })).rows as never[]), // the statement's author states the row type
});

async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await reaching(() => pool.connect());
    let broken: Error | undefined;
    try {
      await reaching(() => client.query('BEGIN'));
      const result = await work(client);
      await commit(client);
      return result;
    } catch (error) {
      // Who did not answer before is not asked to roll back: the server does that when the connection ends.
      if (isHealthpassError(error) && error.code === 'service-unavailable') broken = error;
      else await client.query('ROLLBACK').catch((cause: Error) => (broken = cause));
      if (attempt >= ATTEMPTS || !hasLost(error)) throw error;
    } finally {
      client.release(broken);
    }
  }
}

async function commit(client: PoolClient): Promise<void> {
  const { command } = await reaching(() => client.query('COMMIT'));
  // The answer where a statement failed before and `work` went on all the same.
  if (command !== 'COMMIT') throw new Error('a statement of the transaction failed, so nothing of it was kept');
}

/** Serialization failure, deadlock. */
const hasLost = (error: unknown): boolean => ['40001', '40P01'].includes((error as { code?: string }).code ?? '');

/** SQLSTATE classes and codes, and codes of Node, that say that the database is out of reach, busy or going down. */
const AWAY = /^(?:08...|57P0[1-5]|57014|53...|25P03|58...|XX000|E[A-Z]+)$/;

async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isHealthpassError(error)) throw error;
    const { code, message } = error as { code?: string; message?: string };
    // The driver reports timeouts and broken connections without a code.
    if (AWAY.test(code ?? '') || (code === undefined && /timeout|terminated|connection/i.test(message ?? ''))) {
      throw new HealthpassError('service-unavailable', 'the database does not answer', { field: 'database', cause: error });
    }
    throw error;
  }
}

const INT8 = 20;
const BYTEA = 17;

/** Values as PGlite gives them. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8) return Number; // no column of ours reaches 2^53
  if (oid === BYTEA) return (hex) => Uint8Array.from(Buffer.from(hex.slice(2), 'hex'));
  return types.getTypeParser(oid, (format ?? 'text') as 'text') as (value: string) => unknown;
}

const invalid = (field: string, what: string) => new HealthpassError('configuration-invalid', `${field} ${what}`, { field });
