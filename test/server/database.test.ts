import { Client } from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { openDatabase, type Migration, type PostgresPlace, type Queryable } from '#server';
import { describeOnDatabases } from './databases.ts';

const THINGS: Migration = {
  name: 'things',
  sql: `CREATE TABLE thing (id bigint PRIMARY KEY, name text NOT NULL, bytes bytea);
        CREATE INDEX thing_name ON thing (name);`,
};
const LATER: Migration = { name: 'later', sql: 'ALTER TABLE thing ADD COLUMN note text' };

describeOnDatabases('openDatabase', [THINGS], ({ database, place, kind, reopen }) => {
  const names = async () => (await database().query<{ name: string }>('SELECT name FROM thing ORDER BY id')).map(({ name }) => name);

  test('gives integers as numbers and bytes as bytes, alone and in lists', async () => {
    const bytes = Uint8Array.from([0, 92, 120, 255]);
    await database().query('INSERT INTO thing SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[])', [[1, 2 ** 40], ['a', 'ä"\\,{}'], [bytes, null]]);
    expect(await database().query('SELECT id, name, bytes FROM thing ORDER BY id')).toEqual([
      { id: 1, name: 'a', bytes }, { id: 2 ** 40, name: 'ä"\\,{}', bytes: null },
    ]);
    expect((await database().query<{ bytes: Uint8Array }>('SELECT bytes FROM thing WHERE bytes = $1', [bytes]))[0]!.bytes.constructor).toBe(Uint8Array);
    expect(await database().query('SELECT count(*)::int8 AS many, ARRAY(SELECT name FROM thing WHERE id = 1) AS names FROM thing')).toEqual([{ many: 2, names: ['a'] }]);
  });

  test('a transaction that throws leaves nothing behind', async () => {
    const before = await names();
    await expect(database().transaction(async (tx) => {
      await tx.query("INSERT INTO thing VALUES (7, 'half')");
      throw new RangeError('no');
    })).rejects.toThrow(RangeError);
    expect(await names()).toEqual(before);
  });

  test('a statement that fails says so by its SQLSTATE, and the next works', async () => {
    await database().query("INSERT INTO thing VALUES (10, 'ten')");
    await expect(database().query("INSERT INTO thing VALUES (10, 'again')")).rejects.toMatchObject({ code: '23505' });
    await expect(database().transaction((tx) => tx.query("INSERT INTO thing VALUES (10, 'again')"))).rejects.toMatchObject({ code: '23505' });
    expect(await names()).toContain('ten');
  });

  test('a statement is told apart from those that run beside it, also after one of them failed', async () => {
    const named = (on: Queryable, id: number) => on.query<{ id: number; name: string }>('SELECT id, name FROM thing WHERE id = $1', [id]);
    await database().query("INSERT INTO thing VALUES (50, 'a'), (51, 'b'), (52, 'c')");
    const all = (on: Queryable) => Promise.all([named(on, 51), on.query('SELECT count(*)::int8 AS many FROM thing WHERE id = ANY($1::bigint[])', [[50, 52]]), named(on, 50), named(on, 53)]);
    // The driver of PostgreSQL is going to refuse several at once within a transaction.
    const beside = kind === 'PGlite' ? await database().transaction(all) : await all(database());
    expect(beside).toEqual([[{ id: 51, name: 'b' }], [{ many: 2 }], [{ id: 50, name: 'a' }], []]);
    await expect(database().query('SELECT id, name FROM thing WHERE id = $1', ['none'])).rejects.toMatchObject({ code: '22P02' });
    await expect(database().query('SELECT id, name FROM thing WHERE id = $1', [51, 52])).rejects.toThrow(); // one too many
    await expect(database().transaction(async (tx) => (await tx.query('SELECT 1 / $1::int AS none', [0]).catch(() => {}), named(tx, 51)))).rejects.toMatchObject({ code: '25P02' });
    expect(await named(database(), 52)).toEqual([{ id: 52, name: 'c' }]);
  });

  test('a statement that was planned for a table goes on when the table has changed, and when the plan is old', async () => {
    await database().query('CREATE TABLE other (id bigint PRIMARY KEY, number int)');
    const put = (id: number) => database().query<{ number: number }>('INSERT INTO other (id, number) VALUES ($1, 1) RETURNING number', [id]);
    expect(await put(1)).toEqual([{ number: 1 }]);
    await database().query('ALTER TABLE other ADD COLUMN note text');
    await database().query('CREATE UNIQUE INDEX other_number ON other (id, number)');
    expect(await put(2)).toEqual([{ number: 1 }]);
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    expect(await database().transaction(async (tx) => (await tx.query('DELETE FROM other WHERE id = $1', [1]), tx.query('SELECT id FROM other')))).toEqual([{ id: 2 }]);
    clock.mockRestore();
    expect(await put(3)).toEqual([{ number: 1 }]);
    await database().query('DROP TABLE other');
  });

  test('a database that a newer version wrote is refused, and left as it is', async () => {
    await reopen([THINGS, LATER]);
    await expect(reopen([THINGS])).rejects.toMatchObject({ code: 'configuration-invalid', field: 'database' });
    const newer = await reopen([THINGS, LATER]);
    expect(await newer.query('SELECT note FROM thing WHERE false')).toEqual([]);
    await newer.query("DELETE FROM migration WHERE name = 'later'");
    await newer.query('ALTER TABLE thing DROP COLUMN note');
    await reopen();
  });

  test('a migration that fails leaves the schema as it was', async () => {
    await expect(reopen([THINGS, { name: 'broken', sql: 'CREATE TABLE half (id int); SELECT 1 / 0' }])).rejects.toMatchObject({ code: '22012' });
    await reopen();
    expect(await database().query("SELECT 1 FROM information_schema.tables WHERE table_name = 'half'")).toEqual([]);
  });

  test('what was acknowledged is there after a restart', async () => {
    await database().query("INSERT INTO thing VALUES (20, 'kept')");
    await reopen();
    expect(await names()).toContain('kept');
  });

  if (kind === 'PGlite') {
    test('takes memory as for one machine, not for a server', async () => {
      expect(await database().query('SHOW shared_buffers')).toEqual([{ shared_buffers: '16MB' }]);
    });
  }

  if (kind === 'PostgreSQL') {
    test('two processes that start at once migrate once', async () => {
      const steps = [THINGS, { name: 'once', sql: 'CREATE TABLE once (id int)' }];
      const opened = await Promise.all([openDatabase(place(), steps), openDatabase(place(), steps), openDatabase(place(), steps)]);
      expect(await opened[0]!.query("SELECT count(*)::int8 AS times FROM migration WHERE name = 'once'")).toEqual([{ times: 1 }]);
      await Promise.all(opened.map((one) => one.close()));
      await reopen(steps);
    });

    test('connections that the server ends are out of service for a moment, and nothing is half done', async () => {
      const work = database().transaction(async (tx) => {
        await tx.query("INSERT INTO thing VALUES (30, 'half')");
        await endConnections(place() as PostgresPlace);
        await tx.query("INSERT INTO thing VALUES (31, 'other half')");
      });
      await expect(work).rejects.toMatchObject({ code: 'service-unavailable', field: 'database' });
      await expect.poll(() => names().catch(() => undefined)).toContain('ten');
      expect(await names()).not.toContain('half');
    });

    test('transactions that lock each other out both happen', async () => {
      await database().query("INSERT INTO thing VALUES (40, 'a'), (41, 'b')");
      const both = (first: number, second: number) => database().transaction(async (tx) => {
        await tx.query("UPDATE thing SET name = name || '+' WHERE id = $1", [first]);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await tx.query("UPDATE thing SET name = name || '+' WHERE id = $1", [second]);
      });
      await Promise.all([both(40, 41), both(41, 40)]);
      expect((await names()).filter((name) => name.endsWith('++'))).toEqual(['a++', 'b++']);
    });
  }
}, { fromScratch: true });

describe('openDatabase', () => {
  test('a server that is not there is out of service', async () => {
    await expect(openDatabase({ url: 'postgres://127.0.0.1:1/none', schema: 'x' }, [])).rejects.toMatchObject({ code: 'service-unavailable', field: 'database' });
  });

  test.each([['a URL of something else', { url: 'mysql://127.0.0.1/x', schema: 'x' }], ['a schema that carries SQL', { url: 'postgres://127.0.0.1/x', schema: 'x"; DROP' }]])(
    'refuses %s', async (_name, place) => {
      await expect(openDatabase(place, [])).rejects.toMatchObject({ code: 'configuration-invalid' });
    },
  );
});

async function endConnections({ url, schema }: PostgresPlace): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%thing%' AND state <> 'active' AND $1 <> ''", [schema]);
  await client.end();
}
