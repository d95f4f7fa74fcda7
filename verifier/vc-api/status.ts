// The status of credentials by entries in lists of issuers that this verifier knows, read from the chain itself. Lists of others are not fetched:
// where their URL leads is the presenter's choice (SSRF), and asking would tell its host who is being checked.
import { isBitstringEntry, malformed, VcProblem, type JsonObject, type StatusAnswer } from '#formats/w3c/index.ts';
import { LIST_SIZE, entryStatus, HealthpassError, type TrustState } from '#passport';

export type StatusDeps = {
  /** URLs of issuers' services, without a slash at the end. */
  readonly issuers: readonly string[];
  readonly trust: () => TrustState | undefined;
};

/** @throws VcProblem for an entry of a known list that cannot be looked up, HealthpassError `no-trust-data` */
export function statusOf({ issuers, trust }: StatusDeps, entry: JsonObject): StatusAnswer {
  const place = isBitstringEntry(entry) ? placeOf(issuers, `${entry['statusListCredential']}`) : undefined;
  if (!place) return { status: 'unchecked' };
  const known = trust();
  if (!known) throw new HealthpassError('no-trust-data', 'the chain has not been read yet', { field: 'trust' });
  if (entry['statusPurpose'] !== place.purpose) throw new VcProblem('STATUS_VERIFICATION_ERROR', 'the entry has another purpose than its list');
  const index = Number(entry['statusListIndex']);
  if (index >= LIST_SIZE) throw new VcProblem('RANGE_ERROR', 'the index lies outside the status list');
  if (entry['statusSize'] !== undefined && entry['statusSize'] !== 1) throw malformed('credentialStatus.statusSize', 'is not that of the list');
  const status = entryStatus(known, place.list, index);
  if (status === 'unknown') throw new VcProblem('STATUS_RETRIEVAL_ERROR', 'the chain has no such status list');
  // Revoked or suspended, it is blocked, whichever of the two lists names it.
  return { status, purpose: place.purpose, list: `${entry['statusListCredential']}` };
}

function placeOf(issuers: readonly string[], url: string): { list: number; purpose: 'revocation' | 'suspension' } | undefined {
  const base = issuers.map((issuer) => issuer.replace(/\/$/, '')).find((issuer) => url.startsWith(`${issuer}/status-lists/`));
  const [, list, purpose] = (base !== undefined && /^(\d{1,10})(?:\/(suspension))?$/.exec(url.slice(`${base}/status-lists/`.length))) || [];
  return list === undefined ? undefined : { list: Number(list), purpose: purpose === undefined ? 'revocation' : 'suspension' };
}
