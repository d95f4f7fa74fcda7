import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeProof, type Proof } from '#circuits/proof.ts';
import { createProofVerifier, parseVerifyingKey, type Statement } from '#circuits/verify/index.ts';
import { COFACTOR_PRIMES, pointOfOrder, toCoordinates, toPoint } from './cofactor.ts';
import { addG1, createNumbers, createToyKey, g1, passSignals } from './toy-key.ts';

const number = createNumbers(7n);
const { key, prove } = createToyKey(9, 3n);
const verifier = await createProofVerifier(parseVerifyingKey(key), { repeatingSignals: [2, 3, 4, 5, 6, 7] });
const statements: Statement[] = Array.from({ length: 70 }, () => {
  const signals = passSignals(number);
  return { proof: encodeProof(prove(signals)), signals };
});
const points = (): { proof: Proof; signals: bigint[] } => {
  const signals = passSignals(number);
  return { proof: prove(signals), signals };
};
const all = (count: number, value: boolean): boolean[] => Array.from({ length: count }, () => value);
/** The statement with the signals of the next one: well formed, not true. */
const spoil = (i: number): Statement => ({ proof: statements[i]!.proof, signals: statements[(i + 1) % statements.length]!.signals });

describe('verifyBatch', () => {
  test('answers an empty batch with nothing', () => expect(verifier.verifyBatch([])).toEqual([]));
  test.each([1, 2, 3, 4, 5, 16, 63, 64, 65, 70])('accepts %d true proofs', (count) => {
    expect(verifier.verifyBatch(statements.slice(0, count))).toEqual(all(count, true));
  });
  test.each([0, 1, 31, 32, 62, 63])('finds the one wrong proof among 64, at place %d, and refuses it alone', (place) => {
    const batch = statements.slice(0, 64).with(place, spoil(place));
    expect(verifier.verifyBatch(batch)).toEqual(all(64, true).with(place, false));
  });
  test('refuses every one of a batch of wrong proofs', () => {
    const batch = Array.from({ length: 24 }, (_, i) => spoil(i));
    expect(verifier.verifyBatch(batch)).toEqual(all(24, false));
  });
  test('accepts the same statement many times over', () => {
    expect(verifier.verifyBatch(Array.from({ length: 20 }, () => statements[0]!))).toEqual(all(20, true));
  });
  test('refuses the same wrong statement many times over', () => {
    const batch = Array.from({ length: 9 }, () => spoil(4));
    expect(verifier.verifyBatch([...batch, statements[0]!])).toEqual([...all(9, false), true]);
  });
  test('gives each its own answer, whatever is wrong and wherever', () => {
    const malformed: Statement[] = [
      { proof: new Uint8Array(128), signals: statements[0]!.signals },
      { proof: new Uint8Array(3), signals: statements[0]!.signals },
      { proof: statements[0]!.proof, signals: [] },
      { proof: {} as Proof, signals: statements[0]!.signals },
    ];
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(69), fc.constantFrom('true', 'true', 'wrong', 'malformed')), { maxLength: 30 }), (choice) => {
      const batch = choice.map(([i, kind]) => (kind === 'true' ? statements[i]! : kind === 'wrong' ? spoil(i) : malformed[i % 4]!));
      expect(verifier.verifyBatch(batch)).toEqual(choice.map(([, kind]) => kind === 'true'));
    }), { numRuns: 40 });
  });
  test('agrees with verify on mutated proofs', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(69), fc.nat(8 * 128 - 1), fc.boolean()), { minLength: 4, maxLength: 12 }), (choice) => {
      const batch = choice.map(([i, bit, mutated]) => {
        const proof = Uint8Array.from(statements[i]!.proof as Uint8Array);
        if (mutated) proof[bit >> 3]! ^= 1 << (bit & 7);
        return { proof, signals: statements[i]!.signals };
      });
      expect(verifier.verifyBatch(batch)).toEqual(choice.map(([, , mutated]) => !mutated));
    }), { numRuns: 40 });
  });
});

describe('verifyBatch refuses both of two wrong proofs that cancel each other', () => {
  const good = Array.from({ length: 6 }, points);
  const shift = g1(123456789n);
  const negativeShift = g1(-123456789n);
  test('in C under equal weights', () => {
    const [one, two] = [points(), points()];
    const bad = [
      { ...one, proof: { ...one.proof, c: addG1(one.proof.c, shift) } },
      { ...two, proof: { ...two.proof, c: addG1(two.proof.c, negativeShift) } },
    ];
    // The sum of the C is the true one: a verifier without random weights would accept.
    expect(addG1(bad[0]!.proof.c, bad[1]!.proof.c)).toEqual(addG1(one.proof.c, two.proof.c));
    expect(verifier.verifyBatch([bad[0]!, ...good, bad[1]!])).toEqual([false, ...all(6, true), false]);
    expect(verifier.verifyBatch([...bad, ...good])).toEqual([false, false, ...all(6, true)]);
  });
  test('in the signals under equal weights', () => {
    const [one, two] = [points(), points()];
    const bad = [
      { ...one, signals: one.signals.with(6, one.signals[6]! + 1n) },
      { ...two, signals: two.signals.with(6, two.signals[6]! - 1n) },
    ];
    expect(verifier.verifyBatch([...bad, ...good])).toEqual([false, false, ...all(6, true)]);
  });
  test('in A of proofs with one B', () => {
    const [one, two, three, four] = [points(), points(), points(), points()];
    // The toy key uses the same B again after four proofs.
    const five = points();
    expect(one.proof.b).toEqual(five.proof.b);
    const bad = [
      { ...one, proof: { ...one.proof, a: addG1(one.proof.a, shift) } },
      { ...five, proof: { ...five.proof, a: addG1(five.proof.a, negativeShift) } },
    ];
    expect(verifier.verifyBatch([...bad, two, three, four])).toEqual([false, false, true, true, true]);
  });
  test('in C of statements exchanged among themselves', () => {
    const [one, two] = [points(), points()];
    const bad = [{ ...one, proof: { ...one.proof, c: two.proof.c } }, { ...two, proof: { ...two.proof, c: one.proof.c } }];
    expect(verifier.verifyBatch([...good, ...bad])).toEqual([...all(6, true), false, false]);
  });
});

describe('verifyBatch and the subgroup', () => {
  test.each(COFACTOR_PRIMES)('refuses B off by a point of order %d without disturbing the others', (prime) => {
    const batch: Statement[] = Array.from({ length: 8 }, points);
    const { proof, signals } = points();
    const off = { proof: { ...proof, b: toCoordinates(toPoint(proof.b).add(pointOfOrder([prime], 21n))) }, signals };
    expect(verifier.verifyBatch(batch.toSpliced(3, 0, off))).toEqual(all(9, true).with(3, false));
  });
  test('refuses two B whose parts outside the subgroup cancel', () => {
    const part = pointOfOrder([10069n], 4n);
    const batch = Array.from({ length: 4 }, points);
    const [one, two] = [points(), points()];
    const bad = [one, two].map(({ proof, signals }, i) => ({ signals, proof: { ...proof, b: toCoordinates(toPoint(proof.b).add(i === 0 ? part : part.negate())) } }));
    expect(verifier.verifyBatch([...batch, ...bad])).toEqual([...all(4, true), false, false]);
  });
});
