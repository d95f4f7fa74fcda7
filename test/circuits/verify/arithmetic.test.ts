import { bn254 } from '@noble/curves/bn254.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BASE_FIELD_ORDER, liftG1, liftTwist } from '#circuits/curve.ts';
import { loadEngine } from '#circuits/verify/engine.ts';
import { createInputSum } from '#circuits/verify/input-sum.ts';
import { LINES, TWIST_POINT } from '#circuits/verify/lines.ts';
import { FP12, G1, type Pointer } from '#circuits/verify/mcl.ts';
import { ARGUMENT } from '#circuits/verify/miller.ts';
import { BETA, coefficientFromBytes, DIGITS, drawCoefficient, MULTIPLES, OMEGA } from '#circuits/verify/random-combination.ts';
import { FIELD_ORDER, integerToBytes } from '#passport/field.ts';
import { createNumbers, g1, g2 } from './toy-key.ts';

const q = BASE_FIELD_ORDER;
const r = FIELD_ORDER;
const { mcl, reader, lineMaker, miller, combiner, workspace } = await loadEngine();
const number = createNumbers(11n);
const bytesAt = (address: Pointer, length: number) => mcl.memory().slice(address, address + length);
const base = bn254.G1.Point.BASE;

/** Whether a Jacobian point in memory is scalar·G. */
function isMultiple(point: Pointer, scalar: bigint): boolean {
  const expected = mcl.allocate(2 * G1);
  const reduced = ((scalar % r) + r) % r;
  let equal = mcl.g1.isZero(point) !== 0;
  if (reduced !== 0n) {
    reader.g1(expected, g1(reduced));
    mcl.g1.normalizeVec(expected + G1, point, 1);
    equal = Buffer.compare(bytesAt(expected, G1), bytesAt(expected + G1, G1)) === 0;
  }
  mcl.free(expected);
  return equal;
}

describe('reading compressed points', () => {
  const x = fc.bigInt({ min: 0n, max: 2n ** 254n - 1n });
  const edge = fc.constantFrom(0n, 1n, 2n, 3n, 4n, q - 4n, q - 2n, q - 1n, q, q + 1n, 2n ** 254n - 1n);
  test('of G1 agrees with square roots in plain arithmetic', () => {
    const [fromBytes, fromNumbers] = [mcl.allocate(G1), mcl.allocate(G1)];
    fc.assert(fc.property(fc.oneof(x, edge), fc.boolean(), (value, larger) => {
      const bytes = integerToBytes(value, 32);
      if (larger) bytes[0]! |= 0x80;
      const expected = value < q ? liftG1(value, larger) : undefined;
      expect(reader.compressedG1(fromBytes, bytes, 0)).toBe(expected !== undefined);
      if (expected === undefined) return;
      expect(reader.g1(fromNumbers, expected)).toBe(true);
      expect(bytesAt(fromBytes, G1)).toEqual(bytesAt(fromNumbers, G1));
    }), { numRuns: 400 });
  });
  test('of the twist agrees with square roots in plain arithmetic', () => {
    const [fromBytes, fromNumbers] = [mcl.allocate(TWIST_POINT), mcl.allocate(TWIST_POINT)];
    fc.assert(fc.property(fc.oneof(x, edge), fc.oneof(x, edge), fc.boolean(), (c0, c1, larger) => {
      const bytes = Uint8Array.from([...integerToBytes(c1, 32), ...integerToBytes(c0, 32)]);
      if (larger) bytes[0]! |= 0x80;
      const expected = c0 < q && c1 < q ? liftTwist([c0, c1], larger) : undefined;
      expect(reader.compressedTwist(fromBytes, bytes, 0)).toBe(expected !== undefined);
      if (expected === undefined) return;
      expect(reader.twist(fromNumbers, expected)).toBe(true);
      expect(bytesAt(fromBytes, TWIST_POINT)).toEqual(bytesAt(fromNumbers, TWIST_POINT));
    }), { numRuns: 400 });
  });
});

describe('reading points given as numbers', () => {
  test('refuses what is not on the curve', () => {
    const place = mcl.allocate(TWIST_POINT);
    const [[x, y], [u, v]] = [g1(5n), g2(5n)];
    expect([reader.g1(place, [x, y]), reader.twist(place, [u, v])]).toEqual([true, true]);
    expect([reader.g1(place, [x, y - 1n]), reader.g1(place, [x + 1n, y])]).toEqual([false, false]);
    expect([reader.twist(place, [u, [v[0] - 1n, v[1]]]), reader.twist(place, [[u[0], u[1] + 1n], v])]).toEqual([false, false]);
    // On y² = x³ + another constant, where the formulas of the loop would not notice.
    expect(reader.twist(place, [[4n * u[0] % q, 4n * u[1] % q], [8n * v[0] % q, 8n * v[1] % q]])).toBe(false);
  });
});

describe('the product of Miller loops', () => {
  /** Π e(±a_i·G, b_i·H) = 1 */
  function isOne(terms: readonly { a: bigint; b: bigint; negative: boolean }[]): boolean {
    const pairs = terms.map(({ a, b, negative }, i) => {
      reader.g1(workspace.a + i * G1, g1(a));
      reader.twist(workspace.b + i * TWIST_POINT, g2(b));
      miller.writeArgument(workspace.argumentsOf + i * ARGUMENT, workspace.a + i * G1, negative);
      return { lines: workspace.lines + i * LINES, argument: workspace.argumentsOf + i * ARGUMENT };
    });
    lineMaker.prepare(workspace.b, workspace.lines, terms.length);
    const product = mcl.allocate(FP12);
    miller.run(product, pairs);
    mcl.finalExponentiation(product, product);
    const answer = mcl.fp12.isOne(product) !== 0;
    mcl.free(product);
    return answer;
  }
  test.each([2, 3, 4, 5, 6, 7, 8])('of %d pairs is 1 exactly when the products of the scalars add up to 0', (count) => {
    const terms = Array.from({ length: count - 1 }, (_, i) => ({ a: number(), b: number(), negative: i % 2 === 0 }));
    const sum = terms.reduce((total, { a, b, negative }) => total + (negative ? -a : a) * b, 0n);
    const last = (((-sum % r) + r) % r);
    expect(isOne([...terms, { a: last, b: 1n, negative: false }])).toBe(true);
    expect(isOne([...terms, { a: last + 1n, b: 1n, negative: false }])).toBe(false);
    expect(isOne([...terms, { a: last, b: 1n, negative: true }])).toBe(false);
  });
  test('of a single pair of generators is not 1: the pairing does not degenerate', () => {
    expect(isOne([{ a: 1n, b: 1n, negative: false }])).toBe(false);
  });
  test('takes points in any Jacobian form', () => {
    const [point, twice] = [mcl.allocate(G1), mcl.allocate(G1)];
    reader.g1(point, g1(21n));
    mcl.g1.dbl(twice, point);
    const [direct, scaled] = [mcl.allocate(ARGUMENT), mcl.allocate(ARGUMENT)];
    miller.writeArgument(scaled, twice, false);
    reader.g1(point, g1(42n));
    miller.writeArgument(direct, point, false);
    expect(bytesAt(scaled, ARGUMENT)).toEqual(bytesAt(direct, ARGUMENT));
  });
});

describe('the sum of the public signals', () => {
  const scalars = [5n, 7n, 11n, 13n];
  const ic = scalars.map(g1);
  const point = mcl.allocate(G1);
  const edge = fc.constantFrom(0n, 1n, 31n, 32n, 33n, 63n, 64n, 65n, 2n ** 48n - 1n, 2n ** 48n, 2n ** 252n, r - 1n, r - 32n, r - 33n);
  const signal = fc.oneof(fc.bigInt({ min: 0n, max: r - 1n }), edge);
  test.each([[[]], [[0, 1, 2]], [[1]]])('is right whichever signals are remembered (%j)', (repeating) => {
    const sum = createInputSum(mcl, reader, ic, new Set(repeating));
    fc.assert(fc.property(fc.tuple(signal, signal, signal), (signals) => {
      sum.write(point, signals);
      expect(isMultiple(point, 5n + 7n * signals[0] + 11n * signals[1] + 13n * signals[2])).toBe(true);
    }), { numRuns: 60 });
    sum.free();
  });
  test('is right under weights', () => {
    const sum = createInputSum(mcl, reader, ic, new Set());
    fc.assert(fc.property(fc.tuple(signal, signal, signal, signal), (weights) => {
      sum.writeWeighted(point, weights);
      expect(isMultiple(point, weights.reduce((total, weight, i) => total + weight * scalars[i]!, 0n))).toBe(true);
    }), { numRuns: 40 });
    sum.free();
  });
});

describe('random coefficients', () => {
  const reduce = (value: bigint) => ((value % r) + r) % r;
  test('ω acts on G1 as a factor of x', () => {
    expect(reduce(OMEGA * OMEGA + OMEGA + 1n)).toBe(0n);
    const { x, y } = base.multiply(reduce(OMEGA)).toAffine();
    expect([x, y]).toEqual([BETA, 2n]);
  });
  test('the digits are distinct mod 4, so 128 random bits are as many coefficients', () => {
    expect(new Set(DIGITS.map(([a, b]) => `${(a + 8) % 4},${(b + 8) % 4}`)).size).toBe(16);
  });
  test('differences of coefficients are too short to act as 0', () => {
    const norm = (a: number, b: number) => a * a - a * b + b * b;
    const longest = Math.max(...DIGITS.flatMap(([a, b]) => DIGITS.map(([c, d]) => norm(a - c, b - d))));
    // |Σ 4^k·d_k| ≤ max|d|·(4^32 - 1)/3; elements that act as 0 have norms that are multiples of r.
    expect(BigInt(longest) * (4n ** 32n) ** 2n < 9n * r).toBe(true);
  });
  test('the value of a coefficient is what its digits say', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const { digits, value } = coefficientFromBytes(bytes);
      const expected = digits.reduce((total, digit) => 4n * total + BigInt(DIGITS[digit]![0]) + BigInt(DIGITS[digit]![1]) * OMEGA, 0n);
      expect(value).toBe(reduce(expected));
      expect(value >= 0n && value < r).toBe(true);
    }));
  });
  test('every one of the 128 bits counts', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, i) => 37 * i);
    const values = Array.from({ length: 128 }, (_, bit) => coefficientFromBytes(bytes.with(bit >> 3, bytes[bit >> 3]! ^ (1 << (bit & 7)))).value);
    expect(new Set([...values, coefficientFromBytes(bytes).value]).size).toBe(129);
  });
  test('drawn ones are not drawn again', () => {
    expect(new Set(Array.from({ length: 100 }, () => drawCoefficient().value)).size).toBe(100);
  });
  test('sums of points under coefficients are right', () => {
    const point = mcl.allocate(G1);
    fc.assert(fc.property(fc.array(fc.tuple(fc.bigInt({ min: 1n, max: r - 1n }), fc.uint8Array({ minLength: 16, maxLength: 16 })), { maxLength: 5 }), (terms) => {
      for (const [i, [scalar]] of terms.entries()) reader.g1(workspace.a + i * G1, g1(scalar));
      combiner.prepare(workspace.a, workspace.multiplesA, terms.length);
      const weighted = terms.map(([, bytes], i) => ({ multiples: workspace.multiplesA + i * MULTIPLES, coefficient: coefficientFromBytes(bytes) }));
      combiner.combine(point, weighted);
      expect(isMultiple(point, terms.reduce((total, [scalar], i) => total + scalar * weighted[i]!.coefficient.value, 0n))).toBe(true);
    }), { numRuns: 40 });
  });
  test('each digit alone multiplies by itself', () => {
    const point = mcl.allocate(G1);
    reader.g1(workspace.a, g1(3n));
    combiner.prepare(workspace.a, workspace.multiplesA, 1);
    for (const [digit, [a, b]] of DIGITS.entries()) {
      const digits = new Uint8Array(32).fill(digit, 31);
      combiner.combine(point, [{ multiples: workspace.multiplesA, coefficient: { digits, value: 0n } }]);
      expect(isMultiple(point, 3n * (BigInt(a) + BigInt(b) * OMEGA))).toBe(true);
    }
  });
});

describe('inverses shared by many', () => {
  test('lines made together are those made alone', () => {
    const points = Array.from({ length: 5 }, () => g2(number()));
    const read = (at: number, i: number) => reader.twist(workspace.b + at * TWIST_POINT, points[i]!);
    for (const i of points.keys()) read(i, i);
    lineMaker.prepare(workspace.b, workspace.lines, points.length);
    const together = points.map((_, i) => bytesAt(workspace.lines + i * LINES, LINES));
    for (const [i, expected] of together.entries()) {
      read(0, i);
      lineMaker.prepare(workspace.b, workspace.lines, 1);
      expect(Buffer.compare(bytesAt(workspace.lines, LINES), expected)).toBe(0);
    }
  });
});
