import { beforeEach, expect, test } from 'vitest';
import type { UnixSeconds } from '#passport';
import { createLimiter, NO_ACCESS, type Database } from '#server';
import { createRequestBook, createVerifier, VERIFIER_MIGRATIONS, type VerifierDeps } from '#verifier';
import { REQUEST_LIFETIME } from '#verifier/requests.ts';
import { describeOnDatabases } from '../server/databases.ts';

const NOW = 1_795_350_600 as UnixSeconds;
const later = (seconds: number) => (NOW + seconds) as UnixSeconds;
const gone = expect.objectContaining({ code: 'request-invalid', field: 'request' });

describeOnDatabases('createRequestBook', VERIFIER_MIGRATIONS, ({ database: opened }) => {
  let database: Database;
  beforeEach(async () => {
    database = opened();
    await database.query('DELETE FROM request');
  });

  test('gives every request a name and a challenge of its own', async () => {
    const book = createRequestBook(database);
    const made = await Promise.all(Array.from({ length: 50 }, () => book.create({ policy: 'over-18' }, false, NOW)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(50);
    expect(new Set(made.map(({ ask }) => Buffer.from(ask.challenge).toString('hex'))).size).toBe(50);
    expect(made.every(({ ask }) => ask.challenge.length === 16)).toBe(true);
  });

  test('an answer is taken once, and in time', async () => {
    const book = createRequestBook(database);
    const [first, second] = [await book.create({ policy: 'over-18', audience: 'Gate A', scope: { verifier: 'Gate A', event: 'x' } }, true, NOW), await book.create({}, false, NOW)];
    expect(await book.find(first.id, NOW)).toEqual(first);
    expect(await book.take(first.id, later(REQUEST_LIFETIME - 1))).toEqual(first);
    await expect(book.take(first.id, NOW)).rejects.toThrow(gone);
    await expect(book.find(second.id, later(REQUEST_LIFETIME))).rejects.toThrow(gone);
    await expect(book.take('never made', NOW)).rejects.toThrow(gone);
  });

  test('of two who answer at the same moment, one is taken', async () => {
    const { id } = await createRequestBook(database).create({}, false, NOW);
    const taken = await Promise.allSettled([createRequestBook(database).take(id, NOW), createRequestBook(database).take(id, NOW), createRequestBook(database).take(id, NOW)]);
    expect(taken.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  test('a restart and another replica know what was asked', async () => {
    const made = await createRequestBook(database).create({ policy: 'over-18' }, false, NOW);
    expect(await createRequestBook(database).take(made.id, NOW)).toEqual(made);
  });

  test('a clock that was set back revives nothing and keeps nothing open', async () => {
    const book = createRequestBook(database);
    const early = await book.create({}, false, later(-1000));
    const ahead = await book.create({}, false, later(1000));
    const late = await book.create({}, false, NOW);
    await expect(book.take(early.id, NOW)).rejects.toThrow(gone);
    await expect(book.take(late.id, later(REQUEST_LIFETIME))).rejects.toThrow(gone);
    expect(await book.take(ahead.id, later(REQUEST_LIFETIME))).toEqual(ahead);
  });

  test('is not filled up by who makes requests and answers none', async () => {
    const book = createRequestBook(database, { mostOpen: 3 });
    for (let i = 0; i < 3; i++) await book.create({}, false, NOW);
    await expect(book.create({}, false, later(REQUEST_LIFETIME - 1))).rejects.toThrow(expect.objectContaining({ code: 'service-unavailable', field: 'requests' }));
    expect((await book.create({}, false, later(REQUEST_LIFETIME))).ask.challenge).toHaveLength(16);
  });

  test('cannot be filled up by one address, which goes on verifying (POST /requests, open to anybody)', async () => {
    const deps = { policies: [], requests: createRequestBook(database), proofs: {}, trust: () => undefined, now: () => NOW } as unknown as VerifierDeps; // all that is used of it here
    const app = createVerifier(deps, { access: NO_ACCESS, limiter: createLimiter({ limits: { requests: 2 } }) });
    const post = async (path: string, body: object) => (await app.request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })).status;
    expect([await post('/requests', { policy: 'x' }), await post('/requests', { policy: 'x' }), await post('/requests', { policy: 'x' })]).toEqual([422, 422, 429]);
    expect(await post('/verify', { text: 'x' })).toBe(400);
  });
});
