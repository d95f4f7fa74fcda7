// Who changed what and when, written in the transaction of the change itself. Rows are never changed or deleted, which the database
// refuses; and each carries the digest of the one before it, so that whoever gets round the database is noticed (audit-trail.ts).
import type { Queryable } from '../database/database.ts';
import type { Migration } from '../database/migrate.ts';
import type { Principal } from './access.ts';

/** The lock makes one row follow the other: two that were chained to the same one would be a fork. It is held until the transaction ends. */
export const AUDIT_MIGRATION: Migration = {
  name: 'audit',
  sql: `CREATE TABLE audit (
     id bigint PRIMARY KEY,
     at bigint NOT NULL,
     actor_kind text NOT NULL,
     actor text NOT NULL,
     organisation text NOT NULL,
     action text NOT NULL,
     target text NOT NULL,
     outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
     detail text NOT NULL,
     previous bytea NOT NULL,
     digest bytea NOT NULL
   );
   CREATE INDEX audit_of_organisation ON audit (organisation, id);
   CREATE INDEX audit_of_target ON audit (target, id);
   CREATE FUNCTION audit_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit table is append-only'; END $$;
   CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_final();
   CREATE FUNCTION audit_field(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT octet_length(value) || ':' || value $$;
   CREATE FUNCTION audit_is_chained() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE last_id bigint; last_digest bytea;
   BEGIN
     PERFORM pg_advisory_xact_lock(hashtext(TG_TABLE_SCHEMA || '.audit'));
     SELECT id, digest INTO last_id, last_digest FROM audit ORDER BY id DESC LIMIT 1;
     NEW.id := coalesce(last_id, 0) + 1;
     NEW.previous := coalesce(last_digest, ''::bytea);
     NEW.digest := sha256(NEW.previous || convert_to(audit_field(NEW.id::text) || audit_field(NEW.at::text) || audit_field(NEW.actor_kind) || audit_field(NEW.actor)
       || audit_field(NEW.organisation) || audit_field(NEW.action) || audit_field(NEW.target) || audit_field(NEW.outcome) || audit_field(NEW.detail), 'UTF8'));
     RETURN NEW;
   END $$;
   CREATE TRIGGER audit_chained BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_chained();`,
};

export type AuditEntry = {
  /** `credential.revoke`, `offer.create`: noun and verb. */
  readonly action: string;
  /** Id of what was changed; never a name or a value. */
  readonly target: string;
  /** `refused`: somebody who is known tried and was not let. */
  readonly outcome?: 'done' | 'refused';
  /** Codes and counts only. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
};
export type Actor = Pick<Principal, 'kind' | 'id' | 'organisation'>;

/** Writes an entry within `tx`, best as its last statement: others wait for the chain until it commits. `at` in Unix seconds. */
export async function recordAudit(tx: Queryable, { kind, id, organisation }: Actor, { action, target, outcome = 'done', detail = {} }: AuditEntry, at: number): Promise<void> {
  await tx.query(
    'INSERT INTO audit (at, actor_kind, actor, organisation, action, target, outcome, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [at, kind, id, organisation, action, target, outcome, JSON.stringify(detail)],
  );
}
