import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bothOf, eitherOf, parseClause, parsePolicy, policySchema, unmetConditions, windowAt, type Claims, type ClauseDocument, type Seconds1900 } from '#passport';
import { encodeClause } from '#passport/clause.ts';
import { PRODUCTS } from '#passport/codes/index.ts';
import { policyById } from '#passport/policies/index.ts';
import { NOON, sampleClaims } from './samples.ts';

const document = policyById('over-18')!.document;
const { window } = parsePolicy(document);
/** As a policy with these clauses says; it is in order and can be encoded, but its root is left out, whose hashes take longer than all the rest. */
const meets = (clauses: readonly ClauseDocument[], claims: Claims) => {
  const parsed = policySchema.parse({ ...document, clauses }).clauses.map(parseClause);
  parsed.forEach(encodeClause);
  return parsed.some((clause) => unmetConditions(clause, claims, windowAt(window, NOON)).length === 0);
};
const clausesOf = (id: string) => policyById(id)!.document.clauses;

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const someOf = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const clause: fc.Arbitrary<ClauseDocument> = fc.record({
  kind: maybe(fc.constantFrom('vaccination', 'test', 'recovery')), disease: maybe(fc.constantFrom('840539006', '14189004')),
  products: maybe(someOf(['COVID_EU', 'COVID_ANY', 'covid-19-mrna', 'comirnaty', 'comirnaty-original', 'spikevax', 'mmr', 'MEASLES_CONTAINING'])), minDose: maybe(fc.integer({ min: 1, max: 3 })),
  complete: maybe(fc.boolean()), ageFrom: maybe(fc.constantFrom('P1D', 'P14D', 'PT48H')), ageTo: maybe(fc.constantFrom('P30D', 'PT72H', 'P270D')),
  tests: maybe(someOf(['naat', 'rapid-antigen', 'antibody'])), results: maybe(someOf(['detected', 'notDetected'] as const)), minAge: maybe(fc.integer({ min: 1, max: 60 })),
}).map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
const claims: fc.Arbitrary<Claims> = fc.record({
  kind: fc.constantFrom('vaccination', 'test', 'recovery'), disease: fc.constantFrom(840539006n, 14189004n), product: fc.constantFrom(0, 2, 8, 9, 12, 66, ...PRODUCTS.slice(0, 4).map(({ index }) => index)),
  dose: fc.integer({ min: 0, max: 4 }), series: fc.integer({ min: 0, max: 3 }), age: fc.integer({ min: 0, max: 300 }), test: fc.integer({ min: 0, max: 4 }),
  result: fc.constantFrom('none', 'detected', 'notDetected'), birthDate: fc.constantFrom(19500101, 19900101, 20200101),
}).map(({ age, ...rest }) => ({ ...sampleClaims, ...rest, eventTime: (sampleClaims.eventTime + 86_400 * (30 - age)) as Seconds1900 }) as Claims);

describe('eitherOf', () => {
  test('is met by whoever meets one of the rules', () => {
    fc.assert(fc.property(fc.array(clause, { minLength: 1, maxLength: 4 }), fc.array(clause, { minLength: 1, maxLength: 4 }), claims, (a, b, record) => {
      const either = eitherOf(a, b);
      if (!('clauses' in either)) throw new Error('eight clauses are not too many');
      expect(meets(either.clauses, record)).toBe(meets(a, record) || meets(b, record));
    }), { numRuns: 500 });
  });
  test('what two rules ask alike stands once', () => {
    expect(eitherOf(clausesOf('negative-test'), clausesOf('negative-test'))).toEqual({ clauses: clausesOf('negative-test'), dropped: 0 });
  });
  test('more clauses than a rule has room for are refused, not cut off', () => {
    const many = Array.from({ length: 33 }, (_, i) => ({ minAge: i + 1 }));
    expect(eitherOf(many)).toEqual({ problem: 'too-many' });
  });
});

describe('bothOf', () => {
  test('is met by whoever meets both rules with one record', () => {
    fc.assert(fc.property(clause, clause, claims, (a, b, record) => {
      const both = bothOf([a], [b]);
      expect('clauses' in both && meets(both.clauses, record)).toBe(meets([a], record) && meets([b], record));
    }), { numRuns: 2000 });
  });
  test('travel and being of age', () => {
    const both = bothOf(clausesOf('eu-travel-2022'), clausesOf('over-18'));
    expect(both).toEqual({ clauses: clausesOf('eu-travel-2022').map((one) => ({ ...one, minAge: 18 })), dropped: 0 });
  });
  test('two vaccinations take two records, which one rule cannot ask for', () => {
    expect(bothOf([{ kind: 'vaccination', disease: '840539006' }], [{ kind: 'vaccination', disease: '14189004' }])).toEqual({ problem: 'two-records' });
  });
  test('what only two records could meet is counted, so that nobody takes it for asked', () => {
    expect(bothOf(clausesOf('negative-test'), clausesOf('eu-travel-2022'))).toMatchObject({ dropped: 10 });
  });
  test('a time that is over before it begins is met by nothing', () => {
    expect(bothOf([{ ageFrom: 'P14D' }], [{ ageTo: 'PT72H' }])).toEqual({ problem: 'two-records' });
  });
  test('names of vaccines stay as they were written where one rule says it all', () => {
    expect(bothOf([{ products: ['COVID_EU'] }], [{ products: ['COVID_ANY'] }])).toEqual({ clauses: [{ products: ['COVID_EU'] }], dropped: 0 });
  });
});
