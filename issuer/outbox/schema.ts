// What stands in the database of chain writes: what was asked for (`chain_write`), which entries it changes (`status_change`), the calls made of
// it (`chain_call`), and the signed transactions of each account (`chain_journal`). docs/decisions/outbox.md.
import type { Migration } from '#server';
import type { StatusAction } from '#contracts/status.ts';

export const OUTBOX_MIGRATION: Migration = {
  name: 'outbox',
  sql: `CREATE TABLE chain_write (
     id bigserial PRIMARY KEY,
     name text NOT NULL UNIQUE,
     kind text NOT NULL CHECK (kind IN ('status', 'anchor', 'claims-key', 'did-keys')),
     action text CHECK ((kind = 'status') = (action IS NOT NULL)),
     reason text,
     content text NOT NULL,
     state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'refused')),
     code text,
     field text,
     created_at bigint NOT NULL,
     done_at bigint
   );
   CREATE INDEX chain_write_pending ON chain_write (id) WHERE state = 'pending';
   CREATE TABLE chain_call (
     id bigserial PRIMARY KEY,
     write bigint REFERENCES chain_write (id),
     list bigint,
     target text NOT NULL,
     data text NOT NULL,
     state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'mined', 'final', 'dropped')),
     block bigint
   );
   CREATE INDEX chain_call_open ON chain_call (id) WHERE state IN ('planned', 'mined');
   CREATE INDEX chain_call_write ON chain_call (write) WHERE write IS NOT NULL;
   CREATE TABLE status_change (
     write bigint NOT NULL REFERENCES chain_write (id),
     position integer NOT NULL,
     credential text NOT NULL,
     list bigint NOT NULL,
     index integer NOT NULL,
     call bigint REFERENCES chain_call (id),
     moves boolean,
     PRIMARY KEY (write, position)
   );
   CREATE INDEX status_change_call ON status_change (call) WHERE call IS NOT NULL;
   CREATE TABLE chain_journal (
     seq bigserial PRIMARY KEY,
     account text NOT NULL,
     type text NOT NULL CHECK (type IN ('owner', 'signed', 'mined')),
     call text,
     nonce bigint,
     hash text,
     raw text,
     block bigint,
     chain_id bigint,
     chain text
   );
   CREATE INDEX chain_journal_account ON chain_journal (account, seq);
   CREATE TABLE chain_writer (account text PRIMARY KEY, epoch bigint NOT NULL);`,
};

/** Why a status changes. Kept with the change, never on chain. */
export const STATUS_REASONS = [
  'issued-in-error', 'data-wrong', 'superseded', 'holder-request', 'key-compromise', 'fraud', 'under-review', 'review-closed', 'unspecified',
] as const;
export type StatusReason = (typeof STATUS_REASONS)[number];

export const WRITE_KINDS = ['status', 'anchor', 'claims-key', 'did-keys'] as const;
export type WriteKind = (typeof WRITE_KINDS)[number];

/** Something that is to be on chain. */
export type ChainWrite = { readonly id: number; readonly name: string; readonly kind: WriteKind; readonly action: StatusAction | null };
/** What became of it. `code` and `field` say why it was refused. */
export type WriteStanding = { readonly state: 'pending' | 'done' | 'refused'; readonly code: string | null; readonly field: string | null };
/** One call to a contract: of one write, or of several status changes that were merged (`list`). */
export type ChainCall = { readonly id: number; readonly write: number | null; readonly list: number | null; readonly to: string; readonly data: string };
/** One entry of a status change. */
export type ChangeEntry = { readonly write: number; readonly position: number; readonly list: number; readonly index: number };
