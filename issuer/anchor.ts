// Anchors: now and then, and always before a key is rotated out, the root of what was issued since goes on chain, so that nobody can
// backdate with an old key. docs/protocol.md, "Issuance in time".
import { randomBytes } from 'node:crypto';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { createAnchor } from '#passport/anchor.ts';
import type { IssuerChain } from './chain.ts';
import type { Actor } from './outbox/index.ts';
import type { IssuerStore } from './store.ts';

export type AnchorDeps = { readonly store: IssuerStore; readonly chain: IssuerChain; readonly lists: readonly number[]; readonly now: () => number };

/** Anchors what is not anchored yet, after finishing what a crash left between database and chain. Answers how many anchors went out. */
export async function anchorIssued({ store, chain, lists, now }: AnchorDeps, actor?: Actor): Promise<number> {
  for (const list of lists) {
    const signed = await store.unanchored(list);
    if (signed.length === 0) continue;
    const digests = signed.map(({ digest }) => `0x${bytesToHex(digest)}`);
    const { root, leaves } = createAnchor(digests, (length) => new Uint8Array(randomBytes(length)));
    await store.addAnchor(list, root, hexToBytes(leaves.map((leaf) => leaf.slice(2)).join('')), signed, now(), (tx) => chain.writeAnchor(tx, list, root, actor));
  }
  return publishAnchors(store, chain);
}

/** Waits for the anchors that the database holds and the chain does not. */
async function publishAnchors(store: IssuerStore, chain: IssuerChain): Promise<number> {
  const pending = await store.pendingAnchors();
  for (const anchor of pending) {
    await chain.anchor(anchor.list, anchor.root);
    await store.setAnchorOnChain(anchor.id);
  }
  return pending.length;
}

/** The leaves of an anchor as hex digests; anyone may have them: they are random to whoever does not hold the credential. */
export function anchorLeaves(leaves: Uint8Array): string[] {
  return Array.from({ length: leaves.length / 32 }, (_, i) => `0x${bytesToHex(leaves.subarray(i * 32, i * 32 + 32))}`);
}
