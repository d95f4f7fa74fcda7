// Receiving what an issuer offers by OpenID4VCI 1.0: token by pre-authorized code, each event in its three forms for one fresh binding, checked
// as every credential is before it is kept, and the issuer told what became of it.
import { z } from 'zod';
import { HealthpassError, parseIssuedCredential, type Kind } from '#passport';
import { readObject, readJws } from '#formats/credential/jws.ts';
import { VC_JWT_FORM } from '#formats/vc-jwt/verify.ts';
import { createBindings } from '../bindings.ts';
import { proveBindings } from '../prove-bindings.ts';
import { receiveCredential, type ReceivingContext } from '../receive.ts';
import type { HeldCredential } from '../records.ts';
import type { Wallet } from '../wallet.ts';
import { FORMATS, parse, PRE_AUTHORIZED, type Format, type Offer, type OfferDeps } from './offer.ts';
import { createSession, type Sent, type Session } from './session.ts';

export type ReceiveDeps = OfferDeps & {
  /** Trust data read after the credentials were made: what is not on chain yet cannot be checked. */
  readonly context: () => Promise<ReceivingContext>;
};

const tokenSchema = z.object({
  access_token: z.string().min(1), token_type: z.string(),
  authorization_details: z.array(z.object({ credential_configuration_id: z.string(), credential_identifiers: z.array(z.string()).min(1) })).optional(),
});
const answerSchema = z.object({ credentials: z.array(z.object({ credential: z.unknown() })).length(1), notification_id: z.string().optional() });
const claimsSchema = z.object({ id: z.string(), claims: z.unknown(), claims_key: z.unknown(), signature: z.unknown() });

type Asking = { readonly wallet: Wallet; readonly offer: Offer; readonly session: Session; readonly deps: ReceiveDeps };
/** How one event is asked for in each form. */
type Dataset = Readonly<Record<Format, Readonly<Record<string, string>>>>;

/**
 * Receives everything that an offer gives in the forms that this wallet holds.
 * @throws HealthpassError `request-invalid` (transaction code missing or wrong, offer over), `service-unavailable`, and as receiveCredential
 */
export async function receiveOffer(wallet: Wallet, offer: Offer, { txCode }: { readonly txCode?: string | undefined }, deps: ReceiveDeps): Promise<HeldCredential[]> {
  if (offer.needsTxCode && txCode === undefined) throw new HealthpassError('request-invalid', 'the offer asks for the number that was given with it', { field: 'tx_code' });
  const { now } = await deps.context();
  const session = createSession(deps.fetch, () => now);
  const granted = parse(tokenSchema, accept(await session.form(offer.endpoints.token, {
    grant_type: PRE_AUTHORIZED, 'pre-authorized_code': offer.code, ...(txCode !== undefined && offer.needsTxCode && { tx_code: txCode }),
  }), 'tx_code'), 'token');
  if (granted.token_type.toLowerCase() !== 'dpop') throw new HealthpassError('request-invalid', 'the issuer gives a token that anybody could use', { field: 'token_type' });
  session.setToken(granted.access_token);
  const held: HeldCredential[] = [];
  for (const kind of offer.configurations.keys()) {
    for (const dataset of datasetsOf(offer, kind, granted)) held.push(await receiveOne({ wallet, offer, session, deps }, dataset));
  }
  return held;
}

function datasetsOf({ configurations }: Offer, kind: Kind, { authorization_details: details }: z.infer<typeof tokenSchema>): Dataset[] {
  const ids = configurations.get(kind)!; // of the keys
  if (!details) return [mapFormats((format) => ({ credential_configuration_id: ids[format] }))];
  const named = mapFormats((format) => details.find((entry) => entry.credential_configuration_id === ids[format])?.credential_identifiers ?? []);
  // The n-th names of the three formats are of one event.
  return named[FORMATS[0]].map((_, i) => mapFormats((format) => ({ credential_identifier: named[format][i]! })));
}

const mapFormats = <T>(make: (format: Format) => T): Record<Format, T> => Object.fromEntries(FORMATS.map((format) => [format, make(format)])) as Record<Format, T>; // of all formats

async function receiveOne({ wallet, offer, session, deps }: Asking, dataset: Dataset): Promise<HeldCredential> {
  const { now } = await deps.context();
  const bindings = await createBindings(wallet, 1, now);
  const notifications: string[] = [];
  const ask = async (format: Format): Promise<unknown> => {
    const { c_nonce: nonce } = parse(z.object({ c_nonce: z.string() }), accept(await session.json(offer.endpoints.nonce), 'nonce'), 'nonce');
    const jwt = await proveBindings(wallet, bindings, { issuer: offer.issuer, nonce, now, withCommitment: format === 'healthpass-claims' });
    const answer = parse(answerSchema, accept(await session.json(offer.endpoints.credential, { ...dataset[format], proofs: { jwt } }), 'credential'), 'credentials');
    if (answer.notification_id !== undefined) notifications.push(answer.notification_id);
    return answer.credentials[0]!.credential; // there is one
  };
  const tell = async (event: string) => {
    for (const id of notifications) if (offer.endpoints.notification !== undefined) await session.json(offer.endpoints.notification, { notification_id: id, event }).catch(() => {}); // it is a courtesy
  };
  try {
    const [vcJwt, sdJwtVc, claims] = [await ask('jwt_vc_json'), await ask('dc+sd-jwt'), parse(claimsSchema, await ask('healthpass-claims'), 'claims')];
    const { claims_key: claimsKey, ...rest } = claims;
    const issued = parseIssuedCredential({ ...rest, claimsKey, vcJwt, sdJwtVc, issuer: readObject(readJws(vcJwt, VC_JWT_FORM).payload, 'jwt-malformed')['iss'] });
    const held = await receiveCredential(wallet, issued, await deps.context());
    await tell('credential_accepted');
    return held;
  } catch (error) {
    await tell('credential_failure');
    throw error;
  }
}

/** The body of an answer that is none of an error. */
function accept({ status, body }: Sent, field: string): unknown {
  if (status === 200) return body;
  if (status === 202) throw new HealthpassError('request-invalid', 'the result is not there yet; try again later', { field });
  if (status >= 500) throw new HealthpassError('service-unavailable', 'the issuer does not answer as it should', { field });
  throw new HealthpassError('request-invalid', 'the issuer refuses: the number may be wrong, or the offer over', { field });
}
