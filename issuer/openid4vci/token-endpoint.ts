// The token endpoint (OpenID4VCI 1.0, section 6): pre-authorized code, authorization code, refresh token. Each is used once, and what decides
// that is one statement of the database.
import { Oauth2AuthorizationServer, Oauth2ServerErrorResponseError } from '@openid4vc/oauth2';
import { ProtocolError, recordAudit, type Queryable } from '#server';
import { redeemCode, revokeAfterReplay } from './authorization-codes.ts';
import { WALLET, type VciDeps } from './deps.ts';
import { namedDetails, readAsked } from './grants.ts';
import { identify, type Asker, type FormRequest } from './identify.ts';
import { CODE_ATTEMPTS, isOpen, type Offer } from './offer-book.ts';
import { CALLBACKS, isSameSecret } from './secrets.ts';
import { ACCESS_LIFETIME, REFRESH_LIFETIME, type Grants } from './tokens.ts';

export type TokenResponse = { readonly body: Record<string, unknown>; readonly headers: Readonly<Record<string, string>> };

const library = new Oauth2AuthorizationServer({ callbacks: CALLBACKS });

/** @throws ProtocolError `invalid_request`, `invalid_grant`, `invalid_client`, `unsupported_grant_type`, `invalid_dpop_proof`, `use_dpop_nonce` */
export async function requestToken(deps: VciDeps, { form, header }: FormRequest): Promise<TokenResponse> {
  const { grant } = parse(form);
  const asker = await identify(deps, { form, header }, `${deps.url}/token`);
  const granted = await (grant.grantType === 'authorization_code' ? withCode(deps, grant.code, form, asker)
    : grant.grantType === 'refresh_token' ? withRefreshToken(deps, grant.refreshToken, asker)
      : withPreAuthorizedCode(deps, grant.preAuthorizedCode, form, asker));
  return { body: granted, headers: asker.jkt === undefined ? {} : { 'DPoP-Nonce': await deps.nonces.create('dpop', deps.now()) } };
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  unsupported_grant_type: 'the grant type is not supported', invalid_dpop_proof: 'the DPoP header is no JWT', invalid_client: 'the client attestation headers are no JWTs',
};

/** The library's descriptions quote the request, so they are replaced. */
function parse(form: Readonly<Record<string, string>>) {
  try {
    return library.parseAccessTokenRequest({ accessTokenRequest: form, request: { method: 'POST', url: 'https://issuer.invalid', headers: new Headers() as never } }); // headers are read by identify
  } catch (error) {
    if (!(error instanceof Oauth2ServerErrorResponseError)) throw error;
    const code = error.errorResponse.error;
    throw new ProtocolError(code, DESCRIPTIONS[code] ?? 'a parameter that the grant type needs is missing or wrong');
  }
}

async function withPreAuthorizedCode(deps: VciDeps, code: string, form: Readonly<Record<string, string>>, asker: Asker) {
  const { database, offers, now } = deps;
  const offer = await offers.byCode(code);
  if (!offer || !isOpen(offer, now()) || !offer.flows.includes('pre-authorized_code')) throw invalidGrant('the pre-authorized code is unknown, used or has expired');
  const asked = readAsked(form, await offers.items(offer.id));
  await assertTxCode(deps, offer, form['tx_code']);
  return database.transaction(async (tx) => {
    await redeemOffer(deps, tx, offer);
    return issueTokens(deps, tx, offer, { ...asked, ...bound(asker) });
  });
}

/** @throws ProtocolError `invalid_request` for a code too many or too few, `invalid_grant` for a wrong one */
export async function assertTxCode(deps: VciDeps, offer: Offer, txCode: string | undefined): Promise<void> {
  if (offer.withCode !== (txCode !== undefined)) throw new ProtocolError('invalid_request', offer.withCode ? 'the offer asks for a transaction code' : 'the offer asks for no transaction code');
  if (txCode === undefined) return;
  const { database, offers, now } = deps;
  const attempt = await database.transaction((tx) => offers.countAttempt(tx, offer.id, now()));
  const secrets = attempt === undefined ? undefined : await offers.secrets(offer.id);
  if (secrets?.txCode !== undefined && isSameSecret(secrets.txCode, txCode)) return;
  if (attempt !== undefined) await noteWrongCode(deps, offer, attempt);
  // Without a number left the offer has ended, which is what the wallet has to say.
  throw new ProtocolError('invalid_grant', 'the transaction code is wrong', { members: { tx_code_attempts_left: CODE_ATTEMPTS - (attempt ?? CODE_ATTEMPTS) } });
}

async function noteWrongCode({ database, offers, events, now }: VciDeps, { id }: Offer, attempt: number): Promise<void> {
  await database.transaction(async (tx) => {
    const locked = attempt >= CODE_ATTEMPTS && (await offers.end(tx, id, 'locked', now()));
    if (locked) await events.forget(tx, (await offers.items(id, tx)).flatMap(({ issuance }) => issuance ?? []));
    await recordAudit(tx, WALLET, { action: locked ? 'offer.lock' : 'offer.wrong-code', target: id, detail: { attempt } }, now());
  });
}

/** Of all who redeem an offer at once, by whichever flow, one does. @throws ProtocolError `invalid_grant` */
async function redeemOffer({ offers, now }: VciDeps, tx: Queryable, { id }: Offer): Promise<void> {
  if (!(await offers.end(tx, id, 'redeemed', now()))) throw invalidGrant('the offer was redeemed already, or has ended');
  await recordAudit(tx, WALLET, { action: 'offer.redeem', target: id }, now());
}

async function withCode(deps: VciDeps, code: string, form: Readonly<Record<string, string>>, asker: Asker) {
  const outcome = await deps.database.transaction(async (tx) => {
    const redeemed = await redeemCode(tx, { code, form, jkt: asker.jkt, now: deps.now() });
    if (redeemed === 'replayed') return redeemed;
    const offer = (await deps.offers.byId(redeemed.offer, tx))!; // of a foreign key
    await redeemOffer(deps, tx, offer);
    return issueTokens(deps, tx, offer, { ...redeemed.asked, ...bound({ ...asker, client: redeemed.client }) });
  });
  if (outcome !== 'replayed') return outcome;
  await revokeAfterReplay(deps, code);
  throw invalidGrant('the authorization code was used before');
}

async function withRefreshToken(deps: VciDeps, value: string, { jkt, client }: Asker) {
  const token = await deps.tokens.find('refresh', value, deps.now());
  if (!token || token.grants.jkt !== jkt || (token.grants.client !== undefined && token.grants.client !== client)) throw invalidGrant('the refresh token is unknown, used, of another wallet or has expired');
  const offer = await deps.offers.byId(token.offer);
  return deps.database.transaction(async (tx) => {
    if (!(await deps.tokens.remove(tx, token))) throw invalidGrant('the refresh token was used before');
    return issueTokens(deps, tx, offer!, token.grants); // of a foreign key
  });
}

const bound = ({ jkt, client }: Asker): Pick<Grants, 'jkt' | 'client'> => ({ ...(jkt !== undefined && { jkt }), ...(client !== undefined && { client }) });

async function issueTokens({ tokens, now }: VciDeps, tx: Queryable, { id: offer, deferred }: Offer, grants: Grants): Promise<Record<string, unknown>> {
  const at = now();
  const access = await tokens.issue(tx, 'access', { offer, grants, expiresAt: at + ACCESS_LIFETIME });
  // A result may take days, an access token may not.
  const refresh = deferred ? await tokens.issue(tx, 'refresh', { offer, grants, expiresAt: at + REFRESH_LIFETIME }) : undefined;
  await recordAudit(tx, WALLET, { action: 'token.issue', target: offer, detail: { bound: grants.jkt !== undefined, credentials: grants.identifiers.length } }, at);
  return {
    access_token: access, token_type: grants.jkt === undefined ? 'Bearer' : 'DPoP', expires_in: ACCESS_LIFETIME,
    ...(refresh !== undefined && { refresh_token: refresh }),
    ...(grants.named && { authorization_details: namedDetails(grants.identifiers) }),
  };
}

const invalidGrant = (description: string) => new ProtocolError('invalid_grant', description);
