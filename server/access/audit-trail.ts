// Reading the audit table: page by page for people, and whole to see whether anybody changed it behind our back.
import { createHash } from 'node:crypto';
import type { Queryable } from '../database/database.ts';

export type AuditRow = {
  readonly id: number;
  readonly at: number;
  readonly actorKind: string;
  readonly actor: string;
  readonly organisation: string;
  readonly action: string;
  readonly target: string;
  readonly outcome: string;
  /** JSON text, as it was digested. */
  readonly detail: string;
};
type ChainedRow = AuditRow & { readonly previous: Uint8Array; readonly digest: Uint8Array };

const COLUMNS = 'id::int8 AS id, at::int8 AS at, actor_kind AS "actorKind", actor, organisation, action, target, outcome, detail';
const PAGE = 1000;

export type AuditFilter = {
  /** Only this organisation's; undefined for the operator, who sees all. */
  readonly organisation?: string | undefined;
  readonly actor?: string | undefined;
  /** The whole action, or its noun: `credential`. */
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  /** Unix seconds, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Entries before this one; as the last answer gave it. */
  readonly before?: number | undefined;
  readonly limit: number;
};

/** The newest entries first. */
export function readAudit(database: Queryable, { organisation, actor, action, target, from, to, before, limit }: AuditFilter): Promise<AuditRow[]> {
  const given = [organisation, actor, action, target, from, to, before].map((value) => value ?? null);
  return database.query<AuditRow>(
    `SELECT ${COLUMNS} FROM audit WHERE ($1::text IS NULL OR organisation = $1) AND ($2::text IS NULL OR actor = $2)
       AND ($3::text IS NULL OR action = $3 OR split_part(action, '.', 1) = $3) AND ($4::text IS NULL OR target = $4)
       AND ($5::bigint IS NULL OR at >= $5) AND ($6::bigint IS NULL OR at <= $6) AND ($7::bigint IS NULL OR id < $7)
     ORDER BY id DESC LIMIT $8`,
    [...given, limit],
  );
}

/** The end of the trail. Kept elsewhere, it shows later that nothing before it was taken away or written anew. */
export type AuditHead = { readonly entries: number; readonly digest: string };
export type AuditVerdict = ({ readonly intact: true } & AuditHead) | { readonly intact: false; /** Position of the first entry that is wrong. */ readonly at: number; readonly what: 'removed' | 'changed' };

/** Goes through the whole trail. `known`: a head that was noted earlier. */
export async function verifyAuditTrail(database: Queryable, known?: AuditHead): Promise<AuditVerdict> {
  let digest = Buffer.alloc(0);
  let entries = 0;
  for (;;) {
    const rows = await database.query<ChainedRow>(`SELECT ${COLUMNS}, previous, digest FROM audit WHERE id > $1 ORDER BY id LIMIT ${PAGE}`, [entries]);
    for (const row of rows) {
      if (row.id !== entries + 1) return { intact: false, at: entries + 1, what: 'removed' };
      const expected = digestOf(digest, row);
      if (!digest.equals(row.previous) || !expected.equals(row.digest)) return { intact: false, at: row.id, what: 'changed' };
      digest = expected;
      entries = row.id;
      if (known?.entries === entries && known.digest !== digest.toString('hex')) return { intact: false, at: entries, what: 'changed' };
    }
    if (rows.length < PAGE) break;
  }
  if (known && known.entries > entries) return { intact: false, at: entries + 1, what: 'removed' };
  return { intact: true, entries, digest: digest.toString('hex') };
}

function digestOf(previous: Uint8Array, row: AuditRow): Buffer<ArrayBuffer> {
  const fields = [String(row.id), String(row.at), row.actorKind, row.actor, row.organisation, row.action, row.target, row.outcome, row.detail];
  return createHash('sha256').update(previous).update(fields.map((field) => `${Buffer.byteLength(field)}:${field}`).join('')).digest();
}
