// Untrusted numbers into WASM memory: coordinates below q, points on their curve, one encoding for every point. Nothing here throws on a
// hostile value; the answer is false and what was written is without meaning.
import type { Proof } from '../proof.ts';
import { FP, FP2, FR, type Mcl, type Pointer } from './mcl.ts';

const SIGN_BIT = 0x80;
const VALUE_BITS = 0x3f;

export interface PointReader {
  /** x (32 bytes, big endian) with the sign of y in its top bit. Writes a Jacobian point. */
  readonly compressedG1: (result: Pointer, bytes: Uint8Array, offset: number) => boolean;
  /** c1 and c0 of x (64 bytes) with the sign of y in the top bit. Writes an affine point of the twist; the subgroup is not checked. */
  readonly compressedTwist: (result: Pointer, bytes: Uint8Array, offset: number) => boolean;
  readonly g1: (result: Pointer, point: Proof['a']) => boolean;
  readonly twist: (result: Pointer, point: Proof['b']) => boolean;
  /** A number below q. */
  readonly coordinate: (result: Pointer, value: bigint) => boolean;
  /** A number below r. */
  readonly scalar: (result: Pointer, value: bigint) => boolean;
}

export function createPointReader(mcl: Mcl, xi: Pointer): PointReader {
  const { isNegative: isLarger, deserialize: readFp } = mcl.fp;
  const text = mcl.allocate(FR);
  const [b1, b2] = curveConstants(mcl, xi);
  const [right, left] = [mcl.allocate(FP2), mcl.allocate(FP2)];

  /** 32 bytes, big endian, the two top bits not part of the number. */
  function bytesToFp(result: Pointer, bytes: Uint8Array, offset: number): boolean {
    const memory = mcl.memory();
    for (let i = 0; i < FR; i++) memory[text + i] = bytes[offset + FR - 1 - i]!;
    memory[text + FR - 1]! &= VALUE_BITS;
    return readFp(result, text, FR) === FR;
  }

  function number(read: Mcl['fp']['deserialize'], result: Pointer, value: unknown): boolean {
    // A negative number shifts to -1.
    if (typeof value !== 'bigint' || value >> 256n !== 0n) return false;
    writeLittleEndian(new DataView(mcl.memory().buffer), text, value);
    return read(result, text, FR) === FR;
  }

  const numbers = (result: Pointer, values: readonly unknown[], count: number): boolean =>
    values.length === count && values.every((value, i) => number(readFp, result + i * FP, value));

  /** x³ + 3 */
  function rightSideG1(result: Pointer, x: Pointer): void {
    mcl.fp.sqr(result, x);
    mcl.fp.mul(result, result, x);
    mcl.fp.add(result, result, b1);
  }

  /** x³ + 3 / (9 + i) */
  function rightSideTwist(result: Pointer, x: Pointer): void {
    mcl.fp2.sqr(result, x);
    mcl.fp2.mul(result, result, x);
    mcl.fp2.add(result, result, b2);
  }

  /** Of y and -y the larger one is that whose c1, or whose c0 when c1 is 0, is above (q - 1) / 2. */
  const isLargerFp2 = (y: Pointer): boolean => isLarger(mcl.fp.isZero(y + FP) === 0 ? y + FP : y) !== 0;

  return {
    compressedG1(result, bytes, offset) {
      const first = bytes[offset]!;
      if ((first & ~(SIGN_BIT | VALUE_BITS)) !== 0 || !bytesToFp(result, bytes, offset)) return false;
      const y = result + FP;
      rightSideG1(right, result);
      if (mcl.fp.squareRoot(y, right) !== 0) return false;
      if ((isLarger(y) !== 0) !== ((first & SIGN_BIT) !== 0)) mcl.fp.neg(y, y);
      mcl.fp.setInt32(result + 2 * FP, 1);
      return true;
    },
    compressedTwist(result, bytes, offset) {
      const first = bytes[offset]!;
      if ((first & ~(SIGN_BIT | VALUE_BITS)) !== 0 || (bytes[offset + FR]! & ~VALUE_BITS) !== 0) return false;
      if (!bytesToFp(result + FP, bytes, offset) || !bytesToFp(result, bytes, offset + FR)) return false;
      const y = result + FP2;
      rightSideTwist(right, result);
      if (mcl.fp2.squareRoot(y, right) !== 0) return false;
      if (isLargerFp2(y) !== ((first & SIGN_BIT) !== 0)) mcl.fp2.neg(y, y);
      return true;
    },
    g1(result, point) {
      if (!numbers(result, pair(point), 2)) return false;
      rightSideG1(right, result);
      mcl.fp.sqr(left, result + FP);
      mcl.fp.setInt32(result + 2 * FP, 1);
      return mcl.fp.isEqual(left, right) !== 0;
    },
    twist(result, point) {
      if (!numbers(result, pair(point).flatMap(pair), 4)) return false;
      rightSideTwist(right, result);
      mcl.fp2.sqr(left, result + FP2);
      return mcl.fp2.isEqual(left, right) !== 0;
    },
    coordinate: (result, value) => number(readFp, result, value),
    scalar: (result, value) => number(mcl.fr.deserialize, result, value),
  };
}

/** A proof may come from anywhere: what is not a pair has no members. */
const pair = (value: unknown): readonly unknown[] => (Array.isArray(value) && value.length === 2 ? value : []);

/** 3 for G1 and 3 / (9 + i) for the twist. */
function curveConstants(mcl: Mcl, xi: Pointer): [Pointer, Pointer] {
  const [b1, b2, inverse] = [mcl.allocate(FP2), mcl.allocate(FP2), mcl.allocate(FP2)];
  mcl.fp.setInt32(b1, 3);
  mcl.fp2.inv(inverse, xi);
  mcl.fp2.mul(b2, inverse, b1);
  return [b1, b2];
}

/** An integer below 2^256 as 32 bytes. */
function writeLittleEndian(memory: DataView, address: number, value: bigint): void {
  for (let i = 0, rest = value; i < FR; i += 8, rest >>= 64n) memory.setBigUint64(address + i, BigInt.asUintN(64, rest), true);
}
