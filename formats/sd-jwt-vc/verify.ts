// Verifying an SD-JWT VC, shown whole to a wallet or presented to a verifier. Order of checks: credential/checks.ts, then the key
// binding: signature, sd_hash, audience, nonce, time.
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { HolderKey } from '#passport/credential.ts';
import { HealthpassError } from '#passport/errors.ts';
import { verdictFor, type Reason, type Verdict } from '#passport/verdict.ts';
import { checkHeader, checkRecord, checkTrust, checkValidity, findIssuerKey, freshnessOf, type IssuerKey, type TrustContext } from '../credential/checks.ts';
import type { OpenClaims } from '../credential/forms.ts';
import { holderPublicKey } from '../credential/holder.ts';
import { readObject, type Jws } from '../credential/jws.ts';
import { checkPresentation } from '../credential/presentation.ts';
import { verifyEcdsa } from '../credential/signature.ts';
import { numericDate } from '../vc-jwt/payload.ts';
import { hashText, openDisclosures, parseSdJwtPayload, readSdJwt, type SdJwtPayload, type SdJwtText } from './text.ts';
import { isCertified } from './x5c.ts';

/** Whether a presentation is asked for, and in answer to what. Only a wallet that receives its own credential asks for none. */
export type KeyBindingAsk =
  | { readonly requireKeyBinding: true; readonly nonce: string; readonly audience: string }
  | { readonly requireKeyBinding: false };

export type SdJwtContext = TrustContext & KeyBindingAsk & {
  /** Key that the credential has to be bound to, for a wallet that knows its own. */
  readonly holderKey?: HolderKey | undefined;
  /** Root certificates of accrediting bodies, base64 of DER. Where they are known, certificates have to lead to one of them. */
  readonly certificateRoots?: readonly string[] | undefined;
};

/**
 * @throws HealthpassError `sd-jwt-malformed`, `text-too-long`, `json-malformed`, `json-duplicate-key` for a text that cannot be read
 */
export function verifySdJwtVc(text: string, context: SdJwtContext): Verdict {
  const result = checkSdJwtVc(readSdJwt(text), context);
  const freshness = freshnessOf(context.trust);
  if (typeof result === 'string') return verdictFor(result, freshness);
  const { signer: { issuer }, claims } = result;
  const shown = { form: 'sd-jwt-vc', issuer: issuer.did, issuerName: issuer.name, claims, holderBound: context.requireKeyBinding } as const;
  return { outcome: 'accepted', shown, freshness: freshness! }; // no trust data, no acceptance
}

function checkSdJwtVc(sdJwt: SdJwtText, context: SdJwtContext): { signer: IssuerKey; claims: OpenClaims } | Reason {
  const { jws } = sdJwt;
  const { x5c, ...header } = jws.header;
  const wrong = checkHeader(header, 'P-256', 'dc+sd-jwt');
  if (wrong) return wrong;
  const trusting = checkTrust(context);
  if (typeof trusting === 'string') return trusting;
  const signer = findIssuerKey(jws.header.kid as string, 'P-256', trusting); // checkHeader took it for a text
  if (typeof signer === 'string') return signer;
  if (!verifyEcdsa('P-256', signer.key.publicKey, utf8ToBytes(jws.signingInput), jws.signature)) return 'signature-invalid';
  const payload = parseSdJwtPayload(jws.payload);
  if (!payload) return 'credential-malformed';
  const untrue = checkIssuer(payload, signer, x5c, context);
  if (untrue) return untrue;
  const claims = openDisclosures(payload, sdJwt.disclosures);
  if (!claims) return 'disclosure-invalid';
  return checkRecord(signer, { status: payload.status, signingInput: jws.signingInput }, trusting)
    ?? checkValidity(payload.validity, context.now)
    ?? checkHolder(sdJwt, payload.holderKey, context)
    ?? { signer, claims };
}

/** That `iss` is the DID of the key, or a URL that certificates bind to both. */
function checkIssuer({ issuer, validity }: SdJwtPayload, { issuer: { did }, key }: IssuerKey, x5c: unknown, { certificateRoots: roots }: SdJwtContext): Reason | undefined {
  if (x5c === undefined) return issuer === did ? undefined : 'credential-malformed';
  if (issuer.startsWith('did:')) return 'algorithm-refused'; // a header that brings what the form does not ask for
  return isCertified(x5c, { url: issuer, did, publicKey: key.publicKey }, { issuedAt: validity.iat, roots }) ? undefined : 'certificate-invalid';
}

function checkHolder({ keyBinding, presented }: SdJwtText, key: HolderKey, context: SdJwtContext): Reason | undefined {
  if (context.holderKey && holderPublicKey(context.holderKey) !== holderPublicKey(key)) return 'holder-binding-invalid';
  // A presentation that was made for a verifier is no credential for a wallet: its nonce could not be compared.
  if (!context.requireKeyBinding) return keyBinding ? 'audience-wrong' : undefined;
  return keyBinding ? checkKeyBinding(keyBinding, presented, key, context) : 'holder-binding-missing';
}

const keyBindingSchema = z.strictObject({
  iat: numericDate,
  aud: z.string().min(1).max(500),
  nonce: z.string().min(1).max(200),
  sd_hash: z.string().max(64),
});

function checkKeyBinding(
  jws: Jws, presented: string, key: HolderKey, { nonce, audience, now }: SdJwtContext & { requireKeyBinding: true },
): Reason | undefined {
  const { alg, typ, ...others } = jws.header;
  if (alg !== 'ES256' || Object.keys(others).length > 0) return 'algorithm-refused';
  if (typ !== 'kb+jwt') return 'holder-binding-invalid';
  if (!verifyEcdsa('P-256', holderPublicKey(key), utf8ToBytes(jws.signingInput), jws.signature)) return 'holder-binding-invalid';
  const parsed = keyBindingSchema.safeParse(readObject(jws.payload, 'sd-jwt-malformed'));
  if (!parsed.success) throw new HealthpassError('sd-jwt-malformed', 'the key binding lacks something or has too much', { field: parsed.error.issues[0]!.path.join('.') });
  if (parsed.data.sd_hash !== hashText(presented)) return 'holder-binding-invalid';
  return checkPresentation(parsed.data, { challenge: nonce, audience, now });
}
