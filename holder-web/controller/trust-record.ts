// What the wallet keeps of the chain, for times without a network. It is public, and kept in the vault so that nobody can exchange it there.
import { z } from 'zod';
import { encodeTrustBundle, parseTrustBundle, type Policy, type TrustBundle, type UnixSeconds } from '#passport';
import type { VaultRecord } from '#vault/record-store.ts';

export type KeptTrust = { readonly bundle: TrustBundle; /** By the clock of this device. */ readonly fetchedAt: UnixSeconds };

const schema = z.strictObject({ bundle: z.unknown().transform(parseTrustBundle), fetchedAt: z.int().transform((value) => value as UnixSeconds) });

export const TRUST: VaultRecord<KeptTrust | undefined> = {
  name: 'trust', empty: undefined, encode: (kept) => kept && { bundle: encodeTrustBundle(kept.bundle), fetchedAt: kept.fetchedAt }, parse: (json) => schema.parse(json),
};

/** Every version of every rule that is known: those that ship with the wallet, and those of the verifiers that it fetched. */
export async function policiesOf(kept: KeptTrust | undefined): Promise<Policy[]> {
  const { POLICIES } = await import('#passport/policies/index.ts'); // they are read and hashed when they are loaded
  const fetched = kept?.bundle.policies ?? [];
  return [...fetched, ...POLICIES.filter(({ id, version }) => !fetched.some((policy) => policy.id === id && policy.version === version))];
}

/** The newest version of each. */
export const newestOf = (policies: readonly Policy[]): Policy[] =>
  policies.filter(({ id, version }) => !policies.some((other) => other.id === id && other.version > version));
