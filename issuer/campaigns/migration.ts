// Tables of campaigns. What a row says of a person is sealed under a key of its campaign alone, and goes when the row is done; digests that find
// repeated rows are keyed.
import type { Migration } from '#server';

export const CAMPAIGN_MIGRATION: Migration = {
  name: 'campaigns',
  sql: `CREATE TABLE campaign (
     id text PRIMARY KEY,
     organisation text NOT NULL,
     actor_kind text NOT NULL,
     actor text NOT NULL,
     kind text NOT NULL CHECK (kind IN ('issue', 'revoke', 'suspend', 'reinstate')),
     format text NOT NULL,
     state text NOT NULL CHECK (state IN ('uploading', 'checking', 'draft', 'running', 'paused', 'done', 'cancelled')),
     -- why it waits or was stopped: a code
     reason text,
     retry_at bigint NOT NULL DEFAULT 0,
     settings text NOT NULL,
     idempotency_key bytea,
     digest bytea,
     same_as text,
     created_at bigint NOT NULL,
     touched_at bigint NOT NULL,
     started_at bigint,
     finished_at bigint,
     total integer NOT NULL DEFAULT 0,
     checked integer NOT NULL DEFAULT 0,
     ready integer NOT NULL DEFAULT 0,
     done integer NOT NULL DEFAULT 0,
     -- of the work done since the start or the last pause, for the rate
     run_done integer NOT NULL DEFAULT 0,
     run_at bigint,
     erased_at bigint,
     refused integer NOT NULL DEFAULT 0
   );
   CREATE UNIQUE INDEX campaign_idempotency ON campaign (organisation, idempotency_key) WHERE idempotency_key IS NOT NULL;
   CREATE INDEX campaign_digest ON campaign (organisation, digest);
   CREATE INDEX campaign_active ON campaign (created_at) WHERE state IN ('uploading', 'checking', 'running');
   CREATE TABLE campaign_row (
     campaign text NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
     row integer NOT NULL,
     state text NOT NULL CHECK (state IN ('new', 'ready', 'done', 'refused')),
     sealed bytea,
     sealed_label bytea,
     mark bytea,
     content bytea,
     code text,
     field text,
     worker text,
     lease bigint NOT NULL DEFAULT 0,
     credentials text[],
     offer text,
     -- what is to be handed out: links, credentials; and PINs, which are given out once
     sealed_made bytea,
     sealed_pin bytea,
     PRIMARY KEY (campaign, row)
   );
   CREATE INDEX campaign_row_open ON campaign_row (campaign, state, row) WHERE state IN ('new', 'ready');
   CREATE INDEX campaign_row_mark ON campaign_row (campaign, mark);
   CREATE INDEX campaign_row_content ON campaign_row (campaign, content);
   CREATE TABLE campaign_resource (
     campaign text NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
     name bytea NOT NULL,
     -- nothing where two resources bear the name
     sealed bytea,
     PRIMARY KEY (campaign, name)
   );
   -- What an organisation has issued by campaigns, so that a row is not issued again by the next one.
   CREATE TABLE campaign_mark (
     organisation text NOT NULL,
     mark bytea NOT NULL,
     campaign text NOT NULL,
     row integer NOT NULL,
     issued_at bigint NOT NULL,
     PRIMARY KEY (organisation, mark)
   );`,
};
