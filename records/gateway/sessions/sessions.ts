// Sessions of accounts: an opaque random token, of which the digest is kept, that ends when it is not used and in any case after a day.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Queryable } from '#server';
import { isAddress, type Address } from '#records/model/members.ts';
import { accountIndex } from '../account-index.ts';
import type { CoreDeps } from '../deps.ts';
import type { PatientId } from '../patient-keys.ts';

/** Seconds: without a request; in all. */
export const [SESSION_IDLE, SESSION_LIFETIME] = [3600, 43_200];
/** Seen again within so many seconds, nothing is written. */
const SEEN_EVERY = 60;
/** Of one account at once: a person has a few devices. The oldest gives way. */
const MOST_SESSIONS = 20;

export type OpenSession = { readonly id: string; readonly account: Address; readonly patient: PatientId | undefined };
type Row = { readonly id: string; readonly sealed: Uint8Array; readonly patient: PatientId | null; readonly seenAt: number };

const digestOf = (token: string): Uint8Array => new Uint8Array(createHash('sha256').update(token).digest());

export function createSessions({ database, sealer, blind, now }: Pick<CoreDeps, 'database' | 'sealer' | 'blind' | 'now'>) {
  const contextOf = (id: string) => `session/${id}`;
  const select = (by: 'digest' | 'id') => `SELECT s.id, s.sealed, p.id AS patient, s.seen_at::int8 AS "seenAt" FROM session s LEFT JOIN patient p ON p.account = s.account
    WHERE s.${by} = $1 AND s.seen_at > $2 AND s.created_at > $3`;
  const limits = () => [now() - SESSION_IDLE, now() - SESSION_LIFETIME];

  async function opened(row: Row | undefined): Promise<OpenSession | undefined> {
    const account = row && (await sealer.open(contextOf(row.id), row.sealed));
    return row && isAddress(account) ? { id: row.id, account, patient: row.patient ?? undefined } : undefined;
  }

  return {
    async start(tx: Queryable, account: Address): Promise<{ readonly id: string; readonly token: string; readonly expiresAt: number }> {
      const [token, id, index] = [randomBytes(32).toString('base64url'), randomUUID(), blind(accountIndex(account))];
      await tx.query('DELETE FROM session WHERE seen_at <= $1 OR created_at <= $2', limits());
      await tx.query('DELETE FROM session WHERE digest IN (SELECT digest FROM session WHERE account = $1 ORDER BY seen_at DESC OFFSET $2)', [index, MOST_SESSIONS - 1]);
      await tx.query('INSERT INTO session (digest, id, account, sealed, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $5)', [digestOf(token), id, index, await sealer.seal(contextOf(id), account), now()]);
      return { id, token, expiresAt: now() + SESSION_LIFETIME };
    },
    /** The session of a token, used now. */
    async find(token: string): Promise<OpenSession | undefined> {
      const [row] = await database.query<Row>(select('digest'), [digestOf(token), ...limits()]);
      if (row && row.seenAt <= now() - SEEN_EVERY) await database.query('UPDATE session SET seen_at = $2 WHERE id = $1', [row.id, now()]);
      return opened(row);
    },
    byId: async (id: string): Promise<OpenSession | undefined> => opened((await database.query<Row>(select('id'), [id, ...limits()]))[0]),
    end: async (id: string): Promise<void> => void (await database.query('DELETE FROM session WHERE id = $1', [id])),
    endAll: async (account: Address, on: Queryable = database): Promise<void> => void (await on.query('DELETE FROM session WHERE account = $1', [blind(accountIndex(account))])),
  };
}
