// What a verifier or a wallet knows of the chain: who may issue, what is revoked, and how old that knowledge is.
// A TrustState is made by the chain index (contracts/) or read from a trust bundle; either way every root in it was recomputed.
import type { FieldElement } from './field.ts';
import type { UnixSeconds } from './time.ts';

export type BlockRef = { readonly number: number; readonly hash: string; readonly time: UnixSeconds };

/** One root that the registry tree has had. */
export type RootRecord = {
  readonly root: FieldElement;
  readonly since: UnixSeconds;
  /** When the next root replaced it; null for the current one. */
  readonly supersededAt: UnixSeconds | null;
  /** Whether the block that set it is finalised. */
  readonly final: boolean;
};

export type IssuerStatus = 'active' | 'suspended' | 'removed';

/** A verification key that the DID document of an issuer lists or listed. */
export type ListedKey = {
  /** DID URL of the verification method. */
  readonly kid: string;
  readonly type: 'secp256k1' | 'P-256';
  /** Compressed public key, lower-case hex. */
  readonly publicKey: string;
  readonly since: UnixSeconds;
  /** First second at which it was or will be listed no longer (revoked, run out, DID deactivated); null when nothing ends it. */
  readonly until: UnixSeconds | null;
  /** Block of the event that ended it, which tells what came before where two blocks share a second; null when none did. */
  readonly untilBlock: number | null;
};

export const isListedAt = (key: ListedKey, time: number): boolean => key.since <= time && (key.until === null || time < key.until);

export type IssuerRecord = {
  readonly id: number;
  readonly did: string;
  readonly name: string;
  readonly accreditedBy: string;
  /** As of the finalised block, like the rest of the record. */
  readonly status: IssuerStatus;
  /** As of the latest block: a suspension counts as soon as it is seen, see {@link standingOf}. */
  readonly latestStatus: IssuerStatus;
  /** The BabyJubJub key that the registry tree holds. */
  readonly claimsKey: { readonly x: FieldElement; readonly y: FieldElement };
  readonly lists: readonly number[];
  /**
   * Keys of the DID document over time, for VC-JWT and SD-JWT VC, as of the latest block: a revocation counts as soon as it is
   * seen, a listing once its time is that of a finalised block. Undefined when they were not read.
   */
  readonly keys: readonly ListedKey[] | undefined;
};

export type ListRecord = {
  readonly id: number;
  readonly issuer: number;
  /** Slot in the registry tree. */
  readonly slot: number;
  /** Words as of the finalised block; the root was recomputed from them. */
  readonly words: ReadonlyMap<number, bigint>;
  readonly root: FieldElement;
  /** Words as of the latest block: "revoked" counts as soon as it is seen. */
  readonly latestWords: ReadonlyMap<number, bigint>;
  /** Which blocked entries are suspended rather than revoked, as of the latest block. */
  readonly suspended: ReadonlyMap<number, bigint>;
};

/** Issuance anchor: the root of a padded tree of record digests, and when it was on chain. */
export type AnchorRecord = { readonly list: number; readonly root: string; readonly time: UnixSeconds; readonly block: number };

export type TrustState = {
  readonly chainId: number;
  /** Addresses by contract name, checksummed. */
  readonly contracts: Readonly<Record<string, string>>;
  readonly finalized: BlockRef;
  readonly latest: BlockRef;
  /** When the chain was last read, by the reader's clock. */
  readonly syncedAt: UnixSeconds;
  /** Newest last. Reaches at least as far back as the longest freshness any policy allows. */
  readonly roots: readonly RootRecord[];
  readonly issuers: readonly IssuerRecord[];
  readonly lists: readonly ListRecord[];
  /** The leaves of the registry tree as of the finalised block, by slot. */
  readonly leaves: ReadonlyMap<number, FieldElement>;
  readonly anchors: readonly AnchorRecord[];
};

/** Whether an issuer counts: accredited only by the finalised block, out as soon as the latest one says so. */
export const standingOf = (issuer: IssuerRecord): IssuerStatus =>
  issuer.status === 'removed' || issuer.latestStatus === 'active' ? issuer.status : issuer.latestStatus;

export type EntryStatus = 'valid' | 'revoked' | 'suspended' | 'unknown';

/** Status of one entry: valid only by the finalised words, blocked as soon as the latest ones say so. */
export function entryStatus(trust: TrustState, list: number, index: number): EntryStatus {
  const record = trust.lists.find((candidate) => candidate.id === list);
  if (!record || !Number.isInteger(index) || index < 0) return 'unknown';
  const word = Math.floor(index / 248);
  const bit = 1n << BigInt(index % 248);
  const latest = record.latestWords.get(word) ?? 0n;
  if (((record.words.get(word) ?? 0n) | latest) & bit) {
    // Blocked in the finalised block only: a reinstatement that is not final yet, so it was a suspension.
    return !(latest & bit) || (record.suspended.get(word) ?? 0n) & bit ? 'suspended' : 'revoked';
  }
  return 'valid';
}
