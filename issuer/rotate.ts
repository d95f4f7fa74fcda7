// Rotating the claims key without stranding anybody: every M in the records is signed again under the new key before the old one leaves
// the registry tree. Each step may be repeated, so a crash between any two of them is mended by running it again.
import { HealthpassError, createClaimsKeyPair, signClaims, type ClaimsKey, type ClaimsKeyPair, type FieldElement, type TrustState } from '#passport';
import { anchorIssued, type AnchorDeps } from './anchor.ts';
import type { Actor } from './outbox/index.ts';
import type { IssuerStore } from './store.ts';
import { untilFinal } from './until-final.ts';

/** Where the issuer keeps its claims keys; both survive a crash. */
export type ClaimsKeys = {
  readonly current: () => Promise<ClaimsKeyPair>;
  /** A key that a rotation under way has made. */
  readonly next: () => Promise<ClaimsKeyPair | undefined>;
  readonly setNext: (pair: ClaimsKeyPair) => Promise<void>;
  /** The next key becomes the current one; the old secret is erased. */
  readonly promote: () => Promise<void>;
  /** A key that waits for somebody to switch to it, or to throw it away. */
  readonly prepared: () => Promise<ClaimsKeyPair | undefined>;
  readonly setPrepared: (pair: ClaimsKeyPair) => Promise<void>;
  readonly discardPrepared: () => Promise<void>;
};

export type RotateDeps = AnchorDeps & {
  readonly keys: ClaimsKeys;
  /** Nothing may be issued between the first signature made again and the change on chain. */
  readonly pauseIssuing: <T>(work: () => Promise<T>) => Promise<T>;
  readonly did: string;
  readonly actor?: Actor;
  readonly onStep?: (says: string) => void;
};

const PAGE = 500;

/** @returns how many credentials were signed again. @throws HealthpassError `issuer-not-accredited`, `chain-unavailable`, `transaction-failed` */
export async function rotateClaimsKey(deps: RotateDeps): Promise<{ readonly key: ClaimsKey; readonly signedAgain: number }> {
  return deps.pauseIssuing(async () => {
    const { keys, chain, onStep } = deps;
    const before = (await keys.current()).publicKey;
    const pair = (await keys.next()) ?? (await keys.prepared()) ?? createClaimsKeyPair();
    await keys.setNext(pair);
    await keys.discardPrepared();
    onStep?.('anchoring what was issued');
    await anchorIssued(deps, deps.actor);
    for (const list of deps.lists) await signAgain(deps.store, list, pair, (done) => onStep?.(`signing again: ${done} credentials of list ${list}`));
    if (!isSameKey(keyIn(await chain.trust(), deps.did), pair.publicKey)) {
      onStep?.('changing the key on chain');
      await chain.rotateClaimsKey(pair.publicKey, deps.actor);
      onStep?.('waiting until the change is final');
      // Wallets take a credential only under a key that is final, so nothing is issued before.
      await untilFinal(deps, (trust) => isSameKey(keyIn(trust, deps.did), pair.publicKey));
    }
    await keys.promote();
    if (!isSameKey(before, pair.publicKey)) await deps.store.forgetResignatures(before.x.toString());
    return { key: pair.publicKey, signedAgain: await deps.store.countResignatures(pair.publicKey.x.toString()) };
  });
}

/** Signs ahead with the prepared key, or with a new one. Nobody sees them before the key is the current one. */
export async function prepareClaimsKey({ store, lists, keys }: Pick<RotateDeps, 'store' | 'lists' | 'keys'>): Promise<void> {
  const pair = (await keys.prepared()) ?? createClaimsKeyPair();
  await keys.setPrepared(pair);
  for (const list of lists) await signAgain(store, list, pair, () => {});
}

async function signAgain(store: IssuerStore, list: number, pair: ClaimsKeyPair, onDone: (count: number) => void): Promise<void> {
  let count = 0;
  for (let after = -1; ;) {
    const rows = await store.unsigned(list, pair.publicKey.x.toString(), after, PAGE);
    if (rows.length === 0) return;
    const signed = rows.map(({ index, message }) => {
      const { R8x, R8y, S } = signClaims(BigInt(message) as FieldElement, pair); // written by issue, from a hash
      return { index, R8x: R8x.toString(), R8y: R8y.toString(), S: S.toString() };
    });
    await store.saveResignatures(list, pair.publicKey.x.toString(), signed);
    count += rows.length;
    after = rows.at(-1)!.index;
    onDone(count);
  }
}

function keyIn({ issuers }: TrustState, did: string): ClaimsKey {
  const record = issuers.find((issuer) => issuer.did === did);
  if (!record) throw new HealthpassError('issuer-not-accredited', 'the issuer is not in the registry', { field: 'issuer' });
  return record.claimsKey;
}

export const isSameKey = (a: ClaimsKey, b: ClaimsKey): boolean => a.x === b.x && a.y === b.y;
