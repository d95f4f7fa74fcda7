// What wallets call. Paths stand below the path of the issuer's URL; its metadata are found by inserting the well-known path before it.
import type { Context } from 'hono';
import { z } from 'zod';
import { FORMS } from '#formats/credential/index.ts';
import { typeMetadataText } from '#formats/sd-jwt-vc/index.ts';
import type { Kind } from '#passport';
import { route, type Route } from '#server';
import { pushRequest } from './authorization-codes.ts';
import { credentialBody, deferredBody, requestCredential, requestDeferred } from './credential-endpoint.ts';
import type { VciDeps } from './deps.ts';
import type { CredentialAnswer } from './issuance.ts';
import { jwkOf } from './metadata.ts';
import { notificationBody, takeNotification } from './notification.ts';
import type { Offers } from './offers.ts';
import { requestToken } from './token-endpoint.ts';
import { authoriseResource, type Token } from './tokens.ts';

const PROTOCOL = { tag: 'openid4vci', permission: null, surface: 'wallet', errors: 'protocol' } as const;
const PUBLISHED = { tag: 'openid4vci', permission: null, surface: 'public' } as const;
const form = z.record(z.string(), z.string());
const json = z.looseObject({});
const KINDS = Object.keys(FORMS) as [Kind, ...Kind[]]; // of the table of kinds

const headerOf = (context: Context) => (name: string) => context.req.header(name);

export function walletRoutes(deps: VciDeps, offers: Offers): Route[] {
  const path = pathOf(deps.url);
  const authorise = (context: Context, endpoint: string): Promise<Token> =>
    authoriseResource(deps, { authorization: context.req.header('authorization'), dpop: context.req.header('dpop'), url: `${deps.url}/${endpoint}` });
  return [
    route({
      ...PROTOCOL, method: 'get', path: `${path}/offer/:handle`, summary: 'Give the offer behind a link', limit: 'offers', params: z.object({ handle: z.string().max(100) }),
      answers: { 200: { description: 'The credential offer', schema: json } },
      run: async ({ params, context }) => (await offers.fetchByHandle(params.handle)) ?? context.notFound(),
    }),
    route({
      ...PROTOCOL, method: 'post', path: `${path}/nonce`, summary: 'Give a nonce for proofs of possession', limit: 'nonce',
      answers: { 200: { description: 'The nonce', schema: z.object({ c_nonce: z.string() }) } },
      async run({ context }) {
        context.header('cache-control', 'no-store');
        context.header('DPoP-Nonce', await deps.nonces.create('dpop', deps.now()));
        return { c_nonce: await deps.nonces.create('c_nonce', deps.now()) };
      },
    }),
    route({
      ...PROTOCOL, method: 'post', path: `${path}/par`, summary: 'Take a pushed authorization request', limit: 'token', body: { schema: form, form: true },
      answers: { 201: { description: 'Where it is kept', schema: z.object({ request_uri: z.string(), expires_in: z.int() }) } },
      async run({ body, context }) {
        context.header('cache-control', 'no-store');
        return pushRequest(deps, { form: body, header: headerOf(context) });
      },
    }),
    route({
      ...PROTOCOL, method: 'post', path: `${path}/token`, summary: 'Give an access token for a code', limit: 'token', body: { schema: form, form: true },
      answers: { 200: { description: 'The token', schema: json } },
      async run({ body, context }) {
        const { body: token, headers } = await requestToken(deps, { form: body, header: headerOf(context) });
        return context.json(token, 200, { 'cache-control': 'no-store', ...headers });
      },
    }),
    route({
      ...PROTOCOL, method: 'post', path: `${path}/credential`, summary: 'Give credentials for keys that a wallet has proven to hold', malformed: 'invalid_credential_request',
      body: { schema: credentialBody, maxBytes: 300_000 },
      answers: { 200: { description: 'The credentials', schema: json }, 202: { description: 'They are not there yet', schema: json } },
      run: async ({ body, context }) => answer(context, deps, await requestCredential(deps, await authorise(context, 'credential'), body)),
    }),
    route({
      ...PROTOCOL, method: 'post', path: `${path}/deferred-credential`, summary: 'Give credentials that were not there yet', malformed: 'invalid_credential_request',
      body: { schema: deferredBody, maxBytes: 10_000 },
      answers: { 200: { description: 'The credentials', schema: json }, 202: { description: 'They are not there yet', schema: json } },
      run: async ({ body, context }) => answer(context, deps, await requestDeferred(deps, await authorise(context, 'deferred-credential'), body)),
    }),
    route({
      ...PROTOCOL, method: 'post', path: `${path}/notification`, summary: 'Hear what became of credentials', malformed: 'invalid_notification_request',
      body: { schema: notificationBody, maxBytes: 10_000 }, answers: { 204: { description: 'Heard' } },
      run: async ({ body, context }) => takeNotification(deps, await authorise(context, 'notification'), body),
    }),
    ...publishedRoutes(deps, path),
  ];
}

/** A wallet keeps the newest nonce for its next proof (RFC 9449, 8.2). */
async function answer(context: Context, { nonces, now }: VciDeps, { status, body }: CredentialAnswer): Promise<Response> {
  return context.json(body, status, { 'cache-control': 'no-store', 'DPoP-Nonce': await nonces.create('dpop', now()) });
}

function publishedRoutes({ metadata, service, url }: VciDeps, path: string): Route[] {
  const jwks = async () => ({ keys: [jwkOf((await service.signingKeys()).sd)] });
  return [
    route({
      ...PUBLISHED, method: 'get', path: `/.well-known/openid-credential-issuer${path}`, summary: 'Describe the credential issuer',
      answers: { 200: { description: 'Its metadata', schema: json } }, run: () => metadata.credentialIssuer,
    }),
    route({
      ...PUBLISHED, method: 'get', path: `/.well-known/oauth-authorization-server${path}`, summary: 'Describe the authorization server',
      answers: { 200: { description: 'Its metadata', schema: json } }, run: () => metadata.authorizationServers[0]!, // there is one
    }),
    route({
      ...PUBLISHED, method: 'get', path: `/.well-known/jwt-vc-issuer${path}`, summary: 'Give the keys of SD-JWT VCs by the issuer’s URL',
      answers: { 200: { description: 'Issuer and keys', schema: json } }, run: async () => ({ issuer: url, jwks: await jwks() }),
    }),
    route({ ...PUBLISHED, method: 'get', path: `${path}/jwks`, summary: 'Give the keys of SD-JWT VCs', answers: { 200: { description: 'The keys', schema: json } }, run: jwks }),
    route({
      ...PUBLISHED, method: 'get', path: `${path}/types/:kind`, summary: 'Give the metadata of a type of SD-JWT VC', params: z.object({ kind: z.enum(KINDS) }),
      answers: { 200: { description: 'Type metadata', schema: json } },
      // Byte for byte: credentials carry their integrity.
      run: ({ params, context }) => context.body(typeMetadataText(params.kind), 200, { 'content-type': 'application/json' }),
    }),
  ];
}

export const pathOf = (url: string): string => new URL(url).pathname.replace(/\/$/, '');
