// Counts that several processes share, and what holds while the database is away.
import { describe, expect, test } from 'vitest';
import { isHealthpassError } from '#passport';
import { createLimiter, limitKeeping, openLimiter, RATE_LIMIT_MIGRATION, type Limiter } from '#server';
import { describeOnDatabases } from '../databases.ts';

const spent = (limiter: Limiter, caller: string) => limiter.spend('token', caller).then(({ remaining }) => remaining, (error: unknown) => (isHealthpassError(error) ? error.code : 'unforeseen'));

describeOnDatabases('createLimiter', [RATE_LIMIT_MIGRATION], ({ database }) => {
  test('counts for all processes together, also when they ask at once', async () => {
    const [one, other] = [createLimiter({ database: database(), limits: { token: 5 } }), createLimiter({ database: database(), limits: { token: 5 } })];
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, i) => spent(i % 2 ? one : other, 'somebody')));
    expect(outcomes.filter((outcome) => typeof outcome === 'number').toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(outcomes.filter((outcome) => outcome === 'rate-limited')).toHaveLength(5);
    expect(await spent(one, 'somebody else')).toBe(4);
  });
});

describe('createLimiter', () => {
  test('counts for itself while the database does not answer: the door does not open', async () => {
    const limiter = createLimiter({ database: { query: () => Promise.reject(new Error('away')) }, limits: { token: 2 } });
    expect([await spent(limiter, 'a'), await spent(limiter, 'a'), await spent(limiter, 'a'), await spent(limiter, 'b')]).toEqual([1, 0, 'rate-limited', 1]);
  });
});

describe('limitKeeping', () => {
  test('is in the database where processes share one, and off only where that is said', () => {
    expect([limitKeeping({ HEALTHPASS_RATE_LIMITS: 'on' }, {}), limitKeeping({ HEALTHPASS_RATE_LIMITS: 'on' }, { DATABASE_URL: 'postgres://x' }), limitKeeping({ HEALTHPASS_RATE_LIMITS: 'off' }, { DATABASE_URL: 'postgres://x' })]).toEqual(['memory', 'database', 'off']);
    expect(openLimiter('off', { query: () => Promise.reject(new Error('away')) })).toBeUndefined();
  });
});
