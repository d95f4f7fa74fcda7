// Random names and their digests, and the callbacks with which the OpenID4VC library does cryptography.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { HashAlgorithm, type CallbackContext, type JwtSigner } from '@openid4vc/oauth2';
import { compactVerify, importJWK } from 'jose';
import { parseHolderDid, parseHolderKey } from '#formats/credential/index.ts';
import type { HolderKey } from '#passport';

/** 256 bits, as text. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What stands in the database of a secret. */
export const digestOf = (secret: string): Uint8Array => new Uint8Array(createHash('sha256').update(secret).digest());

/** One secret from another, for one purpose: who knows the first can make it, and it tells nothing of the first. */
export const derivedSecret = (purpose: string, secret: string): string => createHash('sha256').update(`${purpose}\0${secret}`).digest('base64url');

/** Compares in a time that tells nothing of where they differ. */
export const isSameSecret = (a: string, b: string): boolean => timingSafeEqual(digestOf(a), digestOf(b));

/** The P-256 key that a JWT names in its header: as jwk or did:jwk, and in no other way. @throws HealthpassError `point-invalid` */
export function keyOfSigner(signer: JwtSigner): HolderKey {
  if (signer.method === 'did') return parseHolderDid(signer.didUrl.replace(/#0$/, ''), 'kid');
  return parseHolderKey(signer.method === 'jwk' ? publicPart(signer.publicJwk) : undefined, 'jwk');
}

/** Members that say how a key is used are no part of it; a private one makes it refused. */
function publicPart({ use: _use, alg: _alg, key_ops: _operations, kid: _kid, ext: _extractable, ...key }: Record<string, unknown>): unknown {
  return key;
}

/** Only ES256 by a P-256 key is verified: whatever else a header asks for fails here. */
async function verifyJwt(signer: JwtSigner, { compact }: { compact: string }) {
  try {
    const jwk = keyOfSigner(signer);
    await compactVerify(compact, await importJWK({ ...jwk }, 'ES256'), { algorithms: ['ES256'] });
    return { verified: true as const, signerJwk: { ...jwk } };
  } catch {
    return { verified: false as const };
  }
}

const HASHES = { [HashAlgorithm.Sha256]: 'sha256', [HashAlgorithm.Sha384]: 'sha384', [HashAlgorithm.Sha512]: 'sha512' } as const;

const never = () => Promise.reject(new Error('the issuer does not do this through the library'));

export const CALLBACKS: CallbackContext = {
  hash: (data, algorithm) => new Uint8Array(createHash(HASHES[algorithm as keyof typeof HASHES]).update(data).digest()), // all that it names
  generateRandom: (length) => new Uint8Array(randomBytes(length)),
  verifyJwt,
  signJwt: never,
  encryptJwe: never,
  decryptJwe: never,
  clientAuthentication: never,
};
