// Issuing what a wallet has proven to hold keys for. Everything that follows (nonce spent, keys used, register, answer) is written in the one
// transaction in which the credentials are: what was not written was not issued, and what was is answered the same when asked again.
import { encodeClaims, HealthpassError, isHealthpassError, type UnixSeconds } from '#passport';
import { ProtocolError, recordAudit, type Queryable } from '#server';
import type { SecuredCopy } from '../issue.ts';
import { LIFETIMES } from '../lifetimes.ts';
import { FORMAT_ENTRIES, parseIdentifier, type Format } from './configurations.ts';
import { WALLET, type VciDeps } from './deps.ts';
import { bindKeys, knownCopies } from './holder-keys.ts';
import { BATCH_SIZE } from './metadata.ts';
import type { Offer } from './offer-book.ts';
import type { ProvenHolder } from './proofs.ts';
import { digestOf, newSecret } from './secrets.ts';
import type { Token } from './tokens.ts';

export type CredentialAnswer = { readonly status: 200 | 202; readonly body: Record<string, unknown> };
export type Ask = {
  readonly token: Token;
  /** `credential_identifier` of what is asked for. */
  readonly identifier: string;
  /** Digest of the request: the same again gets the same answer. */
  readonly request: Uint8Array;
};
export type Issuing = Ask & { readonly offer: Offer; readonly issuance: string; readonly holders: readonly ProvenHolder[]; /** Written with it. */ readonly alongside: (tx: Queryable) => Promise<unknown>; /** Whether the wallet can tell what became of it. */ readonly notifiable: boolean };

export const datasetOf = (offer: string, position: number): string => `${offer}/${position}`;
const contextOf = (request: Uint8Array) => `credential-answer/${Buffer.from(request).toString('hex')}`;

/** Digest of a request: whose it is, and what it says. */
export const requestDigest = ({ digest }: Token, body: unknown): Uint8Array => digestOf(`${Buffer.from(digest).toString('hex')}\0${JSON.stringify(body)}`);

/** What the same request was answered before, while its token lasts and the wallet has not said that it has it. */
export async function knownAnswer({ database, sealer, now }: VciDeps, request: Uint8Array): Promise<CredentialAnswer | undefined> {
  const [row] = await database.query<{ sealed: Uint8Array }>('SELECT sealed FROM credential_answer WHERE request = $1 AND expires_at > $2', [request, now()]);
  return row && await sealer.open(contextOf(request), row.sealed) as CredentialAnswer; // written by remember
}

/** Written with what it answers. @throws ProtocolError `invalid_token` when the token was taken back meanwhile */
export async function remember({ sealer }: VciDeps, tx: Queryable, { token, request }: Ask, answer: CredentialAnswer, notification?: string): Promise<void> {
  const rows = await tx.query('SELECT offer FROM offer_token WHERE token = $1 FOR UPDATE', [token.digest]);
  if (rows.length === 0) throw new ProtocolError('invalid_token', 'the access token was taken back', { status: 401, headers: { 'WWW-Authenticate': 'DPoP error="invalid_token"' } });
  await tx.query('INSERT INTO credential_answer (request, notification, sealed, expires_at, offer) VALUES ($1, $2, $3, $4, $5)',
    [request, notification === undefined ? null : digestOf(notification), await sealer.seal(contextOf(request), answer), token.expiresAt, token.offer]);
}

/** Counts copies towards what one offer gives. @throws ProtocolError `credential_request_denied` */
export async function countCopies(tx: Queryable, { token, identifier }: Ask, copies: number): Promise<void> {
  const rows = await tx.query(
    `INSERT INTO offer_credential (offer, identifier, copies) VALUES ($1, $2, $3)
      ON CONFLICT (offer, identifier) DO UPDATE SET copies = offer_credential.copies + $3 WHERE offer_credential.copies + $3 <= ${BATCH_SIZE} RETURNING copies`, [token.offer, identifier, copies]);
  if (rows.length === 0) throw new ProtocolError('credential_request_denied', `an offer gives ${BATCH_SIZE} copies of a credential`);
}

/** @throws ProtocolError `credential_request_denied`, `invalid_proof`, and what `alongside` throws */
export async function issueCredentials(deps: VciDeps, issuing: Issuing): Promise<CredentialAnswer> {
  const { offer, issuance, identifier, holders } = issuing;
  const { configuration: { format, kind } } = parseIdentifier(identifier)!; // of a grant
  const order = await inOrderOfCopies(deps, holders);
  const event = await eventOf(deps, issuance);
  const notification = issuing.notifiable ? newSecret() : undefined;
  let answer: CredentialAnswer | undefined;
  await deps.service.secure([{
    issuance, event, forms: [FORMAT_ENTRIES[format].securing], holders: order.map((i) => holders[i]!),
    // The same in all formats, whenever each is fetched.
    validUntil: (offer.createdAt + LIFETIMES[kind]) as UnixSeconds,
  }], async (tx, [copies]) => {
    const inRequest = holders.map((_, i) => copies![order.indexOf(i)]!); // one copy a holder
    answer = { status: 200, body: { credentials: inRequest.map((copy) => ({ credential: onTheWire(copy, format) })), ...(notification !== undefined && { notification_id: notification }) } };
    await issuing.alongside(tx);
    await bindKeys(tx, holders, inRequest.map(({ id }) => id));
    if (notification !== undefined) await tx.query('INSERT INTO credential_notification (notification, offer, identifier) VALUES ($1, $2, $3)', [digestOf(notification), offer.id, identifier]);
    await remember(deps, tx, issuing, answer, notification);
    await recordAudit(tx, WALLET, { action: 'credential.issue', target: issuance, detail: { format, copies: inRequest.length } }, deps.now());
  });
  return answer!; // secure has returned, so it was written
}

/** Copies are given to holders in turn: those who have another form of one come first, by its number. */
async function inOrderOfCopies({ database }: VciDeps, holders: readonly ProvenHolder[]): Promise<number[]> {
  const known = await knownCopies(database, holders);
  const rank = (i: number) => known.get(i)?.copy ?? Infinity;
  return holders.map((_, i) => i).toSorted((a, b) => (rank(a) === rank(b) ? a - b : rank(a) - rank(b)));
}

/** An event that is gone, as its person was erased, can be issued no more. */
async function eventOf({ events }: VciDeps, issuance: string) {
  try {
    return await events.eventOf(issuance);
  } catch (error) {
    if (error instanceof HealthpassError && error.code !== 'service-unavailable' && error.code !== 'sealed-invalid') throw denied();
    throw error;
  }
}

export const denied = () => new ProtocolError('credential_request_denied', 'the issuer cannot issue this credential any more');

/** What stops an issuer for a while is no fault of the wallet's. */
export function toProtocol(error: unknown): unknown {
  if (!isHealthpassError(error)) return error;
  if (error.code === 'issuer-not-accredited' || error.code === 'list-full') return new ProtocolError('temporarily_unavailable', 'the issuer cannot issue at present', { status: 503 });
  return error.code === 'claims-invalid' ? denied() : error;
}

function onTheWire({ id, vcJwt, sdJwtVc, claims, claimsKey, signature }: SecuredCopy, format: Format): unknown {
  if (format === 'jwt_vc_json') return vcJwt;
  if (format === 'dc+sd-jwt') return sdJwtVc;
  return {
    id,
    claims: encodeClaims(claims!).map(String), // secure was asked for claims
    claims_key: { x: claimsKey!.x.toString(), y: claimsKey!.y.toString() },
    signature: { R8x: signature!.R8x.toString(), R8y: signature!.R8y.toString(), S: signature!.S.toString() },
  };
}
