// Answering a verified request with what the holder chose, or declining it. What goes out is one of the choices that were shown, signed for
// this verifier and this request, and encrypted where that was asked.
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { CompactEncrypt, importJWK } from 'jose';
import { isAnswered, passChallenge, PASS_FORMAT } from '#formats/openid4vp/index.ts';
import { HealthpassError, parseJson } from '#passport';
import { presentPass, type PresentingDeps } from '../present.ts';
import { presentSdJwtVc, presentVcJwt } from '../present-open.ts';
import type { Wallet } from '../wallet.ts';
import { choicesFor, type Choice } from './choices.ts';
import { writeParameters, type Fetch } from './platform.ts';
import type { VerifiedRequest } from './request-object.ts';

export type AnsweringDeps = PresentingDeps & { readonly fetch: Fetch };
/** Where the verifier wants the holder to go on, on this device. */
export type AnswerTaken = { readonly redirectUri: string | undefined };

/**
 * Sends what was chosen: an option of each required set, one presentation a query unless several were asked.
 * @throws HealthpassError `request-invalid` (run out; a choice that is none; not all that was asked), `service-unavailable` (the verifier did
 * not take it), and as presentPass and presentSdJwtVc
 */
export async function answerRequest(wallet: Wallet, request: VerifiedRequest, chosen: readonly Choice[], deps: AnsweringDeps): Promise<AnswerTaken> {
  if (deps.now >= request.expiresAt) throw invalid('exp', 'the request has run out');
  const choices = await choicesFor(wallet, request, { trust: undefined, ...deps });
  if (!chosen.every((choice) => choices.some((other) => JSON.stringify(other) === JSON.stringify(choice)))) throw invalid('chosen', 'only what was asked can be shown');
  assertComplete(request, chosen);
  const vpToken: Record<string, string[]> = {};
  for (const choice of chosen) (vpToken[choice.query] ??= []).push(await present(wallet, request, choice, deps));
  return send(request, { vp_token: vpToken }, deps.fetch);
}

/** Tells the verifier that nothing will be shown. @throws HealthpassError `service-unavailable` */
export const declineRequest = (request: VerifiedRequest, { fetch }: Pick<AnsweringDeps, 'fetch'>): Promise<AnswerTaken> => send(request, { error: 'access_denied' }, fetch);

function assertComplete({ query }: VerifiedRequest, chosen: readonly Choice[]): void {
  const ids = chosen.map((choice) => choice.query);
  if (!isAnswered(query, new Set(ids))) throw invalid('chosen', 'more was asked than is chosen');
  const single = query.credentials.filter((credential) => credential.format === 'other' || !credential.multiple).map(({ id }) => id);
  if (single.some((id) => ids.filter((other) => other === id).length > 1)) throw invalid('chosen', 'several were chosen where one was asked');
}

async function present(wallet: Wallet, request: VerifiedRequest, choice: Choice, deps: AnsweringDeps): Promise<string> {
  const { clientId, nonce, query, asker } = request;
  // The history is for people: they know who asked by name, or by where the answer goes.
  const shownTo = asker.by === 'certificate' ? asker.name : new URL(request.responseUri).host;
  const to = { audience: clientId, nonce, shownTo, now: deps.now };
  if (choice.form === 'sd-jwt-vc') return presentSdJwtVc(wallet, choice.credential, { disclose: choice.disclose, ...to });
  if (choice.form === 'vp-jwt') return presentVcJwt(wallet, choice.credential, to);
  const asked = query.credentials.find(({ id }) => id === choice.query);
  if (asked?.format !== PASS_FORMAT) throw invalid('chosen', 'only what was asked can be shown');
  const { scope, match } = asked.meta;
  return presentPass(wallet, { policy: choice.policy, audience: clientId, challenge: passChallenge(request), scope, match }, { ...deps, shownTo });
}

async function send(request: VerifiedRequest, answer: { vp_token: object } | { error: string }, fetch: Fetch): Promise<AnswerTaken> {
  const state: Readonly<Record<string, string>> = request.state === undefined ? {} : { state: request.state };
  const parameters = request.encryption ? { response: await encrypt({ ...answer, ...state }, request) } : { ...plain(answer), ...state };
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  const taken = await fetch(request.responseUri, { method: 'POST', headers, body: writeParameters(parameters), redirect: 'error' });
  if (taken.status !== 200) throw new HealthpassError('service-unavailable', 'the verifier did not take the answer', { field: 'response_uri' });
  const body = parseJson(await taken.text(), { maxBytes: 10_000, maxDepth: 4 }) as { redirect_uri?: unknown } | null;
  return { redirectUri: typeof body?.redirect_uri === 'string' ? body.redirect_uri : undefined };
}

const plain = (answer: { vp_token: object } | { error: string }): Record<string, string> =>
  'error' in answer ? { error: answer.error } : { vp_token: JSON.stringify(answer.vp_token) };

async function encrypt(payload: object, { encryption }: VerifiedRequest): Promise<string> {
  const { key, enc } = encryption!; // send has looked
  return new CompactEncrypt(utf8ToBytes(JSON.stringify(payload))).setProtectedHeader({ alg: 'ECDH-ES', enc, kid: key.kid }).encrypt(await importJWK(key, 'ECDH-ES'));
}

const invalid = (field: string, message: string) => new HealthpassError('request-invalid', message, { field });
