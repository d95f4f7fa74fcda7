import { afterAll, describe, expect, test } from 'vitest';
import { loadArtifacts } from '#circuits/artifacts.ts';
import { encodeProof } from '#circuits/proof.ts';
import { createProver } from '#circuits/prove.ts';
import { createProofVerifier, parseVerifyingKey, REPEATING_PASS_SIGNALS } from '#circuits/verify/index.ts';
import { FIELD_ORDER } from '#passport/field.ts';
import { SIGNAL_NAMES, signalsToArray } from '#passport/signals.ts';
import { witnessOf } from '../fixture.ts';
import { rerandomise } from './toy-key.ts';

const artifacts = await loadArtifacts();
const prover = createProver(artifacts);
const plain = await prover.prove(witnessOf());
const scoped = await prover.prove({ ...witnessOf({ scope: 0x5c09en, match: true }), deviceKey: 77n });
afterAll(() => prover.close());
const verifier = await createProofVerifier(parseVerifyingKey(artifacts.verificationKey), { repeatingSignals: REPEATING_PASS_SIGNALS });
const statements = [plain, scoped].map(({ proof, signals }) => ({ proof: encodeProof(proof), signals: signalsToArray(signals) }));

test('nullifier, identity tag and device key are not remembered', () => {
  expect(SIGNAL_NAMES.filter((_, i) => !REPEATING_PASS_SIGNALS.includes(i))).toEqual(['nullifier', 'identityTag', 'deviceKey']);
});

describe('a pass made with the shipped artifacts', () => {
  test('is accepted, alone and in a batch', () => {
    for (const { proof, signals } of statements) expect(verifier.verify(proof, signals)).toBe(true);
    expect(verifier.verifyBatch([...statements, ...statements, ...statements])).toEqual(Array.from({ length: 6 }, () => true));
  });
  test('is accepted re-randomised: only the nullifier tells whether it was seen before', () => {
    expect(verifier.verify(encodeProof(rerandomise(plain.proof, 12345n)), statements[0]!.signals)).toBe(true);
  });
  test.each([...SIGNAL_NAMES.entries()])('is refused when signal %d, %s, is another', (index) => {
    for (const { proof, signals } of statements) {
      const value = signals[index]!;
      for (const other of [value + 1n, value + FIELD_ORDER, value === 0n ? 1n : 0n]) {
        expect(verifier.verify(proof, signals.with(index, other as typeof value))).toBe(false);
      }
    }
  });
  test('is refused under the signals of the other pass', () => {
    const [one, two] = statements;
    expect(verifier.verifyBatch([one!, { ...one!, signals: two!.signals }, two!, { ...two!, signals: one!.signals }])).toEqual([true, false, true, false]);
  });
  test('is refused with A and C exchanged', () => {
    const { a, b, c } = plain.proof;
    expect(verifier.verify({ a: c, b, c: a }, statements[0]!.signals)).toBe(false);
  });
});
