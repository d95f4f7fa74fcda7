// Status lists over HTTP. Everybody gets the whole list, the same for all: who asks does not say which credential he holds or checks.
import type { Context } from 'hono';
import { z } from 'zod';
import { route, vcApiObject, wholeNumberText, type Route } from '#server';
import type { TrustState } from '#passport';
import type { VcApiKeys } from '../vc-api/index.ts';
import { listCredentialUrl, type Purpose } from '../vc-api/entries.ts';
import { createListCache, type KeptList } from './cache.ts';
import { publishedList } from './published.ts';
import { listAsJwt, listWithProof, STATUS_TTL, tokenStatusList } from './signed.ts';

export type StatusListDeps = {
  readonly keys: VcApiKeys;
  readonly trust: () => Promise<TrustState>;
  readonly did: string;
  /** Where the service is reached, without a slash at its end. */
  readonly url: string;
};

const params = z.object({ list: wholeNumberText });
const bareList = z.object({ list: z.int(), statusPurpose: z.literal('revocation'), encodedList: z.string(), root: z.string(), asOf: z.int() });
const JWT_LIST = 'application/vc+jwt';
const TOKEN_LIST = 'application/statuslist+jwt';

export function statusListRoutes({ keys, trust, did, url }: StatusListDeps): Route[] {
  const cache = createListCache({ trust });
  const ownLists = async () => (await trust()).issuers.find((issuer) => issuer.did === did)?.lists ?? [];
  const own = async <T>(list: number, read: () => Promise<T | undefined>) => ((await ownLists()).includes(list) ? read() : undefined);

  async function credential(context: Context, list: number, purpose: Purpose): Promise<Response> {
    const [asJwt, listUrl] = [accepts(context, JWT_LIST), listCredentialUrl(`${url}/status-lists/${list}`, purpose)];
    const kept = await own(list, () => cache.get(list, `${purpose}${asJwt ? '+jwt' : ''}`, listUrl, (moment) => (asJwt ? listAsJwt : listWithProof)(keys, moment, purpose)));
    context.header('vary', 'accept');
    return give(context, kept, asJwt ? JWT_LIST : accepts(context, 'application/vc') ? 'application/vc' : 'application/ld+json');
  }
  const credentialRoute = (path: string, purpose: Purpose, summary: string) => route({
    method: 'get', path, summary, tag: 'status', permission: null, surface: 'public', params,
    answers: { 200: { description: 'A BitstringStatusListCredential by Data Integrity, or as a JWT where `Accept` asks for application/vc+jwt', schema: vcApiObject, mediaType: 'application/ld+json' }, 304: { description: 'It is the one that the caller has' } },
    run: ({ params: { list }, context }) => credential(context, list, purpose),
  });

  return [
    credentialRoute('/status-lists/:list', 'revocation', 'Give a status list as a credential: what is blocked'),
    credentialRoute('/status-lists/:list/suspension', 'suspension', 'Give a status list as a credential: what of it is blocked for a time'),
    route({
      method: 'get', path: '/status-lists/:list/bits', summary: 'Give the bits of a status list without a signature', tag: 'status', permission: null, surface: 'public', params,
      answers: { 200: { description: 'The list in the W3C encoding', schema: bareList } },
      run: async ({ params: { list }, context }) => (await publishedList(await trust(), list)) ?? context.notFound(),
    }),
    route({
      method: 'get', path: '/token-status-lists', summary: 'Name the token status lists of this issuer', tag: 'status', permission: null, surface: 'public',
      answers: { 200: { description: 'Status List Aggregation', schema: z.object({ status_lists: z.array(z.string()) }) } },
      run: async () => ({ status_lists: (await ownLists()).map((list) => `${url}/token-status-lists/${list}`) }),
    }),
    route({
      method: 'get', path: '/token-status-lists/:list', summary: 'Give a token status list', tag: 'status', permission: null, surface: 'public', params,
      query: z.object({ time: z.string().optional().meta({ description: 'A list of the past is not given' }) }),
      answers: { 200: { description: 'The list as a JWT', mediaType: TOKEN_LIST }, 304: { description: 'It is the one that the caller has' }, 501: { description: 'A list of the past was asked for' } },
      async run({ params: { list }, query, context }) {
        if (query.time !== undefined) return context.json({ type: 'about:blank', title: 'lists of the past are not given', status: 501, code: 'request-invalid', field: 'time' }, 501, { 'content-type': 'application/problem+json' });
        const listUrl = `${url}/token-status-lists/${list}`;
        return give(context, await own(list, () => cache.get(list, 'token', listUrl, (moment) => tokenStatusList(keys, moment, `${url}/token-status-lists`))), TOKEN_LIST);
      },
    }),
  ];
}

const accepts = (context: Context, mediaType: string): boolean =>
  (context.req.header('accept') ?? '').split(',').some((range) => range.split(';')[0]!.trim().toLowerCase() === mediaType);

function give(context: Context, kept: KeptList | undefined, mediaType: string): Response | Promise<Response> {
  if (!kept) return context.notFound();
  context.header('etag', kept.etag);
  context.header('cache-control', `public, max-age=${STATUS_TTL}`);
  const known = (context.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(kept.etag) || known.includes('*')) return context.body(null, 304);
  return context.body(kept.text, 200, { 'content-type': mediaType });
}
