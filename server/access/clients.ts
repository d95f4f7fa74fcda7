// Machine clients: programs of an organisation that show a secret or sign with a key of their own (RFC 6749, 4.4; RFC 7523).
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import type { Queryable } from '../database/database.ts';
import type { Sealer } from '../sealing/sealer.ts';
import type { Permission } from './access.ts';
import { digestOf, newSecret } from './secrets.ts';

const coordinate = z.string().regex(/^[\w-]{43}$/);
/** Public halves only: strict, so that a private one is refused rather than stored. */
const publicKey = z.discriminatedUnion('kty', [
  z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate, kid: z.string().max(128).optional(), alg: z.literal('ES256').optional(), use: z.literal('sig').optional() }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate, kid: z.string().max(128).optional(), alg: z.literal('EdDSA').optional(), use: z.literal('sig').optional() }),
]);
export const keySetSchema = z.strictObject({ keys: z.array(publicKey).min(1).max(5) }).meta({ id: 'ClientKeys', description: 'A JWK set of public keys: P-256 or Ed25519' });
export type KeySet = z.infer<typeof keySetSchema>;

export type Client = {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** How it shows who it is. */
  readonly method: 'client_secret_basic' | 'private_key_jwt';
  readonly status: 'active' | 'revoked';
  readonly createdAt: number;
};
export type ClientRow = Omit<Client, 'name' | 'method'> & { readonly name: Uint8Array; readonly keys: string | null };

const COLUMNS = 'id, organisation, name, permissions, keys, status, created_at::int8 AS "createdAt"';

export function createClients({ sealer, now }: { readonly sealer: Sealer; readonly now: () => number }) {
  const open = async ({ keys, ...row }: ClientRow): Promise<Client> =>
    ({ ...row, name: String(await sealer.open(`client/${row.id}`, row.name)), method: keys === null ? 'client_secret_basic' : 'private_key_jwt' });
  const addSecret = async (tx: Queryable, client: string): Promise<string> => {
    const secret = newSecret();
    await tx.query('INSERT INTO access_client_secret (digest, client) VALUES ($1, $2)', [digestOf(secret), client]);
    return secret;
  };
  const active = async (database: Queryable, id: string): Promise<ClientRow | undefined> =>
    (await database.query<ClientRow>(`SELECT ${COLUMNS} FROM access_client WHERE id = $1 AND status = 'active'`, [id]))[0];
  const own = async (tx: Queryable, organisation: string, id: string): Promise<ClientRow> => {
    const client = await active(tx, id);
    if (client?.organisation !== organisation) throw new HealthpassError('request-invalid', 'the organisation has no such client', { field: 'id' });
    return client;
  };

  return {
    active,

    /** @returns its id, and its secret where it has no keys */
    async create(tx: Queryable, organisation: string, { name, permissions, keys }: { name: string; permissions: readonly Permission[]; keys?: KeySet | undefined }): Promise<{ id: string; secret?: string }> {
      const id = randomUUID();
      await tx.query('INSERT INTO access_client (id, organisation, name, permissions, keys, status, created_at) VALUES ($1, $2, $3, $4, $5, \'active\', $6)',
        [id, organisation, await sealer.seal(`client/${id}`, name), permissions, keys === undefined ? null : JSON.stringify(keys), now()]);
      return keys === undefined ? { id, secret: await addSecret(tx, id) } : { id };
    },

    list: async (database: Queryable, organisation: string): Promise<Client[]> =>
      Promise.all((await database.query<ClientRow>(`SELECT ${COLUMNS} FROM access_client WHERE organisation = $1 ORDER BY created_at, id`, [organisation])).map(open)),

    /** Another secret; those before it go on for `overlap` seconds, while the program is told. */
    async rotateSecret(tx: Queryable, organisation: string, id: string, overlap: number): Promise<string> {
      const { keys } = await own(tx, organisation, id);
      if (keys !== null) throw new HealthpassError('status-conflict', 'the client has keys and no secret', { field: 'id' });
      await tx.query('UPDATE access_client_secret SET expires_at = least(coalesce(expires_at, $2::bigint), $2::bigint) WHERE client = $1', [id, now() + overlap]);
      return addSecret(tx, id);
    },

    /** Nothing that it holds works afterwards. */
    async revoke(tx: Queryable, organisation: string, id: string): Promise<void> {
      await own(tx, organisation, id);
      await tx.query('UPDATE access_client SET status = \'revoked\' WHERE id = $1', [id]);
      for (const table of ['access_client_secret', 'access_client_token']) await tx.query(`DELETE FROM ${table} WHERE client = $1`, [id]);
    },

    hasSecret: async (database: Queryable, id: string, secret: string): Promise<boolean> =>
      (await database.query('SELECT client FROM access_client_secret WHERE digest = $1 AND client = $2 AND (expires_at IS NULL OR expires_at > $3)', [digestOf(secret), id, now()])).length > 0,
  };
}
export type Clients = ReturnType<typeof createClients>;
