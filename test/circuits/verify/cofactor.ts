// Points of the twist outside the subgroup of order r, of every kind: the group's order is r times four more primes.
import { bn254 } from '@noble/curves/bn254.js';
import { BASE_FIELD_ORDER } from '#circuits/curve.ts';
import { liftTwist, type G2Point } from '#circuits/curve.ts';
import { FIELD_ORDER } from '#passport/field.ts';

export const COFACTOR = 2n * BASE_FIELD_ORDER - FIELD_ORDER;
export const COFACTOR_PRIMES = [10069n, 5864401n, 1875725156269n, 197620364512881247228717050342013327560683201906968909n] as const;
export const GROUP_ORDER = FIELD_ORDER * COFACTOR;

type Point = InstanceType<typeof bn254.G2.Point>;

export function multiply(point: Point, scalar: bigint): Point {
  let result = bn254.G2.Point.ZERO;
  for (const bit of scalar.toString(2)) {
    result = result.double();
    if (bit === '1') result = result.add(point);
  }
  return result;
}

export const toPoint = ([x, y]: G2Point): Point => bn254.G2.Point.fromAffine({ x: { c0: x[0], c1: x[1] }, y: { c0: y[0], c1: y[1] } });
export function toCoordinates(point: Point): G2Point {
  const { x, y } = point.toAffine();
  return [[x.c0, x.c1], [y.c0, y.c1]];
}

/** The first point of the twist from this x on; almost surely of the full order. */
export function twistPoint(seed: bigint): Point {
  for (let x = seed; ; x++) {
    const point = liftTwist([x % BASE_FIELD_ORDER, 1n], false);
    if (point !== undefined) return toPoint(point);
  }
}

/** A point whose order is the product of the given primes. */
export function pointOfOrder(primes: readonly bigint[], seed: bigint): Point {
  const order = primes.reduce((product, prime) => product * prime, 1n);
  const point = multiply(twistPoint(seed), GROUP_ORDER / order);
  for (const prime of primes) {
    if (multiply(point, order / prime).is0()) return pointOfOrder(primes, seed + 1000n);
  }
  return point;
}
