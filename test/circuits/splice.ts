// Pairs of honest passes, and the parts of an assignment that can be exchanged between the two without breaking a constraint.
import { encodeClause } from '#passport/clause.ts';
import { P2 } from '#passport/poseidon.ts';
import type { Seconds1900 } from '#passport/time.ts';
import type { ConstraintSystem } from '#circuits/r1cs.ts';
import { field, OWN_KEY, WORD } from './battery.ts';
import { ADULT, ANY_CLAUSE, BLINDING, CLAUSES, DAY, VACCINATED, VACCINATION, WINDOW_END, WINDOW_START, type Scene } from './fixture.ts';

const unlimited = [encodeClause(ANY_CLAUSE)];
const claims = (changes: Partial<typeof VACCINATION>, clauses = unlimited): Scene => ({ claims: { ...VACCINATION, ...changes }, clauses });

/** What differs; the two passes; signals that are free to differ (see edited-witness.test.ts). */
export const SPLICE_PAIRS: readonly (readonly [string, Scene, Scene, readonly string[]])[] = [
  ['the issuer', { clauses: unlimited }, { clauses: unlimited, issuer: OWN_KEY }, []],
  ['the list', claims({}), claims({ list: 18 }), []],
  ['the status entry', claims({}), claims({ index: 248 * (WORD + 2345) + 200 }), []],
  ['the word of the status entry', claims({}), claims({ index: 248 * 777 + 101 }), []],
  ['the words of the list', { clauses: unlimited, words: new Map([[WORD, 5n]]) }, { clauses: unlimited, words: new Map([[WORD, 1n << 240n]]) }, []],
  ['the slot', { clauses: unlimited, slot: 1365 }, { clauses: unlimited, slot: 2730 }, []],
  ['the place in the policy', { clauseIndex: 0, clauses: twice(VACCINATED) }, { clauseIndex: 31, clauses: twice(VACCINATED) }, []],
  ['the clause', {}, { clauses: [encodeClause({ ...ANY_CLAUSE, minDose: 2, ageTo: 300 * DAY, products: [5, 6], results: ['none', 'detected'] })] }, []],
  ['the age asked', claims({}, [encodeClause(ADULT)]), claims({}, [encodeClause({ ...ADULT, minAge: 30 })]), []],
  ['the event', claims({}), claims({ disease: 16541001n, product: 7, dose: 3, series: 1, test: 9, result: 'detected' }), []],
  ['the times', claims({}), claims({ eventTime: (WINDOW_START - 31_234_567) as Seconds1900, validUntil: (WINDOW_END + 7_654_321) as Seconds1900 }), []],
  ['the window\'s start', { clauses: unlimited }, { clauses: unlimited, windowStart: WINDOW_START + 7777 }, []],
  ['the window\'s end', { clauses: unlimited }, { clauses: unlimited, windowEnd: WINDOW_END + 55_555 }, []],
  ['the day', { clauseIndex: 3 }, { clauseIndex: 3, today: 20270101 }, []],
  ['the day, where no age is asked', { clauses: unlimited }, { clauses: unlimited, today: 20270101 }, ['main.today']],
  ['the birth date', claims({}, [encodeClause(ADULT)]), claims({ birthDate: 19510917 }, [encodeClause(ADULT)]), []],
  ['the name', { ...claims({}), match: true }, { ...claims({ nameDigest: field(77n) }), match: true }, []],
  ['the holder', { ...claims({}), scope: 5n }, { ...claims({ holder: P2(99n, BLINDING) }), secret: 99n, scope: 5n }, []],
  ['the scope', { scope: 5n }, { scope: 6n }, []],
  ['whether there is a scope', { scope: 0n }, { scope: 6n }, []],
  ['whether there is a match', { match: false }, { match: true }, []],
  ['the device key', { match: true }, { match: true, deviceKey: 3n }, []],
  ['the device key, where there is no match', {}, { deviceKey: 3n }, []],
  ['the salt', claims({}), claims({ salt: field(3n) }), []],
  ['everything', { scope: 5n, match: true, clauseIndex: 3 }, everythingElse(), []],
];

function twice(clause: typeof VACCINATED) {
  return Array.from({ length: 32 }, (_, i) => encodeClause(i === 0 || i === 31 ? clause : CLAUSES[i % CLAUSES.length]!));
}

function everythingElse(): Scene {
  const changed = claims({
    kind: 'test', disease: 16541001n, product: 7, dose: 3, series: 1, test: 9, result: 'detected', birthDate: 19510917, nameDigest: field(77n),
    holder: P2(99n, BLINDING), list: 18, index: 248 * 3999 + 7, country: 'FR', salt: field(3n), eventTime: (WINDOW_START - 31_234_567) as Seconds1900,
    validUntil: (WINDOW_END + 7_654_321) as Seconds1900,
  }, [encodeClause({ ...ADULT, tests: [9] })]);
  return {
    ...changed, secret: 99n, scope: 6n, match: true, deviceKey: 3n, slot: 77, windowStart: WINDOW_START + 7777, windowEnd: WINDOW_END + 55_555, today: 20270101,
    issuer: OWN_KEY,
  };
}

/**
 * The parts that may be exchanged: sets of wires that differ between two satisfying assignments and share no constraint with the wires
 * that differ outside the set. The largest part, the rest of the statement, is left out.
 */
export function splicesOf({ wires, constraints }: ConstraintSystem, one: readonly bigint[], other: readonly bigint[]): number[][] {
  const parent = Int32Array.from({ length: wires }, (_, i) => i);
  const find = (wire: number): number => {
    let root = wire;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  const differs = (wire: number) => one[wire] !== other[wire];
  for (const { a, b, c } of constraints) {
    let first = -1;
    for (const combination of [a, b, c]) {
      for (const { wire } of combination) {
        if (!differs(wire)) continue;
        if (first === -1) first = find(wire);
        else parent[find(wire)] = first;
      }
    }
  }
  const parts = new Map<number, number[]>();
  for (let wire = 1; wire < wires; wire++) {
    if (!differs(wire)) continue;
    const part = parts.get(find(wire));
    if (part) part.push(wire);
    else parts.set(find(wire), [wire]);
  }
  return [...parts.values()].sort((x, y) => y.length - x.length).slice(1);
}
