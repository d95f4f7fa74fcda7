import { describe, expect, test } from 'vitest';
import type { TrustState, UnixSeconds } from '#passport';
import { chainChecks, createRouter, databaseChecks, NO_ACCESS, readinessOf, type Checks } from '#server';
import { openEmptyDatabase } from '../empty-database.ts';

const CANARY = 'zqcanary';
const failedIn = async (checks: Checks) => Object.entries((await readinessOf(checks, 50)).checks).filter(([, outcome]) => outcome === 'failed').map(([name]) => name);

describe('GET /ready', () => {
  const ready = async (checks: Checks) => {
    const response = await createRouter([], { access: NO_ACCESS, checks }).request('/ready');
    return [response.status, await response.json()];
  };

  test('answers 200 while every check holds, and 503 with the names of those that do not', async () => {
    expect(await ready({})).toEqual([200, { status: 'ready', checks: {} }]);
    expect(await ready({ database: () => true, chain: async () => true })).toEqual([200, { status: 'ready', checks: { database: 'ok', chain: 'ok' } }]);
    expect(await ready({ database: () => true, chain: async () => false })).toEqual([503, { status: 'unready', checks: { database: 'ok', chain: 'failed' } }]);
  });

  test('a check that throws has failed, and nobody hears why', async () => {
    const [status, body] = await ready({ database: () => { throw new Error(CANARY); }, keys: () => Promise.reject(new Error(CANARY)) });
    expect([status, body, JSON.stringify(body).includes(CANARY)]).toEqual([503, { status: 'unready', checks: { database: 'failed', keys: 'failed' } }, false]);
  });

  test('a check that hangs has failed after a bounded time, and holds up no other', async () => {
    expect(await failedIn({ database: () => new Promise<boolean>(() => {}), chain: () => true })).toEqual(['database']);
  });
});

describe('databaseChecks', () => {
  const first = { name: 'first', sql: 'CREATE TABLE a (b int)' };
  test('hold on a database that answers and has every migration of this program', async () => {
    const database = await openEmptyDatabase([first]);
    expect(await failedIn(databaseChecks(database, [first]))).toEqual([]);
    expect(await failedIn(databaseChecks(database, [first, { name: 'later', sql: '' }]))).toEqual(['migrations']);
    expect(await failedIn(databaseChecks(database, []))).toEqual([]); // one that is newer than this program
    await database.close();
    expect(await failedIn(databaseChecks(database, [first]))).toEqual(['database', 'migrations']);
  });
});

describe('chainChecks', () => {
  const NOW = 1_795_350_600;
  const DAY = 86_400;
  const at = (change: { syncedAt?: number; block?: number; now?: number } | undefined) => chainChecks({
    trust: () => change && { syncedAt: (change.syncedAt ?? NOW - 2) as UnixSeconds, latest: { number: 1, hash: '', time: (change.block ?? NOW - 5) as UnixSeconds } } as TrustState, // all that is read of it here
    now: () => change?.now ?? NOW, maxReadAge: 30, maxBlockAge: 900,
  });
  test.each<[string, Parameters<typeof at>[0], string[]]>([
    ['a chain that was just read', {}, []],
    ['a chain that was never read', undefined, ['chain', 'chain-head']],
    ['a chain that cannot be read any more', { syncedAt: NOW - 31 }, ['chain']],
    ['a chain that stands still for an hour', { block: NOW - 3600 }, ['chain-head']],
    ['a clock that is 24 hours behind', { syncedAt: NOW - DAY, now: NOW - DAY }, ['clock']],
    ['a clock that is 24 hours ahead', { syncedAt: NOW + DAY, now: NOW + DAY }, ['chain-head']],
    ['a clock that was set back by an hour while it ran', { now: NOW - 3600 }, ['chain', 'clock']],
    ['a leap second', { now: NOW - 1 }, []],
  ])('%s', async (_name, change, failed) => {
    expect(await failedIn(at(change))).toEqual(failed);
  });
});
