// The circuit against the TypeScript rules that wallet and policy use: they must say the same of every credential, clause and window.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { isHealthpassError } from '#passport/errors.ts';
import { KINDS, RESULTS, type Claims, type Kind, type Result } from '#passport/claims.ts';
import { encodeClause, NO_AGE_LIMIT, unmetConditions, type Clause } from '#passport/clause.ts';
import type { Day, Seconds1900 } from '#passport/time.ts';
import type { Window } from '#passport/window.ts';
import { COMPILE_TIMEOUT, honestWitness, loadCircuit, type Circuit } from './arena.ts';
import { ANY_CLAUSE, COVID, TODAY, VACCINATION, WINDOW_END, WINDOW_START, type Scene } from './fixture.ts';

let circuit: Circuit;
beforeAll(async () => {
  circuit = await loadCircuit();
}, COMPILE_TIMEOUT);

const WINDOW: Window = { start: WINDOW_START, end: WINDOW_END, today: TODAY as Day };
const RUNS = 60;

async function holds(scene: Scene): Promise<boolean> {
  try {
    await honestWitness(circuit, scene);
    return true;
  } catch (error) {
    if (isHealthpassError(error) && error.code === 'nothing-fits') return false;
    throw error;
  }
}

/** Numbers around a border, where an off-by-one would show. */
const around = (border: number) => fc.constantFrom(border - 1, border, border + 1);
const kind = fc.constantFrom(...(Object.keys(KINDS) as Kind[]));
const result = fc.constantFrom(...(Object.keys(RESULTS) as Result[]));
const disease = fc.constantFrom(COVID, 16541001n, (1n << 60n) - 1n);
const indices = (limit: number) => fc.option(fc.uniqueArray(fc.integer({ min: 0, max: limit - 1 }), { minLength: 1, maxLength: 40 }), { nil: undefined });

/** Conditions that mostly hold, so that each of them decides some runs. */
const pairs = fc.record({
  asked: fc.record({
    kind: fc.option(kind, { nil: undefined, freq: 1 }), disease: fc.constantFrom(0n, COVID), products: indices(248), minDose: fc.constantFrom(0, 1, 2, 255),
    complete: fc.boolean(), tests: indices(16), results: fc.option(fc.uniqueArray(result, { minLength: 1 }), { nil: undefined }), minAge: fc.constantFrom(0, 0, 18),
  }),
  ageFrom: fc.constantFrom(0, 86_400, 14 * 86_400),
  ageTo: fc.constantFrom(NO_AGE_LIMIT, 90 * 86_400),
  claims: fc.record({
    kind, disease, product: fc.nat(247), dose: fc.constantFrom(0, 1, 2, 255), series: fc.constantFrom(0, 1, 2, 255), test: fc.nat(15), result,
    birthDate: fc.constantFrom(20081119, 20081120, 20081121, 20081131, 99991231, 19000101, 20201120),
  }),
  eventTime: fc.oneof(around(WINDOW_START - 14 * 86_400), around(WINDOW_END - 90 * 86_400), around(WINDOW_START), fc.constantFrom(0, 1000, WINDOW_START - 30 * 86_400)),
  validUntil: fc.oneof({ weight: 1, arbitrary: around(WINDOW_END) }, { weight: 4, arbitrary: fc.constant(2 ** 34 - 1) }),
  bias: fc.nat(7),
});

/** Bent towards a fit, or random clauses would hardly ever hold. */
function fitted({ asked, ageFrom, ageTo, claims, eventTime, validUntil, bias }: FromArbitrary<typeof pairs>): [Clause, Claims] {
  const full: Claims = { ...VACCINATION, ...claims, eventTime: eventTime as Seconds1900, validUntil: validUntil as Seconds1900 };
  if (bias === 0) return [{ ...asked, ageFrom, ageTo }, full];
  const clause: Clause = {
    ...asked, ageFrom, ageTo,
    kind: asked.kind && full.kind,
    disease: asked.disease && full.disease,
    products: asked.products && [...new Set([...asked.products, full.product])],
    tests: asked.tests && [...new Set([...asked.tests, full.test])],
    results: asked.results && [...new Set([...asked.results, full.result])],
    minDose: bias < 4 ? Math.min(asked.minDose, full.dose) : asked.minDose,
    minAge: bias < 6 ? 0 : asked.minAge,
  };
  return [clause, full];
}
type FromArbitrary<A> = A extends fc.Arbitrary<infer T> ? T : never;

describe('ClauseHolds', () => {
  test('holds exactly when unmetConditions finds nothing', async () => {
    const seen = { held: 0, failed: 0 };
    await fc.assert(fc.asyncProperty(pairs, async (pair) => {
      const [clause, claims] = fitted(pair);
      const expected = unmetConditions(clause, claims, WINDOW).length === 0;
      seen[expected ? 'held' : 'failed']++;
      expect(await holds({ claims, clauses: [encodeClause(clause)] })).toBe(expected);
    }), { numRuns: RUNS, seed: 20261120 });
    expect(Math.min(seen.held, seen.failed)).toBeGreaterThan(RUNS / 10);
  });

  const borders: [string, Partial<Claims>, Partial<Clause>][] = [
    ['an event exactly as old as asked', { eventTime: (WINDOW_START - 14 * 86_400) as Seconds1900 }, { ageFrom: 14 * 86_400 }],
    ['an event exactly as old as allowed', { eventTime: (WINDOW_END - 90 * 86_400) as Seconds1900 }, { ageTo: 90 * 86_400 }],
    ['a credential that ends with the window', { validUntil: WINDOW_END }, {}],
    ['an event in 1900', { eventTime: 0 as Seconds1900 }, {}],
    ['a birthday today', { birthDate: 20081120 }, { minAge: 18 }],
    ['an unknown birth date where no age is asked', { birthDate: 99991231 }, {}],
    ['no dose where none is asked', { dose: 0, series: 0 }, {}],
    ['the last product, test and result', { product: 247, test: 15, result: 'detected' }, { products: [247], tests: [15], results: ['detected'] }],
    ['the highest numbers', { dose: 255, series: 255 }, { minDose: 255, complete: true, minAge: 0 }],
  ];
  test.each(borders)('holds for %s', async (_, claims, clause) => {
    const scene = { claims: { ...VACCINATION, ...claims }, clauses: [encodeClause({ ...ANY_CLAUSE, ...clause })] };
    expect(unmetConditions({ ...ANY_CLAUSE, ...clause }, scene.claims, WINDOW)).toEqual([]);
    expect(await holds(scene)).toBe(true);
  });
});
