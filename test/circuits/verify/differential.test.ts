// The same proofs before our verifier, @zk-kit/groth16 and snarkjs. Where they differ is listed, and is us being stricter.
import { verify as verifyWithZkKit } from '@zk-kit/groth16';
import * as snarkjs from 'snarkjs';
import { afterAll, describe, expect, test } from 'vitest';
import { BASE_FIELD_ORDER } from '#circuits/curve.ts';
import { encodeProof, toSnarkjsProof, type Proof } from '#circuits/proof.ts';
import { createProofVerifier, parseVerifyingKey } from '#circuits/verify/index.ts';
import { FIELD_ORDER } from '#passport/field.ts';
import { pointOfOrder, toCoordinates, toPoint } from './cofactor.ts';
import { createNumbers, createToyKey, g1, g2, passSignals, rerandomise } from './toy-key.ts';

const q = BASE_FIELD_ORDER;
const number = createNumbers(99n);
const { key, prove } = createToyKey(9, 5n);
const verifier = await createProofVerifier(parseVerifyingKey(key), { repeatingSignals: [2, 3] });
const signals = passSignals(number);
const proof = prove(signals);

type Answers = { ours: boolean; zkKit: boolean; snarkjs: boolean };

/** An exception of theirs counts as a refusal. */
async function answersOf(proof: Proof, signals: readonly bigint[]): Promise<Answers> {
  const [written, texts] = [toSnarkjsProof(proof), signals.map(String)];
  const refusing = (answer: () => Promise<boolean>) => answer().catch(() => false);
  return {
    ours: verifier.verify(proof, signals),
    // Its types name the tuples that snarkjs writes as arrays.
    zkKit: await refusing(() => verifyWithZkKit(key as never, { proof: written as never, publicSignals: texts })),
    snarkjs: await refusing(() => snarkjs.groth16.verify(key, texts, written)),
  };
}

const agreed = (answer: boolean): Answers => ({ ours: answer, zkKit: answer, snarkjs: answer });

afterAll(async () => {
  await (globalThis as { curve_bn128?: { terminate: () => Promise<void> } | null }).curve_bn128?.terminate();
});

describe('our verifier, @zk-kit/groth16 and snarkjs agree', () => {
  test.each([1, 2, 3])('on true proofs (%d)', async (seed) => {
    const statement = passSignals(createNumbers(BigInt(seed)));
    expect(await answersOf(prove(statement), statement)).toEqual(agreed(true));
  });
  test('on a re-randomised proof', async () => expect(await answersOf(rerandomise(proof, 31n), signals)).toEqual(agreed(true)));
  test('on the greatest signals', async () => {
    const greatest = signals.map(() => FIELD_ORDER - 1n);
    expect(await answersOf(prove(greatest), greatest)).toEqual(agreed(true));
  });
  test.each<[string, Proof, readonly bigint[]]>([
    ['A negated', { ...proof, a: [proof.a[0], q - proof.a[1]] }, signals],
    ['C replaced', { ...proof, c: g1(9n) }, signals],
    ['B replaced', { ...proof, b: g2(9n) }, signals],
    ['A and C swapped', { a: proof.c, b: proof.b, c: proof.a }, signals],
    ['A off the curve', { ...proof, a: [proof.a[0], proof.a[1] ^ 1n] }, signals],
    ['B off the twist', { ...proof, b: [proof.b[0], [proof.b[1][0], proof.b[1][1] ^ 1n]] }, signals],
    ['one signal more by one', proof, signals.with(6, signals[6]! + 1n)],
    ['two signals swapped', proof, signals.with(2, signals[3]!).with(3, signals[2]!)],
    ['a signal not below r', proof, signals.with(6, signals[6]! + FIELD_ORDER)],
    ['the proof of other signals', prove(passSignals(number)), signals],
  ])('on refusing %s', async (_, bad, statement) => expect(await answersOf(bad, statement)).toEqual(agreed(false)));
  test('on arbitrary exchanges of parts of true proofs', async () => {
    const others = [proof, prove(signals), prove(signals)];
    for (const [i, j, k] of [[0, 0, 0], [1, 1, 1], [0, 1, 2], [0, 0, 1], [2, 1, 1], [1, 2, 1]] as const) {
      const mixed = { a: others[i]!.a, b: others[j]!.b, c: others[k]!.c };
      expect(await answersOf(mixed, signals)).toEqual(agreed(i === j && j === k));
    }
  });
});

describe('our verifier is stricter', () => {
  test('about coordinates that are not below q: theirs reduce them, so one proof has several forms', async () => {
    const aliased: Proof = { ...proof, a: [proof.a[0] + q, proof.a[1]] };
    expect(await answersOf(aliased, signals)).toEqual({ ours: false, zkKit: true, snarkjs: true });
  });
  test('about negative signals: @zk-kit/groth16 checks only the upper bound', async () => {
    const { ours, snarkjs } = await answersOf(proof, signals.with(6, signals[6]! - FIELD_ORDER));
    expect({ ours, snarkjs }).toEqual({ ours: false, snarkjs: false });
  });
  test('about B outside the subgroup: refused before the equation, which is all that theirs go by', async () => {
    const off = { ...proof, b: toCoordinates(toPoint(proof.b).add(pointOfOrder([10069n], 6n))) };
    const curve = (await snarkjs.curves.getCurveFromName('bn128')) as { G2: { fromObject(point: unknown): unknown; isValid(point: unknown): boolean } };
    expect(curve.G2.isValid(curve.G2.fromObject([...off.b, [1n, 0n]]))).toBe(true);
    expect(verifier.verify(off, signals)).toBe(false);
    expect(verifier.verify(encodeProof(off), signals)).toBe(false);
  });
});
