// ECDSA over SHA-256 as JOSE writes it (RFC 7518, 3.4; RFC 8812, 3.2): exactly 64 bytes r ‖ s. Where node:crypto is at hand it does
// the work, several times as fast; elsewhere @noble/curves. A test holds the two to the same answers.
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToInteger } from '#passport/field.ts';
import type { ListedKey } from '#passport/trust.ts';

export type KeyType = ListedKey['type'];
type Verify = (type: KeyType, publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean;

/** JOSE name of the signature that a key of a type makes. */
export const ALGORITHMS = { secp256k1: 'ES256K', 'P-256': 'ES256' } as const satisfies Record<KeyType, string>;

const CURVES = { secp256k1, 'P-256': p256 } as const;
/** SubjectPublicKeyInfo up to the compressed point. */
const SPKI = { secp256k1: '3036301006072a8648ce3d020106052b8104000a032200', 'P-256': '3039301306072a8648ce3d020106082a8648ce3d030107032200' } as const;

/**
 * Whether the signature is one over the message by the compressed public key. ES256K is held to low s: of the two signatures
 * that anybody can make of one, only the signer's own counts (did-jwt takes both). ES256 is not, since WebCrypto signs with either.
 */
export const verifyEcdsa: Verify = (type, publicKey, message, signature) =>
  isInRange(type, signature) && engine(type, publicKey, message, signature);

function isInRange(type: KeyType, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  const order = CURVES[type].Point.CURVE().n;
  const [r, s] = [bytesToInteger(signature.subarray(0, 32)), bytesToInteger(signature.subarray(32))];
  return r > 0n && r < order && s > 0n && s < order && (type !== 'secp256k1' || s <= order >> 1n);
}

export const verifyEcdsaNoble: Verify = (type, publicKey, message, signature) => {
  try {
    return CURVES[type].verify(signature, message, hexBytes(publicKey), { lowS: false });
  } catch {
    return false;
  }
};

const native = globalThis.process?.getBuiltinModule?.('node:crypto');

const verifyEcdsaNative = (crypto: NonNullable<typeof native>): Verify => (type, publicKey, message, signature) => {
  try {
    const key = crypto.createPublicKey({ key: Buffer.from(SPKI[type] + publicKey, 'hex'), format: 'der', type: 'spki' });
    return crypto.verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
};

const engine: Verify = native ? verifyEcdsaNative(native) : verifyEcdsaNoble;

const hexBytes = (hex: string) => Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
