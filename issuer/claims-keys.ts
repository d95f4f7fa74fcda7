// The issuer's claims keys (BabyJubJub) in its sealed store.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { createClaimsKeyPair, HealthpassError, type ClaimsKeyPair } from '#passport';
import type { SealedStore } from './agent/index.ts';
import type { ClaimsKeys } from './rotate.ts';

const CURRENT = 'claims-key/current';
const NEXT = 'claims-key/next';
const PREPARED = 'claims-key/prepared';

/** @throws HealthpassError `key-unknown` when there is no current key */
export function createClaimsKeys(store: SealedStore): ClaimsKeys & { readonly create: () => Promise<ClaimsKeyPair> } {
  const read = async (name: string) => {
    const secret = await store.get(name);
    return typeof secret === 'string' ? createClaimsKeyPair(hexToBytes(secret)) : undefined;
  };
  const write = (name: string, pair: ClaimsKeyPair) => store.set(name, bytesToHex(pair.secretKey));
  let current: ClaimsKeyPair | undefined;
  return {
    /** The current pair, made when there is none yet. */
    async create() {
      current = (await read(CURRENT)) ?? createClaimsKeyPair();
      await write(CURRENT, current);
      return current;
    },
    async current() {
      current ??= await read(CURRENT);
      if (!current) throw new HealthpassError('key-unknown', 'the key store holds no claims key', { field: 'claimsKey' });
      return current;
    },
    next: () => read(NEXT),
    setNext: (pair) => write(NEXT, pair),
    prepared: () => read(PREPARED),
    setPrepared: (pair) => write(PREPARED, pair),
    discardPrepared: () => store.delete(PREPARED),
    async promote() {
      const next = await read(NEXT);
      if (!next) return;
      await write(CURRENT, next);
      await store.delete(NEXT);
      current = next;
    },
  };
}
