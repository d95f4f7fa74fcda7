// What the issuer remembers of offers and of who redeems them. Codes, tokens, nonces and keys stand as SHA-256 only; what has to be read again
// (the handle of an offer, its transaction code, events, answers) is sealed, and goes when it has served.
import type { Migration } from '#server';

export const OPENID4VCI_MIGRATION: Migration = {
  name: 'openid4vci',
  sql: `CREATE TABLE offer (
     id text PRIMARY KEY,
     state text NOT NULL,
     flows text NOT NULL,
     organisation text NOT NULL,
     created_at bigint NOT NULL,
     expires_at bigint NOT NULL,
     attempts integer NOT NULL DEFAULT 0,
     with_code boolean NOT NULL,
     deferred boolean NOT NULL,
     handle bytea NOT NULL UNIQUE,
     code bytea NOT NULL UNIQUE,
     issuer_state bytea NOT NULL UNIQUE,
     secrets bytea
   );
   CREATE TABLE offer_item (
     offer text NOT NULL REFERENCES offer (id),
     position integer NOT NULL,
     kind text NOT NULL,
     issuance text,
     PRIMARY KEY (offer, position)
   );
   CREATE TABLE offer_event (issuance text PRIMARY KEY, sealed bytea NOT NULL);
   CREATE TABLE offer_credential (
     offer text NOT NULL REFERENCES offer (id),
     identifier text NOT NULL,
     copies integer NOT NULL,
     PRIMARY KEY (offer, identifier)
   );
   CREATE TABLE pushed_request (
     request bytea PRIMARY KEY,
     offer text NOT NULL REFERENCES offer (id),
     parameters text NOT NULL,
     expires_at bigint NOT NULL,
     used boolean NOT NULL DEFAULT false,
     code bytea UNIQUE,
     code_expires_at bigint,
     code_used boolean NOT NULL DEFAULT false
   );
   CREATE TABLE offer_token (
     token bytea PRIMARY KEY,
     purpose text NOT NULL CHECK (purpose IN ('access', 'refresh')),
     offer text NOT NULL REFERENCES offer (id),
     grants text NOT NULL,
     expires_at bigint NOT NULL
   );
   CREATE INDEX offer_token_offer ON offer_token (offer);
   CREATE TABLE holder_key (
     thumbprint bytea PRIMARY KEY,
     dataset text NOT NULL,
     forms text[] NOT NULL,
     credential text
   );
   CREATE TABLE spent (what text NOT NULL, digest bytea NOT NULL, expires_at bigint NOT NULL, PRIMARY KEY (what, digest));
   CREATE TABLE credential_answer (request bytea PRIMARY KEY, notification bytea, sealed bytea NOT NULL, expires_at bigint NOT NULL);
   CREATE TABLE credential_notification (
     notification bytea PRIMARY KEY,
     offer text NOT NULL REFERENCES offer (id),
     identifier text NOT NULL,
     event text,
     told_at bigint
   );
   CREATE TABLE deferred_credential (
     transaction bytea PRIMARY KEY,
     offer text NOT NULL REFERENCES offer (id),
     identifier text NOT NULL,
     holders bytea,
     obtained boolean NOT NULL DEFAULT false
   );`,
};

/** Answers hold whole credentials, and go with their person. */
export const OPENID4VCI_ANSWERS_MIGRATION: Migration = {
  name: 'openid4vci-answers',
  sql: `ALTER TABLE credential_answer ADD COLUMN offer text REFERENCES offer (id);
   CREATE INDEX credential_answer_offer ON credential_answer (offer);`,
};

/** What was offered, for lists and figures: when an offer ended, when it was accepted, and by which it was replaced. */
export const OFFER_LIST_MIGRATION: Migration = {
  name: 'offer-list',
  sql: `ALTER TABLE offer ADD COLUMN number bigserial, ADD COLUMN ended_at bigint, ADD COLUMN accepted_at bigint, ADD COLUMN replaced_by text REFERENCES offer (id);
   CREATE INDEX offer_of_organisation ON offer (organisation, number);
   CREATE INDEX offer_created ON offer (organisation, created_at);
   CREATE INDEX offer_open ON offer (expires_at) WHERE state IN ('created', 'fetched');
   CREATE INDEX offer_item_issuance ON offer_item (issuance);`,
};
