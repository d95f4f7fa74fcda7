import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LANGUAGES, clausePath, encodeClause, parsePolicy, policySchema, unmetConditions, windowAt, type Claims, type FieldElement, type PolicyDocument, type Seconds1900 } from '#passport';
import { P8 } from '#passport/poseidon.ts';
import { POLICIES, policyById } from '#passport/policies/index.ts';
import { productIndices, testIndex } from '#passport/codes/index.ts';
import { NOON, sampleClaims } from './samples.ts';

const DAY = 86_400;
const travel = policyById('eu-travel-2022')!;
const before = (seconds: number) => (sampleClaims.eventTime + 30 * DAY - seconds) as Seconds1900; // sample: 30 days before NOON
const covid = productIndices(['COVID_EU'])[0]!;
const fits = (id: string, claims: Partial<Claims>) => {
  const policy = policyById(id)!;
  const window = windowAt(policy.window, NOON);
  return policy.clauses.some((clause) => unmetConditions(clause, { ...sampleClaims, product: covid, ...claims }, window).length === 0);
};

describe('the shipped policies', () => {
  test('are those promised', () => {
    expect(POLICIES.map((policy) => policy.id).toSorted()).toEqual(['eu-travel-2022', 'measles-school', 'negative-test', 'over-18', 'tetanus-booster', 'yellow-fever']);
  });

  test.each(POLICIES.map((policy) => [policy.id, policy] as const))('%s speaks every language', (_id, policy) => {
    for (const language of LANGUAGES) expect([policy.title[language], policy.asks[language]].every((words) => words && words.length > 3)).toBe(true);
  });

  test('every file in the folder is shipped', () => {
    const files = readdirSync(new URL('../../passport/policies', import.meta.url)).filter((name) => name.endsWith('.json') && name !== 'policy.schema.json');
    expect(files.length).toBe(POLICIES.length);
  });

  test('the published schema is the one that policies are read with', () => {
    const published: unknown = JSON.parse(readFileSync(new URL('../../passport/policies/policy.schema.json', import.meta.url), 'utf8'));
    expect(published).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(policySchema, { io: 'input' }))));
  });

  test('each has a root of its own', () => expect(new Set(POLICIES.map((policy) => policy.root)).size).toBe(POLICIES.length));
});

describe('eu-travel-2022', () => {
  test.each<[string, Partial<Claims>, boolean]>([
    ['a complete series 30 days ago', {}, true],
    ['a series completed 13 days ago', { eventTime: before(13 * DAY) }, false],
    ['a series completed 271 days ago', { eventTime: before(271 * DAY) }, false],
    ['a third dose 400 days ago', { dose: 3, series: 3, eventTime: before(400 * DAY) }, true],
    ['one of two doses', { dose: 1 }, false],
    ['a dose of a series of unknown length', { series: 0 }, false],
    ['a vaccine against something else', { disease: 16541001n }, false],
    ['a vaccine that the EU has not authorised', { product: 0 }, false],
    ['a negative PCR test of yesterday', { kind: 'test', product: 0, test: testIndex('naat'), result: 'notDetected', eventTime: before(DAY) }, true],
    ['a PCR test four days ago', { kind: 'test', product: 0, test: testIndex('naat'), result: 'notDetected', eventTime: before(4 * DAY) }, false],
    ['a positive PCR test of yesterday', { kind: 'test', product: 0, test: testIndex('naat'), result: 'detected', eventTime: before(DAY) }, false],
    ['a recovery a month ago', { kind: 'recovery', product: 0 }, true],
    ['a credential that expires within the window', { validUntil: before(-3600) }, false],
    ['an event in the future', { kind: 'test', product: 0, test: testIndex('naat'), result: 'notDetected', eventTime: before(-DAY) }, false],
  ])('%s', (_name, claims, fit) => expect(fits('eu-travel-2022', claims)).toBe(fit));
});

describe('over-18', () => {
  test.each([[20081122, true], [20081123, false]] as const)('born %i: %s', (birthDate, fit) => {
    expect(fits('over-18', { birthDate })).toBe(fit);
  });
  test('an unknown day of birth counts as the last of the month', () => expect(fits('over-18', { birthDate: 20081131 })).toBe(false));
  test('an unknown birth date is never old enough', () => expect(fits('over-18', { birthDate: 99991231 })).toBe(false));
});

describe('clausePath', () => {
  test('leads from every clause to the root', () => {
    for (let index = 0; index < 32; index++) {
      const { clauseSiblings, groupSiblings } = clausePath(travel, index);
      const { mask, word } = travel.encoded[index] ?? { mask: 0n, word: 0n };
      const group = [...clauseSiblings];
      group.splice((index % 4) * 2, 0, mask as FieldElement, word as FieldElement);
      const groups = [...groupSiblings];
      groups.splice(Math.floor(index / 4), 0, P8(group));
      expect(P8(groups)).toBe(travel.root);
    }
  });
});

describe('encodeClause', () => {
  test('writes two different clauses as two different pairs of words', () => {
    const clause = fc.record({
      kind: fc.constantFrom(undefined, 'vaccination', 'test', 'recovery'), disease: fc.bigInt({ min: 0n, max: (1n << 60n) - 1n }),
      products: fc.uniqueArray(fc.nat(247), { minLength: 1, maxLength: 3 }), minDose: fc.nat(255), complete: fc.boolean(), ageFrom: fc.nat(2 ** 31), ageTo: fc.nat(2 ** 31),
      tests: fc.uniqueArray(fc.nat(15), { minLength: 1 }), results: fc.constantFrom(['none'], ['detected', 'notDetected']), minAge: fc.nat(255),
    });
    const canonical = (c: object) => JSON.stringify(c, (_k, v) => (typeof v === 'bigint' ? String(v) : Array.isArray(v) ? v.toSorted() : v));
    fc.assert(fc.property(clause, clause, (a, b) => {
      fc.pre(canonical(a) !== canonical(b));
      expect(encodeClause(a as never)).not.toEqual(encodeClause(b as never));
    }));
  });
});

describe('parsePolicy', () => {
  const document = travel.document;
  test.each<[string, unknown]>([
    ['policy', 'text'], ['id', { ...document, id: 'Upper Case' }], ['version', { ...document, version: 0 }], ['clauses', { ...document, clauses: [] }],
    ['clauses', { ...document, clauses: Array.from({ length: 33 }, () => ({})) }], ['window', { ...document, window: { grid: 'PT1H', length: 'PT1H' } }],
    ['window.grid', { ...document, window: { grid: 'P1M', length: 'P2M' } }], ['policy', { ...document, extra: 1 }],
    ['clauses.0.disease', { ...document, clauses: [{ disease: '12' }] }], ['clauses.0.minAge', { ...document, clauses: [{ minAge: 151 }] }],
    ['title.en', { ...document, title: { de: 'nur deutsch' } }],
  ])('names %s when it is wrong', (field, input) => {
    expect(() => parsePolicy(input)).toThrowError(expect.objectContaining({ code: 'policy-invalid', field }));
  });

  test('refuses a product that no table has', () => {
    const changed: PolicyDocument = { ...document, clauses: [{ products: ['no-such-product'] }] };
    expect(() => parsePolicy(changed)).toThrowError(expect.objectContaining({ code: 'policy-invalid' }));
  });
});
