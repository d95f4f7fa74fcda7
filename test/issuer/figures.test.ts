// Figures of an organisation over time: every step is there, each thing counts once, nobody sees another's, and very many rows cost little.
import { beforeEach, expect, test } from 'vitest';
import { ISSUER_MIGRATIONS } from '#issuer';
import { blockedEntries } from '#issuer/patients/standing.ts';
import { totalsOf } from '#issuer/figures/now.ts';
import { MOST_BUCKETS, seriesOf, type Bucket } from '#issuer/figures/series.ts';
import type { UnixSeconds } from '#passport';
import type { Database } from '#server';
import { blocking, trustOf, withList } from '../formats/fixture.ts';
import { describeOnDatabases } from '../server/databases.ts';

const DAY = 86_400;
const START = 20_000 * DAY;
const DID = 'did:ethr:0x7a69:0x0000000000000000000000000000000000000001';
const trust = trustOf({ did: DID, keys: [] }, { number: 1, time: START as UnixSeconds });
const chain = { did: DID, trust: () => withList(trust, { latestWords: blocking(1) }) };

describeOnDatabases('figures', ISSUER_MIGRATIONS, ({ database: opened, kind }) => {
  let database: Database;
  let count = 0;
  beforeEach(async () => {
    database = opened();
    for (const table of ['status_change', 'chain_write', 'offer', 'credential', 'issuance']) await database.query(`DELETE FROM ${table}`);
    count = 0;
  });
  async function issue(at: number, { organisation = 'a', copies = 1 } = {}): Promise<string> {
    const id = `issuance-${++count}`;
    await database.query('INSERT INTO issuance (id, organisation, source, recorded_at) VALUES ($1, $2, $3, $4)', [id, organisation, 'test', at]);
    for (let copy = 0; copy < copies; copy++) await database.query('INSERT INTO credential (id, issuance, copy, list, index, issued_at) VALUES ($1, $2, $3, 1, $4, $5)', [`${id}/${copy}`, id, copy, count * 10 + copy, at]);
    return id;
  }
  async function change(action: string, issuance: string, at: number | null, moves = true): Promise<void> {
    const [{ id }] = await database.query<{ id: number }>(
      `INSERT INTO chain_write (name, kind, action, content, state, created_at, done_at) VALUES ($1, 'status', $2, '', $3, $4, $5) RETURNING id::int8 AS id`, [`w${Math.random()}`, action, at === null ? 'pending' : 'done', at ?? START, at]) as [{ id: number }];
    await database.query('INSERT INTO status_change (write, position, credential, list, index, moves) SELECT $1, row_number() OVER () - 1, id, list, index, $3 FROM credential WHERE issuance = $2', [id, issuance, moves]);
  }
  async function offer(at: number, until: number, { ended = null, accepted = null, organisation = 'a' }: { ended?: number | null; accepted?: number | null; organisation?: string } = {}): Promise<void> {
    const state = ended === null ? 'created' : 'redeemed';
    const key = Buffer.from(`${++count}`);
    await database.query(
      `INSERT INTO offer (id, state, flows, organisation, created_at, expires_at, with_code, deferred, handle, code, issuer_state, ended_at, accepted_at) VALUES ($1, $2, '', $3, $4, $5, true, false, $6, $6, $6, $7, $8)`,
      [`offer-${count}`, state, organisation, at, until, key, ended, accepted]);
  }
  const series = (step: 'hour' | 'day' = 'day', from = START, to = START + 3 * DAY, organisation: string | null = 'a') => seriesOf(database, { organisation, from, to, step });
  const column = (buckets: Bucket[], name: keyof Bucket) => buckets.map((bucket) => bucket[name]);

  test('count credentials and not their copies, in every step, also empty ones', async () => {
    await issue(START + 5, { copies: 3 });
    await issue(START + 2 * DAY);
    await issue(START + 3 * DAY - 1);
    await issue(START + 3 * DAY);
    await issue(START, { organisation: 'b' });
    const buckets = await series();
    expect(column(buckets, 'at')).toEqual([START, START + DAY, START + 2 * DAY]);
    expect(column(buckets, 'issued')).toEqual([1, 0, 2]);
    expect(column(await series('day', START, START + 3 * DAY, null), 'issued')).toEqual([2, 0, 2]);
    expect(column(await series('hour', START, START + 7200), 'issued')).toEqual([1, 0]);
  });

  test('count changes when they are mined, once for all copies, and not those that changed nothing', async () => {
    const [one, other] = [await issue(START, { copies: 2 }), await issue(START)];
    await change('suspend', one, START + 10);
    await change('reinstate', one, START + DAY);
    await change('revoke', one, START + 2 * DAY);
    await change('revoke', one, START + 2 * DAY + 1, false);
    await change('revoke', other, null);
    const buckets = await series();
    expect([column(buckets, 'suspended'), column(buckets, 'reinstated'), column(buckets, 'revoked')]).toEqual([[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
  });

  test('tell how many offers were open at the end of each step, by whatever they ended', async () => {
    await offer(START - DAY, START + 10 * DAY);
    await offer(START - DAY, START - 5);
    await offer(START - DAY, START + 5);
    await offer(START + 1, START + 10 * DAY, { ended: START + DAY, accepted: START + DAY + 1 });
    await offer(START + 2 * DAY, START + 3 * DAY);
    await offer(START, START + DAY, { organisation: 'b' });
    const buckets = await series();
    expect([column(buckets, 'offered'), column(buckets, 'accepted'), column(buckets, 'outstanding')]).toEqual([[1, 0, 1], [0, 1, 0], [2, 1, 2]]);
  });

  test('how things stand now: totals of the organisation alone, the blocked ones by the chain', async () => {
    for (const organisation of ['a', 'a', 'b']) await issue(START, { organisation });
    await database.query('UPDATE credential SET index = 1 WHERE issuance = $1', ['issuance-1']);
    await offer(START, START + DAY);
    await offer(START, START + 5);
    expect(await totalsOf(database, chain, 'a', START + 10)).toEqual({ issued: 2, revoked: 1, suspended: 0, outstanding: 1, patients: 0 });
    expect(await totalsOf(database, chain, 'b', START + 10)).toEqual({ issued: 1, revoked: 0, suspended: 0, outstanding: 0, patients: 0 });
    expect(await totalsOf(database, { ...chain, trust: () => undefined }, null, START)).toMatchObject({ issued: 3, revoked: 0 });
    expect(blockedEntries({ ...chain, did: 'did:ethr:other' }, 'both').lists).toEqual([]);
  });

  test.each([['backwards', START + DAY, START], ['of nothing', START, START], ['of too many steps', START, START + (MOST_BUCKETS + 1) * 3600]])('a span %s is refused', async (_name, from, to) => {
    await expect(series('hour', from, to)).rejects.toMatchObject({ code: 'request-invalid', field: 'from' });
  });

  test.runIf(kind === 'PGlite')('of a hundred thousand credentials and twenty thousand revocations take a few seconds at most on the slower database', async () => {
    await database.query(`INSERT INTO issuance (id, organisation, source, recorded_at) SELECT 'n' || n, 'a', 'test', $1::bigint + n FROM generate_series(1, 100000) AS n`, [START]);
    await database.query(`INSERT INTO credential (id, issuance, copy, list, index, issued_at) SELECT 'n' || n, 'n' || n, 0, 1, n, $1::bigint + n FROM generate_series(1, 100000) AS n`, [START]);
    await database.query(`INSERT INTO chain_write (id, name, kind, action, content, state, created_at, done_at) VALUES (900000, 'many', 'status', 'revoke', '', 'done', $1, $1)`, [START + 9]);
    await database.query(`INSERT INTO status_change (write, position, credential, list, index, moves) SELECT 900000, n, 'n' || n, 1, n, true FROM generate_series(1, 20000) AS n`);
    await database.query('ANALYZE');
    const begun = process.cpuUsage(); // of the processor: others use the machine too; PGlite is in this process
    const buckets = await series('day', START, START + 30 * DAY);
    const totals = await totalsOf(database, chain, 'a', START);
    const { user, system } = process.cpuUsage(begun);
    expect([buckets[0]!.issued + buckets[1]!.issued, buckets[0]!.revoked, totals.issued]).toEqual([100_000, 20_000, 100_000]);
    expect((user + system) / 1000).toBeLessThan(6000);
  });
});
