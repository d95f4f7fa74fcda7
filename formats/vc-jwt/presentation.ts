// A presentation of VC-JWTs: the holder of all of them signs for one verifier and one question (VP of VC Data Model 1.1, ES256).
// Every credential inside is verified in full; challenge and audience are always compared.
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HealthpassError } from '#passport/errors.ts';
import type { UnixSeconds } from '#passport/time.ts';
import { verdictFor, type Reason, type Shown, type Verdict } from '#passport/verdict.ts';
import { checkHeader, checkTrust, freshnessOf, type TrustContext } from '../credential/checks.ts';
import { didOfHolder, holderPublicKey, parseHolderDid, type HolderSigner } from '../credential/holder.ts';
import { createJws, readJws, readObject, type Jws, type JwsForm } from '../credential/jws.ts';
import { checkPresentation, type PresentationAsk } from '../credential/presentation.ts';
import { verifyEcdsa } from '../credential/signature.ts';
import { numericDate } from './payload.ts';
import { checkVcJwt, shownOf, VC_JWT_FORM } from './verify.ts';

/** Credentials of one presentation. */
export const VP_MAX_CREDENTIALS = 8;
const VP_JWT_FORM: JwsForm = { code: 'jwt-malformed', maxLength: VP_MAX_CREDENTIALS * 28_000 };
const VP_CONTEXT = 'https://www.w3.org/2018/credentials/v1';

const VP_TYPE = 'VerifiablePresentation';
const text = z.string().max(300);
/** What other wallets write besides is read where it says something to be checked, or nothing; anything else is not read at all. */
const payloadSchema = z.strictObject({
  iss: text,
  aud: z.string().min(1).max(500),
  nonce: z.string().min(1).max(200),
  iat: numericDate.optional(),
  nbf: numericDate.optional(),
  exp: numericDate.optional(),
  jti: text.optional(),
  vp: z.strictObject({
    '@context': z.array(text).min(1).max(8).refine(([first]) => first === VP_CONTEXT),
    id: text.optional(),
    holder: text.optional(),
    type: z.union([z.literal(VP_TYPE), z.array(text).max(8).refine((types) => types.includes(VP_TYPE))]),
    verifiableCredential: z.array(z.string()).max(VP_MAX_CREDENTIALS),
  }),
});

export type VpOptions = { readonly credentials: readonly string[]; readonly challenge: string; readonly audience: string; readonly now: UnixSeconds };

/** A VP-JWT over credentials that are all bound to this key. @throws HealthpassError `request-invalid` */
export async function createVpJwt(holder: HolderSigner, { credentials, challenge, audience, now }: VpOptions): Promise<string> {
  const did = didOfHolder(holder.key);
  const payload = {
    iss: did, aud: audience, nonce: challenge, iat: now,
    vp: { '@context': [VP_CONTEXT], type: [VP_TYPE], verifiableCredential: [...credentials] },
  };
  const parsed = payloadSchema.safeParse(payload);
  if (!parsed.success) throw new HealthpassError('request-invalid', 'the presentation asked for cannot be made', { field: parsed.error.issues[0]!.path.join('.') });
  return createJws({ alg: 'ES256', typ: 'JWT', kid: `${did}#0` }, payload, holder.sign);
}

export type VpContext = Omit<TrustContext, 'holder'> & PresentationAsk;

/**
 * @throws HealthpassError `jwt-malformed`, `text-too-long`, `json-malformed`, `json-duplicate-key` for a text, also one inside, that
 * cannot be read
 */
export function verifyVpJwt(text: string, context: VpContext): Verdict {
  const result = checkVpJwt(readJws(text, VP_JWT_FORM), context);
  const freshness = freshnessOf(context.trust);
  if (typeof result === 'string') return verdictFor(result, freshness);
  return { outcome: 'accepted', shown: result, freshness: freshness! }; // no trust data, no acceptance
}

function checkVpJwt(jws: Jws, context: VpContext): Shown | Reason {
  const wrong = checkHeader(jws.header, 'P-256', 'JWT');
  if (wrong) return wrong === 'credential-malformed' ? 'holder-binding-invalid' : wrong;
  const trusting = checkTrust(context);
  if (typeof trusting === 'string') return trusting;
  const kid = jws.header.kid as string; // checkHeader took it for a text
  const holder = kid.slice(0, -2);
  const key = kid.endsWith('#0') ? holderKeyOf(holder) : undefined;
  if (!key || !verifyEcdsa('P-256', key, utf8ToBytes(jws.signingInput), jws.signature)) return 'holder-binding-invalid';
  const payload = parsePayload(jws.payload);
  if (payload.iss !== holder || (payload.vp.holder ?? holder) !== holder) return 'holder-binding-invalid';
  return checkPresentation(payload, context) ?? checkCredentials(payload.vp.verifiableCredential, holder, context);
}

function checkCredentials(texts: readonly string[], holder: string, context: VpContext): Shown | Reason {
  if (texts.length === 0) return 'nothing-presented';
  const credentials: Shown[] = [];
  for (const text of texts) {
    const checked = checkVcJwt(readJws(text, VC_JWT_FORM), { ...context, holder });
    if (typeof checked === 'string') return checked;
    credentials.push(shownOf(checked, true));
  }
  return { form: 'vp-jwt', holder, credentials };
}

function parsePayload(bytes: Uint8Array): z.infer<typeof payloadSchema> {
  const parsed = payloadSchema.safeParse(readObject(bytes, 'jwt-malformed'));
  if (!parsed.success) throw new HealthpassError('jwt-malformed', 'the presentation lacks something or has too much', { field: parsed.error.issues[0]!.path.join('.') });
  return parsed.data;
}

function holderKeyOf(did: string): string | undefined {
  try {
    return holderPublicKey(parseHolderDid(did));
  } catch {
    return undefined; // point-invalid is all that it throws
  }
}
