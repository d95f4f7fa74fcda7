// What members ask patients for. Whoever has the link sees it: the id is the capability. Which patient it was meant for, the gateway learns by the answer.
import { HealthpassError, type UnixSeconds } from '#passport';
import type { Migrations, Queryable } from '#server';
import type { z } from 'zod';
import { askedSchema } from '#records/model/exchange/wire.ts';
import type { Address } from '#records/model/members.ts';
import { accountIndex } from '../account-index.ts';
import type { GatewayDeps } from '../deps.ts';
import type { Notices } from '../notifications/notices.ts';
import type { Hex } from '../relationships/relationship.ts';
import { recordUnknown } from '../unknown.ts';

export const REQUEST_MIGRATIONS: Migrations = [{
  name: 'records-requests',
  sql: `CREATE TABLE access_request (
     id text PRIMARY KEY, member bytea NOT NULL, sealed bytea NOT NULL, expires_at bigint NOT NULL, answered text
   );
   CREATE INDEX access_request_member ON access_request (member, expires_at);
   CREATE INDEX access_request_end ON access_request (expires_at);`,
}];

export type Asked = z.infer<typeof askedSchema>;
/** Open ones of a member at once. */
const MOST_OPEN = 1000;
/** Seconds that one may stay open. */
export const MOST_LIFETIME = 30 * 86_400;

export type RequestBook = ReturnType<typeof createRequestBook>;

export function createRequestBook({ database, sealer, blind, now }: Pick<GatewayDeps, 'database' | 'sealer' | 'blind' | 'now'> & { readonly notices: Notices }) {
  const contextOf = (id: string) => `request/${id}`;
  type Row = { readonly id: Hex; readonly sealed: Uint8Array; readonly expires: number; readonly answered: Hex | null };
  const opened = async (row: Row): Promise<Asked & { readonly answered?: Hex }> =>
    ({ ...askedSchema.parse(await sealer.open(contextOf(row.id), row.sealed)), ...(row.answered && { answered: row.answered }) });
  const COLUMNS = 'id, sealed, expires_at::int8 AS expires, answered';

  return {
    /** @throws HealthpassError `request-invalid` for an id that is taken, `service-unavailable` when too many are open */
    async add(asked: Asked): Promise<void> {
      const member = blind(accountIndex(asked.member));
      const sealed = await sealer.seal(contextOf(asked.id), asked);
      await database.transaction(async (tx) => {
        await tx.query('DELETE FROM access_request WHERE expires_at <= $1', [now()]);
        const [open] = await tx.query<{ count: number }>('SELECT count(*)::int8 AS count FROM access_request WHERE member = $1', [member]);
        if (open!.count >= MOST_OPEN) throw new HealthpassError('service-unavailable', 'too many requests are open', { field: 'requests' });
        const added = await tx.query('INSERT INTO access_request (id, member, sealed, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1', [asked.id, member, sealed, asked.expires]);
        if (added.length === 0) throw new HealthpassError('request-invalid', 'the id is that of another request', { field: 'id' });
      });
    },
    /** @throws HealthpassError `record-unknown` */
    async find(id: Hex): Promise<Asked & { readonly answered?: Hex }> {
      const [row] = await database.query<Row>(`SELECT ${COLUMNS} FROM access_request WHERE id = $1 AND expires_at > $2`, [id, now()]);
      if (!row) throw recordUnknown();
      return opened(row);
    },
    async list(member: Address): Promise<(Asked & { readonly answered?: Hex })[]> {
      return Promise.all((await database.query<Row>(`SELECT ${COLUMNS} FROM access_request WHERE member = $1 AND expires_at > $2 ORDER BY expires_at DESC LIMIT 200`, [blind(accountIndex(member)), now()])).map(opened));
    },
    /** Notes which relationship answers it. @throws HealthpassError `record-unknown` (none is open), `consent-conflict` (answered already), `request-invalid` (another recipient) */
    async answered(tx: Queryable, id: Hex, relationship: Hex, recipient: Address, at: UnixSeconds = now()): Promise<void> {
      const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM access_request WHERE id = $1 AND expires_at > $2 FOR UPDATE`, [id, at]);
      if (!row) throw recordUnknown();
      if (row.answered) throw new HealthpassError('consent-conflict', 'the request was answered', { field: 'request' });
      if ((await opened(row)).recipient !== recipient) throw new HealthpassError('request-invalid', 'the request is for another recipient', { field: 'recipient' });
      await tx.query('UPDATE access_request SET answered = $2 WHERE id = $1', [id, relationship]);
    },
  };
}
