// The product of Miller loops over lines made before (lines.ts): the lines of all pairs are multiplied in twos and threes, then into one
// accumulator, so that the squarings are shared.
//
// With w⁶ = ξ = 9 + i and v = w², the line of a step, divided by the y of the G1 point (final exponentiation takes factors of Fp away), is
// 1 + (c + a·v)·w with c = -λ·x/y and a = ν/y. An element of Fp12 stands in memory as the coefficients of 1, v, v², w, vw, v²w.
import { FP, FP2, type Mcl, type Pointer } from './mcl.ts';
import { LINE, MILLER_STEPS } from './lines.ts';

/** Bytes of a G1 point as the loop wants it: -x/y, 1/y of the affine point. */
export const ARGUMENT = 2 * FP;

/** One pairing of a product: lines of the G2 point, argument made from the G1 point. */
export type Pair = { readonly lines: Pointer; readonly argument: Pointer };

export interface MillerLoop {
  /** Writes the argument for a Jacobian point, or for its negative. That of infinity (z = 0) is 0, 0: its lines are 1. */
  readonly writeArgument: (result: Pointer, point: Pointer, negative: boolean) => void;
  /** The product of the Miller loops of the pairs, without final exponentiation. */
  readonly run: (result: Pointer, pairs: readonly Pair[]) => void;
}

export function createMillerLoop(mcl: Mcl): MillerLoop {
  const { add, sub, mul } = mcl.fp2;
  const { mul: mulFp, add: addFp, sub: subFp, mulUnit } = mcl.fp;
  const space = (elements: number) => mcl.allocate(elements * FP2);
  const one = space(1);
  mcl.fp.setInt32(one, 1);
  const [lineA, lineB, lineC, product, triple] = [space(2), space(2), space(2), space(6), space(6)];
  const evaluated = [lineA, lineB, lineC];
  const [s, t, u, m0, m1] = [space(1), space(1), space(1), space(1), space(1)];

  /** x·(9 + i) = (9·c0 - c1) + (9·c1 + c0)·i; the result is not the operand. */
  function timesXi(result: Pointer, x: Pointer): void {
    mulUnit(result, x, 9);
    subFp(result, result, x + FP);
    mulUnit(result + FP, x + FP, 9);
    addFp(result + FP, result + FP, x);
  }

  /** c and a of a line at a point. */
  function evaluate(result: Pointer, line: Pointer, argument: Pointer): void {
    mulFp(result, line, argument);
    mulFp(result + FP, line + FP, argument);
    mulFp(result + FP2, line + FP2, argument + FP);
    mulFp(result + FP2 + FP, line + FP2 + FP, argument + FP);
  }

  /** (1 + (c1 + a1·v)w)(1 + (c2 + a2·v)w), three multiplications; the coefficient of v²w is 0. */
  function multiplyTwo(p: Pointer, line1: Pointer, line2: Pointer): void {
    const [c1, a1, c2, a2] = [line1, line1 + FP2, line2, line2 + FP2];
    mul(p + FP2, c1, c2);
    mul(t, a1, a2);
    add(p + 3 * FP2, c1, a1);
    add(u, c2, a2);
    mul(p + 2 * FP2, p + 3 * FP2, u);
    sub(p + 2 * FP2, p + 2 * FP2, p + FP2);
    sub(p + 2 * FP2, p + 2 * FP2, t);
    timesXi(p, t);
    add(p, p, one);
    add(p + 3 * FP2, c1, c2);
    add(p + 4 * FP2, a1, a2);
  }

  /** That product times a third line 1 + (c + a·v)w, eight multiplications. */
  function multiplyThird(result: Pointer, p: Pointer, line: Pointer): void {
    const [c, a] = [line, line + FP2];
    const [z0, z1, z2, z3, z4] = [p, p + FP2, p + 2 * FP2, p + 3 * FP2, p + 4 * FP2];
    add(s, c, a);
    // (z3 + z4·v)(c + a·v)·v, added to the even part
    mul(m0, z3, c);
    mul(m1, z4, a);
    add(t, z3, z4);
    mul(t, t, s);
    sub(t, t, m0);
    sub(t, t, m1);
    add(result + 2 * FP2, z2, t);
    add(result + FP2, z1, m0);
    timesXi(t, m1);
    add(result, z0, t);
    // (z0 + z1·v + z2·v²)(c + a·v), added to the odd part
    mul(m0, z0, c);
    mul(m1, z1, a);
    add(t, z0, z1);
    mul(t, t, s);
    sub(t, t, m0);
    sub(t, t, m1);
    add(result + 4 * FP2, z4, t);
    mul(u, z2, a);
    timesXi(t, u);
    add(t, t, m0);
    add(result + 3 * FP2, z3, t);
    mul(t, z2, c);
    add(result + 5 * FP2, t, m1);
  }

  /** A line alone. */
  function copyLine(p: Pointer, line: Pointer): void {
    mcl.fp12.setInt32(p, 1);
    mcl.memory().copyWithin(p + 3 * FP2, line, line + 2 * FP2);
  }

  /** The product of as many of the evaluated lines as are asked for. */
  function productOf(count: number): Pointer {
    if (count === 1) copyLine(product, lineA);
    else multiplyTwo(product, lineA, lineB);
    if (count < 3) return product;
    multiplyThird(triple, product, lineC);
    return triple;
  }

  function multiplyLines(f: Pointer, pairs: readonly Pair[], offset: number): void {
    for (let i = 0; i < pairs.length; ) {
      const left = pairs.length - i;
      const count = left === 3 ? 3 : Math.min(left, 2);
      for (let k = 0; k < count; k++) {
        const { lines, argument } = pairs[i++]!;
        evaluate(evaluated[k]!, lines + offset, argument);
      }
      mcl.fp12.mul(f, f, productOf(count));
    }
  }

  const inverse = mcl.allocate(FP);
  return {
    writeArgument(result, point, negative) {
      const [x, y, z] = [point, point + FP, point + 2 * FP];
      mcl.fp.inv(inverse, y);
      mulFp(result, x, z);
      mulFp(result, result, inverse);
      mcl.fp.sqr(result + FP, z);
      mulFp(result + FP, result + FP, z);
      mulFp(result + FP, result + FP, inverse);
      const sign = negative ? result + FP : result;
      mcl.fp.neg(sign, sign);
    },
    run(result, pairs) {
      mcl.fp12.setInt32(result, 1);
      for (const [i, step] of MILLER_STEPS.entries()) {
        if (step === 'double' && i > 0) mcl.fp12.sqr(result, result);
        multiplyLines(result, pairs, i * LINE);
      }
    },
  };
}
