// A PostgreSQL server that is slow, silent, restarted, or that a transaction asks too much of.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database, type PostgresPlace } from '#server';
import { describeOnDatabases } from '../databases.ts';

const LINES = [{ name: 'line', sql: 'CREATE TABLE line (number int PRIMARY KEY, half int NOT NULL)' }];
const unavailable = expect.objectContaining({ code: 'service-unavailable', field: 'database' });

describeOnDatabases('a database', LINES, ({ database, kind, place }) => {
  beforeEach(() => database().query('DELETE FROM line'));

  test('does not acknowledge a transaction in which a statement failed, though whoever wrote it went on', async () => {
    await expect(database().transaction(async (tx) => {
      await tx.query('INSERT INTO line VALUES (1, 1)');
      await tx.query('INSERT INTO line VALUES (1, 2)').catch(() => {});
    })).rejects.toThrow();
    expect(await database().query('SELECT 1 FROM line')).toEqual([]);
  });

  test('takes nothing from a transaction that is over', async () => {
    const tx = await database().transaction(async (inside) => inside);
    if (kind === 'PGlite') await expect(tx.query('INSERT INTO line VALUES (1, 1)')).rejects.toThrow();
  });

  if (kind === 'PostgreSQL') {
    const placeWith = (parameters: string): PostgresPlace => ({ ...(place() as PostgresPlace), url: `${(place() as PostgresPlace).url}?${parameters}` });
    const using = async <T>(at: PostgresPlace, work: (on: Database) => Promise<T>): Promise<T> => {
      const on = await openDatabase(at, LINES);
      return work(on).finally(() => on.close());
    };

    test('a statement that takes too long is ended, and the next one works', () => using(placeWith('statement_timeout=300'), async (on) => {
      await expect(on.query('SELECT pg_sleep(20)')).rejects.toEqual(unavailable);
      await expect(on.transaction((tx) => tx.query('SELECT pg_sleep(20)'))).rejects.toEqual(unavailable);
      await expect.poll(() => on.query('SELECT 1 AS one').catch(() => undefined)).toEqual([{ one: 1 }]); // on a machine that stands still, this takes too long too
    }));

    test('whoever waits too long for another one’s lock is told, and nothing is half done', () => using(placeWith('statement_timeout=300'), async (on) => {
      await database().transaction(async (tx) => {
        await tx.query('INSERT INTO line VALUES (1, 1)');
        await expect(on.transaction(async (other) => {
          await other.query('INSERT INTO line VALUES (2, 1)');
          await other.query('INSERT INTO line VALUES (1, 2)');
        })).rejects.toEqual(unavailable);
      });
      expect(await on.query('SELECT number FROM line')).toEqual([{ number: 1 }]);
    }));

    test('a server that falls silent in the middle is waited for only so long, and used again once it speaks', async () => {
      const { port, silence, stop } = await startValve(new URL((place() as PostgresPlace).url));
      const { url, schema } = placeWith('query_timeout=500');
      const behind = new URL(url);
      behind.port = String(port);
      await using({ url: behind.href, schema }, async (on) => {
        silence(true);
        await expect(on.query('SELECT 1')).rejects.toEqual(unavailable);
        await expect(on.transaction((tx) => tx.query('INSERT INTO line VALUES (1, 1)'))).rejects.toEqual(unavailable);
        silence(false);
        await expect.poll(() => on.query('SELECT 1 FROM line').catch(() => undefined)).toEqual([]);
      });
      await stop();
    });

    test('a server that ends its connections again and again loses nothing that was acknowledged, and keeps no half', async () => {
      const name = (place() as PostgresPlace).schema;
      const acknowledged: number[] = [];
      await using(placeWith(`application_name=${name}`), async (on) => {
        const over = new AbortController();
        const ending = endConnections(name, 25).finally(() => over.abort());
        const write = async (writer: number) => {
          for (let number = writer * 100_000; !over.signal.aborted || acknowledged.length <= 10; number += 2) {
            const work = on.transaction(async (tx) => {
              await tx.query('INSERT INTO line VALUES ($1, 1)', [number]);
              await tx.query('INSERT INTO line VALUES ($1, 2)', [number + 1]);
            });
            await work.then(() => acknowledged.push(number), (error: unknown) => expect(error).toEqual(unavailable));
          }
        };
        await Promise.all([...[1, 2, 3, 4].map(write), ending]);
        const rows = await on.query<{ number: number }>('SELECT number FROM line WHERE half = 1');
        const there = new Set(rows.map(({ number }) => number));
        expect(acknowledged.filter((number) => !there.has(number))).toEqual([]);
        expect(await on.query('SELECT 1 FROM line a WHERE half = 1 AND NOT EXISTS (SELECT 1 FROM line b WHERE b.number = a.number + 1)')).toEqual([]);
      });
    });
  }
});

/** Ends every connection of that name, that many times over, as a server does that is restarted. */
async function endConnections(name: string, times: number): Promise<void> {
  const client = new Client({ connectionString: process.env['TEST_DATABASE_URL'] });
  await client.connect();
  for (let time = 0; time < times; time++) {
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [name]);
    await pause(120);
  }
  await client.end();
}

/** Stands before a server and can hold back everything that is sent, in both directions. */
async function startValve(server: URL): Promise<{ port: number; silence: (on: boolean) => void; stop: () => Promise<void> }> {
  const sockets: Socket[] = [];
  let silent = false;
  const valve = createServer((client) => {
    if (silent) return void sockets.push(client); // taken, and never answered
    const target = connect(Number(server.port || 5432), server.hostname);
    for (const [from, to] of [[client, target], [target, client]] as const) {
      sockets.push(from);
      from.pipe(to).on('error', () => {});
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => { valve.listen(0, '127.0.0.1', resolve); });
  return {
    port: (valve.address() as AddressInfo).port,
    silence(on) {
      silent = on;
      for (const socket of sockets) if (on) socket.pause(); else socket.resume();
    },
    stop: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      valve.close(() => resolve());
    }),
  };
}
