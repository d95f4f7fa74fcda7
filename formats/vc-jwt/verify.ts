// Verifying a VC-JWT, without its DID being resolved: the keys of issuers are part of the trust data. Order of checks: checks.ts.
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { verdictFor, type Reason, type Shown, type Verdict } from '#passport/verdict.ts';
import { checkHeader, checkRecord, checkTrust, checkValidity, findIssuerKey, freshnessOf, type IssuerKey, type TrustContext, type Trusting } from '../credential/checks.ts';
import { readJws, type Jws, type JwsForm } from '../credential/jws.ts';
import { verifyEcdsa } from '../credential/signature.ts';
import { parseVcPayload, type VcPayload } from './payload.ts';

export const VC_JWT_FORM: JwsForm = { code: 'jwt-malformed', maxLength: 20_000 };

export type VcContext = TrustContext & {
  /** did:jwk that the credential has to be about, for a wallet that knows its own key. */
  readonly holder?: string | undefined;
};

/**
 * @throws HealthpassError `jwt-malformed`, `text-too-long`, `json-malformed`, `json-duplicate-key` for a text that cannot be read
 */
export function verifyVcJwt(text: string, context: VcContext): Verdict {
  const result = checkVcJwt(readJws(text, VC_JWT_FORM), context);
  const freshness = freshnessOf(context.trust);
  if (typeof result === 'string') return verdictFor(result, freshness);
  return { outcome: 'accepted', shown: shownOf(result, false), freshness: freshness! }; // no trust data, no acceptance
}

export type CheckedVc = { readonly signer: IssuerKey; readonly payload: VcPayload };

/** All checks of one credential; also those of each credential inside a presentation. */
export function checkVcJwt(jws: Jws, context: VcContext): CheckedVc | Reason {
  const wrong = checkHeader(jws.header, 'secp256k1', 'JWT');
  if (wrong) return wrong;
  const trusting = checkTrust(context);
  if (typeof trusting === 'string') return trusting;
  const signer = findIssuerKey(jws.header.kid as string, 'secp256k1', trusting); // checkHeader took it for a text
  if (typeof signer === 'string') return signer;
  if (!verifyEcdsa('secp256k1', signer.key.publicKey, utf8ToBytes(jws.signingInput), jws.signature)) return 'signature-invalid';
  const payload = parseVcPayload(jws.payload);
  if (!payload || payload.issuer !== signer.issuer.did) return 'credential-malformed';
  return checkPayload(payload, signer, jws, trusting, context.holder) ?? { signer, payload };
}

function checkPayload(payload: VcPayload, signer: IssuerKey, { signingInput }: Jws, context: Trusting, holder: string | undefined): Reason | undefined {
  return checkRecord(signer, { status: payload.status, signingInput }, context)
    ?? checkValidity(payload.validity, context.now)
    ?? (holder !== undefined && holder !== payload.holder ? 'holder-binding-invalid' : undefined);
}

export const shownOf = ({ signer, payload }: CheckedVc, holderBound: boolean): Shown => ({
  form: 'vc-jwt',
  issuer: signer.issuer.did,
  issuerName: signer.issuer.name,
  claims: payload.claims,
  holderBound,
  ...(payload.holder === undefined && { onPaper: true }),
});
