// Rules made of rules: either of two (their clauses together), or both of two, as far as one record can meet both. A pass rests on one record, so
// "both" is said clause by clause, and what would take two records is named instead of left out in silence.
import { encodeClause, type ClauseWords } from './clause.ts';
import { productById, productByIndex, productIndices, testByIndex, testIndices } from './codes/index.ts';
import { POLICY_CLAUSES } from './limits.ts';
import { durationSeconds, parseClause, type PolicyDocument } from './policy.ts';

export type ClauseDocument = PolicyDocument['clauses'][number];

export type Combined =
  /** `dropped`: pairs of clauses that no single record can meet. */
  | { readonly clauses: readonly ClauseDocument[]; readonly dropped: number }
  /** `two-records`: nothing but two records could meet both. `too-many`: more clauses than a rule has room for. */
  | { readonly problem: 'two-records' | 'too-many' };

/** Meets whoever meets one of them. */
export function eitherOf(...rules: readonly (readonly ClauseDocument[])[]): Combined {
  const clauses = distinct(rules.flat());
  return clauses.length > POLICY_CLAUSES ? { problem: 'too-many' } : { clauses, dropped: 0 };
}

/** Meets whoever meets both with one record. */
export function bothOf(first: readonly ClauseDocument[], second: readonly ClauseDocument[]): Combined {
  const pairs = first.flatMap((a) => second.map((b) => both(a, b)));
  const clauses = distinct(pairs.filter((clause) => clause !== undefined));
  if (clauses.length === 0) return { problem: 'two-records' };
  return clauses.length > POLICY_CLAUSES ? { problem: 'too-many' } : { clauses, dropped: pairs.filter((clause) => clause === undefined).length };
}

/** Undefined where no record meets both. */
function both(a: ClauseDocument, b: ClauseDocument): ClauseDocument | undefined {
  const [kind, disease] = [agreed(a.kind, b.kind), agreed(a.disease, b.disease)];
  const [products, tests, results] = [commonProducts(a, b), commonTests(a, b), common(a.results, b.results)];
  if ([kind, disease].includes(CONFLICT) || [products, tests, results].some((values) => values?.length === 0)) return undefined;
  const [ageFrom, ageTo] = [longest(a.ageFrom, b.ageFrom), shortest(a.ageTo, b.ageTo)];
  if (ageFrom !== undefined && ageTo !== undefined && durationSeconds(ageFrom) >= durationSeconds(ageTo)) return undefined;
  return withoutAbsent({
    kind: kind as ClauseDocument['kind'], disease, products, minDose: most(a.minDose, b.minDose), complete: a.complete || b.complete || undefined, ageFrom, ageTo, tests, results, minAge: most(a.minAge, b.minAge),
  });
}

const CONFLICT = 'conflict';
const agreed = (a: string | undefined, b: string | undefined): string | undefined => (a === undefined || b === undefined || a === b ? a ?? b : CONFLICT);

function common<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): T[] | undefined {
  return a && b ? a.filter((value) => b.includes(value)) : (a ?? b)?.slice();
}

/** Names stay as they were written where one side says it all; else the products that are left are named one by one. */
function commonProducts({ products: a }: ClauseDocument, { products: b }: ClauseDocument): string[] | undefined {
  if (!a || !b) return (a ?? b)?.slice();
  const [first, second] = [productIndices(a), productIndices(b)];
  const left = first.filter((index) => second.includes(index));
  if (left.length === first.length) return a.slice();
  if (left.length === second.length) return b.slice();
  // A name stands for all kinds of its product, so only those whose kinds are all left may be named.
  const named = left.map((index) => productByIndex(index)!.id).filter((id) => productIndices([id]).every((index) => left.includes(index)));
  return named.filter((id) => !named.some((other) => other !== id && productById(id)!.kindOf.includes(productById(other)!.index)));
}

function commonTests({ tests: a }: ClauseDocument, { tests: b }: ClauseDocument): string[] | undefined {
  const left = common(a && testIndices(a), b && testIndices(b));
  return left?.map((index) => testByIndex(index)!.id); // they came from ids
}

const most = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined || b === undefined ? a ?? b : Math.max(a, b));
const longest = (a: string | undefined, b: string | undefined): string | undefined => (a === undefined || b === undefined ? a ?? b : durationSeconds(a) >= durationSeconds(b) ? a : b);
const shortest = (a: string | undefined, b: string | undefined): string | undefined => (a === undefined || b === undefined ? a ?? b : durationSeconds(a) <= durationSeconds(b) ? a : b);

const withoutAbsent = (clause: { [K in keyof ClauseDocument]: ClauseDocument[K] | undefined }): ClauseDocument =>
  Object.fromEntries(Object.entries(clause).filter(([, value]) => value !== undefined)); // what is absent may be: every field is optional

/** The first of those that ask the same. */
function distinct(clauses: readonly ClauseDocument[]): ClauseDocument[] {
  const seen = new Set<string>();
  return clauses.filter((clause) => {
    const key = keyOf(encodeClause(parseClause(clause)));
    return !seen.has(key) && seen.add(key);
  });
}

const keyOf = ({ mask, word }: ClauseWords): string => `${mask}/${word}`;
