// What is asked of the chain, written down by those who ask: durable with the transaction that it is part of, and under a name, so that who asks
// again is given the first.
import { createHash } from 'node:crypto';
import { HealthpassError } from '#passport';
import type { Call, StatusAction } from '#contracts';
import type { Queryable } from '#server';
import type { StatusReason, WriteKind, WriteStanding } from './schema.ts';

export type StatusRequest = {
  /** Names the request: under one name it is made once. */
  readonly name: string;
  readonly action: StatusAction;
  readonly reason?: StatusReason | undefined;
  readonly entries: readonly { readonly id: string; readonly list: number; readonly index: number }[];
};
export type CallRequest = { readonly name: string; readonly kind: Exclude<WriteKind, 'status'>; readonly calls: readonly Call[] };
/** `isNew` is false where the request was there already: then nothing was written. */
export type Written = { readonly id: number; readonly isNew: boolean };

const INSERT = `INSERT INTO chain_write (name, kind, action, reason, content, created_at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (name) DO NOTHING RETURNING id::int8 AS id`;

/** @throws HealthpassError `request-invalid` when the name stands for another change */
export async function writeStatusChange(tx: Queryable, { name, action, reason, entries }: StatusRequest, at: number): Promise<Written> {
  const content = createHash('sha256').update([action, reason ?? '', ...entries.map(({ id }) => id).toSorted()].join('\n')).digest('hex');
  const [row] = await tx.query<{ id: number }>(INSERT, [name, 'status', action, reason ?? null, content, at]);
  if (!row) return { id: await known(tx, name, content), isNew: false };
  await tx.query(
    `INSERT INTO status_change (write, position, credential, list, index)
     SELECT $1, n - 1, credential, list, index FROM unnest($2::text[], $3::int8[], $4::int[]) WITH ORDINALITY AS t (credential, list, index, n)`,
    [row.id, entries.map(({ id }) => id), entries.map(({ list }) => list), entries.map(({ index }) => index)]);
  return { id: row.id, isNew: true };
}

/** One that was refused is tried once more. */
export async function writeCalls(tx: Queryable, { name, kind, calls }: CallRequest, at: number): Promise<Written> {
  const [row] = await tx.query<{ id: number }>(INSERT, [name, kind, null, null, name, at]);
  const id = row?.id ?? await known(tx, name, name);
  const isNew = row !== undefined || await reopened(tx, id);
  if (isNew && calls.length === 0) await tx.query(`UPDATE chain_write SET state = 'done', done_at = $2 WHERE id = $1`, [id, at]);
  if (isNew) for (const { to, data } of calls) await tx.query('INSERT INTO chain_call (write, target, data) VALUES ($1, $2, $3)', [id, to, data]);
  return { id, isNew };
}

async function known(tx: Queryable, name: string, content: string): Promise<number> {
  const [row] = await tx.query<{ id: number; content: string }>('SELECT id::int8 AS id, content FROM chain_write WHERE name = $1', [name]);
  if (row!.content !== content) throw new HealthpassError('request-invalid', 'the idempotency key was used for another change', { field: 'idempotencyKey' });
  return row!.id;
}

async function reopened(tx: Queryable, id: number): Promise<boolean> {
  const refused = await tx.query(`UPDATE chain_write SET state = 'pending', code = NULL, field = NULL WHERE id = $1 AND state = 'refused' RETURNING id`, [id]);
  return refused.length > 0;
}

export async function standingOfWrite(database: Queryable, id: number): Promise<WriteStanding> {
  const [row] = await database.query<WriteStanding>('SELECT state, code, field FROM chain_write WHERE id = $1', [id]);
  return row!;
}

/** What a status change that is done has changed, in the order in which it was asked. */
export const outcomesOf = (database: Queryable, write: number) => database.query<{ id: string; list: number; index: number; changed: boolean }>(
  'SELECT credential AS id, list::int8 AS list, index, coalesce(moves, false) AS changed FROM status_change WHERE write = $1 ORDER BY position', [write]);

export type Waiting = { readonly kind: WriteKind; readonly count: number; readonly oldest: number };

/** Writes that are not mined yet, by kind, with the time of the oldest. */
export const waiting = (database: Queryable) => database.query<Waiting>(
  `SELECT kind, count(*)::int AS count, min(created_at)::int8 AS oldest FROM chain_write WHERE state = 'pending' GROUP BY kind ORDER BY kind`);

/** Calls that are mined and not final. */
export async function unfinal(database: Queryable): Promise<number> {
  const [row] = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM chain_call WHERE state = 'mined'`);
  return row!.count;
}
