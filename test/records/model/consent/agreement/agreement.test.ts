// The consent, the decision and the keys agree: over a hundred thousand random requests, each against the random policies of a patient, and with each of many planted mistakes they do not.
import { describe, expect, test } from 'vitest';
import { decide, grantWord, keysFor, prepare, type Policy, type StandingPolicy } from '#records/model/consent/index.ts';
import { CATEGORIES } from '#records/model/record.ts';
import { compare, JUDGES, type Judges } from './compare.ts';

const SEED = 20_260_601;
const REQUESTS = 100_000;

/** A copy that does not say some of it. */
const without = <T extends object>(value: T, ...names: readonly (keyof T & string)[]): T => Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name as never))) as T;

/** A decider that is right about policies which are not quite those of the patient. */
const withPolicies = (change: (policy: Policy) => Policy): Judges => ({
  ...JUDGES,
  prepare: (policies) => prepare(policies.map((one) => {
    const policy = change(one.policy);
    return one.word === grantWord(one.policy, one.salt) ? { ...one, policy, word: grantWord(policy, one.salt) } : one;
  })),
});
const withKeys = (mistaken: Judges['keysFor']): Judges => ({ ...JUDGES, keysFor: mistaken });
const trusted = (one: StandingPolicy): StandingPolicy => ({ ...one, word: grantWord(one.policy, one.salt) });

const MISTAKES: Readonly<Record<string, Judges>> = {
  'a grant that ends a second late': withPolicies((policy) => ({ ...policy, until: policy.until + 1 as Policy['until'] })),
  'a grant that begins a second late': withPolicies((policy) => ({ ...policy, from: policy.from + 1 as Policy['from'] })),
  'exceptions passed over': withPolicies((policy) => ({ ...policy, exceptions: [] })),
  'sensitive records taken for ordinary ones': withPolicies((policy) => (policy.effect === 'permit' && !policy.categories ? { ...policy, categories: CATEGORIES } : policy)),
  'a denial that spares sensitive records': withPolicies((policy) => (policy.effect === 'deny' && !policy.categories ? { ...policy, categories: CATEGORIES.filter((category) => category !== 'sensitive') } : policy)),
  'the last day of a data period left out': withPolicies((policy) => (policy.dataPeriod?.until === '2025-12-31' ? { ...policy, dataPeriod: { ...policy.dataPeriod, until: '2025-12-30' } } : policy)),
  'authors passed over': withPolicies((policy) => without(policy, 'authors')),
  'purposes passed over': withPolicies((policy) => without(policy, 'purposes')),
  'an exception that holds for everybody': withPolicies((policy) => ({ ...policy, exceptions: policy.exceptions.map((exception) => without(exception, 'actors')).filter((exception) => Object.keys(exception).length > 0) })),
  'a permission that beats a denial': { ...JUDGES, prepare: (policies) => ({ decide: (request) => policies.map((one) => decide([one], request)).find(({ outcome }) => outcome === 'permit') ?? { outcome: 'deny', reason: 'denied' } }) },
  'a chain that nobody asks': { ...JUDGES, prepare: (policies) => prepare(policies.map(trusted)) },
  'staff not of their organisation': { ...JUDGES, prepare: (policies) => ({ decide: (request) => prepare(policies).decide(without(request, 'organisation')) }) },
  'writing let through with reading': { ...JUDGES, prepare: (policies) => ({ decide: (request) => prepare(policies).decide(request.action === 'write' ? { ...request, action: 'read' } as never : request) }) },
  'a category opened whole for part of it': withKeys((policy, records, context) => ({ ...keysFor(policy, records, context), epochs: policy.effect === 'permit' && policy.actions.includes('read') ? policy.categories ?? [] : [] })),
  'keys that no denial takes away': withKeys((policy, records, { now }) => keysFor(policy, records, { now })),
  'keys for those who may only write': withKeys((policy, records, context) => keysFor({ ...policy, actions: ['read'] }, records, context)),
  'no keys for what a denial excepts': withKeys((policy, records, context) => (policy.effect === 'deny' ? { epochs: [], records: [] } : keysFor(policy, records, context))),
  'keys taken away by a denial for another purpose': withKeys((policy, records, { others, now }) => keysFor(policy, records, { others: others.map((other) => (other === policy ? other : without(other, 'purposes'))), now })),
};

describe('consent, decision and keys', () => {
  test('agree over a hundred thousand random requests and policies', () => {
    const found = compare(JUDGES, SEED, REQUESTS);
    expect(found).not.toHaveProperty('between');
    const tally = found as Exclude<typeof found, { between: string }>;
    // each outcome often enough to have met the edges
    expect(tally.requests).toBeGreaterThanOrEqual(REQUESTS);
    expect(tally.policies).toBeGreaterThan(REQUESTS / 3);
    expect(Math.min(tally.permitted, tally.denied, tally.reachable) / tally.requests).toBeGreaterThan(0.05);
  });

  test.each(Object.entries(MISTAKES))('disagree with %s', (_, judges) => expect(compare(judges, SEED + 1, 10_000)).toHaveProperty('between'));
});
