// Health credentials as our issuers sign them, through VC-API: by the rules of /verify, except that the standing of the issuer is told beside the
// result. One that somebody presents has to be his own.
import { VcProblem, type ProblemName } from '#formats/w3c/index.ts';
import { verifyVcJwt } from '#formats/vc-jwt/index.ts';
import { HealthpassError, isHealthpassError, REASONS, type Reason, type TrustState, type UnixSeconds, type Verdict } from '#passport';
import { TRUST_AGE, type AnchorBook } from '#verifier/checks/index.ts';

export type HealthCredentialDeps = { readonly trust: TrustState | undefined; readonly anchors?: AnchorBook | undefined; readonly now: UnixSeconds };

/** @returns the DID of the issuer @throws VcProblem, HealthpassError `no-trust-data` */
export async function verifyHealthCredential({ trust, anchors, now }: HealthCredentialDeps, text: string, holder: string | undefined): Promise<string> {
  if (!trust) throw new HealthpassError('no-trust-data', 'the chain has not been read yet', { field: 'trust' });
  const verify = () => readable(() => verifyVcJwt(text, { trust, now, maxTrustAge: TRUST_AGE, anchorProof: anchors?.lookup, holder, accreditationApart: true }));
  const first = verify();
  const isRetired = first.outcome === 'refused' && first.reason === 'issuer-key-retired';
  const verdict = isRetired && (await anchors?.load(trust)) ? verify() : first;
  if (verdict.outcome !== 'accepted') throw new VcProblem(PROBLEMS[verdict.reason] ?? 'CRYPTOGRAPHIC_SECURITY_ERROR', REASONS[verdict.reason].says);
  return (verdict.shown as { issuer: string }).issuer; // verifyVcJwt shows one credential
}

/** Everything else is about the signature, and who it is by. */
const PROBLEMS: Partial<Record<Reason, ProblemName>> = {
  'credential-malformed': 'MALFORMED_VALUE_ERROR',
  'credential-expired': 'RANGE_ERROR',
  'credential-not-yet-valid': 'RANGE_ERROR',
  'credential-revoked': 'STATUS_VERIFICATION_ERROR',
  'credential-suspended': 'STATUS_VERIFICATION_ERROR',
  'list-foreign': 'STATUS_VERIFICATION_ERROR',
  'status-unknown': 'STATUS_RETRIEVAL_ERROR',
  'trust-stale': 'STATUS_RETRIEVAL_ERROR',
  'clock-wrong': 'STATUS_RETRIEVAL_ERROR',
};

function readable(verify: () => Verdict): Verdict {
  try {
    return verify();
  } catch (error) {
    throw isHealthpassError(error) ? new VcProblem('PARSING_ERROR', error.message) : error;
  }
}
