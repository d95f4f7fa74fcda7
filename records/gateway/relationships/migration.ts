// Relationships of patients with members. Who takes part, and what was agreed, stands sealed under the patient's key; what is searched by is a keyed digest.
import type { Migrations } from '#server';

export const RELATIONSHIP_MIGRATIONS: Migrations = [{
  name: 'records-relationships',
  sql: `CREATE TABLE consent_state (
     patient text PRIMARY KEY,
     version bigint NOT NULL,
     bump_due text NOT NULL
   );
   CREATE TABLE relationship (
     id text PRIMARY KEY,
     patient text NOT NULL,
     number integer NOT NULL,
     recipient bytea NOT NULL,
     owner bytea NOT NULL UNIQUE,
     effect text NOT NULL,
     state text NOT NULL,
     standing text,
     sealed bytea NOT NULL,
     card text,
     request text,
     nonce bigint NOT NULL DEFAULT 0,
     created_at bigint NOT NULL,
     changed_at bigint NOT NULL,
     UNIQUE (patient, number)
   );
   CREATE INDEX relationship_recipient ON relationship (recipient);
   CREATE TABLE consent_statement (
     id text PRIMARY KEY,
     relationship text NOT NULL REFERENCES relationship (id) ON DELETE CASCADE,
     nonce bigint NOT NULL,
     by_owner boolean NOT NULL,
     sealed bytea NOT NULL,
     at bigint NOT NULL
   );
   CREATE INDEX consent_statement_relationship ON consent_statement (relationship, nonce);
   CREATE TABLE consent_reading (one boolean PRIMARY KEY CHECK (one), block bigint NOT NULL);`,
}, {
  // How far the chain was read is known by its index alone.
  name: 'records-consent-reading-gone',
  sql: 'DROP TABLE consent_reading;',
}];
