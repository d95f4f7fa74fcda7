// Tables of the account of accesses. What an entry says is sealed under its patient's key; what is in clear are hashes, counts and times.
import type { Migrations } from '#server';

/** `access_log.log` is secret to the outside, as patients alone are told theirs; it opens nothing. Entries are never changed, which the database itself refuses. */
export const AUDIT_MIGRATIONS: Migrations = [{
  name: 'records-access-log',
  sql: `CREATE TABLE access_log (
     patient text PRIMARY KEY,
     log bytea NOT NULL UNIQUE,
     entries bigint NOT NULL,
     head bytea NOT NULL,
     at bigint NOT NULL
   );
   CREATE TABLE access_entry (
     log bytea NOT NULL REFERENCES access_log (log),
     sequence bigint NOT NULL,
     previous bytea NOT NULL,
     event bytea NOT NULL,
     at bigint NOT NULL,
     signature bytea NOT NULL,
     sealed bytea NOT NULL,
     PRIMARY KEY (log, sequence)
   );
   CREATE TABLE access_checkpoint (
     sequence bigint PRIMARY KEY,
     root bytea NOT NULL,
     taken_at bigint NOT NULL,
     anchored_at bigint,
     block bigint
   );
   CREATE TABLE access_leaf (
     log bytea PRIMARY KEY,
     entries bigint NOT NULL,
     head bytea NOT NULL
   );
   CREATE TABLE access_covered (
     log bytea NOT NULL,
     checkpoint bigint NOT NULL,
     entries bigint NOT NULL,
     head bytea NOT NULL,
     PRIMARY KEY (log, checkpoint)
   );
   CREATE TABLE access_node (
     hash bytea PRIMARY KEY,
     leaf boolean NOT NULL,
     one bytea NOT NULL,
     two bytea NOT NULL
   );
   CREATE FUNCTION access_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'entries of the account of accesses are final'; END $$;
   CREATE TRIGGER access_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_entry FOR EACH STATEMENT EXECUTE FUNCTION access_entry_is_final();`,
}];
