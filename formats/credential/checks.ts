// What VC-JWT and SD-JWT VC are checked for alike, and in which order. The first that fails is the answer:
//  1. the text can be read (else an error is thrown), its header is one that is accepted
//  2. trust data are there and young enough
//  3. the DID of the `kid` belongs to a known issuer, whose document lists or listed that key for this kind of signature
//  4. the signature over the exact bytes; only now is the payload read
//  5. the payload has its form, and names the same issuer
//  6. the accreditation of the issuer
//  7. the key is listed now, or the record was anchored while it was
//  8. the status list is the issuer's, and the entry is not blocked
//  9. times
// 10. the holder (in the folders of the two forms)
import type { UnixSeconds } from '#passport/time.ts';
import { recordDigest, verifyAnchorProof, type AnchorProof, type RecordDigest } from '#passport/anchor.ts';
import { entryStatus, isListedAt, standingOf, type IssuerRecord, type ListedKey, type TrustState } from '#passport/trust.ts';
import type { Freshness, Reason } from '#passport/verdict.ts';
import { ALGORITHMS, type KeyType } from './signature.ts';
import { isOfChain, type CredentialStatus } from './status.ts';

/** Clocks may differ by this many seconds. */
export const CLOCK_SKEW = 60;
/** While trust data are younger, a key that they do not list is one that was never listed. */
const RECENT = 600;

/**
 * The anchor that holds a record, with the proof. Whoever keeps proofs may answer, the holder too: the root is looked up among the
 * anchors of the trust data and the proof is checked.
 */
export type AnchorLookup = (digest: RecordDigest) => { readonly root: string; readonly proof: AnchorProof } | undefined;

export type TrustContext = {
  readonly trust: TrustState | undefined;
  readonly now: UnixSeconds;
  /** Oldest finalised block that "valid" may rest on, in seconds before `now`. */
  readonly maxTrustAge: number;
  /** Asked only for signatures by retired keys, which without it are refused. */
  readonly anchorProof?: AnchorLookup | undefined;
  /** Whether the standing of the issuer is told beside the verdict and no part of it, as VC-API has it. Its key has to be listed all the same. */
  readonly accreditationApart?: boolean | undefined;
};
/** A context whose trust data were found fit for use. */
export type Trusting = TrustContext & { readonly trust: TrustState };

export type IssuerKey = { readonly issuer: IssuerRecord; readonly key: ListedKey };
/** One signed text and its place in a status list. */
export type SignedRecord = { readonly status: CredentialStatus; readonly signingInput: string };
export type Validity = { readonly iat?: number | undefined; readonly nbf?: number | undefined; readonly exp: number };

/** Check 2. */
export function checkTrust(context: TrustContext): Trusting | Reason {
  const { trust, now, maxTrustAge } = context;
  if (!trust) return 'trust-missing';
  if (now + CLOCK_SKEW < trust.finalized.time) return 'clock-wrong';
  return now - trust.finalized.time > maxTrustAge ? 'trust-stale' : { ...context, trust };
}

/** Check 3: the issuer and key that a `kid` names, for signatures of one kind of key. */
export function findIssuerKey(kid: string, type: KeyType, { trust, now }: Trusting): IssuerKey | Reason {
  const did = kid.slice(0, Math.max(0, kid.indexOf('#')));
  const issuer = trust.issuers.find((candidate) => candidate.did === did);
  if (!issuer) return 'issuer-unknown';
  if (!issuer.keys) return checkStanding(issuer) ?? 'keys-unknown'; // of an issuer that is out, nobody reads the keys
  const key = issuer.keys.find((candidate) => candidate.kid === kid);
  // A key that was listed after the trust data were read looks just like one that never was.
  if (!key) return now - trust.syncedAt > RECENT ? 'keys-unknown' : 'issuer-key-unlisted';
  return key.type === type ? { issuer, key } : 'algorithm-refused';
}

/** Checks 6 to 8. */
export function checkRecord(signer: IssuerKey, record: SignedRecord, context: Trusting): Reason | undefined {
  return (context.accreditationApart ? undefined : checkStanding(signer.issuer)) ?? checkKey(signer, record, context) ?? checkStatus(signer.issuer, record.status, context.trust);
}

function checkStanding(issuer: IssuerRecord): Reason | undefined {
  const standing = standingOf(issuer);
  return standing === 'active' ? undefined : `issuer-${standing}`;
}

function checkKey(signer: IssuerKey, { status, signingInput }: SignedRecord, { trust, now, anchorProof }: Trusting): Reason | undefined {
  const { key } = signer;
  if (key.since > trust.finalized.time) return 'keys-unknown'; // seen in a block that may still go away
  if (key.untilBlock === null && isListedAt(key, Math.max(now, key.since))) return undefined;
  const { list, index } = status.statusRegistry;
  const digest = recordDigest(list, index, signingInput);
  const found = anchorProof?.(digest);
  if (!found || !verifyAnchorProof(found.root, digest, found.proof)) return 'issuer-key-retired';
  return wasAnchored(found.root, signer, trust) ? undefined : 'issuer-key-retired';
}

/** Whether an anchor of the issuer with this root lies in a final block in which the key was listed. */
const wasAnchored = (root: string, { issuer, key }: IssuerKey, trust: TrustState): boolean =>
  trust.anchors.some((anchor) =>
    anchor.root === root && issuer.lists.includes(anchor.list) && anchor.block <= trust.finalized.number && anchor.time >= key.since
    && (key.untilBlock === null ? isListedAt(key, anchor.time) : anchor.block < key.untilBlock));

function checkStatus(issuer: IssuerRecord, status: CredentialStatus, trust: TrustState): Reason | undefined {
  const { list, index } = status.statusRegistry;
  const record = trust.lists.find((candidate) => candidate.id === list);
  if (!isOfChain(status, trust) || (record && record.issuer !== issuer.id)) return 'list-foreign';
  const entry = entryStatus(trust, list, index);
  return entry === 'valid' ? undefined : entry === 'unknown' ? 'status-unknown' : `credential-${entry}`;
}

/** Check 9. */
export function checkValidity({ iat, nbf, exp }: Validity, now: UnixSeconds): Reason | undefined {
  if (now + CLOCK_SKEW < Math.max(iat ?? 0, nbf ?? 0)) return 'credential-not-yet-valid';
  return now >= exp + CLOCK_SKEW ? 'credential-expired' : undefined;
}

export const freshnessOf = (trust: TrustState | undefined): Freshness | undefined =>
  trust && { syncedAt: trust.syncedAt, finalizedAt: trust.finalized.time };

/**
 * What is wrong with a header, if anything. Only `alg`, `typ` and `kid` are known: a header that brings its own key (jwk, jku, x5u,
 * x5c), changes what is signed (b64, zip) or asks for understanding (crit) is refused with everything else that is unknown.
 */
export function checkHeader(header: Readonly<Record<string, unknown>>, type: KeyType, typ: string): Reason | undefined {
  if (header.alg !== ALGORITHMS[type] || Object.keys(header).some((name) => !['alg', 'typ', 'kid'].includes(name))) return 'algorithm-refused';
  return header.typ === typ && typeof header.kid === 'string' && header.kid.length <= 300 ? undefined : 'credential-malformed';
}
