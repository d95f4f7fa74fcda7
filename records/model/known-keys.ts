// Public keys of signers that were seen before. To recover a key from a signature costs most of what checking costs; whoever signed once is checked by the
// key that was recovered then, with a table of its multiples from the third time on. The outcome is the same, bit for bit: only the way to it is shorter.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Address } from './members.ts';

type Point = InstanceType<typeof secp256k1.Point>;
type Kept = { readonly point: Point; uses: number };

/** Signers; a table takes about 0.3 MB. */
const MOST_KEPT = 64;
/** Uses after which a table pays. */
const WORTH_A_TABLE = 3;
/** Bits of the table's windows: a bigger one takes longer to make than most signers are seen. */
const WINDOW = 5;

const { Point } = secp256k1;
const { Fn } = Point;
const kept = new Map<Address, Kept>();

/** @param point as it was recovered: its address is the digest of it, so nobody can put another key here */
export function keepKey(signer: Address, point: Point): void {
  if (kept.has(signer)) return;
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!); // the oldest use; there are some
  kept.set(signer, { point, uses: 0 });
}

/**
 * Whether the signature is one of a signer that is known; false says no more than that it has to be recovered.
 * @param recovery parity of the point behind r; undefined where the signature does not say
 */
export function isByKnown(signer: Address, { r, s }: { readonly r: bigint; readonly s: bigint }, digest: Uint8Array, recovery?: number): boolean {
  const one = kept.get(signer);
  if (!one) return false;
  kept.delete(signer);
  kept.set(signer, one); // the newest use
  if (++one.uses === WORTH_A_TABLE) one.point.precompute(WINDOW);
  const inverse = Fn.inv(s);
  const hash = Fn.create(BigInt(`0x${bytesToHex(digest)}`));
  const sum = Point.BASE.multiplyUnsafe(Fn.create(hash * inverse)).add(one.point.multiplyUnsafe(Fn.create(r * inverse)));
  if (sum.is0()) return false;
  const { x, y } = sum.toAffine();
  return x === r && (recovery === undefined || Number(y & 1n) === recovery);
}
