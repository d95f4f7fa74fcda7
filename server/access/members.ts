// People of an organisation: invited by a code that works once, with the roles they were given, until they are suspended.
import { randomUUID } from 'node:crypto';
import { HealthpassError } from '#passport';
import type { Queryable } from '../database/database.ts';
import type { Sealer } from '../sealing/sealer.ts';
import type { Role } from './roles.ts';
import { digestOf, newSecret } from './secrets.ts';

/** Seconds: three days. */
export const INVITATION_LIFETIME = 259_200;

export type Member = {
  readonly id: string;
  readonly organisation: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly status: 'invited' | 'active' | 'suspended';
  readonly createdAt: number;
};
type MemberRow = Omit<Member, 'displayName'> & { readonly displayName: Uint8Array };
export type Invitation = { readonly code: string; readonly expiresAt: number };
type MemberDeps = { readonly sealer: Sealer; readonly now: () => number };

const COLUMNS = 'id, organisation, display_name AS "displayName", roles, status, created_at::int8 AS "createdAt"';

export function createMembers({ sealer, now }: MemberDeps) {
  const open = async (row: MemberRow): Promise<Member> => ({ ...row, displayName: String(await sealer.open(`member/${row.id}`, row.displayName)) });

  async function find(tx: Queryable, organisation: string, id: string): Promise<MemberRow> {
    // Locks the organisation, so that two admins cannot send each other away at the same moment.
    await tx.query('SELECT id FROM access_organisation WHERE id = $1 FOR UPDATE', [organisation]);
    const [row] = await tx.query<MemberRow>(`SELECT ${COLUMNS} FROM access_member WHERE organisation = $1 AND id = $2`, [organisation, id]);
    if (!row) throw new HealthpassError('request-invalid', 'the organisation has no such member', { field: 'id' });
    return row;
  }

  /** @throws HealthpassError `status-conflict` when nobody would be left who can let others in */
  async function assertAdminLeft(tx: Queryable, organisation: string): Promise<void> {
    const admins = await tx.query('SELECT id FROM access_member WHERE organisation = $1 AND status = \'active\' AND \'admin\' = ANY(roles) LIMIT 1', [organisation]);
    if (admins.length === 0) throw new HealthpassError('status-conflict', 'this is the last admin of the organisation', { field: 'id' });
  }
  const guarded = async (tx: Queryable, member: MemberRow, change: () => Promise<unknown>) => {
    await change();
    if (member.status === 'active' && member.roles.includes('admin')) await assertAdminLeft(tx, member.organisation);
  };

  return {
    async create(tx: Queryable, organisation: string, displayName: string, roles: readonly Role[]): Promise<string> {
      const id = randomUUID();
      await tx.query('INSERT INTO access_member (id, organisation, display_name, roles, status, created_at) VALUES ($1, $2, $3, $4, \'invited\', $5)',
        [id, organisation, await sealer.seal(`member/${id}`, displayName), roles, now()]);
      return id;
    },

    /** A new code; the ones before it work no more. */
    async invite(tx: Queryable, organisation: string, id: string): Promise<Invitation> {
      const { status } = await find(tx, organisation, id);
      if (status === 'suspended') throw new HealthpassError('status-conflict', 'the member is suspended', { field: 'id' });
      const invitation = { code: newSecret(), expiresAt: now() + INVITATION_LIFETIME };
      await tx.query('DELETE FROM access_invitation WHERE member = $1 OR expires_at <= $2', [id, now()]);
      await tx.query('INSERT INTO access_invitation (digest, member, expires_at) VALUES ($1, $2, $3)', [digestOf(invitation.code), id, invitation.expiresAt]);
      return invitation;
    },

    /** Who is invited by a code. @throws HealthpassError `not-authorised` */
    async invited(database: Queryable, code: string): Promise<Member> {
      const [row] = await database.query<MemberRow>(
        `SELECT ${COLUMNS} FROM access_member WHERE status <> 'suspended' AND id = (SELECT member FROM access_invitation WHERE digest = $1 AND expires_at > $2)`, [digestOf(code), now()]);
      if (!row) throw unknownInvitation();
      return open(row);
    },

    /** Uses a code up. Of two that come at once, one is refused. @throws HealthpassError `not-authorised` */
    async join(tx: Queryable, code: string): Promise<Pick<Member, 'id' | 'organisation'>> {
      const [used] = await tx.query<{ member: string }>('DELETE FROM access_invitation WHERE digest = $1 AND expires_at > $2 RETURNING member', [digestOf(code), now()]);
      const [member] = await tx.query<Pick<Member, 'id' | 'organisation'>>('UPDATE access_member SET status = \'active\' WHERE id = $1 AND status <> \'suspended\' RETURNING id, organisation', [used?.member ?? '']);
      if (!member) throw unknownInvitation();
      return member;
    },

    async list(database: Queryable, organisation: string): Promise<Member[]> {
      return Promise.all((await database.query<MemberRow>(`SELECT ${COLUMNS} FROM access_member WHERE organisation = $1 ORDER BY created_at, id`, [organisation])).map(open));
    },

    get: async (database: Queryable, id: string): Promise<Member | undefined> => {
      const [row] = await database.query<MemberRow>(`SELECT ${COLUMNS} FROM access_member WHERE id = $1`, [id]);
      return row && open(row);
    },

    async setRoles(tx: Queryable, organisation: string, id: string, roles: readonly Role[]): Promise<void> {
      const member = await find(tx, organisation, id);
      await guarded(tx, member, () => tx.query('UPDATE access_member SET roles = $2 WHERE id = $1', [id, roles]));
    },

    async suspend(tx: Queryable, organisation: string, id: string): Promise<void> {
      const member = await find(tx, organisation, id);
      await tx.query('DELETE FROM access_invitation WHERE member = $1', [id]);
      await guarded(tx, member, () => tx.query('UPDATE access_member SET status = \'suspended\' WHERE id = $1', [id]));
    },

    /** Back to what the member was: one who never had a passkey needs a new invitation. */
    async reinstate(tx: Queryable, organisation: string, id: string): Promise<void> {
      const { status } = await find(tx, organisation, id);
      if (status !== 'suspended') throw new HealthpassError('status-conflict', 'the member is not suspended', { field: 'id' });
      await tx.query('UPDATE access_member SET status = CASE WHEN EXISTS (SELECT 1 FROM access_passkey WHERE member = $1) THEN \'active\' ELSE \'invited\' END WHERE id = $1', [id]);
    },

    hasAdmin: async (database: Queryable, organisation: string): Promise<boolean> =>
      (await database.query('SELECT id FROM access_member WHERE organisation = $1 AND status = \'active\' AND \'admin\' = ANY(roles) LIMIT 1', [organisation])).length > 0,
  };
}
export type Members = ReturnType<typeof createMembers>;

const unknownInvitation = () => new HealthpassError('not-authorised', 'the invitation is unknown, used or over', { field: 'invitation' });
