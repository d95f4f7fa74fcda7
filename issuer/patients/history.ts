// What was done to an issuance, and what staff noted when they did it. A note is about one person and sealed under that person's key, so that it
// goes with it.
import { HealthpassError } from '#passport';
import type { StatusAction } from '#contracts/status.ts';
import { createSealer, type DataKeys, type Queryable } from '#server';
import type { StatusReason, WriteStanding } from '../outbox/schema.ts';
import { keyName } from './schema.ts';

export type StatusEvent = {
  readonly action: StatusAction;
  readonly at: number;
  readonly state: WriteStanding['state'];
  readonly reason?: StatusReason;
  readonly note?: string;
  /** Copies that it was for, and whether one of them moved. */
  readonly copies: number;
  readonly changed: boolean;
};

const contextOf = (write: number) => `status-note/${write}`;

/** @throws HealthpassError `request-invalid` unless all issuances are about one person who is not erased */
export async function addNote(keys: DataKeys, tx: Queryable, credentials: readonly string[], write: number, note: string): Promise<void> {
  const rows = await tx.query<{ patient: string | null }>(
    `SELECT p.id AS patient FROM (SELECT DISTINCT i.patient FROM credential c LEFT JOIN issuance i ON i.id = c.issuance WHERE c.id = ANY($1::text[])) AS named LEFT JOIN patient p ON p.id = named.patient`, [credentials]);
  const [row] = rows;
  const key = row?.patient ? (await keys.read(tx, [keyName(row.patient)])).get(keyName(row.patient)) : undefined;
  if (rows.length !== 1 || !row?.patient || !key) throw new HealthpassError('request-invalid', 'a note is about one person', { field: 'note' });
  // Under one idempotency key the first note stays.
  await tx.query('INSERT INTO status_note (write, patient, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [write, row.patient, await createSealer(key).seal(contextOf(write), note)]);
}

type Row = { readonly write: number; readonly action: StatusAction; readonly at: number; readonly state: WriteStanding['state']; readonly reason: StatusReason | null; readonly copies: number; readonly changed: boolean; readonly patient: string | null; readonly sealed: Uint8Array | null };

/** The newest first. */
export async function historyOf(keys: DataKeys, on: Queryable, issuance: string): Promise<StatusEvent[]> {
  const rows = await on.query<Row>(
    `SELECT w.id::int8 AS write, w.action, coalesce(w.done_at, w.created_at)::int8 AS at, w.state, w.reason, count(*)::int AS copies, coalesce(bool_or(s.moves), false) AS changed, n.patient, n.sealed
      FROM credential c JOIN status_change s ON s.credential = c.id JOIN chain_write w ON w.id = s.write LEFT JOIN status_note n ON n.write = w.id
      WHERE c.issuance = $1 GROUP BY w.id, n.patient, n.sealed ORDER BY w.id DESC`, [issuance]);
  const known = await keys.read(on, [...new Set(rows.flatMap(({ patient }) => (patient === null ? [] : [keyName(patient)])))]);
  return Promise.all(rows.map(async ({ write, patient, sealed, reason, ...row }) => {
    const key = patient === null ? undefined : known.get(keyName(patient));
    const note = key && sealed ? String(await createSealer(key).open(contextOf(write), sealed)) : undefined;
    return { ...row, ...(reason !== null && { reason }), ...(note !== undefined && { note }) };
  }));
}
