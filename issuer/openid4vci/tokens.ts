// Access and refresh tokens: random, short-lived, known to the database by digest alone, bound to a DPoP key where the wallet uses one.
import { z } from 'zod';
import { ProtocolError, type Database, type Queryable } from '#server';
import { verifyDpop, type DpopDeps } from './dpop.ts';
import { digestOf, newSecret } from './secrets.ts';

/** Seconds. */
export const ACCESS_LIFETIME = 600;
/** While a result is waited for. */
export const REFRESH_LIFETIME = 30 * 86_400;

const grantsSchema = z.strictObject({
  /** Names of what may be requested: `credential_identifier`s. */
  identifiers: z.array(z.string()),
  /** Whether the wallet was told them, and has to use them. */
  named: z.boolean(),
  jkt: z.string().optional(),
  /** Absent where the wallet did not say who it is. */
  client: z.string().optional(),
});
/** What a token lets its bearer have. */
export type Grants = z.infer<typeof grantsSchema>;
export type Token = { readonly digest: Uint8Array; readonly offer: string; readonly grants: Grants; readonly expiresAt: number };
type Purpose = 'access' | 'refresh';

export function createTokenBook(database: Database) {
  return {
    async issue(tx: Queryable, purpose: Purpose, { offer, grants, expiresAt }: Omit<Token, 'digest'>): Promise<string> {
      const token = newSecret();
      await tx.query('INSERT INTO offer_token VALUES ($1, $2, $3, $4, $5)', [digestOf(token), purpose, offer, JSON.stringify(grants), expiresAt]);
      return token;
    },
    async find(purpose: Purpose, token: string, now: number): Promise<Token | undefined> {
      const [row] = await database.query<{ token: Uint8Array; offer: string; grants: string; expiresAt: number }>(
        'SELECT token, offer, grants, expires_at::int8 AS "expiresAt" FROM offer_token WHERE token = $1 AND purpose = $2 AND expires_at > $3', [digestOf(token), purpose, now]);
      return row && { digest: row.token, offer: row.offer, expiresAt: row.expiresAt, grants: grantsSchema.parse(JSON.parse(row.grants)) };
    },
    /** Takes a token away. @returns whether it was there: of two at once one takes it */
    remove: async (tx: Queryable, { digest }: Pick<Token, 'digest'>): Promise<boolean> => (await tx.query('DELETE FROM offer_token WHERE token = $1 RETURNING token', [digest])).length === 1,
    revokeAll: (tx: Queryable, offer: string) => tx.query('DELETE FROM offer_token WHERE offer = $1', [offer]),
  };
}
export type TokenBook = ReturnType<typeof createTokenBook>;

export type ResourceRequest = {
  readonly authorization: string | undefined;
  readonly dpop: string | undefined;
  /** URL under which wallets know the endpoint. */
  readonly url: string;
};

/**
 * The token of a request to a resource. One that is bound to a key is no bearer token, and the other way round.
 * @throws ProtocolError 401 `invalid_token`, `invalid_dpop_proof`, `use_dpop_nonce`
 */
export async function authoriseResource(deps: DpopDeps & { readonly tokens: TokenBook }, { authorization, dpop, url }: ResourceRequest): Promise<Token> {
  const match = /^(Bearer|DPoP) ([A-Za-z0-9_-]{43})$/i.exec(authorization ?? '');
  if (!match) throw unauthorised('the request carries no access token', authorization === undefined);
  const [, scheme, value] = match as unknown as [string, string, string]; // the pattern has two groups
  const token = await deps.tokens.find('access', value, deps.now());
  if (!token) throw unauthorised('the access token is unknown or has expired');
  const { jkt } = token.grants;
  if ((scheme.toLowerCase() === 'dpop') !== (jkt !== undefined)) throw unauthorised('the access token is of another kind');
  if (jkt !== undefined) {
    if (dpop === undefined) throw new ProtocolError('invalid_dpop_proof', 'the request carries no DPoP proof', { status: 401, headers: { 'WWW-Authenticate': 'DPoP error="invalid_dpop_proof", algs="ES256"' } });
    await verifyDpop(deps, { proof: dpop, method: 'POST', url, accessToken: { value, jkt } });
  }
  return token;
}

/** A request without any token is told what to bring and no error (RFC 6750, 3.1). */
function unauthorised(description: string, isBare = false): ProtocolError {
  const challenge = isBare ? 'DPoP algs="ES256", Bearer' : 'DPoP error="invalid_token", algs="ES256", Bearer error="invalid_token"';
  return new ProtocolError('invalid_token', description, { status: 401, headers: { 'WWW-Authenticate': challenge } });
}
