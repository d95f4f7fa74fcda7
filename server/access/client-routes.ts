// Machine clients: looked after by admins, and the token endpoint at which they show who they are (RFC 6749, RFC 7009).
import { z } from 'zod';
import type { Context } from 'hono';
import { HealthpassError } from '#passport';
import { ProtocolError } from '../http/protocol-error.ts';
import { route, type Route } from '../http/route.ts';
import type { Permission } from './access.ts';
import { recordAudit, type Actor } from './audit.ts';
import { authenticateClient, type ClientCredentials } from './client-authentication.ts';
import { TOKEN_LIFETIME } from './client-tokens.ts';
import { keySetSchema, type ClientRow } from './clients.ts';
import { organisationOf, type AccessParts } from './parts.ts';
import { CLIENT_PERMISSIONS } from './roles.ts';

const id = z.object({ id: z.uuid() });
const organisation = z.string().max(64).optional().meta({ description: 'For the operator; people act on their own' });
const which = z.strictObject({ organisation });
const client = z.object({
  id: z.string(), name: z.string(), permissions: z.array(z.enum(CLIENT_PERMISSIONS)), method: z.enum(['client_secret_basic', 'private_key_jwt']), status: z.enum(['active', 'revoked']), createdAt: z.int(),
}).meta({ id: 'Client', description: 'A machine client' });
const createBody = z.strictObject({
  name: z.string().trim().min(1).max(100), permissions: z.array(z.enum(CLIENT_PERMISSIONS)).min(1).transform((given) => [...new Set(given)]), keys: keySetSchema.optional(), organisation,
});
const created = z.object({ id: z.string(), secret: z.string().optional().meta({ description: 'Shown once; absent where the client has keys' }) });
const credentials = { client_id: z.string().max(64).optional(), client_assertion_type: z.string().max(200).optional(), client_assertion: z.string().max(5000).optional() };
const tokenBody = z.looseObject({ grant_type: z.string(), scope: z.string().max(1000).optional(), ...credentials });
const revokeBody = z.looseObject({ token: z.string().max(200), ...credentials });
const token = z.object({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.int(), scope: z.string() });
const done = { 204: { description: 'Done' } };
const managing = { tag: 'clients', permission: 'clients:manage' } as const;
const showing = { tag: 'clients', permission: null, limit: 'token', errors: 'protocol' } as const;

export const clientRoutes = (parts: AccessParts): Route[] => [...managementRoutes(parts), ...tokenRoutes(parts)];

function managementRoutes({ database, clients, organisation: standard, now }: AccessParts): Route[] {
  return [
    route({
      ...managing, method: 'get', path: '/clients', summary: 'List the machine clients', query: which, answers: { 200: { description: 'All of the organisation', schema: z.array(client) } },
      run: async ({ query, principal }) => (await clients.list(database, organisationOf(principal, query.organisation, standard.id))).map(({ organisation: _own, ...shown }) => shown),
    }),
    route({
      ...managing, method: 'post', path: '/clients', summary: 'Add a machine client', body: { schema: createBody, maxBytes: 10_000 }, answers: { 201: { description: 'What it needs', schema: created } },
      run: ({ body, principal }) => database.transaction(async (tx) => {
        const organisation = organisationOf(principal, body.organisation, standard.id);
        if ((await tx.query('SELECT id FROM access_organisation WHERE id = $1', [organisation])).length === 0) throw new HealthpassError('request-invalid', 'there is no such organisation', { field: 'organisation' });
        const made = await clients.create(tx, organisation, body);
        await recordAudit(tx, { ...principal, organisation }, { action: 'client.create', target: made.id, detail: { permissions: body.permissions.join(' ') } }, now());
        return made;
      }),
    }),
    route({
      ...managing, method: 'post', path: '/clients/:id/secrets', summary: 'Give a client another secret', params: id,
      body: { schema: z.strictObject({ overlap: z.int().min(0).max(86_400).default(3600).meta({ description: 'Seconds for which the secret before it goes on' }), organisation }) },
      answers: { 201: { description: 'The secret, shown once', schema: z.object({ secret: z.string() }) } }, problems: ['status-conflict'],
      run: ({ params, body, principal }) => database.transaction(async (tx) => {
        const organisation = organisationOf(principal, body.organisation, standard.id);
        const secret = await clients.rotateSecret(tx, organisation, params.id, body.overlap);
        await recordAudit(tx, { ...principal, organisation }, { action: 'client.rotate-secret', target: params.id }, now());
        return { secret };
      }),
    }),
    route({
      ...managing, method: 'delete', path: '/clients/:id', summary: 'Revoke a client with all its secrets and tokens', params: id, query: which, answers: done,
      run: ({ params, query, principal }) => database.transaction(async (tx) => {
        const organisation = organisationOf(principal, query.organisation, standard.id);
        await clients.revoke(tx, organisation, params.id);
        await recordAudit(tx, { ...principal, organisation }, { action: 'client.revoke', target: params.id }, now());
      }),
    }),
  ];
}

const actorOf = ({ id, organisation }: ClientRow): Actor => ({ kind: 'client', id, organisation });

function tokenRoutes({ database, clients, tokens, publicUrl, now }: AccessParts): Route[] {
  const issuer = new URL(publicUrl).origin;
  const authenticate = (context: Context, body: ClientCredentials): Promise<ClientRow> =>
    authenticateClient({ database, clients, audiences: [issuer, `${issuer}/`, `${issuer}/oauth/token`], now }, { ...body, authorization: context.req.header('authorization') });
  return [
    route({
      ...showing, method: 'post', path: '/oauth/token', summary: 'Give a machine client an access token', body: { schema: tokenBody, form: true, maxBytes: 10_000 },
      answers: { 200: { description: 'The token (RFC 6749, 5.1)', schema: token } },
      async run({ body, context }) {
        const known = await authenticate(context, body);
        if (body.grant_type !== 'client_credentials') throw new ProtocolError('unsupported_grant_type', 'only client_credentials is given here');
        const permissions = scopesOf(body.scope, known);
        const issued = await database.transaction(async (tx) => {
          const made = await tokens.issue(tx, known.id, permissions);
          await recordAudit(tx, actorOf(known), { action: 'token.issue', target: known.id, detail: { scope: permissions.join(' ') } }, now());
          return made;
        });
        return context.json({ access_token: issued, token_type: 'Bearer', expires_in: TOKEN_LIFETIME, scope: permissions.join(' ') }, 200, { 'cache-control': 'no-store' });
      },
    }),
    route({
      ...showing, method: 'post', path: '/oauth/revoke', summary: 'Give an access token back', body: { schema: revokeBody, form: true, maxBytes: 10_000 },
      answers: { 200: { description: 'It works no more, if it ever did (RFC 7009)' } },
      async run({ body, context }) {
        const known = await authenticate(context, body);
        await database.transaction(async (tx) => {
          if (await tokens.revoke(tx, known.id, body.token)) await recordAudit(tx, actorOf(known), { action: 'token.revoke', target: known.id }, now());
        });
      },
    }),
  ];
}

/** Those asked for, or all that the client has. @throws ProtocolError `invalid_scope` */
function scopesOf(scope: string | undefined, { permissions }: ClientRow): readonly Permission[] {
  if (scope === undefined) return permissions;
  const asked = [...new Set(scope.split(' ').filter(Boolean))];
  const granted = permissions.filter((permission) => asked.includes(permission));
  if (asked.length === 0 || granted.length !== asked.length) throw new ProtocolError('invalid_scope', 'the client does not have all of these permissions');
  return granted;
}
