// What the index knows, in the form that verifiers, wallets and issuers read. "Valid" rests on the finalised step, "blocked" on either.
import type { FieldElement } from '#passport/field.ts';
import { STATUS_TREE } from '#passport/status-list.ts';
import type { UnixSeconds } from '#passport/time.ts';
import type { IssuerRecord, ListedKey, ListRecord, RootRecord, TrustState } from '#passport/trust.ts';
import { createDid } from '../did/index.ts';
import type { Deployment } from '../deployment.ts';
import type { History } from './history.ts';
import { rootOf } from './merkle.ts';
import type { ChainState, IssuerState, ListState } from './state.ts';

export type Knowledge = {
  readonly history: History;
  /** Keys by identity. */
  readonly keys: ReadonlyMap<string, readonly ListedKey[] | undefined>;
  readonly syncedAt: UnixSeconds;
};

export function trustStateOf({ history, keys, syncedAt }: Knowledge, { chainId, contracts }: Deployment): TrustState {
  const final = history[0];
  const newest = history.at(-1)!;
  return {
    chainId,
    contracts,
    finalized: final.ref,
    latest: newest.ref,
    syncedAt,
    roots: rootsOf(final.state, newest.state),
    issuers: [...final.state.issuers.values()].map((issuer) => issuerRecord(issuer, newest.state, keys, chainId)),
    lists: [...final.state.lists.values()].map((list) => listRecord(list, newest.state)),
    leaves: final.state.leaves as ReadonlyMap<number, FieldElement>,
    anchors: final.state.anchors,
  };
}

/** Roots in time. What lies before a root under which a status root was wrong is cut off with it: nobody may lean on either. */
function rootsOf(final: ChainState, newest: ChainState): RootRecord[] {
  const { epochs, epoch } = newest;
  const first = epochs.findLastIndex(({ sound }) => sound === false) + 1;
  return epochs.slice(first).map(({ root, since }, i, kept) => ({
    root, since, supersededAt: kept[i + 1]?.since ?? null, final: epoch - (kept.length - 1 - i) <= final.epoch,
  }));
}

function issuerRecord(issuer: IssuerState, newest: ChainState, keys: Knowledge['keys'], chainId: number): IssuerRecord {
  const { id, identity, name, accreditedBy, status, claimsKey, lists } = issuer;
  return {
    id, did: createDid(chainId, identity), name, accreditedBy, status, latestStatus: newest.issuers.get(id)!.status, // issuers are never taken off the list
    claimsKey: claimsKey!, // set in the transaction that added the issuer
    lists, keys: keys.get(identity),
  };
}

function listRecord({ id, issuer, words, tree }: ListState, newest: ChainState): ListRecord {
  const latest = newest.lists.get(id)!; // lists are never taken away
  return { id, issuer, slot: id - 1, words, root: rootOf(STATUS_TREE, tree), latestWords: latest.words, suspended: latest.suspended };
}
