// The claims signature: EdDSA on BabyJubJub over Poseidon, in the form that circomlib's EdDSAPoseidonVerifier checks:
// S·B8 = R8 + 8·h·A with h = Poseidon(R8x, R8y, Ax, Ay, M). Curve arithmetic by @noble/curves.
import type { EdwardsPoint } from '@noble/curves/abstract/edwards.js';
import { babyjubjub } from '@noble/curves/misc.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from './errors.ts';
import { integerToBytes, isFieldElement, type FieldElement } from './field.ts';
import { concatBytes } from './pass.ts';
import { P5 } from './poseidon.ts';
import type { ClaimsKey } from './registry-tree.ts';

/** l: order of the prime-order subgroup (EIP-2494). */
export const SUBGROUP_ORDER = 2736030358979909402780800718157159386076813972158567259200215660948447373041n;

/** BabyJubJub (EIP-2494); its base point is B8, of prime order l. */
const { Point } = babyjubjub;
const B8 = Point.BASE;
const DOMAIN = utf8ToBytes('healthpass/claims-signature/v1\0');

/** R8 as a point and S below l. */
export type ClaimsSignature = { readonly R8x: FieldElement; readonly R8y: FieldElement; readonly S: bigint };

export type ClaimsKeyPair = {
  /** 32 random bytes from which scalar and nonces are derived. */
  readonly secretKey: Uint8Array;
  readonly publicKey: ClaimsKey;
};

/** The key pair of a secret key; a new one without argument. */
export function createClaimsKeyPair(secretKey: Uint8Array = randomBytes(32)): ClaimsKeyPair {
  const { x, y } = B8.multiply(expand(secretKey).scalar).toAffine();
  return { secretKey, publicKey: { x: x as FieldElement, y: y as FieldElement } };
}

/** Signs M = Poseidon(claims). The nonce is derived from key and message, as in RFC 8032. */
export function signClaims(message: FieldElement, { secretKey, publicKey }: ClaimsKeyPair): ClaimsSignature {
  const { scalar, prefix } = expand(secretKey);
  const nonce = bytesToNumberLE(sha512(concatBytes([DOMAIN, prefix, integerToBytes(message, 32)]))) % SUBGROUP_ORDER;
  const R8 = B8.multiply(nonce).toAffine();
  const challenge = P5(R8.x, R8.y, publicKey.x, publicKey.y, message);
  return { R8x: R8.x as FieldElement, R8y: R8.y as FieldElement, S: (nonce + 8n * challenge * scalar) % SUBGROUP_ORDER };
}

/** Whether a signature holds: points on the curve, S below l, and the equation. */
export function verifyClaimsSignature(message: FieldElement, signature: ClaimsSignature, key: ClaimsKey): boolean {
  const A = pointOf(key.x, key.y);
  const R8 = pointOf(signature.R8x, signature.R8y);
  if (!A || !R8 || signature.S < 0n || signature.S >= SUBGROUP_ORDER) return false;
  if (A.clearCofactor().is0()) return false;
  const challenge = P5(signature.R8x, signature.R8y, key.x, key.y, message);
  const right = R8.add(A.clearCofactor().multiplyUnsafe(challenge % SUBGROUP_ORDER));
  return B8.multiplyUnsafe(signature.S).equals(right);
}

/** @throws HealthpassError `point-invalid` unless the key is a point of order l: no small-order part, not the identity */
export function assertClaimsKey(key: ClaimsKey): void {
  const point = pointOf(key.x, key.y);
  if (!point || point.is0() || !point.isTorsionFree()) throw new HealthpassError('point-invalid', 'the claims key is not a point of the prime-order subgroup', { field: 'claimsKey' });
}

function pointOf(x: bigint, y: bigint): EdwardsPoint | undefined {
  if (!isFieldElement(x) || !isFieldElement(y)) return undefined;
  try {
    const point = Point.fromAffine({ x, y });
    point.assertValidity();
    return point;
  } catch {
    return undefined; // not on the curve, or the identity
  }
}

function expand(secretKey: Uint8Array): { scalar: bigint; prefix: Uint8Array } {
  if (secretKey.length !== 32) throw new TypeError('a claims secret key has 32 bytes');
  const digest = sha512(concatBytes([DOMAIN, secretKey]));
  const wide = bytesToNumberLE(sha512(concatBytes([DOMAIN, digest.subarray(0, 32)])));
  return { scalar: (wide % (SUBGROUP_ORDER - 1n)) + 1n, prefix: digest.subarray(32) };
}
