// What browsers are sent to: the authorization endpoint.
import type { Context } from 'hono';
import { z } from 'zod';
import { route, type Route } from '#server';
import { showCodePage, takeAnswer, type Shown } from './authorize.ts';
import type { VciDeps } from './deps.ts';
import { pathOf } from './wallet-routes.ts';

const asked = { request_uri: z.string().max(200), client_id: z.string().max(500) };
const query = z.looseObject(asked).or(z.looseObject({}).transform(() => ({ request_uri: '', client_id: '' }))); // an unpushed request is none: it ends at a page
const answer = z.looseObject({ ...asked, tx_code: z.string().max(20), answer: z.enum(['agree', 'decline']) });

export function pageRoutes(deps: VciDeps): Route[] {
  const path = `${pathOf(deps.url)}/authorize`;
  const language = (context: Context) => context.req.header('accept-language');
  return [
    route({
      method: 'get', path, summary: 'Ask a person for the transaction code', tag: 'openid4vci', permission: null, surface: 'page', limit: 'offers', query,
      answers: { 200: { description: 'The page', mediaType: 'text/html' } },
      run: async ({ query: { request_uri: requestUri, client_id: client }, context }) => show(context, await showCodePage(deps, { requestUri, client, language: language(context) })),
    }),
    route({
      method: 'post', path, summary: 'Take the transaction code', tag: 'openid4vci', permission: null, surface: 'page', limit: 'token', body: { schema: answer, form: true, maxBytes: 10_000 },
      answers: { 303: { description: 'Back to the wallet' }, 200: { description: 'The page again', mediaType: 'text/html' } },
      run: async ({ body, context }) => show(context, await takeAnswer(deps, {
        requestUri: body.request_uri, client: body.client_id, language: language(context), agreed: body.answer === 'agree', txCode: body.tx_code.trim(),
      })),
    }),
  ];
}

function show(context: Context, shown: Shown): Response {
  if ('location' in shown) return context.body(null, 303, { location: shown.location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  return context.body(shown.page.html, shown.status, shown.page.headers);
}
