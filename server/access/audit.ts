// Who changed what and when, written in the transaction of the change itself. Rows are never changed or deleted; the database refuses both.
import type { Queryable } from '../database/database.ts';
import type { Migration } from '../database/migrate.ts';
import type { Principal } from './access.ts';

export const AUDIT_MIGRATION: Migration = {
  name: 'audit',
  sql: `CREATE TABLE audit (
     id bigserial PRIMARY KEY,
     at bigint NOT NULL,
     actor_kind text NOT NULL,
     actor text NOT NULL,
     organisation text NOT NULL,
     action text NOT NULL,
     target text NOT NULL,
     detail text NOT NULL
   );
   CREATE FUNCTION audit_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit table is append-only'; END $$;
   CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_final();`,
};

export type AuditEntry = {
  /** `credential.revoke`, `offer.create`: noun and verb. */
  readonly action: string;
  /** Id of what was changed; never a name or a value. */
  readonly target: string;
  /** Codes and counts only. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
};

/** Writes an entry within `tx`. `at` in Unix seconds. */
export async function recordAudit(tx: Queryable, { kind, id, organisation }: Pick<Principal, 'kind' | 'id' | 'organisation'>, { action, target, detail = {} }: AuditEntry, at: number): Promise<void> {
  await tx.query(
    'INSERT INTO audit (at, actor_kind, actor, organisation, action, target, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [at, kind, id, organisation, action, target, JSON.stringify(detail)],
  );
}
