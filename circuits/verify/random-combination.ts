// The random coefficients of batch verification, and sums of points under them. A coefficient is an element Σ 4^k·d_k (32 digits) of the
// ring Z[ω], ω² + ω + 1 = 0, which acts on G1 through the endomorphism (x, y) -> (βx, y): a digit is one of sixteen that are distinct mod 4,
// and the multiples of a point by all of them cost an addition and a doubling.
//
// Coefficients are 2^128 and distinct mod r: two different digit strings differ mod 4 at their lowest difference, so they are different
// elements; their difference has a norm below r, while the elements of Z[ω] that act as 0 are multiples of one of norm r. A combination in
// which a wrong proof takes part is therefore accepted with probability 2^-128 at most.
import { FIELD_ORDER } from '#passport/field.ts';
import { BN_X } from './lines.ts';
import { FP, G1, type Mcl, type Pointer } from './mcl.ts';
import type { PointReader } from './points.ts';

/** ω as a number mod r and as a factor of x coordinates. */
export const OMEGA = 36n * BN_X ** 4n - 1n;
export const BETA = 21888242871839275220042445260109153167277707414472061641714758635765020556616n;

/** Digits as a + bω: 0, the six units, the units times 1 - ω, and twice 1, ω, ω². */
export const DIGITS: readonly (readonly [a: number, b: number])[] = [
  [0, 0],
  [1, 0], [0, 1], [-1, -1], [-1, 0], [0, -1], [1, 1],
  [1, -1], [1, 2], [-2, -1], [-1, 1], [-1, -2], [2, 1],
  [2, 0], [0, 2], [-2, -2],
];
const DIGIT_COUNT = 32;
/** Bytes of the multiples of a point by all digits but 0, in their order. */
export const MULTIPLES = (DIGITS.length - 1) * G1;

export type Coefficient = { readonly digits: Uint8Array; readonly value: bigint };

/** From 16 random bytes; digits are most significant first. */
export function coefficientFromBytes(bytes: Uint8Array): Coefficient {
  const digits = new Uint8Array(DIGIT_COUNT);
  let [a, b] = [0n, 0n];
  for (let i = 0; i < DIGIT_COUNT; i++) {
    const digit = (bytes[i >> 1]! >> (4 * (i & 1))) & 15;
    digits[i] = digit;
    a = 4n * a + BigInt(DIGITS[digit]![0]);
    b = 4n * b + BigInt(DIGITS[digit]![1]);
  }
  const value = (a + b * OMEGA) % FIELD_ORDER;
  return { digits, value: value < 0n ? value + FIELD_ORDER : value };
}

export const drawCoefficient = (): Coefficient => coefficientFromBytes(crypto.getRandomValues(new Uint8Array(DIGIT_COUNT / 2)));

export type Term = { readonly multiples: Pointer; readonly coefficient: Coefficient };

export interface Combiner {
  /** Writes the multiples of `count` points (z = 1) that stand one after the other. */
  readonly prepare: (points: Pointer, multiples: Pointer, count: number) => void;
  /** Σ coefficient × point. */
  readonly combine: (result: Pointer, terms: readonly Term[]) => void;
}

export function createCombiner(mcl: Mcl, reader: PointReader, capacity: number): Combiner {
  const { mul, add, neg, setInt32: set } = mcl.fp;
  const beta = mcl.allocate(FP);
  const zero = mcl.allocate(FP);
  // Per point: itself, (1 - ω) times it, twice it.
  const bases = mcl.allocate(3 * G1 * capacity);
  const t = mcl.allocate(G1);
  reader.coordinate(beta, BETA);

  /** The multiples by 1, ω, ω² and, where asked, their negatives: x, βx, β²x = -x - βx with one y. */
  function writeUnits(result: Pointer, point: Pointer, signs: readonly boolean[]): void {
    const [x, y] = [point, point + FP];
    for (const [k, negative] of signs.entries()) {
      for (let i = 0; i < 3; i++) {
        const at = result + (3 * k + i) * G1;
        if (i === 0) add(at, x, zero);
        else mul(at, at - G1, beta);
        if (negative) neg(at + FP, y);
        else add(at + FP, y, zero);
        set(at + 2 * FP, 1);
      }
    }
  }

  return {
    prepare(points, multiples, count) {
      for (let i = 0; i < count; i++) {
        const [point, base] = [points + i * G1, bases + 3 * i * G1];
        mcl.g1.dbl(base + 2 * G1, point);
        mul(t, point, beta);
        add(t + FP, point + FP, zero);
        set(t + 2 * FP, 1);
        mcl.g1.sub(base + G1, point, t);
        for (const part of [0, FP, 2 * FP]) add(base + part, point + part, zero);
      }
      mcl.g1.normalizeVec(bases, bases, 3 * count);
      for (let i = 0; i < count; i++) {
        const [to, base] = [multiples + i * MULTIPLES, bases + 3 * i * G1];
        writeUnits(to, base, [false, true]);
        writeUnits(to + 6 * G1, base + G1, [false, true]);
        writeUnits(to + 12 * G1, base + 2 * G1, [false]);
      }
    },
    combine(result, terms) {
      mcl.g1.clear(result);
      for (let k = 0; k < DIGIT_COUNT; k++) {
        mcl.g1.dbl(result, result);
        mcl.g1.dbl(result, result);
        for (const { multiples, coefficient } of terms) {
          const digit = coefficient.digits[k]!;
          if (digit !== 0) mcl.g1.add(result, result, multiples + (digit - 1) * G1);
        }
      }
    },
  };
}
