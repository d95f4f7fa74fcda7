// An issuer's offer, from the link or code to what the wallet knows of the issuer. Nothing of it is believed but addresses: whether the issuer
// is one is seen on the credentials that come.
import { z } from 'zod';
import { HealthpassError, KINDS, parseJson, type Kind } from '#passport';
import { invalid, originOf, readParameters, type Fetch } from '../openid4vp/platform.ts';

export const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
const SCHEMES = /^(?:openid-credential-offer|haip-vci|https|http):\/\/[^?#]*\?([^#]*)$/;

const grantSchema = z.object({ 'pre-authorized_code': z.string().max(500), tx_code: z.object({ length: z.int().min(1).max(100).optional(), input_mode: z.string().optional() }).optional() });
const offerSchema = z.object({
  credential_issuer: z.string(), credential_configuration_ids: z.array(z.string()).min(1).max(100), grants: z.object({ [PRE_AUTHORIZED]: grantSchema.optional() }).optional(),
});
const issuerSchema = z.object({
  credential_issuer: z.string(), credential_endpoint: z.string(), nonce_endpoint: z.string(), notification_endpoint: z.string().optional(),
  credential_configurations_supported: z.record(z.string(), z.looseObject({ format: z.string(), vct: z.string().optional(), kind: z.string().optional(), credential_definition: z.looseObject({ type: z.array(z.string()) }).optional() })),
});
const serverSchema = z.object({ issuer: z.string(), token_endpoint: z.string() });

/** The three forms in which this wallet holds a credential, by what issuers call them. */
export const FORMATS = ['jwt_vc_json', 'dc+sd-jwt', 'healthpass-claims'] as const;
export type Format = (typeof FORMATS)[number];

export type OfferDeps = { readonly fetch: Fetch; /** Takes http addresses of this machine. */ readonly development?: boolean };
export type Offer = {
  readonly issuer: string;
  readonly code: string;
  readonly needsTxCode: boolean;
  /** What the number looks like. */
  readonly txCode: { readonly length: number | undefined; readonly isNumeric: boolean };
  /** Ids of the configurations, by kind and format. */
  readonly configurations: ReadonlyMap<Kind, Readonly<Record<Format, string>>>;
  readonly endpoints: { readonly token: string; readonly credential: string; readonly nonce: string; readonly notification: string | undefined };
};

/**
 * @throws HealthpassError `request-invalid` for a link or offer that this wallet cannot take, `offer-untrusted` when one host speaks in the name of another,
 * `offer-over`, `service-unavailable`
 */
export async function readOffer(link: string, deps: OfferDeps): Promise<Offer> {
  const offer = parse(offerSchema, await offerOf(link, deps), 'credential_offer');
  const grant = offer.grants?.[PRE_AUTHORIZED];
  if (!grant) throw invalid('grants');
  const issuer = offer.credential_issuer;
  const metadata = parse(issuerSchema, await wellKnown('openid-credential-issuer', issuer, deps), 'credential_issuer');
  const server = parse(serverSchema, await wellKnown('oauth-authorization-server', issuer, deps), 'issuer');
  if (metadata.credential_issuer !== issuer || server.issuer !== issuer) throw invalid('credential_issuer');
  const endpoints = { token: server.token_endpoint, credential: metadata.credential_endpoint, nonce: metadata.nonce_endpoint, notification: metadata.notification_endpoint };
  for (const endpoint of Object.values(endpoints)) if (endpoint !== undefined) assertSameHost(endpoint, issuer, deps);
  return { issuer, code: grant['pre-authorized_code'], needsTxCode: grant.tx_code !== undefined, txCode: { length: grant.tx_code?.length, isNumeric: grant.tx_code?.input_mode !== 'text' }, configurations: configurationsOf(offer.credential_configuration_ids, metadata), endpoints };
}

/** What goes to the issuer goes to nobody else. */
function assertSameHost(endpoint: string, issuer: string, { development = false }: OfferDeps): void {
  if (originOf(endpoint, 'endpoint', development) === originOf(issuer, 'credential_issuer', development)) return;
  throw new HealthpassError('offer-untrusted', 'the issuer names an address of another host', { field: 'endpoint' });
}

async function offerOf(link: string, deps: OfferDeps): Promise<unknown> {
  const query = link.length <= 10_000 ? SCHEMES.exec(link)?.[1] : undefined;
  if (query === undefined) throw invalid('link');
  const parameters = readParameters(query);
  const [byValue, byReference] = [parameters.get('credential_offer'), parameters.get('credential_offer_uri')];
  if ((byValue === undefined) === (byReference === undefined)) throw invalid('credential_offer');
  return byValue === undefined ? getJson(byReference!, 'credential_offer_uri', deps) : parseJson(byValue); // one of the two
}

function wellKnown(name: string, issuer: string, deps: OfferDeps): Promise<unknown> {
  const origin = originOf(issuer, 'credential_issuer', deps.development === true);
  return getJson(`${origin}/.well-known/${name}${issuer.slice(origin.length).replace(/\/$/, '')}`, 'credential_issuer', deps);
}

async function getJson(url: string, field: string, { fetch, development = false }: OfferDeps): Promise<unknown> {
  originOf(url, field, development);
  const answer = await fetch(url, { method: 'GET', headers: { accept: 'application/json' }, redirect: 'error' });
  if (field === 'credential_offer_uri' && [404, 410].includes(answer.status)) throw new HealthpassError('offer-over', 'the issuer does not know the offer, or it has ended', { field });
  if (answer.status !== 200) throw new HealthpassError('service-unavailable', 'the issuer does not answer as it should', { field });
  return parseJson(await answer.text(), { maxBytes: 500_000 });
}

/** What is offered in all three forms; the rest is for other wallets. */
function configurationsOf(ids: readonly string[], { credential_configurations_supported: supported }: z.infer<typeof issuerSchema>): Offer['configurations'] {
  const kinds = Object.keys(KINDS) as Kind[]; // of the table of kinds
  const byKind = new Map<Kind, Partial<Record<Format, string>>>();
  for (const id of ids) {
    const configuration = supported[id];
    const format = FORMATS.find((known) => known === configuration?.format);
    const said = [configuration?.kind, configuration?.vct, ...(configuration?.credential_definition?.type ?? [])].join(' ').toLowerCase();
    const kind = kinds.find((known) => said.includes(known));
    if (format && kind) byKind.set(kind, { ...byKind.get(kind), [format]: id });
  }
  const whole = [...byKind].filter((entry): entry is [Kind, Record<Format, string>] => FORMATS.every((format) => entry[1][format] !== undefined));
  if (whole.length === 0) throw invalid('credential_configuration_ids', 'nothing that this wallet can hold in');
  return new Map(whole);
}

export function parse<T extends z.ZodType>(schema: T, input: unknown, field: string): z.infer<T> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw invalid(field);
  return parsed.data;
}
