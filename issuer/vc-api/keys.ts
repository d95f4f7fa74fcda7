// The keys of the issuer that sign credentials of other people's making, in its sealed store: Ed25519 for Data Integrity and P-256 for JOSE, each
// under a DID that is the key itself, so that whoever verifies needs nothing of our chain. The blinding key hides credentials' ids in the database.
import { randomBytes } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { createDidJwk, createProofSigner, type JoseSigner, type ProofSigner } from '#formats/w3c/index.ts';
import type { SealedStore } from '../agent/index.ts';

export type VcApiKeys = { readonly proofs: ProofSigner; readonly jose: JoseSigner; readonly blinding: Uint8Array };

/** The keys, made when there are none yet. */
export async function openVcApiKeys(store: SealedStore): Promise<VcApiKeys> {
  const [seed, secret, blinding] = [await secretOf(store, 'vc-api/ed25519', () => ed25519.utils.randomSecretKey()), await secretOf(store, 'vc-api/p-256', () => p256.utils.randomSecretKey()), await secretOf(store, 'vc-api/blinding', () => randomBytes(32))];
  return {
    proofs: await createProofSigner(seed, ed25519.getPublicKey(seed)),
    jose: { key: createDidJwk('P-256', p256.getPublicKey(secret, true)), sign: (message) => p256.sign(message, secret) },
    blinding,
  };
}

async function secretOf(store: SealedStore, name: string, create: () => Uint8Array): Promise<Uint8Array> {
  const known = await store.get(name);
  if (typeof known === 'string') return hexToBytes(known);
  const secret = create();
  await store.set(name, bytesToHex(secret));
  return secret;
}
