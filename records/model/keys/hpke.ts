// Sealing to somebody's public key: HPKE (RFC 9180) in base mode with X25519, HKDF-SHA256 and AES-256-GCM, by the platform's WebCrypto.
// `info` says what a thing is sealed for: it opens for that and for nothing else.
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import canonicalize from 'canonicalize';
import { HealthpassError, concatBytes } from '#passport';

declare const PUBLIC_KEY: unique symbol;
/** A key of X25519: `0x` and 64 hexadecimal digits in lower case, as a `bytes32` of EIP-712 is written. */
export type PublicKey = `0x${string}` & { readonly [PUBLIC_KEY]: true };
export const isPublicKey = (text: unknown): text is PublicKey => typeof text === 'string' && /^0x[0-9a-f]{64}$/.test(text);

/** `secretKey` has 32 bytes. */
export type SealingKeys = { readonly secretKey: Uint8Array; readonly publicKey: PublicKey };

declare const SEALED: unique symbol;
/** Base64url of encapsulated key (32 bytes) ‖ ciphertext ‖ tag (16 bytes). */
export type Sealed = string & { readonly [SEALED]: true };

/** What a ciphertext is bound to, as canonical JSON (RFC 8785): two bindings are the same or differ in some byte. */
export type Binding = Readonly<Record<string, string | number>>;

const ENCAPSULATED_BYTES = 32;
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/**
 * @param info what it is for: a name, or a binding. @param aad more that must be known to open it
 * @throws HealthpassError `sealed-invalid` for a public key that is no point of use
 */
export async function sealTo(recipient: PublicKey, plaintext: Uint8Array, info: string | Binding, aad?: Binding): Promise<Sealed> {
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(hexToBytes(recipient.slice(2)));
    const { enc, ct } = await suite.seal({ recipientPublicKey, info: bytesOf(info) }, plaintext, bytesOf(aad));
    return base64urlnopad.encode(concatBytes([new Uint8Array(enc), new Uint8Array(ct)])) as Sealed;
  } catch {
    throw new HealthpassError('sealed-invalid', 'the key to seal to is none', { field: 'recipient' });
  }
}

/** @throws HealthpassError `sealed-invalid` when keys, `info`, `aad` or a bit of the ciphertext are not those of sealing: which of them, nobody learns */
export async function openWith(keys: SealingKeys, sealed: string, info: string | Binding, aad?: Binding): Promise<Uint8Array> {
  try {
    const bytes = base64urlnopad.decode(sealed);
    const enc = bytes.slice(0, ENCAPSULATED_BYTES);
    return new Uint8Array(await suite.open({ recipientKey: await importedOf(keys), enc, info: bytesOf(info) }, bytes.slice(ENCAPSULATED_BYTES), bytesOf(aad)));
  } catch {
    throw new HealthpassError('sealed-invalid', 'what is sealed does not open with this key for this use', { field: 'sealed' });
  }
}

/** Keys as the platform takes them, once for each: to take them costs as much as to open something. */
const imported = new WeakMap<SealingKeys, Promise<CryptoKeyPair>>();
function importedOf(keys: SealingKeys): Promise<CryptoKeyPair> {
  const known = imported.get(keys);
  if (known) return known;
  const importing = Promise.all([suite.kem.deserializePrivateKey(keys.secretKey.slice()), suite.kem.deserializePublicKey(hexToBytes(keys.publicKey.slice(2)))])
    .then(([privateKey, publicKey]): CryptoKeyPair => ({ privateKey, publicKey }));
  imported.set(keys, importing);
  importing.catch(() => imported.delete(keys));
  return importing;
}

/** The bytes that stand for a binding wherever something is bound to it. */
export const bytesOf = (binding: string | Binding | undefined): Uint8Array =>
  (binding === undefined ? new Uint8Array(0) : utf8ToBytes(typeof binding === 'string' ? binding : canonicalize(binding)!)); // an object has a canonical form
