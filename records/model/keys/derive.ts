// Which key comes from a root for which use: HKDF-SHA256 (RFC 5869) with a label of its own for each, so that no key tells anything of another.
import { x25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Address } from '../members.ts';
import type { Category } from '../record.ts';
import type { PublicKey, SealingKeys } from './hpke.ts';
import type { Root } from './root.ts';

const SALT = utf8ToBytes('healthpass records');

/** Uses of a root. Relationships, epochs and emergency keys count from 0. */
export const LABELS = {
  account: 'account',
  reading: 'reading',
  relationship: (index: number, recipient: Address) => `relationship/${index}/${recipient}`,
  epoch: (category: Category, epoch: number) => `epoch/${category}/${epoch}`,
  emergency: (index: number) => `emergency/${index}`,
} as const;

/** @returns 32 bytes */
export const derive = (root: Root, label: string): Uint8Array => hkdf(sha256, root, SALT, utf8ToBytes(label), 32);

/** A key of secp256k1, as Ethereum signs with. `secretKey` is `0x` and 64 hexadecimal digits. */
export type SigningKey = { readonly secretKey: `0x${string}`; readonly address: Address };

export const signingKey = (secret: Uint8Array): SigningKey => ({ secretKey: `0x${bytesToHex(secret)}`, address: addressOf(secp256k1.getPublicKey(secret, false)) });

/** @param point uncompressed, 65 bytes */
export const addressOf = (point: Uint8Array): Address => `0x${bytesToHex(keccak_256(point.subarray(1)).subarray(12))}` as Address;

/** X25519 takes any 32 bytes as a secret key (RFC 7748, 5). */
export const sealingKeys = (secret: Uint8Array): SealingKeys => ({ secretKey: secret, publicKey: `0x${bytesToHex(x25519.getPublicKey(secret))}` as PublicKey });

/** Signs in; never on chain. */
export const accountKey = (root: Root): SigningKey => signingKey(derive(root, LABELS.account));
/** Owner of one relationship on chain. Of this recipient alone: neither a gateway that shows another, or the same number twice, nor a delegate makes it somebody else's. */
export const relationshipKey = (root: Root, index: number, recipient: Address): SigningKey => signingKey(derive(root, LABELS.relationship(index, recipient)));
/** What others seal to when they mean this person. */
export const readingKeys = (root: Root): SealingKeys => sealingKeys(derive(root, LABELS.reading));
/** What record keys of a category are sealed to while an epoch lasts. */
export const epochKeys = (root: Root, category: Category, epoch: number): SealingKeys => sealingKeys(derive(root, LABELS.epoch(category, epoch)));
export const emergencyKeys = (root: Root, index: number): SealingKeys => sealingKeys(derive(root, LABELS.emergency(index)));
