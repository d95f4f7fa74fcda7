// The authorization code flow, as far as it is about requests and codes: pushed requests (RFC 9126), PKCE (RFC 7636, S256 alone), and codes that
// are used once. Wallets are not registered: whoever has the offer and the transaction code decides which wallet gets it.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ProtocolError, recordAudit, type Queryable } from '#server';
import { WALLET, type VciDeps } from './deps.ts';
import { readAsked } from './grants.ts';
import { isOpen, type Offer } from './offer-book.ts';
import { digestOf, isSameSecret, newSecret } from './secrets.ts';
import { identify, type FormRequest } from './identify.ts';

/** Seconds: to type a code in, and to fetch a token after. */
export const REQUEST_LIFETIME = 300;
const CODE_LIFETIME = 60;
const PREFIX = 'urn:ietf:params:oauth:request_uri:';

const base64url = (length: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`));
const pushedSchema = z.looseObject({
  response_type: z.literal('code'),
  client_id: z.string().min(1).max(500),
  redirect_uri: z.string().max(2000).refine(isRedirectUri),
  code_challenge: base64url(43),
  code_challenge_method: z.literal('S256'),
  issuer_state: base64url(43),
  state: z.string().max(2000).optional(),
  scope: z.string().max(5000).optional(),
  authorization_details: z.string().max(20_000).optional(),
  dpop_jkt: base64url(43).optional(),
  response_mode: z.literal('query').optional(),
});

const keptSchema = z.strictObject({
  client: z.string(), redirectUri: z.string(), challenge: z.string(), state: z.string().optional(), jkt: z.string().optional(),
  asked: z.strictObject({ identifiers: z.array(z.string()), named: z.boolean() }),
});
export type PushedRequest = z.infer<typeof keptSchema> & { readonly offer: string };

/** Where a wallet can be called back: https, this machine, or a scheme of its own, named by a domain turned around (RFC 8252, 7). */
function isRedirectUri(text: string): boolean {
  if (!URL.canParse(text) || text.includes('#') || !/^[\x21-\x7e]+$/.test(text)) return false;
  const { protocol, hostname, username } = new URL(text);
  if (username !== '') return false;
  if (protocol === 'https:') return true;
  if (protocol === 'http:') return ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  return /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+:$/.test(protocol);
}

/** `POST /par`. @throws ProtocolError `invalid_request`, `invalid_scope`, `invalid_authorization_details`, and as identify */
export async function pushRequest(deps: VciDeps, request: FormRequest): Promise<{ request_uri: string; expires_in: number }> {
  const { database, offers, now, url } = deps;
  if ('request' in request.form || 'request_uri' in request.form) throw new ProtocolError('invalid_request', 'requests are pushed as parameters here'); // RFC 9126, 2.1
  const parsed = pushedSchema.safeParse(request.form);
  if (!parsed.success) throw new ProtocolError('invalid_request', `${parsed.error.issues[0]!.path.join('.')} is wrong or missing`);
  const { jkt } = await identify(deps, request, `${url}/par`);
  const { data } = parsed;
  if (jkt !== undefined && data.dpop_jkt !== undefined && jkt !== data.dpop_jkt) throw new ProtocolError('invalid_dpop_proof', 'dpop_jkt names another key than the DPoP proof');
  // Somebody else's issuer_state may have been slipped in (OpenID4VCI 1.0, 5.1.3): the code that the person types is the one of its offer.
  const offer = await offers.byIssuerState(data.issuer_state);
  if (!offer || !isOpen(offer, now()) || !offer.flows.includes('authorization_code')) throw new ProtocolError('invalid_request', 'issuer_state names no offer that stands');
  const kept: z.infer<typeof keptSchema> = {
    client: data.client_id, redirectUri: data.redirect_uri, challenge: data.code_challenge, asked: readAsked(data, await offers.items(offer.id)),
    ...(data.state !== undefined && { state: data.state }), ...((jkt ?? data.dpop_jkt) !== undefined && { jkt: jkt ?? data.dpop_jkt }),
  };
  const reference = newSecret();
  await database.transaction(async (tx) => {
    await tx.query('INSERT INTO pushed_request (request, offer, parameters, expires_at) VALUES ($1, $2, $3, $4)', [digestOf(reference), offer.id, JSON.stringify(kept), now() + REQUEST_LIFETIME]);
    await recordAudit(tx, WALLET, { action: 'offer.push', target: offer.id }, now());
  });
  return { request_uri: PREFIX + reference, expires_in: REQUEST_LIFETIME };
}

/** The request that a browser comes with, and its offer; undefined unless it was pushed by this client, is fresh and unused. */
export async function findPushed({ database, offers, now }: VciDeps, { requestUri, client }: { requestUri: string; client: string }): Promise<{ request: PushedRequest; offer: Offer } | undefined> {
  if (!requestUri.startsWith(PREFIX)) return undefined;
  const [row] = await database.query<{ offer: string; parameters: string }>(
    'SELECT offer, parameters FROM pushed_request WHERE request = $1 AND NOT used AND expires_at > $2', [digestOf(requestUri.slice(PREFIX.length)), now()]);
  if (!row) return undefined;
  const request = { ...keptSchema.parse(JSON.parse(row.parameters)), offer: row.offer };
  const offer = await offers.byId(row.offer);
  return request.client === client && offer ? { request, offer } : undefined;
}

/** Ends a pushed request, with a code where the person agreed. @returns undefined when it was ended before */
export async function endPushed({ database, now }: VciDeps, requestUri: string, { agreed, offer }: { agreed: boolean; offer: string }): Promise<{ code?: string } | undefined> {
  const code = agreed ? newSecret() : undefined;
  return database.transaction(async (tx) => {
    const rows = await tx.query('UPDATE pushed_request SET used = true, code = $2, code_expires_at = $3 WHERE request = $1 AND NOT used AND expires_at > $4 RETURNING offer',
      [digestOf(requestUri.slice(PREFIX.length)), code === undefined ? null : digestOf(code), now() + CODE_LIFETIME, now()]);
    if (rows.length === 0) return undefined;
    await recordAudit(tx, WALLET, { action: agreed ? 'offer.authorise' : 'offer.decline', target: offer }, now());
    return code === undefined ? {} : { code };
  });
}

/** Takes a code. @returns `replayed` for one that was taken before. @throws ProtocolError `invalid_request`, `invalid_grant` */
export async function redeemCode(tx: Queryable, { code, form, jkt, now }: { code: string; form: Readonly<Record<string, string>>; jkt: string | undefined; now: number }): Promise<PushedRequest | 'replayed'> {
  const [row] = await tx.query<{ offer: string; parameters: string; used: boolean; fresh: boolean }>(
    'SELECT offer, parameters, code_used AS used, code_expires_at > $2 AS fresh FROM pushed_request WHERE code = $1 FOR UPDATE', [digestOf(code), now]);
  if (!row) throw new ProtocolError('invalid_grant', 'the authorization code is unknown or has expired');
  const request = { ...keptSchema.parse(JSON.parse(row.parameters)), offer: row.offer };
  assertMine(request, form, jkt);
  if (row.used) return 'replayed';
  if (!row.fresh) throw new ProtocolError('invalid_grant', 'the authorization code is unknown or has expired');
  await tx.query('UPDATE pushed_request SET code_used = true WHERE code = $1', [digestOf(code)]);
  return request;
}

/** That who comes with a code is who pushed the request. The library takes a missing verifier for none needed, and quotes a wrong one. */
function assertMine({ client, redirectUri, challenge, jkt: bound }: PushedRequest, form: Readonly<Record<string, string>>, jkt: string | undefined): void {
  const { client_id: clientId, redirect_uri: redirect, code_verifier: verifier } = form;
  if (clientId === undefined) throw new ProtocolError('invalid_request', 'client_id is missing');
  if (verifier === undefined) throw new ProtocolError('invalid_request', 'code_verifier is missing');
  const wrong = (what: string) => new ProtocolError('invalid_grant', `the authorization code was given for another ${what}`);
  if (clientId !== client) throw wrong('client');
  if (redirect !== redirectUri) throw wrong('redirect_uri');
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier) || !isSameSecret(createHash('sha256').update(verifier).digest('base64url'), challenge)) throw wrong('code_verifier');
  if (bound !== undefined && jkt !== bound) throw new ProtocolError('invalid_dpop_proof', 'the authorization code is bound to another DPoP key');
}

/** Who had the code before may not have been its owner: what it got is taken back (RFC 6749, 4.1.2). */
export async function revokeAfterReplay({ database, tokens, now }: VciDeps, code: string): Promise<void> {
  await database.transaction(async (tx) => {
    const [row] = await tx.query<{ offer: string }>('SELECT offer FROM pushed_request WHERE code = $1', [digestOf(code)]);
    if (!row) return;
    await tokens.revokeAll(tx, row.offer);
    await recordAudit(tx, WALLET, { action: 'token.revoke', target: row.offer, detail: { replay: true } }, now());
  });
}
