// What governance was told to do with issuers: written down with its reason before it is sent, and what became of it. The chain shows what is done;
// why stands here and in the audit trail alone.
import { randomUUID } from 'node:crypto';
import type { Call } from '#contracts';
import type { Migration, Queryable } from '#server';

export const GOVERNANCE_MIGRATION: Migration = {
  name: 'governance',
  sql: `CREATE TABLE governance_action (
     id bigserial PRIMARY KEY,
     name text NOT NULL UNIQUE,
     action text NOT NULL,
     issuer bigint,
     identity text,
     reason text,
     target text NOT NULL,
     data text NOT NULL,
     state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'refused')),
     code text,
     field text,
     created_at bigint NOT NULL,
     done_at bigint
   );
   CREATE INDEX governance_action_pending ON governance_action (id) WHERE state = 'pending';`,
};

export const GOVERNANCE_ACTIONS = ['accredit', 'suspend', 'reinstate', 'remove', 'assign-lists'] as const;
export type GovernanceAction = (typeof GOVERNANCE_ACTIONS)[number];
/** Why the standing of an issuer changes. */
export const GOVERNANCE_REASONS = ['accreditation-lapsed', 'misconduct', 'key-compromise', 'issuer-request', 'ceased', 'under-review', 'review-closed', 'unspecified'] as const;
export type GovernanceReason = (typeof GOVERNANCE_REASONS)[number];

export type ActionRow = {
  readonly id: number;
  readonly action: GovernanceAction;
  readonly issuer: number | null;
  /** Account of an issuer that has no number yet. */
  readonly identity: string | null;
  readonly reason: GovernanceReason | null;
  readonly state: 'pending' | 'done' | 'refused';
  readonly code: string | null;
  readonly field: string | null;
  readonly createdAt: number;
  readonly doneAt: number | null;
};
export type PendingAction = { readonly id: number; /** Names the intent: sent twice, it takes effect once. */ readonly name: string; readonly call: Call; readonly identity: string | null };
export type NewAction = Pick<ActionRow, 'action' | 'issuer' | 'identity' | 'reason'> & { readonly call: Call };

const COLUMNS = 'id::int8 AS id, action, issuer::int8 AS issuer, identity, reason, state, code, field, created_at::int8 AS "createdAt", done_at::int8 AS "doneAt"';

export async function addAction(tx: Queryable, { action, issuer, identity, reason, call }: NewAction, at: number): Promise<ActionRow> {
  const [row] = await tx.query<ActionRow>(
    `INSERT INTO governance_action (name, action, issuer, identity, reason, target, data, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
    [`governance:${randomUUID()}`, action, issuer, identity, reason, call.to, call.data, at]);
  return row!; // just inserted
}

/** Newest first. */
export const lastActions = (on: Queryable, limit: number) => on.query<ActionRow>(`SELECT ${COLUMNS} FROM governance_action ORDER BY id DESC LIMIT $1`, [limit]);

export async function nextAction(on: Queryable): Promise<PendingAction | undefined> {
  const [row] = await on.query<{ id: number; name: string; identity: string | null; target: string; data: string }>(
    `SELECT id::int8 AS id, name, identity, target, data FROM governance_action WHERE state = 'pending' ORDER BY id LIMIT 1`);
  return row && { id: row.id, name: row.name, identity: row.identity, call: { to: row.target, data: row.data } };
}

export const endAction = (on: Queryable, id: number, outcome: { readonly state: 'done' } | { readonly state: 'refused'; readonly code: string; readonly field: string | undefined }, at: number) => on.query(
  'UPDATE governance_action SET state = $2, code = $3, field = $4, done_at = $5 WHERE id = $1',
  [id, outcome.state, 'code' in outcome ? outcome.code : null, 'field' in outcome ? outcome.field ?? null : null, at]);

/** Whether something is under way for an issuer, by its number or its account. */
export const isUnderWay = async (on: Queryable, { issuer, identity }: Pick<ActionRow, 'issuer' | 'identity'>): Promise<boolean> =>
  (await on.query(`SELECT 1 FROM governance_action WHERE state = 'pending' AND (issuer = $1 OR lower(identity) = lower($2)) LIMIT 1`, [issuer, identity])).length > 0;
