// Access tokens of machine clients: opaque, short-lived, gone with the client.
import type { Queryable } from '../database/database.ts';
import type { Permission, Principal } from './access.ts';
import { digestOf, newSecret } from './secrets.ts';

/** Seconds. */
export const TOKEN_LIFETIME = 600;

export function createClientTokens({ database, now }: { readonly database: Queryable; readonly now: () => number }) {
  return {
    async issue(tx: Queryable, client: string, permissions: readonly Permission[]): Promise<string> {
      const token = newSecret();
      await tx.query('DELETE FROM access_client_token WHERE expires_at <= $1', [now()]);
      await tx.query('INSERT INTO access_client_token (digest, client, permissions, expires_at) VALUES ($1, $2, $3, $4)', [digestOf(token), client, permissions, now() + TOKEN_LIFETIME]);
      return token;
    },

    /** Who shows it: with what the token and the client both have. */
    async principal(token: string): Promise<Principal | undefined> {
      const [row] = await database.query<{ id: string; organisation: string; granted: Permission[]; held: Permission[] }>(
        `SELECT c.id, c.organisation, t.permissions AS granted, c.permissions AS held FROM access_client_token t JOIN access_client c ON c.id = t.client
         WHERE t.digest = $1 AND t.expires_at > $2 AND c.status = 'active'`, [digestOf(token), now()]);
      return row && { kind: 'client', id: row.id, organisation: row.organisation, permissions: new Set(row.granted.filter((permission) => row.held.includes(permission))) };
    },

    /** @returns whether the client had such a token */
    revoke: async (tx: Queryable, client: string, token: string): Promise<boolean> =>
      (await tx.query('DELETE FROM access_client_token WHERE digest = $1 AND client = $2 RETURNING client', [digestOf(token), client])).length > 0,
  };
}
export type ClientTokens = ReturnType<typeof createClientTokens>;
