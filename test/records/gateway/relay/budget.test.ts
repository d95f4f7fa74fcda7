import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UnixSeconds } from '#passport';
import { createBudget, type Payment, type RelayLimits } from '#records/gateway/relay/budget.ts';
import { RELAY_MIGRATIONS } from '#records/gateway/relay/migration.ts';
import type { Database } from '#server';
import { openEmptyDatabase } from '../../../server/empty-database.ts';
import { failure } from '../../../contracts/system.ts';

const GRANT = 100_000;
const limits: RelayLimits = { gas: { strangers: 3_000_000, patients: 20_000_000, members: 1_000_000 }, calls: 30, changes: 5, reserve: 0 };
let database: Database;
let now = 1_800_000_000;
let calls = 0;
beforeAll(async () => { database = await openEmptyDatabase(RELAY_MIGRATIONS); });
afterAll(() => database?.close());

const budget = createBudget({ blind: (value) => new Uint8Array(createHash('sha256').update(value).digest()), now: () => now as UnixSeconds, limits });
const pay = (payment: Payment, gas = GRANT) => failure(database.transaction((tx) => budget.reserve(tx, `call ${calls++}`, gas, payment)));
/** How many of so many are taken. */
async function taken(count: number, payment: (i: number) => Payment): Promise<number> {
  let paid = 0;
  for (let i = 0; i < count; i++) if ((await pay(payment(i))) === 'no failure') paid++;
  return paid;
}
const SPENT = 'rate-limited relay';

describe('createBudget', () => {
  test('ATTACK: a flood of new accounts takes what is for strangers, and nothing of what is for established patients, members and revocations', async () => {
    const flood = await taken(60, (i) => ({ pot: 'strangers', payer: `patient/new ${i}`, relationship: `new ${i}` }));
    expect(flood).toBeGreaterThan(15);
    expect(flood).toBeLessThan(60);
    expect(await pay({ pot: 'strangers', payer: 'patient/one more' })).toBe(SPENT);
    expect(await taken(20, (i) => ({ pot: 'patients', payer: `patient/known ${i}`, relationship: `known ${i}` }))).toBe(20);
    expect(await taken(20, (i) => ({ pot: 'safety', payer: `patient/new ${i}`, relationship: `new ${i}` }))).toBe(20);
    expect(await pay({ pot: 'members', payer: 'account/doctor' })).toBe('no failure');
    now += 86_400;
    expect(await pay({ pot: 'strangers', payer: 'patient/one more' })).toBe('no failure');
  });

  test('one patient takes no more than a share, however many relationships it has, and leaves the others theirs', async () => {
    now += 86_400;
    const one = await taken(40, (i) => ({ pot: 'patients', payer: 'patient/greedy', relationship: `greedy ${i}` }));
    expect(one).toBe(10); // a twentieth of what the others left
    expect(await pay({ pot: 'patients', payer: 'patient/other' })).toBe('no failure');
    expect(await pay({ pot: 'safety', payer: 'patient/greedy', relationship: 'greedy 1' })).toBe('no failure');
  });

  test('one relationship is changed so many times a day, and ended whenever its patient likes', async () => {
    now += 86_400;
    expect(await taken(8, () => ({ pot: 'patients', payer: 'patient/restless', relationship: 'restless' }))).toBe(5);
    expect(await pay({ pot: 'safety', payer: 'patient/restless', relationship: 'restless' })).toBe('no failure');
  });

  test('a call is paid once, by what it took in the end', async () => {
    now += 86_400;
    await database.transaction((tx) => budget.reserve(tx, 'paid', 900_000, { pot: 'members', payer: 'account/one' }));
    expect([await budget.isPaid(database, 'paid'), await budget.isPaid(database, 'other'), await pay({ pot: 'members', payer: 'account/two' }, 200_000)]).toEqual([true, false, SPENT]);
    await budget.spent(database, 'paid', 500_000);
    expect(await pay({ pot: 'members', payer: 'account/two' }, 200_000)).toBe('no failure');
  });
});
