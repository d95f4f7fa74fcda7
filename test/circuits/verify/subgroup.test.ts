import { describe, expect, test } from 'vitest';
import { BASE_FIELD_ORDER } from '#circuits/curve.ts';
import { loadEngine } from '#circuits/verify/engine.ts';
import { BN_X, MILLER_STEPS, TWIST_POINT } from '#circuits/verify/lines.ts';
import { FIELD_ORDER } from '#passport/field.ts';
import { COFACTOR, COFACTOR_PRIMES, GROUP_ORDER, multiply, pointOfOrder, toCoordinates, twistPoint } from './cofactor.ts';
import { g2 } from './toy-key.ts';

const q = BASE_FIELD_ORDER;
const r = FIELD_ORDER;
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
const engine = await loadEngine();

/** The answers of the line maker for points of the twist, all in one chunk. */
function areInSubgroup(points: readonly ReturnType<typeof toCoordinates>[]): boolean[] {
  const { b, lines } = engine.workspace;
  for (const [i, point] of points.entries()) expect(engine.reader.twist(b + i * TWIST_POINT, point)).toBe(true);
  return engine.lineMaker.prepare(b, lines, points.length);
}

describe('the argument for the subgroup check', () => {
  test('the curve parameters are those of the BN family, and the primes of the cofactor are all', () => {
    expect(36n * BN_X ** 4n + 36n * BN_X ** 3n + 24n * BN_X ** 2n + 6n * BN_X + 1n).toBe(q);
    expect(36n * BN_X ** 4n + 36n * BN_X ** 3n + 18n * BN_X ** 2n + 6n * BN_X + 1n).toBe(r);
    expect(COFACTOR_PRIMES.reduce((product, prime) => product * prime, 1n)).toBe(COFACTOR);
    expect(multiply(twistPoint(7n), GROUP_ORDER).is0()).toBe(true);
  });
  test('f(ψ) = 6x+2 + ψ - ψ² + ψ³ kills the subgroup, and on the twist nothing else', () => {
    const trace = 6n * BN_X ** 2n + 1n;
    expect((6n * BN_X + 2n + q - q * q + q ** 3n) % r).toBe(0n);
    // ψ² = tψ - q and ψ³ = (t² - q)ψ - tq
    const b0 = 6n * BN_X + 2n + q - trace * q;
    const b1 = 1n - trace + trace * trace - q;
    const norm = b0 * b0 + b0 * b1 * trace + b1 * b1 * q;
    expect(norm % r).toBe(0n);
    expect(gcd(norm, r * COFACTOR)).toBe(r);
    expect(COFACTOR % r).not.toBe(0n);
  });
  test('no addition of the loop meets equal x in the subgroup', () => {
    // Before the Frobenius steps the multiples stay between 1 and r - 1.
    const loop = 6n * BN_X + 2n;
    for (const sign of [1n, -1n]) {
      expect((loop - sign * q) % r).not.toBe(0n);
      expect((loop + q - sign * q * q) % r).not.toBe(0n);
    }
  });
  test('the steps of the loop add up to 6x + 2', () => {
    let multiple = 1n;
    for (const step of MILLER_STEPS.slice(0, -2)) multiple = step === 'double' ? 2n * multiple : multiple + (step === 'add' ? 1n : -1n);
    expect(multiple).toBe(6n * BN_X + 2n);
    expect(MILLER_STEPS.slice(-2)).toEqual(['addFrobenius', 'subtractFrobenius2']);
  });
});

describe('the subgroup check', () => {
  test('accepts points of the subgroup, one alone and many together', () => {
    const points = [1n, 2n, 3n, r - 1n, r - 2n, 6n * BN_X + 2n, 6n * BN_X + 3n, 0x123456789abcdefn].map(g2);
    expect(areInSubgroup(points)).toEqual(points.map(() => true));
    for (const point of points) expect(areInSubgroup([point])).toEqual([true]);
  });
  test.each(COFACTOR_PRIMES)('rejects points of order %d, alone and added to points of the subgroup', (prime) => {
    const small = pointOfOrder([prime], prime % 1000n);
    const points = [1n, 2n, prime - 1n].map((k) => multiply(small, k));
    points.push(...points.map((point) => point.add(multiply(pointOfOrder([r], 5n), 77n))));
    expect(areInSubgroup(points.map(toCoordinates))).toEqual(points.map(() => false));
    for (const point of points) expect(areInSubgroup([toCoordinates(point)])).toEqual([false]);
  });
  test('rejects points of every product of the cofactor primes, with and without a part of order r', () => {
    const points = Array.from({ length: 15 }, (_, i) => COFACTOR_PRIMES.filter((_, bit) => ((i + 1) >> bit) & 1)).flatMap((primes, i) => [
      pointOfOrder(primes, BigInt(100 * i)),
      pointOfOrder([...primes, r], BigInt(100 * i)),
    ]);
    expect(areInSubgroup(points.map(toCoordinates))).toEqual(points.map(() => false));
  });
  test('agrees with the multiplication by r on arbitrary points of the twist, and a bad point does not disturb its neighbours', () => {
    const points = Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? pointOfOrder([r], BigInt(i)) : twistPoint(BigInt(1000 * i))));
    expect(areInSubgroup(points.map(toCoordinates))).toEqual(points.map((point) => multiply(point, r).is0()));
  });
});
