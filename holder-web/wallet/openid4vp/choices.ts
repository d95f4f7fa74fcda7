// What the holder could answer a request with, for the holder to choose from: nothing is chosen here, and nothing else can be sent.
import { claimsFor, documentOf, JWT_VC_FORMAT, PASS_FORMAT, SD_JWT_FORMAT, typesOf, type ClaimQuery, type JwtVcQuery, type PassQuery, type SdJwtQuery } from '#formats/openid4vp/index.ts';
import { readJws } from '#formats/credential/jws.ts';
import { openDisclosures, parseSdJwtPayload, readSdJwt } from '#formats/sd-jwt-vc/text.ts';
import { parseVcPayload } from '#formats/vc-jwt/payload.ts';
import { VC_JWT_FORM } from '#formats/vc-jwt/verify.ts';
import type { Policy, TrustState, UnixSeconds } from '#passport';
import { fitPolicy } from '../fit.ts';
import { serves } from '../prepare.ts';
import type { HeldCredential, ReadyPass } from '../records.ts';
import { heldCredentials, readyPasses, type Wallet } from '../wallet.ts';
import type { VerifiedRequest } from './request-object.ts';

export type Choice =
  /** Shows that a rule holds, and nothing more. */
  | { readonly query: string; readonly form: 'pass'; readonly policy: string }
  | { readonly query: string; readonly form: 'sd-jwt-vc'; readonly credential: string; /** Exactly what was asked. */ readonly disclose: readonly string[] }
  /** Shows all of a credential. */
  | { readonly query: string; readonly form: 'vp-jwt'; readonly credential: string };

export type ChoosingDeps = { readonly policies: readonly Policy[]; readonly trust: TrustState | undefined; readonly now: UnixSeconds };

/** Every credential and pass that fits a query, in the order of the request. */
export async function choicesFor(wallet: Wallet, { query }: VerifiedRequest, deps: ChoosingDeps): Promise<Choice[]> {
  const held = await heldCredentials(wallet);
  const ready = await readyPasses(wallet);
  return query.credentials.flatMap((credential): Choice[] => {
    if (credential.format === PASS_FORMAT) return passChoices(credential, { held, ready }, deps);
    if (credential.format === SD_JWT_FORMAT) return held.flatMap((entry) => sdJwtChoice(credential, entry));
    return credential.format === JWT_VC_FORMAT ? held.flatMap((entry) => vcChoice(credential, entry)) : [];
  });
}

type Holdings = { readonly held: readonly HeldCredential[]; readonly ready: readonly ReadyPass[] };

/** Policies for which a pass is ready, which needs no trust data at hand, or can be made. */
const passChoices = ({ id, meta: { policies: wanted, scope, match = false } }: PassQuery, { held, ready }: Holdings, { policies, trust, now }: ChoosingDeps): Choice[] =>
  wanted.filter((name) => {
    const known = policies.filter((policy) => name === policy.id || name === `${policy.id}@${policy.version}`);
    return known.some((policy) => (!scope && ready.some((pass) => pass.match === match && serves(pass, policy, now))) || fitPolicy(held, policy, { trust, now, match }).fits.length > 0);
  }).map((policy) => ({ query: id, form: 'pass', policy }));

function sdJwtChoice(query: SdJwtQuery, { issued }: HeldCredential): Choice[] {
  const { jws, disclosures } = readSdJwt(issued.sdJwtVc);
  const payload = parseSdJwtPayload(jws.payload);
  const claims = payload && openDisclosures(payload, disclosures);
  if (!payload || !claims || !query.meta.vct_values.includes(payload.vct) || !isTrusted(query, issued.issuer)) return [];
  const asked = claimsFor(query, documentOf(SD_JWT_FORMAT, claims, payload.issuer));
  if (!asked) return [];
  const names = asked.map(({ path }) => path[0]);
  return [{ query: query.id, form: 'sd-jwt-vc', credential: issued.id, disclose: disclosures.map(({ name }) => name).filter((name) => names.includes(name)) }];
}

function vcChoice(query: JwtVcQuery, { issued }: HeldCredential): Choice[] {
  const claims = parseVcPayload(readJws(issued.vcJwt, VC_JWT_FORM).payload)?.claims;
  if (!claims || !isTrusted(query, issued.issuer) || !query.meta.type_values.some((all) => all.every((type) => typesOf(claims).includes(type)))) return [];
  const asked: readonly ClaimQuery[] | undefined = claimsFor(query, documentOf(JWT_VC_FORMAT, claims, issued.issuer));
  return asked ? [{ query: query.id, form: 'vp-jwt', credential: issued.id }] : [];
}

const isTrusted = ({ trusted_authorities: trusted }: SdJwtQuery | JwtVcQuery, issuer: string): boolean =>
  !trusted || trusted.some(({ type, values }) => type === 'did' && values.includes(issuer));
