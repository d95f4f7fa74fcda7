// Tables of organisations, people, passkeys, sessions and machine clients. Secrets stand in them as SHA-256: they are random and long, so
// nobody finds them from it. Names are sealed; nothing else says who somebody is.
import type { Migrations } from '../database/migrate.ts';
import { RATE_LIMIT_MIGRATION } from '../http/limiter.ts';
import { AUDIT_MIGRATION } from './audit.ts';

/** For every service that has staff or clients. */
export const ACCESS_MIGRATIONS: Migrations = [AUDIT_MIGRATION, RATE_LIMIT_MIGRATION, {
  name: 'access',
  sql: `CREATE TABLE access_organisation (
     id text PRIMARY KEY,
     name text NOT NULL,
     created_at bigint NOT NULL
   );
   CREATE TABLE access_member (
     id text PRIMARY KEY,
     organisation text NOT NULL REFERENCES access_organisation (id),
     display_name bytea NOT NULL,
     roles text[] NOT NULL,
     status text NOT NULL CHECK (status IN ('invited', 'active', 'suspended')),
     created_at bigint NOT NULL
   );
   CREATE TABLE access_invitation (
     digest bytea PRIMARY KEY,
     member text NOT NULL REFERENCES access_member (id),
     expires_at bigint NOT NULL
   );
   CREATE TABLE access_passkey (
     id text PRIMARY KEY,
     member text NOT NULL REFERENCES access_member (id),
     public_key bytea NOT NULL,
     counter bigint NOT NULL,
     transports text[] NOT NULL,
     created_at bigint NOT NULL,
     used_at bigint NOT NULL
   );
   CREATE TABLE access_challenge (
     digest bytea PRIMARY KEY,
     purpose text NOT NULL,
     subject text NOT NULL,
     expires_at bigint NOT NULL
   );
   CREATE TABLE access_session (
     digest bytea PRIMARY KEY,
     id text NOT NULL UNIQUE,
     member text NOT NULL REFERENCES access_member (id),
     created_at bigint NOT NULL,
     seen_at bigint NOT NULL,
     verified_at bigint NOT NULL
   );
   CREATE INDEX access_session_of_member ON access_session (member);
   CREATE TABLE access_client (
     id text PRIMARY KEY,
     organisation text NOT NULL REFERENCES access_organisation (id),
     name bytea NOT NULL,
     permissions text[] NOT NULL,
     keys text,
     status text NOT NULL CHECK (status IN ('active', 'revoked')),
     created_at bigint NOT NULL
   );
   CREATE TABLE access_client_secret (
     digest bytea PRIMARY KEY,
     client text NOT NULL REFERENCES access_client (id),
     expires_at bigint
   );
   CREATE TABLE access_client_token (
     digest bytea PRIMARY KEY,
     client text NOT NULL REFERENCES access_client (id),
     permissions text[] NOT NULL,
     expires_at bigint NOT NULL
   );
   CREATE TABLE access_client_assertion (
     client text NOT NULL,
     jti text NOT NULL,
     expires_at bigint NOT NULL,
     PRIMARY KEY (client, jti)
   );`,
}];
