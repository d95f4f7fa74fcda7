// Reads a constraint system (iden3 r1cs format, version 1) and evaluates it on any assignment, honest or not.
import { readFileSync } from 'node:fs';
import { FIELD_ORDER } from '#passport/field.ts';
import { ELEMENT_BYTES, witnessElement } from './calculator.ts';

/** A linear combination: coefficient by wire. */
export type LinearCombination = readonly { readonly wire: number; readonly coefficient: bigint }[];
/** a · b = c */
export type Constraint = { readonly a: LinearCombination; readonly b: LinearCombination; readonly c: LinearCombination };

export type ConstraintSystem = {
  readonly wires: number;
  readonly publicOutputs: number;
  readonly publicInputs: number;
  readonly privateInputs: number;
  readonly constraints: readonly Constraint[];
};

export type SystemHeader = Omit<ConstraintSystem, 'constraints'> & { readonly constraintCount: number };

const HEADER_SECTION = 1;
const CONSTRAINT_SECTION = 2;

/** @throws TypeError when the file is not a constraint system over the BN254 scalar field */
export function readSystemHeader(bytes: Uint8Array): SystemHeader {
  const view = viewOf(bytes);
  const at = sectionStart(view, HEADER_SECTION);
  const prime = witnessElement(bytes.subarray(at + 4), 0);
  if (view.getUint32(at, true) !== ELEMENT_BYTES || prime !== FIELD_ORDER) throw new TypeError('the constraint system is over another field');
  const number = (i: number) => view.getUint32(at + 4 + ELEMENT_BYTES + 4 * i, true);
  return { wires: number(0), publicOutputs: number(1), publicInputs: number(2), privateInputs: number(3), constraintCount: number(6) };
}

export function readSystem(file: string): ConstraintSystem {
  const bytes = readFileSync(file);
  const view = viewOf(bytes);
  const { constraintCount, ...header } = readSystemHeader(bytes);
  let at = sectionStart(view, CONSTRAINT_SECTION);
  const coefficients = new Map<string, bigint>();
  const combination = (): LinearCombination => {
    const count = view.getUint32(at, true);
    at += 4;
    return Array.from({ length: count }, () => {
      const wire = view.getUint32(at, true);
      const raw = bytes.toString('latin1', at + 4, at + 4 + ELEMENT_BYTES);
      let coefficient = coefficients.get(raw);
      if (coefficient === undefined) {
        const canonical = witnessElement(bytes.subarray(at + 4), 0);
        // Around 0: most coefficients are then small, and small products are cheap.
        coefficient = canonical > FIELD_ORDER / 2n ? canonical - FIELD_ORDER : canonical;
        coefficients.set(raw, coefficient);
      }
      at += 4 + ELEMENT_BYTES;
      return { wire, coefficient };
    });
  };
  const constraints = Array.from({ length: constraintCount }, () => ({ a: combination(), b: combination(), c: combination() }));
  return { ...header, constraints };
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function sectionStart(view: DataView, wanted: number): number {
  if (view.getUint32(0, false) !== 0x72316373) throw new TypeError('not an r1cs file');
  let at = 12;
  for (let i = view.getUint32(8, true); i > 0; i--) {
    const type = view.getUint32(at, true);
    if (type === wanted) return at + 12;
    at += 12 + Number(view.getBigUint64(at + 4, true));
  }
  throw new TypeError('the r1cs file lacks a section');
}

/** Names of the wires, from circom's symbol file. A wire has a name for each signal that was found equal to it. */
export function readSymbols(file: string): { readonly wireOf: ReadonlyMap<string, number>; readonly namesOf: ReadonlyMap<number, readonly string[]> } {
  const wireOf = new Map<string, number>();
  const namesOf = new Map<number, string[]>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, wireText, , name] = line.split(',');
    if (name === undefined) continue;
    const wire = Number(wireText);
    if (wire < 0) continue; // removed: a linear combination of others
    wireOf.set(name, wire);
    const names = namesOf.get(wire);
    if (names) names.push(name);
    else namesOf.set(wire, [name]);
  }
  return { wireOf, namesOf };
}

const mod = (value: bigint): bigint => {
  const rest = value % FIELD_ORDER;
  return rest < 0n ? rest + FIELD_ORDER : rest;
};

function evaluate(combination: LinearCombination, values: readonly bigint[], changes?: ReadonlyMap<number, bigint>): bigint {
  let sum = 0n;
  for (const { wire, coefficient } of combination) {
    const value = changes?.get(wire) ?? values[wire]!;
    if (value !== 0n) sum += coefficient * value;
  }
  return sum % FIELD_ORDER;
}

/** All signals of a witness as numbers. */
export const witnessValues = (witness: Uint8Array): bigint[] =>
  Array.from({ length: witness.length / ELEMENT_BYTES }, (_, i) => witnessElement(witness, i));

/** Indices of the constraints that an assignment breaks; no more than `most`. */
export function brokenConstraints({ constraints }: ConstraintSystem, values: readonly bigint[], most = Infinity): number[] {
  const broken: number[] = [];
  for (const [i, { a, b, c }] of constraints.entries()) {
    if (mod(evaluate(a, values) * evaluate(b, values) - evaluate(c, values)) === 0n) continue;
    broken.push(i);
    if (broken.length >= most) break;
  }
  return broken;
}

/** Answers what changes of a few signals break, without evaluating the whole system again. */
export type Perturbation = {
  /** A constraint that the changed assignment breaks, or undefined when it satisfies all. Signal 0 (one) cannot change. */
  readonly breaks: (changes: ReadonlyMap<number, bigint>) => number | undefined;
  /** Constraints that a signal takes part in. */
  readonly constraintsOf: (wire: number) => readonly number[];
};

/** @throws TypeError when the assignment to start from does not satisfy the system */
export function createPerturbation(system: ConstraintSystem, values: readonly bigint[]): Perturbation {
  const { constraints } = system;
  if (brokenConstraints(system, values).length > 0) throw new TypeError('the assignment to perturb does not satisfy the constraints');
  const usedIn: number[][] = Array.from({ length: system.wires }, () => []);
  constraints.forEach(({ a, b, c }, i) => {
    for (const wire of new Set([...a, ...b, ...c].map((term) => term.wire))) usedIn[wire]!.push(i);
  });
  return {
    constraintsOf: (wire) => usedIn[wire]!,
    breaks(changes) {
      for (const wire of changes.keys()) {
        for (const i of usedIn[wire]!) {
          const { a, b, c } = constraints[i]!;
          if (mod(evaluate(a, values, changes) * evaluate(b, values, changes) - evaluate(c, values, changes)) !== 0n) return i;
        }
      }
      return undefined;
    },
  };
}
