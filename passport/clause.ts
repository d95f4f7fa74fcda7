// One clause of a policy: what a single credential must state. docs/protocol.md, "Policy".
import { KINDS, RESULTS, type Claims, type Kind, type Result } from './claims.ts';
import { HealthpassError } from './errors.ts';
import type { FieldElement } from './field.ts';
import { PRODUCT_LIMIT, TEST_LIMIT } from './limits.ts';
import { SECONDS_1900_LIMIT } from './time.ts';
import type { Window } from './window.ts';

export type Clause = {
  /** undefined: any kind. */
  readonly kind: Kind | undefined;
  /** SNOMED CT identifier; 0n any. */
  readonly disease: bigint;
  /** Good product indices; undefined: any product, or none. */
  readonly products: readonly number[] | undefined;
  readonly minDose: number;
  /** The series must be complete. */
  readonly complete: boolean;
  /** Seconds that must have passed since the event at the window's start. */
  readonly ageFrom: number;
  /** Seconds that may have passed since the event at the window's end. */
  readonly ageTo: number;
  /** Good test indices; undefined: any, or none. */
  readonly tests: readonly number[] | undefined;
  /** Good results; undefined: any, or none. */
  readonly results: readonly Result[] | undefined;
  /** Years; 0 not asked. */
  readonly minAge: number;
};

/** The two field elements of a clause. */
export type ClauseWords = { readonly mask: FieldElement; readonly word: FieldElement };

export const NO_AGE_LIMIT = SECONDS_1900_LIMIT - 1;
/** Satisfied by nothing: no product index is good. */
export const EMPTY_CLAUSE: ClauseWords = { mask: 0n as FieldElement, word: 0n as FieldElement };

const ALL_PRODUCTS = (1n << BigInt(PRODUCT_LIMIT)) - 1n;

/** Bit fields of a clause's word, least significant first. Generated into circom from here. */
export const CLAUSE_FIELDS: readonly { name: string; bits: number; value: (clause: Clause) => bigint }[] = [
  { name: 'kind', bits: 3, value: (c) => BigInt(c.kind === undefined ? 0 : KINDS[c.kind]) },
  { name: 'disease', bits: 60, value: (c) => c.disease },
  { name: 'minDose', bits: 8, value: (c) => BigInt(c.minDose) },
  { name: 'complete', bits: 1, value: (c) => (c.complete ? 1n : 0n) },
  { name: 'ageFrom', bits: 34, value: (c) => BigInt(c.ageFrom) },
  { name: 'ageTo', bits: 34, value: (c) => BigInt(c.ageTo) },
  { name: 'tests', bits: TEST_LIMIT, value: (c) => bitMask(c.tests, TEST_LIMIT) },
  { name: 'results', bits: 8, value: (c) => bitMask(c.results?.map((r) => RESULTS[r]), 8) },
  { name: 'minAge', bits: 8, value: (c) => BigInt(c.minAge) },
];

/** @throws HealthpassError `policy-invalid`, naming the field that is out of its range */
export function encodeClause(clause: Clause): ClauseWords {
  let word = 0n;
  let shift = 0n;
  for (const { name, bits, value } of CLAUSE_FIELDS) {
    const field = value(clause);
    if (field < 0n || field >> BigInt(bits) !== 0n) throw new HealthpassError('policy-invalid', `${name} is out of its range`, { field: name });
    word |= field << shift;
    shift += BigInt(bits);
  }
  const mask = clause.products === undefined ? ALL_PRODUCTS : bitMask(clause.products, PRODUCT_LIMIT);
  return { mask: mask as FieldElement, word: word as FieldElement }; // 248 and 172 bits: below r
}

function bitMask(positions: readonly number[] | undefined, size: number): bigint {
  if (positions === undefined) return (1n << BigInt(size)) - 1n;
  return positions.reduce((mask, position) => {
    if (!Number.isInteger(position) || position < 0 || position >= size) throw new HealthpassError('policy-invalid', 'a code index is out of its range', { field: 'clauses' });
    return mask | (1n << BigInt(position));
  }, 0n);
}

/** What of a clause a credential does not meet. */
export type Unmet = 'kind' | 'disease' | 'product' | 'dose' | 'series' | 'too-early' | 'too-old' | 'test' | 'result' | 'age' | 'expires';

/** The conditions that some claims miss, for a pass over a window; empty when the clause holds. The same rules as the circuit's. */
export function unmetConditions(clause: Clause, claims: Claims, window: Window): Unmet[] {
  const misses: [Unmet, boolean][] = [
    ['kind', clause.kind !== undefined && clause.kind !== claims.kind],
    ['disease', clause.disease !== 0n && clause.disease !== claims.disease],
    ['product', clause.products !== undefined && !clause.products.includes(claims.product)],
    ['dose', claims.dose < clause.minDose],
    ['series', clause.complete && (claims.series < 1 || claims.dose < claims.series)],
    ['too-early', claims.eventTime + clause.ageFrom > window.start],
    ['too-old', window.end > claims.eventTime + clause.ageTo],
    ['test', clause.tests !== undefined && !clause.tests.includes(claims.test)],
    ['result', clause.results !== undefined && !clause.results.includes(claims.result)],
    ['age', clause.minAge !== 0 && claims.birthDate + 10_000 * clause.minAge > window.today],
    ['expires', window.end > claims.validUntil],
  ];
  return misses.filter(([, missed]) => missed).map(([name]) => name);
}
