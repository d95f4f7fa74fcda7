// Other verifiers of the same proofs: as their packages offer them, and hand-made ones that prepare the key, the best that each library allows.
import { bn254 } from '@noble/curves/bn254.js';
import { verify as verifyWithZkKit } from '@zk-kit/groth16';
import { buildBn128, type Bn128 } from 'ffjavascript';
import * as mcl from 'mcl-wasm';
import * as snarkjs from 'snarkjs';
import { encodeProof, toSnarkjsProof } from '#circuits/proof.ts';
import { createProofVerifier, parseVerifyingKey } from '#circuits/verify/index.ts';
import type { Case, ProvenStatement, VerificationKey } from './statement.ts';

export type Contender = {
  readonly name: string;
  /** Brings statements into the form in which the contender gets them; not measured. */
  readonly prepare: (statements: readonly ProvenStatement[]) => () => Promise<boolean[]>;
  readonly close?: () => Promise<void>;
};

/** A contender that takes one statement at a time. */
function oneByOne<Form>(name: string, form: (statement: ProvenStatement) => Form, verify: (form: Form) => boolean | Promise<boolean>, close?: () => Promise<void>): Contender {
  const prepare = (statements: readonly ProvenStatement[]) => {
    const forms = statements.map(form);
    return async () => {
      const answers: boolean[] = [];
      for (const each of forms) answers.push(await verify(each));
      return answers;
    };
  };
  return { name, prepare, ...(close && { close }) };
}

/** snarkjs and @zk-kit/groth16 take the curve that stands in the realm: with worker threads or without. */
function withCurve<Form>(curve: Bn128, verify: (form: Form) => Promise<boolean>): (form: Form) => Promise<boolean> {
  return (form) => {
    (globalThis as { curve_bn128?: Bn128 | null }).curve_bn128 = curve;
    return verify(form);
  };
}

const toTexts = ({ proof, signals }: ProvenStatement) => ({ proof: toSnarkjsProof(proof), signals: signals.map(String) });
const toBigints = (point: readonly (string | readonly string[])[]): (bigint | bigint[])[] => point.map((part) => (typeof part === 'string' ? BigInt(part) : part.map(BigInt)));

export async function packages({ key }: Case): Promise<Contender[]> {
  const shared = globalThis as { curve_bn128?: Bn128 | null };
  const [single, threads] = [await buildBn128(true), await buildBn128()];
  shared.curve_bn128 = null;
  const withSnarkjs = ({ proof, signals }: ReturnType<typeof toTexts>) => snarkjs.groth16.verify(key, signals, proof);
  const withZkKit = ({ proof, signals }: ReturnType<typeof toTexts>) => verifyWithZkKit(key, { proof, publicSignals: signals });
  // It uses the curve of its own copy of the library, made at the first call.
  let zkKitCurve: Bn128 | undefined;
  const zkKit = async (form: ReturnType<typeof toTexts>) => {
    shared.curve_bn128 = zkKitCurve ?? null;
    const answer = await withZkKit(form);
    zkKitCurve = shared.curve_bn128 ?? undefined;
    return answer;
  };
  return [
    oneByOne('snarkjs 0.7.6, one thread', toTexts, withCurve(single, withSnarkjs)),
    oneByOne('snarkjs 0.7.6, worker threads', toTexts, withCurve(threads, withSnarkjs), async () => {
      shared.curve_bn128 = threads;
      await threads.terminate();
    }),
    oneByOne('@zk-kit/groth16 0.5.0', toTexts, zkKit, async () => {
      shared.curve_bn128 = zkKitCurve ?? null;
      await zkKitCurve?.terminate();
    }),
  ];
}

/** ffjavascript without threads, the key's G2 points and e(α, β) prepared. No subgroup check, as in snarkjs. */
export async function preparedFfjavascript({ key }: Case): Promise<Contender> {
  const curve = await buildBn128(true);
  const { G1, G2, Gt } = curve;
  const g1 = (point: readonly unknown[]) => curve.prepareG1(G1.toJacobian(G1.fromObject(point)));
  const g2 = (point: readonly unknown[]) => curve.prepareG2(G2.toJacobian(G2.fromObject(point)));
  const [gamma, delta, beta] = [key.vk_gamma_2, key.vk_delta_2, key.vk_beta_2].map((point) => g2(toBigints(point))) as [Uint8Array, Uint8Array, Uint8Array];
  const target = curve.finalExponentiation(curve.millerLoop(g1(toBigints(key.vk_alpha_1)), beta));
  const ic = key.IC.map((point) => G1.fromObject(toBigints(point)));
  return oneByOne('ffjavascript 0.3.1, prepared key', (statement) => statement, ({ proof: { a, b, c }, signals }) => {
    const [pointA, pointB, pointC] = [G1.fromObject([...a, 1n]), G2.fromObject([...b, [1n, 0n]]), G1.fromObject([...c, 1n])];
    if (!G1.isValid(pointA) || !G2.isValid(pointB) || !G1.isValid(pointC)) return false;
    const sum = signals.reduce((total, signal, i) => (signal === 0n ? total : G1.add(total, G1.timesFr(ic[i + 1]!, curve.Fr.fromObject(signal)))), ic[0]!);
    const loops = [
      curve.millerLoop(curve.prepareG1(G1.toJacobian(pointA)), curve.prepareG2(G2.toJacobian(pointB))),
      curve.millerLoop(curve.prepareG1(G1.neg(G1.toJacobian(sum))), gamma),
      curve.millerLoop(curve.prepareG1(G1.neg(G1.toJacobian(pointC))), delta),
    ];
    return Gt.eq(curve.finalExponentiation(loops.reduce((product, loop) => Gt.mul(product, loop))), target);
  });
}

/** mcl through its public interface: prepared lines of gamma and delta, e(α, β), subgroup check of B by its order. */
export async function preparedMcl({ key }: Case): Promise<Contender> {
  await mcl.init(mcl.BN_SNARK1);
  const g1 = ([x, y]: readonly unknown[]) => {
    const point = new mcl.G1();
    point.setStr(`1 ${String(x)} ${String(y)}`);
    return point;
  };
  const g2 = (point: readonly (readonly unknown[])[]) => {
    const result = new mcl.G2();
    result.setStr(`1 ${point.slice(0, 2).flat().join(' ')}`); // checks curve and order
    return result;
  };
  const [gamma, delta] = [new mcl.PrecomputedG2(g2(key.vk_gamma_2)), new mcl.PrecomputedG2(g2(key.vk_delta_2))];
  const target = mcl.pairing(g1(key.vk_alpha_1), g2(key.vk_beta_2));
  const ic = key.IC.map(g1);
  const toScalar = (value: bigint) => {
    const scalar = new mcl.Fr();
    scalar.setStr(`${value}`);
    return scalar;
  };
  const verify = ({ proof: { a, b, c }, signals }: ProvenStatement): boolean => {
    const used = signals.flatMap((signal, i) => (signal === 0n ? [] : [{ point: ic[i + 1]!, scalar: toScalar(signal) }]));
    const sum = mcl.add(ic[0]!, mcl.mulVec(used.map(({ point }) => point), used.map(({ scalar }) => scalar)));
    const product = mcl.mul(mcl.precomputedMillerLoop2mixed(g1(a), g2(b), mcl.neg(g1(c)), delta), mcl.precomputedMillerLoop(mcl.neg(sum), gamma));
    return mcl.finalExp(product).isEqual(target);
  };
  return oneByOne('mcl-wasm 2.4.1, prepared key', (statement) => statement, (statement) => {
    try {
      return verify(statement);
    } catch {
      return false; // a point that is none
    }
  }, async () => {
    gamma.destroy();
    delta.destroy();
  });
}

export function noble({ key }: Case): Contender {
  const { G1, G2 } = bn254;
  const { Fp12 } = bn254.fields;
  type Coordinates = readonly [readonly [bigint, bigint], readonly [bigint, bigint]];
  const g1 = ([x, y]: readonly [bigint, bigint]) => G1.Point.fromAffine({ x, y });
  const g2 = ([x, y]: Coordinates) => G2.Point.fromAffine({ x: { c0: x[0], c1: x[1] }, y: { c0: y[0], c1: y[1] } });
  const keyG1 = (point: readonly string[]) => g1([BigInt(point[0]!), BigInt(point[1]!)]);
  const keyG2 = (point: VerificationKey['vk_beta_2']) => g2([point[0]!.map(BigInt), point[1]!.map(BigInt)] as unknown as Coordinates);
  const [alpha, beta, gamma, delta] = [keyG1(key.vk_alpha_1), keyG2(key.vk_beta_2), keyG2(key.vk_gamma_2), keyG2(key.vk_delta_2)];
  const target = bn254.pairing(alpha, beta);
  const ic = key.IC.map(keyG1);
  return oneByOne('@noble/curves 2.4.0, prepared key', (statement) => statement, ({ proof, signals }) => {
    const [a, b, c] = [g1(proof.a), g2(proof.b), g1(proof.c)];
    for (const point of [a, c]) point.assertValidity();
    b.assertValidity();
    const sum = signals.reduce((total, signal, i) => (signal === 0n ? total : total.add(ic[i + 1]!.multiplyUnsafe(signal))), ic[0]!);
    return Fp12.eql(bn254.pairingBatch([{ g1: a, g2: b }, { g1: sum.negate(), g2: gamma }, { g1: c.negate(), g2: delta }]), target);
  });
}

/** Ours, from the 128 bytes of the wire. */
export async function ours({ key, repeatingSignals }: Case): Promise<{ single: Contender; batch: (size: number) => Contender }> {
  const verifier = await createProofVerifier(parseVerifyingKey(key), { repeatingSignals });
  const toBytes = ({ proof, signals }: ProvenStatement) => ({ proof: encodeProof(proof), signals });
  return {
    single: oneByOne('ours', toBytes, ({ proof, signals }) => verifier.verify(proof, signals)),
    batch: (size) => ({
      name: `ours, batch of ${size}`,
      prepare(statements) {
        const forms = statements.map(toBytes);
        const batches = Array.from({ length: Math.ceil(forms.length / size) }, (_, i) => forms.slice(i * size, (i + 1) * size));
        return async () => batches.flatMap((batch) => verifier.verifyBatch(batch));
      },
    }),
  };
}
