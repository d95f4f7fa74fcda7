// The key that a credential is bound to: P-256, made for that credential alone, so that holders cannot be followed by it. In a
// VC-JWT its name is a did:jwk, in an SD-JWT VC it stands in `cnf.jwk` (RFC 7800).
import { p256 } from '@noble/curves/nist.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { HolderKey } from '#passport/credential.ts';
import { HealthpassError, isHealthpassError } from '#passport/errors.ts';
import { parseJson } from '#passport/json.ts';
import { decodeBase64url, encodeBase64url } from './jws.ts';

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** The public half, and nothing else: no private part, no key id, no use. */
const jwkSchema = z.strictObject({ crv: z.literal('P-256'), kty: z.literal('EC'), x: coordinate, y: coordinate });

/** What a wallet signs with. WebCrypto keys fit as well as those of {@link createHolderSigner}. */
export type HolderSigner = {
  readonly key: HolderKey;
  /** ES256 over the message: r ‖ s. */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array> | Uint8Array;
};

/** A holder's key pair from its secret, by default a new one. The secret is the caller's to keep encrypted. */
export function createHolderSigner(secretKey: Uint8Array = p256.utils.randomSecretKey()): HolderSigner & { readonly secretKey: Uint8Array } {
  const point = p256.getPublicKey(secretKey, false);
  return {
    secretKey,
    key: { crv: 'P-256', kty: 'EC', x: encodeBase64url(point.subarray(1, 33)), y: encodeBase64url(point.subarray(33)) },
    sign: (message) => p256.sign(message, secretKey),
  };
}

/** @throws HealthpassError `point-invalid` for anything but the public P-256 key, `field` naming where it stood */
export function parseHolderKey(input: unknown, field = 'jwk'): HolderKey {
  const parsed = jwkSchema.safeParse(input);
  if (!parsed.success || publicKeyOf(parsed.data) === undefined) throw new HealthpassError('point-invalid', `${field} is no public P-256 key`, { field });
  return parsed.data;
}

/** The compressed public key in hex; undefined for coordinates that are no point or not canonical. */
function publicKeyOf({ x, y }: HolderKey): string | undefined {
  try {
    const point = Uint8Array.from([4, ...decodeBase64url(x, 'point-invalid'), ...decodeBase64url(y, 'point-invalid')]);
    return p256.Point.fromBytes(point).toHex(true);
  } catch {
    return undefined;
  }
}

/** Compressed public key in hex of a key that was parsed. */
export const holderPublicKey = (key: HolderKey): string => publicKeyOf(key)!; // parseHolderKey or createHolderSigner has seen to it

const DID_JWK = 'did:jwk:';

/** The did:jwk of a holder key: members in alphabetical order, so that one key has one name. */
export const didOfHolder = ({ crv, kty, x, y }: HolderKey): string => DID_JWK + encodeBase64url(utf8ToBytes(JSON.stringify({ crv, kty, x, y })));

/** @throws HealthpassError `point-invalid` for anything but the name that {@link didOfHolder} gives */
export function parseHolderDid(did: unknown, field = 'holder'): HolderKey {
  const failed = new HealthpassError('point-invalid', `${field} is no did:jwk of a P-256 key`, { field });
  if (typeof did !== 'string' || !did.startsWith(DID_JWK) || did.length > 300) throw failed;
  try {
    const key = parseHolderKey(parseJson(decodeBase64url(did.slice(DID_JWK.length), 'point-invalid')), field);
    if (didOfHolder(key) === did) return key;
  } catch (error) {
    if (!isHealthpassError(error)) throw error;
  }
  throw failed;
}
