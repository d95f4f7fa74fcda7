// AES-256-GCM (NIST SP 800-38D) by the platform's WebCrypto: nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes). The nonce is random: one
// key seals far fewer than 2^32 texts in the life of a wallet.
import { randomBytes } from '@noble/hashes/utils.js';
import { concatBytes } from '#passport';

// Node and browsers have it; neither's types are wanted here.
type CryptoKey = { readonly type: string };
type GcmParameters = { readonly name: 'AES-GCM'; readonly iv: Uint8Array; readonly additionalData: Uint8Array };
declare const crypto: {
  readonly subtle: {
    importKey(format: 'raw', key: Uint8Array, algorithm: 'AES-GCM', extractable: false, usages: readonly ['encrypt', 'decrypt']): Promise<CryptoKey>;
    encrypt(parameters: GcmParameters, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
    decrypt(parameters: GcmParameters, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
  };
};

const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
export const KEY_BYTES = 32;

export type Cipher = {
  /** `context` is authenticated, not stored: opening asks for the same. */
  readonly seal: (context: Uint8Array, text: Uint8Array) => Promise<Uint8Array>;
  /** Undefined when key, context or bytes are not those of sealing. */
  readonly open: (context: Uint8Array, sealed: Uint8Array) => Promise<Uint8Array | undefined>;
};

export async function createCipher(secretKey: Uint8Array): Promise<Cipher> {
  if (secretKey.length !== KEY_BYTES) throw new TypeError('an AES-256 key has 32 bytes');
  const key = await crypto.subtle.importKey('raw', secretKey, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return {
    async seal(context, text) {
      const iv = randomBytes(NONCE_BYTES);
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: context }, key, text);
      return concatBytes([iv, new Uint8Array(sealed)]);
    },
    async open(context, sealed) {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const parameters = { name: 'AES-GCM', iv: sealed.slice(0, NONCE_BYTES), additionalData: context } as const;
      try {
        return new Uint8Array(await crypto.subtle.decrypt(parameters, key, sealed.slice(NONCE_BYTES)));
      } catch {
        return undefined; // the tag does not fit
      }
    },
  };
}
