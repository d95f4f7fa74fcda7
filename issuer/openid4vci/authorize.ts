// The authorization endpoint: a person says by the transaction code that this is his offer, and the browser takes a code back to the wallet.
import { isProtocolError } from './errors.ts';
import { endPushed, findPushed, type PushedRequest } from './authorization-codes.ts';
import type { VciDeps } from './deps.ts';
import { isOpen, type Offer } from './offer-book.ts';
import { codePage, endedPage, type Page } from './page.ts';
import { localeFor } from './page-words.ts';
import { assertTxCode } from './token-endpoint.ts';

export type Visit = { readonly requestUri: string; readonly client: string; readonly language: string | undefined };
export type Answer = Visit & { readonly agreed: boolean; readonly txCode: string };
/** What the browser gets: a page, or where to go. */
export type Shown = { readonly page: Page; readonly status: 200 | 400 } | { readonly location: string };

/** Nobody is sent anywhere by a request that was not pushed: it might lead to an attacker. */
const ended = (language: string | undefined): Shown => ({ page: endedPage(localeFor(language)), status: 400 });

export async function showCodePage(deps: VciDeps, visit: Visit, isWrong = false): Promise<Shown> {
  const pushed = await findPushed(deps, visit);
  if (!pushed || !isOpen(pushed.offer, deps.now())) return ended(visit.language);
  const { requestUri, client, language } = visit;
  const issuer = deps.metadata.credentialIssuer.display?.[0]?.name ?? deps.url;
  return { status: 200, page: codePage({ locale: localeFor(language), issuer, requestUri, client, redirectUri: pushed.request.redirectUri, isWrong }) };
}

export async function takeAnswer(deps: VciDeps, answer: Answer): Promise<Shown> {
  const pushed = await findPushed(deps, answer);
  if (!pushed) return ended(answer.language);
  if (!answer.agreed) return leave(deps, answer, pushed, false);
  if (await isRight(deps, pushed.offer, answer.txCode)) return leave(deps, answer, pushed, true);
  const offer = await deps.offers.byId(pushed.offer.id);
  // The last wrong guess ended the offer: the wallet is told, as there is nothing to type any more.
  return offer && isOpen(offer, deps.now()) ? showCodePage(deps, answer, true) : leave(deps, answer, pushed, false);
}

async function isRight(deps: VciDeps, offer: Offer, txCode: string): Promise<boolean> {
  try {
    await assertTxCode(deps, offer, txCode);
    return true;
  } catch (error) {
    if (isProtocolError(error)) return false;
    throw error;
  }
}

async function leave(deps: VciDeps, { requestUri, language }: Answer, { request, offer }: { request: PushedRequest; offer: Offer }, agreed: boolean): Promise<Shown> {
  const left = await endPushed(deps, requestUri, { agreed, offer: offer.id });
  if (!left) return ended(language);
  const location = new URL(request.redirectUri);
  const parameters = { ...(left.code === undefined ? { error: 'access_denied' } : { code: left.code }), ...(request.state !== undefined && { state: request.state }), iss: deps.url };
  for (const [name, value] of Object.entries(parameters)) location.searchParams.set(name, value);
  return { location: location.toString() };
}
