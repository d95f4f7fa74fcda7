// Receiving what an issuer offers by OpenID4VCI 1.0: token by pre-authorized code, each event in its three forms for one fresh binding, checked
// as every credential is before it is kept. What came is seen before it is accepted: until then it is in memory alone.
import { z } from 'zod';
import { HealthpassError, isHealthpassError, parseIssuedCredential, type HolderBinding, type IssuedCredential, type Kind, type UnixSeconds } from '#passport';
import { readObject, readJws } from '#formats/credential/jws.ts';
import { VC_JWT_FORM } from '#formats/vc-jwt/verify.ts';
import { createBindings, forgetBindings } from '../bindings.ts';
import { proveBindings } from '../prove-bindings.ts';
import { checkCredential, receiveCredential, type ReceivingContext } from '../receive.ts';
import type { HeldCredential } from '../records.ts';
import type { Wallet } from '../wallet.ts';
import { FORMATS, parse, PRE_AUTHORIZED, type Format, type Offer, type OfferDeps } from './offer.ts';
import { createSession, type Sent, type Session } from './session.ts';

export type ReceiveDeps = OfferDeps & {
  /** Trust data read after the credentials were made: what is not on chain yet cannot be checked. */
  readonly context: () => Promise<ReceivingContext>;
};

/** What an issuer has given, checked and not kept yet. It is accepted or declined, once. */
export type Parcel = {
  readonly records: readonly { readonly issued: IssuedCredential; /** Held already. */ readonly isKnown: boolean }[];
  /** Keeps it, and tells the issuer. Throws as receiveCredential. */
  readonly accept: () => Promise<HeldCredential[]>;
  /** Keeps nothing, and tells the issuer so. */
  readonly decline: () => Promise<void>;
};

/** The number that goes with an offer is another one. */
export class PinWrongError extends HealthpassError {
  /** How often it may still be tried; undefined where the issuer does not say. */
  readonly attemptsLeft: number | undefined;
  constructor(attemptsLeft: number | undefined) {
    super('pin-wrong', 'the issuer refuses the number', { field: 'tx_code' });
    this.attemptsLeft = attemptsLeft;
  }
}

const tokenSchema = z.object({
  access_token: z.string().min(1), token_type: z.string(),
  authorization_details: z.array(z.object({ credential_configuration_id: z.string(), credential_identifiers: z.array(z.string()).min(1).max(100) })).max(100).optional(),
});
const answerSchema = z.object({ credentials: z.array(z.object({ credential: z.unknown() })).length(1), notification_id: z.string().optional() });
const claimsSchema = z.object({ id: z.string(), claims: z.unknown(), claims_key: z.unknown(), signature: z.unknown() });

/** What an offer and its number were exchanged for, which is done once: whoever loses the network after that goes on with it. */
type Grant = { readonly session: Session; readonly granted: z.infer<typeof tokenSchema>; readonly works: Map<string, Work>; /** Moves on with every attempt. */ now: UnixSeconds };
/** One event on its way. An issuer gives the forms of one copy to one key, and the very same request the same answer: so both are kept until all are here. */
type Work = { binding?: HolderBinding; readonly requests: Map<Format, unknown>; readonly notifications: Set<string>; sheet?: Sheet };
const grants = new WeakMap<Offer, Grant>();

/** Whether an offer was taken, and can still give what it has to give, without its number. */
export const isTaken = (offer: Offer): boolean => grants.has(offer);

type Asking = { readonly wallet: Wallet; readonly offer: Offer; readonly session: Session; readonly deps: ReceiveDeps };
/** How one event is asked for in each form. */
type Dataset = Readonly<Record<Format, Readonly<Record<string, string>>>>;
type Sheet = { readonly issued: IssuedCredential; readonly isKnown: boolean; readonly binding: HolderBinding; readonly tell: (event: NotificationEvent) => Promise<void> };
type NotificationEvent = 'credential_accepted' | 'credential_deleted' | 'credential_failure';

/**
 * Fetches and checks everything that an offer gives in the forms that this wallet holds. After `service-unavailable` it may be called again with the same offer.
 * @throws HealthpassError `request-invalid` (number missing), `pin-wrong`, `offer-over`, `service-unavailable`, and as receiveCredential
 */
export async function openOffer(wallet: Wallet, offer: Offer, { txCode }: { readonly txCode?: string | undefined }, deps: ReceiveDeps): Promise<Parcel> {
  const { session, granted, works } = await takeOffer(offer, txCode, deps);
  const sheets: Sheet[] = [];
  try {
    for (const kind of offer.configurations.keys()) {
      for (const dataset of datasetsOf(offer, kind, granted)) {
        const work: Work = works.get(JSON.stringify(dataset)) ?? { requests: new Map(), notifications: new Set() };
        works.set(JSON.stringify(dataset), work);
        sheets.push(work.sheet = await fetchOne({ wallet, offer, session, deps }, dataset, work));
      }
    }
  } catch (error) {
    if (isOutage(error)) throw error;
    grants.delete(offer);
    await discard(wallet, sheets, 'credential_failure');
    throw error;
  }
  grants.delete(offer);
  return {
    records: sheets.map(({ issued, isKnown }) => ({ issued, isKnown })),
    accept: () => keep(wallet, sheets, deps),
    decline: () => discard(wallet, sheets, 'credential_deleted'),
  };
}

/** Receives without looking. Throws as {@link openOffer}. */
export const receiveOffer = async (...request: Parameters<typeof openOffer>): Promise<HeldCredential[]> => (await openOffer(...request)).accept();

async function takeOffer(offer: Offer, txCode: string | undefined, deps: ReceiveDeps): Promise<Grant> {
  const known = grants.get(offer);
  if (!known && offer.needsTxCode && txCode === undefined) throw new HealthpassError('request-invalid', 'the offer asks for the number that was given with it', { field: 'tx_code' });
  const { now } = await deps.context();
  if (known) {
    known.now = now;
    return known;
  }
  const session = createSession(deps.fetch, () => grants.get(offer)?.now ?? now);
  const granted = await requestToken(session, offer, txCode);
  session.setToken(granted.access_token);
  const grant: Grant = { session, granted, works: new Map(), now };
  grants.set(offer, grant);
  return grant;
}

async function requestToken(session: Session, offer: Offer, txCode: string | undefined): Promise<z.infer<typeof tokenSchema>> {
  const sent = await session.form(offer.endpoints.token, {
    grant_type: PRE_AUTHORIZED, 'pre-authorized_code': offer.code, ...(txCode !== undefined && offer.needsTxCode && { tx_code: txCode }),
  });
  if (sent.body['error'] === 'invalid_grant') {
    const left = sent.body['tx_code_attempts_left'];
    // Issuers of other make may not count; ours says how often, and nothing where the offer itself is used, ended or locked.
    if (typeof left === 'number' && left > 0) throw new PinWrongError(left);
    throw new HealthpassError('offer-over', 'the offer was used, has ended, or was locked after wrong numbers', { field: left === 0 ? 'tx_code' : 'pre-authorized_code' });
  }
  const granted = parse(tokenSchema, accept(sent, 'tx_code'), 'token');
  if (granted.token_type.toLowerCase() !== 'dpop') throw new HealthpassError('request-invalid', 'the issuer gives a token that anybody could use', { field: 'token_type' });
  return granted;
}

function datasetsOf({ configurations }: Offer, kind: Kind, { authorization_details: details }: z.infer<typeof tokenSchema>): Dataset[] {
  const ids = configurations.get(kind)!; // of the keys
  if (!details) return [mapFormats((format) => ({ credential_configuration_id: ids[format] }))];
  const named = mapFormats((format) => details.find((entry) => entry.credential_configuration_id === ids[format])?.credential_identifiers ?? []);
  // The n-th names of the three formats are of one event.
  return named[FORMATS[0]].map((_, i) => mapFormats((format) => ({ credential_identifier: named[format][i]! })));
}

const mapFormats = <T>(make: (format: Format) => T): Record<Format, T> => Object.fromEntries(FORMATS.map((format) => [format, make(format)])) as Record<Format, T>; // of all formats

const isOutage = (error: unknown): boolean => isHealthpassError(error) && error.code === 'service-unavailable';

async function fetchOne({ wallet, offer, session, deps }: Asking, dataset: Dataset, work: Work): Promise<Sheet> {
  if (work.sheet) return work.sheet;
  const { now } = await deps.context();
  const binding = work.binding ??= (await createBindings(wallet, 1, now))[0]!; // as many as asked
  const { requests, notifications } = work;
  const send = async (format: Format): Promise<Sent> => {
    const { c_nonce: nonce } = parse(z.object({ c_nonce: z.string() }), accept(await session.json(offer.endpoints.nonce), 'nonce'), 'nonce');
    const jwt = await proveBindings(wallet, [binding], { issuer: offer.issuer, nonce, now, withCommitment: format === 'healthpass-claims' });
    requests.set(format, { ...dataset[format], proofs: { jwt } });
    return session.json(offer.endpoints.credential, requests.get(format));
  };
  const ask = async (format: Format): Promise<unknown> => {
    const again = requests.has(format) ? await session.json(offer.endpoints.credential, requests.get(format)) : undefined;
    const sent = again === undefined || again.body['error'] === 'invalid_nonce' ? await send(format) : again;
    const answer = parse(answerSchema, accept(sent, 'credential'), 'credentials');
    if (answer.notification_id !== undefined) notifications.add(answer.notification_id);
    return answer.credentials[0]!.credential; // there is one
  };
  const tell = async (event: NotificationEvent) => {
    for (const id of notifications) if (offer.endpoints.notification !== undefined) await session.json(offer.endpoints.notification, { notification_id: id, event }).catch(() => {}); // it is a courtesy
  };
  try {
    const [vcJwt, sdJwtVc, claims] = [await ask('jwt_vc_json'), await ask('dc+sd-jwt'), parse(claimsSchema, await ask('healthpass-claims'), 'claims')];
    const { claims_key: claimsKey, ...rest } = claims;
    const issued = parseIssuedCredential({ ...rest, claimsKey, vcJwt, sdJwtVc, issuer: readObject(readJws(vcJwt, VC_JWT_FORM).payload, 'jwt-malformed')['iss'] });
    return { issued, isKnown: await checkCredential(wallet, issued, await deps.context()), binding, tell };
  } catch (error) {
    if (isOutage(error)) throw error;
    await forgetBindings(wallet, [binding]).catch(ifLocked);
    await tell('credential_failure');
    throw error;
  }
}

async function keep(wallet: Wallet, sheets: readonly Sheet[], deps: ReceiveDeps): Promise<HeldCredential[]> {
  const held: HeldCredential[] = [];
  for (const { issued, tell } of sheets) {
    try {
      held.push(await receiveCredential(wallet, issued, await deps.context()));
    } catch (error) {
      await tell('credential_failure');
      throw error;
    }
    await tell('credential_accepted');
  }
  return held;
}

async function discard(wallet: Wallet, sheets: readonly Sheet[], event: NotificationEvent): Promise<void> {
  await forgetBindings(wallet, sheets.map(({ binding }) => binding)).catch(ifLocked);
  for (const { tell } of sheets) await tell(event);
}

/** A wallet that was locked meanwhile forgets old bindings later; the issuer is told all the same. */
function ifLocked(error: unknown): void {
  if (!isHealthpassError(error)) throw error;
}

/** The body of an answer that is none of an error. */
function accept({ status, body }: Sent, field: string): unknown {
  if (status === 200) return body;
  if (status === 202) throw new HealthpassError('request-invalid', 'the result is not there yet; try again later', { field });
  if (status >= 500) throw new HealthpassError('service-unavailable', 'the issuer does not answer as it should', { field });
  throw new HealthpassError('request-invalid', 'the issuer refuses what it offered', { field });
}
