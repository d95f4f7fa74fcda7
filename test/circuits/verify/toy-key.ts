// TEST ONLY. A simulated set-up: a Groth16 key whose secrets are known, so that a true proof for any number of any signals costs three
// multiplications and no circuit. Exactly what a real set-up must make impossible.
import { bn254 } from '@noble/curves/bn254.js';
import { FIELD_ORDER } from '#passport/field.ts';
import type { Proof } from '#circuits/proof.ts';

const { G1, G2 } = bn254;
const Fr = bn254.fields.Fr;
type G1Coordinates = Proof['a'];
type G2Coordinates = Proof['b'];

/** A generator of numbers for reproducible tests: nothing here needs to be secret. */
export function createNumbers(seed: bigint): () => bigint {
  let state = Fr.create(seed + 1n);
  return () => (state = Fr.create(state ** 5n + 0x9e3779b97f4a7c15n)) || 1n;
}

export function g1(scalar: bigint): G1Coordinates {
  const { x, y } = G1.Point.BASE.multiply(Fr.create(scalar)).toAffine();
  return [x, y];
}

export function g2(scalar: bigint): G2Coordinates {
  const { x, y } = G2.Point.BASE.multiply(Fr.create(scalar)).toAffine();
  return [[x.c0, x.c1], [y.c0, y.c1]];
}

export type SnarkjsKey = {
  protocol: string;
  curve: string;
  nPublic: number;
  vk_alpha_1: string[];
  vk_beta_2: string[][];
  vk_gamma_2: string[][];
  vk_delta_2: string[][];
  IC: string[][];
};

export const toG1Strings = ([x, y]: G1Coordinates): string[] => [`${x}`, `${y}`, '1'];
export const toG2Strings = ([x, y]: G2Coordinates): string[][] => [[`${x[0]}`, `${x[1]}`], [`${y[0]}`, `${y[1]}`], ['1', '0']];

export type ToyKey = {
  /** As snarkjs writes it. */
  readonly key: SnarkjsKey;
  /** A true proof for the signals, another one at every call. */
  readonly prove: (signals: readonly bigint[]) => Proof;
  /** The scalars behind IC. */
  readonly ic: readonly bigint[];
  readonly delta: bigint;
};

export function createToyKey(signalCount: number, seed = 1n): ToyKey {
  const number = createNumbers(seed);
  const [alpha, beta, gamma, delta] = [number(), number(), number(), number()] as const;
  const ic = Array.from({ length: signalCount + 1 }, number);
  // Multiplying in G2 is slow and no test needs many B: a few serve in turns.
  const bs = [number(), number(), number(), number()].map((scalar) => ({ scalar, point: g2(scalar) }));
  let turn = 0;
  return {
    key: {
      protocol: 'groth16',
      curve: 'bn128',
      nPublic: signalCount,
      vk_alpha_1: toG1Strings(g1(alpha)),
      vk_beta_2: toG2Strings(g2(beta)),
      vk_gamma_2: toG2Strings(g2(gamma)),
      vk_delta_2: toG2Strings(g2(delta)),
      IC: ic.map((scalar) => toG1Strings(g1(scalar))),
    },
    ic,
    delta,
    prove(signals) {
      const a = number();
      const b = bs[turn++ % bs.length]!;
      const sum = signals.reduce((total, signal, i) => total + signal * ic[i + 1]!, ic[0]!);
      // a·b = α·β + γ·sum + δ·c
      const c = Fr.create(Fr.create(a * b.scalar - alpha * beta - gamma * sum) * Fr.inv(delta));
      return { a: g1(a), b: b.point, c: g1(c) };
    },
  };
}

/** (ρ·A, ρ⁻¹·B, C): another true proof of the same statement, which anyone can make. */
export function rerandomise({ a, b, c }: Proof, factor: bigint): Proof {
  const scaledA = G1.Point.fromAffine({ x: a[0], y: a[1] }).multiply(factor).toAffine();
  const scaledB = G2.Point.fromAffine({ x: { c0: b[0][0], c1: b[0][1] }, y: { c0: b[1][0], c1: b[1][1] } }).multiply(Fr.inv(factor)).toAffine();
  return { a: [scaledA.x, scaledA.y], b: [[scaledB.x.c0, scaledB.x.c1], [scaledB.y.c0, scaledB.y.c1]], c };
}

export function addG1(p: G1Coordinates, q: G1Coordinates): G1Coordinates {
  const { x, y } = G1.Point.fromAffine({ x: p[0], y: p[1] }).add(G1.Point.fromAffine({ x: q[0], y: q[1] })).toAffine();
  return [x, y];
}

/** Signals of a pass's shape: zeros, roots, small numbers, a key. */
export function passSignals(number: () => bigint): bigint[] {
  return [0n, number(), number(), number(), 3_978_000_000n, 3_978_259_200n, 20_261_120n, 0n, number() >> 6n].map((signal) => signal % FIELD_ORDER);
}
