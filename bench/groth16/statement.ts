// What the contenders are given: one key, and true statements under it.
import { bn254 } from '@noble/curves/bn254.js';
import type { Proof } from '#circuits/proof.ts';
import { FIELD_ORDER } from '#passport/field.ts';

export type ProvenStatement = { readonly proof: Proof; readonly signals: readonly bigint[] };
export type Case = {
  readonly label: string;
  /** As snarkjs writes it. */
  readonly key: VerificationKey;
  readonly statements: readonly ProvenStatement[];
  /** Positions of signals that are alike in many statements. */
  readonly repeatingSignals: readonly number[];
};
export type VerificationKey = {
  readonly vk_alpha_1: readonly string[];
  readonly vk_beta_2: readonly (readonly string[])[];
  readonly vk_gamma_2: readonly (readonly string[])[];
  readonly vk_delta_2: readonly (readonly string[])[];
  readonly IC: readonly (readonly string[])[];
};

const { Fr } = bn254.fields;

/** More true statements from a few: (ρ·A, ρ⁻¹·B, C) proves the same with other points, so no contender sees a point again. */
export function multiply(statements: readonly ProvenStatement[], count: number): ProvenStatement[] {
  return Array.from({ length: count }, (_, i) => {
    const { proof, signals } = statements[i % statements.length]!;
    return { signals, proof: i < statements.length ? proof : rerandomise(proof, randomScalar()) };
  });
}

const randomScalar = (): bigint => crypto.getRandomValues(new BigUint64Array(4)).reduce((total, part) => (total << 64n) + part, 1n) % FIELD_ORDER;

function rerandomise({ a, b, c }: Proof, factor: bigint): Proof {
  const scaledA = bn254.G1.Point.fromAffine({ x: a[0], y: a[1] }).multiply(factor).toAffine();
  const scaledB = bn254.G2.Point.fromAffine({ x: { c0: b[0][0], c1: b[0][1] }, y: { c0: b[1][0], c1: b[1][1] } }).multiply(Fr.inv(factor)).toAffine();
  return { a: [scaledA.x, scaledA.y], b: [[scaledB.x.c0, scaledB.x.c1], [scaledB.y.c0, scaledB.y.c1]], c };
}

/** Copies that must be refused: C negated, and the last signal one more. */
export function tamper({ proof, signals }: ProvenStatement): ProvenStatement[] {
  const q = bn254.fields.Fp.ORDER;
  return [
    { signals, proof: { ...proof, c: [proof.c[0], q - proof.c[1]] } },
    { signals: signals.with(signals.length - 1, (signals.at(-1)! + 1n) % FIELD_ORDER), proof },
  ];
}
