// Accounts stand in no column that can be read: found by a keyed digest, and sealed where they are needed. Of tokens and challenges the digest is kept.
import type { Migrations } from '#server';

export const SESSIONS_MIGRATIONS: Migrations = [{
  name: 'records-sessions',
  sql: `CREATE TABLE session_challenge (
     digest bytea PRIMARY KEY,
     account bytea NOT NULL,
     expires_at bigint NOT NULL
   );
   CREATE INDEX session_challenge_expires ON session_challenge (expires_at);
   CREATE TABLE session (
     digest bytea PRIMARY KEY,
     id text NOT NULL UNIQUE,
     account bytea NOT NULL,
     sealed bytea NOT NULL,
     created_at bigint NOT NULL,
     seen_at bigint NOT NULL
   );
   CREATE INDEX session_account ON session (account);
   CREATE INDEX session_seen ON session (seen_at);
   CREATE TABLE patient (
     id text PRIMARY KEY,
     account bytea NOT NULL UNIQUE,
     sealed bytea NOT NULL,
     recorded_at bigint NOT NULL
   );`,
}];
