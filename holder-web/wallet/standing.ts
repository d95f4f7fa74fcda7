// How a credential stands by what is known of the chain, and how old that knowledge is. Nothing is asked of anybody here: the trust
// data are whole lists that were fetched before, so nobody learns which entry is looked at.
import {
  entryStatus, standingOf, toUnixSeconds, type EntryStatus, type IssuedCredential, type IssuerRecord, type IssuerStatus, type TrustState, type UnixSeconds,
} from '#passport';

export type Standing = {
  readonly credential: string;
  /** What counts first: a revoked credential is revoked even when it has expired too. */
  readonly status: EntryStatus | 'expired';
  readonly issuer: IssuerStatus | 'unknown';
  readonly issuerName: string | undefined;
  /** `superseded`: the issuer has another key now, and new passes need a signature by it, see refresh.ts. */
  readonly signature: 'current' | 'superseded' | 'unknown';
  readonly validUntil: UnixSeconds;
  /** Status, issuer and expiry leave nothing against it; the signature may still have to be refreshed. */
  readonly good: boolean;
  /** When the chain was last read, and the time of the block that "valid" rests on; absent without trust data. */
  readonly asOf: { readonly syncedAt: UnixSeconds; readonly finalizedAt: UnixSeconds } | undefined;
};

export function standingOfCredential(issued: IssuedCredential, trust: TrustState | undefined, now: UnixSeconds): Standing {
  const issuer = trust && issuerOfList(trust, issued.claims.list);
  const validUntil = toUnixSeconds(issued.claims.validUntil);
  const entry = trust ? entryStatus(trust, issued.claims.list, issued.claims.index) : 'unknown';
  const status = (entry === 'valid' || entry === 'unknown') && now >= validUntil ? 'expired' : entry;
  const standing = issuer ? standingOf(issuer) : 'unknown';
  return {
    credential: issued.id,
    status,
    issuer: standing,
    issuerName: issuer?.name,
    signature: issuer ? (isSignedBy(issued, issuer) ? 'current' : 'superseded') : 'unknown',
    validUntil,
    good: status === 'valid' && standing === 'active',
    asOf: trust && { syncedAt: trust.syncedAt, finalizedAt: trust.finalized.time },
  };
}

/** The issuer that a list belongs to, if both the list and the issuer say so. */
export function issuerOfList(trust: TrustState, list: number): IssuerRecord | undefined {
  const record = trust.lists.find(({ id }) => id === list);
  return record && trust.issuers.find(({ id, lists }) => id === record.issuer && lists.includes(list));
}

export const isSignedBy = ({ claimsKey }: IssuedCredential, issuer: IssuerRecord): boolean =>
  claimsKey.x === issuer.claimsKey.x && claimsKey.y === issuer.claimsKey.y;

/** When the first of the credentials that are still good runs out. */
export function soonestExpiry(standings: readonly Standing[]): UnixSeconds | undefined {
  const times = standings.filter(({ good }) => good).map(({ validUntil }) => validUntil);
  return times.length === 0 ? undefined : (Math.min(...times) as UnixSeconds);
}
