// What a caller wants to be shown, read from JSON and written as a DCQL query: alternatives in plain words, or a query of its own.
import { z } from 'zod';
import { HealthpassError, type FieldElement, type Policy, type UnixSeconds } from '#passport';
import { parseBirthDate } from '#passport/birth-date.ts';
import { nameDigest } from '#passport/name.ts';
import { FORMS, SD_CLAIM_NAMES } from '#formats/credential/index.ts';
import { CREDENTIALS_NAMESPACE, JWT_VC_FORMAT, parseDcqlQuery, PASS_FORMAT, SD_JWT_FORMAT, type DcqlQuery } from '#formats/openid4vp/index.ts';
import { CONTEXTS } from '#formats/credential/forms.ts';
import { CLIENT_ID_PREFIXES } from './identity.ts';

/** Seconds that a request may be answered. A code on another screen can be passed on, so it lives shortly. */
export const LIFETIME = { least: 60, most: 300, standard: 120 } as const;

const name = z.string().min(1).max(200);
const policy = z.string().max(64);
const purpose = z.string().min(1).max(300).optional();
const documentSchema = z.strictObject({ family: z.string().max(200), given: z.array(z.string().max(200)).max(10), birthDate: z.string().max(10) });
const passAsk = z.strictObject({ policy, scope: z.strictObject({ event: name }).optional(), match: z.boolean().optional(), purpose });
const sdJwtAsk = z.strictObject({ vct: z.union([name, z.array(name).min(1).max(8)]), claims: z.array(z.enum(SD_CLAIM_NAMES as [string, ...string[]])).min(1).max(20), policy: policy.optional(), purpose });
const vcAsk = z.strictObject({ type: z.enum(Object.values(FORMS).map(({ type }) => type) as [string, ...string[]]), policy: policy.optional(), purpose });

export const presentationSchema = z.strictObject({
  /** Alternatives: any one answers. */
  ask: z.array(z.union([passAsk, sdJwtAsk, vcAsk])).min(1).max(8).optional(),
  dcql_query: z.unknown().optional(),
  /** What an identity document says, where a pass is asked to match it. */
  document: documentSchema.optional(),
  clientId: z.enum(CLIENT_ID_PREFIXES).optional(),
  responseMode: z.enum(['direct_post.jwt', 'direct_post']).optional(),
  expiresIn: z.int().min(LIFETIME.least).max(LIFETIME.most).optional(),
  /** Which wallets are called: `haip-vp` those of the high assurance profile. */
  scheme: z.enum(['openid4vp', 'haip-vp']).optional(),
  /** Same device: where the wallet sends its user afterwards, with a `response_code` in the fragment. */
  redirectUri: z.url({ protocol: /^https?$/ }).max(1000).optional(),
});
export type PresentationBody = z.infer<typeof presentationSchema>;

export type Asked = {
  readonly query: DcqlQuery;
  /** Policies that credentials shown openly have to meet, by query id. */
  readonly policies: Readonly<Record<string, string>>;
  readonly document: { readonly nameDigest: FieldElement; readonly birthDate: number } | undefined;
};

/** @throws HealthpassError `request-invalid`, `policy-invalid`, `claims-invalid` (document) */
export function readAsked({ ask, dcql_query: raw, document }: PresentationBody, policies: readonly Policy[], now: UnixSeconds): Asked {
  if ((ask === undefined) === (raw === undefined)) throw invalid('ask', 'either ask or dcql_query says what is wanted');
  const parts = (ask ?? []).map(toCredential);
  const query = parseDcqlQuery(ask ? { credentials: parts.map(({ credential }) => credential), credential_sets: [setOf(parts)] } : raw);
  const asked = Object.fromEntries(parts.flatMap(({ credential, policy }) => (policy === undefined ? [] : [[credential.id, policy]])));
  assertVerifiable(query, policies);
  for (const wanted of Object.values(asked)) assertPolicy(wanted, policies);
  const matches = query.credentials.some((credential) => credential.format === PASS_FORMAT && credential.meta.match);
  if (matches !== (document !== undefined)) throw invalid('document', 'a document is compared where a pass is asked to match it, and only there');
  return { query, policies: asked, document: document && { nameDigest: nameDigest(document), birthDate: parseBirthDate(document.birthDate, { now }) } };
}

type Part = { readonly credential: { readonly id: string }; readonly policy?: string | undefined; readonly purpose?: string | undefined };

function toCredential(asked: z.infer<typeof passAsk> | z.infer<typeof sdJwtAsk> | z.infer<typeof vcAsk>, index: number): Part {
  const { policy, purpose } = asked;
  if ('vct' in asked) {
    const meta = { vct_values: typeof asked.vct === 'string' ? [asked.vct] : asked.vct };
    return { credential: { id: `credential-${index}`, format: SD_JWT_FORMAT, meta, claims: asked.claims.map((claim) => ({ path: [claim] })) } as Part['credential'], policy, purpose };
  }
  if ('type' in asked) {
    const expanded = [`${CREDENTIALS_NAMESPACE}VerifiableCredential`, CONTEXTS[2]['@vocab'] + asked.type];
    return { credential: { id: `credential-${index}`, format: JWT_VC_FORMAT, meta: { type_values: [expanded, [asked.type]] } } as Part['credential'], policy, purpose };
  }
  const { scope, match } = asked;
  const meta = { policies: [policy], ...(scope && { scope }), ...(match && { match }) };
  return { credential: { id: `pass-${index}`, format: PASS_FORMAT, meta } as Part['credential'], purpose };
}

const setOf = (parts: readonly Part[]) => ({ options: parts.map(({ credential }) => [credential.id]), purpose: parts.find(({ purpose }) => purpose)?.purpose });

/** What could not be checked is not asked. */
function assertVerifiable({ credentials }: DcqlQuery, policies: readonly Policy[]): void {
  for (const credential of credentials) {
    if (credential.format === 'other') throw invalid('dcql_query.credentials.format', 'the format is none that is verified here');
    if (credential.format === PASS_FORMAT) for (const wanted of credential.meta.policies) assertPolicy(wanted, policies);
    else if (credential.trusted_authorities?.some(({ type }) => type !== 'aki' && type !== 'did')) throw invalid('dcql_query.credentials.trusted_authorities', 'authorities are told by aki or did');
  }
}

function assertPolicy(wanted: string, policies: readonly Policy[]): void {
  if (!policies.some(({ id, version }) => wanted === id || wanted === `${id}@${version}`)) throw new HealthpassError('policy-invalid', 'there is no such policy here', { field: 'policy' });
}

const invalid = (field: string, message: string) => new HealthpassError('request-invalid', message, { field });
