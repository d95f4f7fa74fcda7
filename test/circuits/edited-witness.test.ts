// A valid witness with signals changed by hand, against the constraints themselves: the witness generator has no say here.
import { beforeAll, describe, expect, test } from 'vitest';
import { FIELD_ORDER as r } from '#passport/field.ts';
import { createPerturbation, type Perturbation } from '#circuits/r1cs.ts';
import { COMPILE_TIMEOUT, honestWitness, loadCircuit, type Circuit } from './arena.ts';
import { RECOVERY, type Scene } from './fixture.ts';

const HALF = (r + 1n) / 2n;
/** Neighbours, the other bit, what is no bit, a negative, and numbers beyond every range. */
const edits = (value: bigint): bigint[] =>
  [...new Set([value + 1n, value + r - 1n, 1n - value + r, 0n, 1n, 2n, HALF, r - 1n, 1n << 34n, value + (1n << 248n), r - value].map((v) => v % r))]
    .filter((v) => v !== value);

const IS_ZERO_INVERSE = /IsZero#\d+\.inv$|isz\.inv$/;

let circuit: Circuit;
const witnesses = new Map<string, { values: bigint[]; perturbation: Perturbation }>();

const SCENES: readonly (readonly [string, Scene])[] = [
  ['a pass with scope, match and an age asked', { clauseIndex: 3, scope: 5n, match: true }],
  ['a pass without scope, match and age', {}],
  ['a pass of a recovery', { claims: RECOVERY, clauseIndex: 2, scope: 1n }],
];

beforeAll(async () => {
  circuit = await loadCircuit();
  for (const [name, scene] of SCENES) {
    const values = await honestWitness(circuit, scene);
    witnesses.set(name, { values, perturbation: createPerturbation(circuit.system, values) });
  }
}, COMPILE_TIMEOUT);

/** Names of the signals that can be given another value with no constraint broken. */
function freeSignals({ values, perturbation }: { values: bigint[]; perturbation: Perturbation }): string[] {
  const free: string[] = [];
  for (let wire = 1; wire < circuit.system.wires; wire++) {
    if (edits(values[wire]!).some((value) => perturbation.breaks(new Map([[wire, value]])) === undefined)) free.push(circuit.names.nameOf(wire));
  }
  return free;
}

/** Wires that a constraint x · (x - 1) = 0 makes bits, in order: those of a decomposition lie side by side. */
function bitWires(): number[] {
  const bits = circuit.system.constraints.flatMap(({ a, b, c }) => {
    const wires = new Set([...a, ...b, ...c].map((term) => term.wire).filter((wire) => wire !== 0));
    return wires.size === 1 && a.length > 0 && b.length > 0 ? [...wires] : [];
  });
  return [...new Set(bits)].sort((one, other) => one - other);
}

describe('an edited witness', () => {
  test('of a pass with scope, match and an age asked has no signal that can change alone, but two inverses of zero', () => {
    // IsZero(0) multiplies its hint by 0: any hint does, and its output is 1 all the same.
    expect(freeSignals(witnesses.get(SCENES[0]![0])!)).toEqual([
      'main.IssuerSignature#0.EdDSAPoseidonVerifier#0.eqCheckX.isz.inv',
      'main.IssuerSignature#0.EdDSAPoseidonVerifier#0.eqCheckY.isz.inv',
    ]);
  });

  test('without scope and age has the inverses of those zeros free, too, and a day that is not asked', () => {
    // `today` stands in a product with 0; it is a public input, so the proof binds it and the verifier compares it.
    const free = freeSignals(witnesses.get(SCENES[1]![0])!);
    expect(free.filter((name) => !IS_ZERO_INVERSE.test(name))).toEqual(['main.today']);
    expect(free).toHaveLength(5);
  });

  test.each(SCENES)('%s: no unit moves between two bits of a decomposition', (name) => {
    const { values, perturbation } = witnesses.get(name)!;
    const bits = bitWires();
    expect(bits.length).toBeGreaterThan(1800);
    const accepted = bits.filter((wire, i) => {
      const next = bits[i + 1] ?? bits[0]!;
      // 2 · 2^i is 1 · 2^(i+1), either way round; and the two exchanged.
      return [[2n, -1n], [-2n, 1n], [values[next]! - values[wire]!, values[wire]! - values[next]!]].some(([low, high]) =>
        low !== 0n && perturbation.breaks(new Map([[wire, mod(values[wire]! + low!)], [next, mod(values[next]! + high!)]])) === undefined);
    });
    expect(accepted.map((wire) => circuit.names.nameOf(wire))).toEqual([]);
  });

  test.each(SCENES)('%s: no two signals of one constraint change together', (name) => {
    const { values, perturbation } = witnesses.get(name)!;
    const free = new Set(freeSignals(witnesses.get(name)!).map((signal) => circuit.names.wireOf.get(signal)));
    const random = createRandom(0x5eed);
    const accepted: string[] = [];
    for (let round = 0; round < 20_000; round++) {
      const { a, b, c } = circuit.system.constraints[random(circuit.system.constraints.length)]!;
      const wires = [...a, ...b, ...c].map((term) => term.wire).filter((wire) => wire !== 0 && !free.has(wire));
      const pair = [wires[random(wires.length)]!, wires[random(wires.length)]!];
      const changes = new Map(pair.map((wire) => {
        const choices = edits(values[wire]!);
        return [wire, choices[random(choices.length)]!];
      }));
      if (perturbation.breaks(changes) === undefined) accepted.push([...changes.keys()].map((wire) => circuit.names.nameOf(wire)).join(' and '));
    }
    expect(accepted).toEqual([]);
  });
});

const mod = (value: bigint) => ((value % r) + r) % r;

/** A small generator with a seed (xorshift), so that a failure can be seen again. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
