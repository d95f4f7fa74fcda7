// How a machine client shows who it is at the token endpoint: client_secret_basic (RFC 6749, 2.3.1) or private_key_jwt (RFC 7523, 3).
// It uses one way only, and the one that it is registered for.
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { Queryable } from '../database/database.ts';
import { ProtocolError } from '../http/protocol-error.ts';
import type { ClientRow, Clients } from './clients.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Seconds that an assertion may be valid from now: so long its `jti` is remembered. */
const ASSERTION_LIFETIME = 300;
const CLOCK_DIFFERENCE = 60;

const claimsSchema = z.looseObject({ jti: z.string().min(8).max(128), exp: z.int(), aud: z.string() });

export type ClientCredentials = { readonly authorization?: string | undefined; readonly client_id?: string | undefined; readonly client_assertion_type?: string | undefined; readonly client_assertion?: string | undefined };
export type ClientAuthenticationDeps = {
  readonly database: Queryable;
  readonly clients: Clients;
  /** What an assertion may be addressed to: the service, or its token endpoint. */
  readonly audiences: readonly string[];
  readonly now: () => number;
};

/** @throws ProtocolError `invalid_client`, without saying what of it is wrong */
export async function authenticateClient(deps: ClientAuthenticationDeps, given: ClientCredentials): Promise<ClientRow> {
  const byAssertion = given.client_assertion !== undefined || given.client_assertion_type !== undefined;
  if (byAssertion === (given.authorization !== undefined)) throw invalidClient();
  const client = byAssertion ? await byKey(deps, given) : await bySecret(deps, given.authorization ?? '');
  if (!client || (given.client_id !== undefined && given.client_id !== client.id)) throw invalidClient();
  return client;
}

async function bySecret({ database, clients }: ClientAuthenticationDeps, authorization: string): Promise<ClientRow | undefined> {
  const basic = /^Basic ([A-Za-z0-9+/]{1,500}={0,2})$/i.exec(authorization)?.[1];
  const [id = '', secret = ''] = Buffer.from(basic ?? '', 'base64').toString('utf8').split(':');
  const client = await clients.active(database, id);
  return client?.keys === null && (await clients.hasSecret(database, id, secret)) ? client : undefined;
}

async function byKey(deps: ClientAuthenticationDeps, { client_assertion: assertion = '', client_assertion_type: type }: ClientCredentials): Promise<ClientRow | undefined> {
  if (type !== ASSERTION_TYPE || assertion.length > 5000) return undefined;
  const client = await deps.clients.active(deps.database, subjectOf(assertion) ?? '');
  if (!client || client.keys === null) return undefined;
  const claims = await verifyAssertion(deps, assertion, client.id, JSON.parse(client.keys) as JSONWebKeySet); // written by us, through keySetSchema
  return claims && (await isFirst(deps, client.id, claims)) ? client : undefined;
}

/** Whose assertion it claims to be, so that its keys can be looked up; the signature decides. */
function subjectOf(assertion: string): string | undefined {
  try {
    const { sub } = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8')) as { sub?: unknown };
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}

async function verifyAssertion({ audiences, now }: ClientAuthenticationDeps, assertion: string, client: string, keys: JSONWebKeySet) {
  try {
    const { payload } = await jwtVerify(assertion, createLocalJWKSet(keys), {
      algorithms: ['ES256', 'EdDSA'], issuer: client, subject: client, audience: [...audiences], requiredClaims: ['exp', 'jti'], currentDate: new Date(now() * 1000), clockTolerance: CLOCK_DIFFERENCE,
    });
    // One audience only: an assertion that is addressed to others too, they could use here.
    const claims = claimsSchema.parse(payload);
    return claims.exp > now() + ASSERTION_LIFETIME + CLOCK_DIFFERENCE ? undefined : claims;
  } catch {
    return undefined;
  }
}

/** Whether an assertion was not used before. */
async function isFirst({ database, now }: ClientAuthenticationDeps, client: string, { jti, exp }: z.infer<typeof claimsSchema>): Promise<boolean> {
  await database.query('DELETE FROM access_client_assertion WHERE expires_at <= $1', [now()]);
  const noted = await database.query('INSERT INTO access_client_assertion (client, jti, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING jti', [client, jti, exp + CLOCK_DIFFERENCE + 1]);
  return noted.length > 0;
}

const invalidClient = () => new ProtocolError('invalid_client', 'the client is not known by what it shows', { status: 401, headers: { 'www-authenticate': 'Basic realm="clients"' } });
