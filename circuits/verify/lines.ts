// The lines of the optimal ate Miller loop for points of the twist, in affine coordinates with one shared inversion for all points of a
// step, and the subgroup check that falls out of them.
//
// The loop of a point Q ends at R = [6x+2]Q + ψ(Q) - ψ²(Q), ψ the untwisted Frobenius. Q lies in the subgroup of order r exactly when
// R = -ψ³(Q). Proof: on the twist ψ² - tψ + q = 0, so f(ψ) = 6x+2 + ψ - ψ² + ψ³ equals b0 + b1ψ with integers b0, b1, and its norm
// N = b0² + b0·b1·t + b1²·q kills whatever f(ψ) kills. N is a multiple of r and gcd(N, r·cofactor) = r (both are recomputed in the
// tests), so f(ψ)Q = 0 leaves Q no order but r; and in the subgroup ψ is multiplication by q, for which f(q) ≡ 0 (mod r).
import { BASE_FIELD_ORDER } from '../curve.ts';
import { FP, FP2, type Mcl, type Pointer } from './mcl.ts';

/** The number from which the curve is made (BN parameter). */
export const BN_X = 4965661367192848881n;
/** Bytes of an affine point of the twist: x, y. */
export const TWIST_POINT = 2 * FP2;
/** Bytes of a line y - λx + ν = 0 through two points of the twist: λ, ν with ν = λ·x1 - y1. */
export const LINE = 2 * FP2;

export type Step = 'double' | 'add' | 'subtract' | 'addFrobenius' | 'subtractFrobenius2';

/** Digits -1, 0, 1 of n, most significant first: the non-adjacent form, but 11 for a leading 1 0 -1 (a line and a square fewer). */
function signedDigits(n: bigint): number[] {
  const digits: number[] = [];
  for (let rest = n; rest > 0n; rest >>= 1n) {
    const digit = rest % 2n === 0n ? 0 : 2 - Number(rest % 4n);
    digits.unshift(digit);
    rest -= BigInt(digit);
  }
  return digits[1] === 0 && digits[2] === -1 ? [1, 1, ...digits.slice(3)] : digits;
}

/** What the Miller loop does; every step yields one line. */
export const MILLER_STEPS: readonly Step[] = [
  ...signedDigits(6n * BN_X + 2n).slice(1).flatMap((digit): Step[] => (digit === 0 ? ['double'] : ['double', digit > 0 ? 'add' : 'subtract'])),
  'addFrobenius',
  'subtractFrobenius2',
];
/** Bytes of the lines of one point; line i stands at i × LINE. */
export const LINES = MILLER_STEPS.length * LINE;

export interface LineMaker {
  /**
   * Writes the lines of `count` affine points of the twist that stand one after the other, and says of each whether it is in the subgroup
   * of order r. The lines of a point that is not are without meaning.
   */
  readonly prepare: (points: Pointer, lines: Pointer, count: number) => boolean[];
}

/** Makes lines for up to `capacity` points at a time. */
export function createLineMaker(mcl: Mcl, xi: Pointer, capacity: number): LineMaker {
  const { add, sub, mul, sqr, neg, isZero, isEqual } = mcl.fp2;
  const area = (bytes: number) => mcl.allocate(bytes * capacity);
  const [current, negated, frobenius, frobenius2, end] = [0, 1, 2, 3, 4].map(() => area(TWIST_POINT)) as [Pointer, Pointer, Pointer, Pointer, Pointer];
  const bottoms = area(FP2);
  const t = mcl.allocate(FP2);
  const applyFrobenius = createFrobenius(mcl, xi);
  const invertAll = createInversion(mcl, bottoms, area(FP));

  function start(points: Pointer, count: number): void {
    for (let i = 0, at = 0; i < count; i++, at += TWIST_POINT) {
      const point = points + at;
      copyPoint(current + at, point);
      copyPoint(negated + at, point);
      neg(negated + at + FP2, negated + at + FP2);
      applyFrobenius(frobenius + at, point);
      applyFrobenius(frobenius2 + at, frobenius + at);
      applyFrobenius(end + at, frobenius2 + at);
      for (const place of [frobenius2, end]) neg(place + at + FP2, place + at + FP2);
    }
  }

  const isSamePoint = (p: Pointer, q: Pointer): boolean => isEqual(p, q) !== 0 && isEqual(p + FP2, q + FP2) !== 0;

  const copyPoint = (to: Pointer, from: Pointer): void => {
    mcl.memory().copyWithin(to, from, from + TWIST_POINT);
  };

  /** Numerator of the slope, into the line's λ, and its denominator. */
  function tangent(line: Pointer, bottom: Pointer, at: Pointer): void {
    sqr(t, at);
    add(line, t, t);
    add(line, line, t);
    add(bottom, at + FP2, at + FP2);
  }

  function chord(line: Pointer, bottom: Pointer, at: Pointer, other: Pointer): void {
    sub(line, at + FP2, other + FP2);
    sub(bottom, at, other);
  }

  /** From slope and points to the line and the sum of the points, which replaces the current one. */
  function advance(line: Pointer, bottom: Pointer, at: Pointer, other: Pointer): void {
    const nu = line + FP2;
    mul(line, line, bottom);
    mul(nu, line, at);
    sub(nu, nu, at + FP2);
    sqr(t, line);
    sub(t, t, at);
    sub(at, t, other);
    mul(t, line, at);
    sub(at + FP2, nu, t);
  }

  function step(others: Pointer, lines: Pointer, valid: boolean[]): void {
    const count = valid.length;
    for (let i = 0; i < count; i++) {
      const [line, bottom, at] = [lines + i * LINES, bottoms + i * FP2, current + i * TWIST_POINT];
      if (others === current) tangent(line, bottom, at);
      else chord(line, bottom, at, others + i * TWIST_POINT);
      // Two points of one x: impossible in the subgroup, whose order is above every multiple that the loop meets.
      if (isZero(bottom) !== 0) {
        valid[i] = false;
        mcl.fp.setInt32(bottom, 1);
      }
    }
    invertAll(count);
    for (let i = 0; i < count; i++) {
      advance(lines + i * LINES, bottoms + i * FP2, current + i * TWIST_POINT, others + i * TWIST_POINT);
    }
  }

  return {
    prepare(points, lines, count) {
      if (count === 0) return [];
      start(points, count);
      const valid = Array.from({ length: count }, () => true);
      const operand = { double: current, add: points, subtract: negated, addFrobenius: frobenius, subtractFrobenius2: frobenius2 };
      for (const [i, name] of MILLER_STEPS.entries()) step(operand[name], lines + i * LINE, valid);
      return valid.map((isRegular, i) => isRegular && isSamePoint(current + i * TWIST_POINT, end + i * TWIST_POINT));
    },
  };
}

/** Replaces `count` elements of Fp2 by their inverses: through their norms, which share one inversion. None may be zero. */
function createInversion(mcl: Mcl, elements: Pointer, norms: Pointer): (count: number) => void {
  const { mul, sqr, add, neg, invVec } = mcl.fp;
  const t = mcl.allocate(FP);
  return (count) => {
    if (count === 1) return mcl.fp2.inv(elements, elements);
    for (let i = 0; i < count; i++) {
      const [element, norm] = [elements + i * FP2, norms + i * FP];
      sqr(norm, element);
      sqr(t, element + FP);
      add(norm, norm, t);
    }
    invVec(norms, norms, count);
    for (let i = 0; i < count; i++) {
      const [element, norm] = [elements + i * FP2, norms + i * FP];
      mul(element, element, norm);
      neg(norm, norm);
      mul(element + FP, element + FP, norm);
    }
  };
}

/** ψ(x, y) = (x̄·ξ^((q-1)/3), ȳ·ξ^((q-1)/2)), the bar being the conjugate in Fp2. */
function createFrobenius(mcl: Mcl, xi: Pointer): (result: Pointer, point: Pointer) => void {
  const factors = mcl.allocate(TWIST_POINT);
  power(mcl, factors, xi, (BASE_FIELD_ORDER - 1n) / 3n);
  power(mcl, factors + FP2, xi, (BASE_FIELD_ORDER - 1n) / 2n);
  const t = mcl.allocate(FP2);
  const zero = mcl.allocate(FP);
  return (result, point) => {
    for (const part of [0, FP2]) {
      mcl.fp.add(t, point + part, zero);
      mcl.fp.neg(t + FP, point + part + FP);
      mcl.fp2.mul(result + part, t, factors + part);
    }
  };
}

function power(mcl: Mcl, result: Pointer, base: Pointer, exponent: bigint): void {
  mcl.fp.setInt32(result, 1);
  for (const bit of exponent.toString(2)) {
    mcl.fp2.sqr(result, result);
    if (bit === '1') mcl.fp2.mul(result, result, base);
  }
}
