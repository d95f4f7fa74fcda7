// Endpoints of OpenID4VP: sessions for who asks, requests and responses for wallets.
import type { Context } from 'hono';
import { toString as drawCode } from 'qrcode';
import { z } from 'zod';
import { isHealthpassError, parseJson } from '#passport';
import { ProtocolError, route, type Access, type Route } from '#server';
import { presentationSchema } from './ask.ts';
import { createEventStreams, type EventTimes } from './events.ts';
import type { RequestSigner } from './identity.ts';
import { RESPONSE_MAX_BYTES } from './response.ts';
import type { Created, PresentationService } from './service.ts';
import { creatorOf, digestOf, type Session } from './sessions.ts';

export type PresentationRoutesOptions = { readonly access: Access; readonly times?: EventTimes | undefined; readonly stopping?: AbortSignal | undefined };

const linkSchema = z.object({
  id: z.string(), secret: z.string().meta({ description: 'Gives access to the result, in the header presentation-secret' }), clientId: z.string(), requestUri: z.url(),
  link: z.string().meta({ description: 'For a wallet on the same device' }), qr: z.string().meta({ description: 'The link as a QR code, SVG' }), expiresAt: z.int(),
}).meta({ id: 'PresentationLink' });
const viewSchema = z.object({
  id: z.string(), status: z.enum(['open', 'answered', 'declined', 'expired']), opened: z.boolean().meta({ description: 'Whether a wallet has fetched the request' }), expiresAt: z.int(),
  result: z.looseObject({ outcome: z.string().optional(), credentials: z.record(z.string(), z.array(z.unknown())).optional(), error: z.string().optional() }).optional(),
}).meta({ id: 'Presentation' });
const idParams = z.object({ id: z.string().max(64) });
const requestParams = z.object({ request: z.string().max(64) });
const formSchema = z.record(z.string(), z.string());

export function presentationRoutes(service: PresentationService, options: PresentationRoutesOptions): Route[] {
  return [...sessionRoutes(service, options), ...walletRoutes(service)];
}

function sessionRoutes(service: PresentationService, { access, times, stopping }: PresentationRoutesOptions): Route[] {
  const { sessions } = service;
  const streamEvents = createEventStreams(times, stopping);
  const schemes = [...(access.schemes ?? []), 'presentationSecret'] as const;
  const own = (context: Context, id: string, now = service.now()) => findOwn({ service, access, context }, id, now);
  return [
    route({
      method: 'post', path: '/presentations', summary: 'Ask to be shown something', tag: 'presentations', permission: 'presentations:request',
      body: { schema: presentationSchema },
      answers: { 201: { description: 'What a wallet is given, and the secret of the result', schema: linkSchema } },
      run: async ({ body, principal }) => withLink(await service.create(body, principal), body.scheme),
    }),
    route({
      method: 'get', path: '/presentations/:id', summary: 'Give the state and result of a session', tag: 'presentations', permission: null, schemes, params: idParams,
      answers: { 200: { description: 'Its state', schema: viewSchema } },
      async run({ params, context }) {
        const session = await own(context, params.id);
        if (!session) return context.notFound();
        context.header('cache-control', 'no-store');
        return viewOf(service, session, context);
      },
    }),
    route({
      method: 'get', path: '/presentations/:id/events', summary: 'Tell the state and result of a session as they come', tag: 'presentations', permission: null, schemes, params: idParams,
      answers: { 200: { description: 'Server-sent events', mediaType: 'text/event-stream' } },
      async run({ params, context }) {
        const session = await own(context, params.id);
        if (!session) return context.notFound();
        const read = async () => {
          const found = await sessions.find('id', session.id, service.now());
          return found && { version: found.version, over: found.status !== 'open', view: await viewOf(service, found, context) };
        };
        return streamEvents(context, read);
      },
    }),
    route({
      method: 'delete', path: '/presentations/:id', summary: 'Delete a session and its result', tag: 'presentations', permission: null, schemes, params: idParams,
      answers: { 204: { description: 'It is gone' } },
      async run({ params, context }) {
        const session = await own(context, params.id);
        if (!session) return context.notFound();
        const [kind, organisation, id] = JSON.parse(session.creator) as [never, string, string]; // creatorOf wrote it
        await sessions.remove(session, { kind, id, organisation }, service.now());
        return undefined;
      },
    }),
  ];
}

function walletRoutes(service: PresentationService): Route[] {
  const answers = { 200: { description: 'The signed request', mediaType: 'application/oauth-authz-req+jwt' } };
  const common = { path: '/openid4vp/requests/:request', tag: 'openid4vp', permission: null, surface: 'wallet', params: requestParams, errors: 'protocol', answers } as const;
  return [
    route({ ...common, method: 'get', summary: 'Give a wallet the signed request', run: async ({ params, context }) => signed(context, await service.requestObject(params.request)) }),
    route({
      ...common, method: 'post', summary: 'Give a wallet the signed request, with its nonce', body: { schema: formSchema, form: true, maxBytes: 50_000 },
      async run({ params, body, context }) {
        const { nonce, supports } = readWallet(body);
        return signed(context, await service.requestObject(params.request, nonce, supports));
      },
    }),
    route({
      method: 'post', path: '/openid4vp/responses/:request', summary: 'Take the answer of a wallet', tag: 'openid4vp', permission: null, surface: 'wallet', params: requestParams, errors: 'protocol',
      body: { schema: formSchema, form: true, maxBytes: RESPONSE_MAX_BYTES },
      answers: { 200: { description: 'Where the wallet goes on, if anywhere', schema: z.object({ redirect_uri: z.string().optional() }) } },
      async run({ params, body, context }) {
        context.header('cache-control', 'no-store');
        return service.answer(params.request, body);
      },
    }),
  ];
}

const signed = (context: Context, object: string) => context.body(object, 200, { 'content-type': 'application/oauth-authz-req+jwt', 'cache-control': 'no-store' });

/** What a wallet says of itself when it fetches by POST (5.10). @throws ProtocolError `invalid_request` */
function readWallet({ wallet_nonce: nonce, wallet_metadata: metadata }: Readonly<Record<string, string>>): { nonce: string | undefined; supports: (signer: RequestSigner) => boolean } {
  if (nonce !== undefined && !/^[\x21-\x7e]{1,300}$/.test(nonce)) throw new ProtocolError('invalid_request', 'wallet_nonce is no printable text of at most 300 characters');
  const { request_object_signing_alg_values_supported: algorithms, client_id_prefixes_supported: prefixes } = metadataSchema.parse(metadata === undefined ? {} : readMetadata(metadata));
  const holds = (values: readonly string[] | undefined, value: string) => !values || values.includes(value);
  return { nonce, supports: ({ algorithm, clientId }) => holds(algorithms, algorithm) && holds(prefixes, clientId.slice(0, clientId.indexOf(':'))) };
}

const names = z.array(z.string()).optional().catch(undefined);
const metadataSchema = z.object({ request_object_signing_alg_values_supported: names, client_id_prefixes_supported: names }).catch({});

function readMetadata(metadata: string): unknown {
  try {
    return parseJson(metadata, { maxBytes: 50_000, maxDepth: 8 });
  } catch (error) {
    if (isHealthpassError(error)) throw new ProtocolError('invalid_request', 'wallet_metadata is no JSON');
    throw error;
  }
}

async function withLink(created: Created, scheme = 'openid4vp'): Promise<z.infer<typeof linkSchema>> {
  const link = `${scheme}://?${new URLSearchParams({ client_id: created.clientId, request_uri: created.requestUri, request_uri_method: 'post' }).toString()}`;
  return { ...created, link, qr: await drawCode(link, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }) };
}

/** The session, if whoever calls has made it: by its secret, or as the same principal. Of foreign sessions nothing is told, not even that they are. */
async function findOwn({ service, access, context }: { service: PresentationService; access: Access; context: Context }, id: string, now: ReturnType<PresentationService['now']>): Promise<Session | undefined> {
  const secret = context.req.header('presentation-secret');
  const principal = secret === undefined ? await access.authorise(context, 'presentations:request') : undefined;
  const session = await service.sessions.find('id', id, now);
  if (!session) return undefined;
  const isOwn = principal ? creatorOf(principal) === session.creator : service.sessions.isSecret(session, secret!); // one of the two is there
  return isOwn ? session : undefined;
}

/** On the same device only who was sent back by the wallet sees the result: it alone has the response code (14.2, session fixation). */
async function viewOf({ sessions }: PresentationService, session: Session, context: Context): Promise<z.infer<typeof viewSchema>> {
  const { id, status, opened, expiresAt, responseCode } = session;
  const shown = responseCode === null || digestOf(context.req.header('response-code') ?? '') === responseCode;
  const result = shown ? ((await sessions.result(session)) as z.infer<typeof viewSchema>['result']) : undefined; // sealed by the service
  return { id, status, opened, expiresAt, ...(result && { result }) };
}
