// The keys that sign credentials, in pairs: which pair comes next is remembered from the first step of a rotation to its last, so that a
// crash in between makes no third one.
import { SigningKey as Secp256k1Key } from 'ethers';
import type { SealedStore } from './sealed.ts';
import { KMS, type VeramoAgent } from './veramo.ts';

/** A key of ours: its name in the agent, and as the DID document has it. */
export type SigningKey = { readonly type: 'secp256k1' | 'P-256'; readonly publicKey: string; readonly keyRef: string };
export type KeyPair = { readonly vc: SigningKey; readonly sd: SigningKey };

export type KeyRing = {
  readonly keys: (did: string) => Promise<SigningKey[]>;
  /** The pair that a rotation under way brings in, made when none is. */
  readonly nextPair: (did: string) => Promise<KeyPair>;
  /** The same, without making one. */
  readonly begunPair: (did: string) => Promise<KeyPair | undefined>;
  /** Ends a rotation: deletes the keys that are not in use any more. @returns how many */
  readonly settle: (did: string, isInUse: (key: SigningKey) => boolean) => Promise<number>;
};

const TYPES = { Secp256k1: 'secp256k1', Secp256r1: 'P-256' } as const;
const NEXT = 'rotation/next';

export function createKeyRing(veramo: VeramoAgent, store: SealedStore): KeyRing {
  const keys = async (did: string): Promise<SigningKey[]> => {
    const { keys: held, controllerKeyId } = await veramo.didManagerGet({ did });
    return held.filter(({ kid, type }) => kid !== controllerKeyId && type in TYPES).map(({ kid, type, publicKeyHex }) => ({
      keyRef: kid,
      type: TYPES[type as keyof typeof TYPES], // filtered by it
      publicKey: type === 'Secp256k1' ? Secp256k1Key.computePublicKey(`0x${publicKeyHex}`, true).slice(2) : publicKeyHex,
    }));
  };
  const add = async (did: string, type: keyof typeof TYPES): Promise<string> => {
    const key = await veramo.keyManagerCreate({ kms: KMS, type });
    // The document is changed by our own transaction: Veramo's addKey cannot list P-256, and has no journal.
    await veramo.didManagerAddKey({ did, key, options: { localOnly: true } });
    return key.kid;
  };
  const find = async (did: string, refs: { vc: string; sd: string }): Promise<KeyPair | undefined> => {
    const held = await keys(did);
    const [vc, sd] = [refs.vc, refs.sd].map((ref) => held.find(({ keyRef }) => keyRef === ref));
    return vc && sd && { vc, sd };
  };
  const begunPair = async (did: string) => {
    const refs = await store.get(NEXT) as { vc: string; sd: string } | undefined; // written below
    return refs && find(did, refs);
  };
  return {
    keys,
    begunPair,
    async nextPair(did) {
      const pair = await begunPair(did);
      if (pair) return pair;
      const refs = { vc: await add(did, 'Secp256k1'), sd: await add(did, 'Secp256r1') };
      await store.set(NEXT, refs);
      return (await find(did, refs))!; // both were just added
    },
    async settle(did, isInUse) {
      const unused = (await keys(did)).filter((key) => !isInUse(key));
      for (const { keyRef } of unused) {
        await veramo.didManagerRemoveKey({ did, kid: keyRef, options: { localOnly: true } });
        await veramo.keyManagerDelete({ kid: keyRef });
      }
      await store.delete(NEXT);
      return unused.length;
    },
  };
}
