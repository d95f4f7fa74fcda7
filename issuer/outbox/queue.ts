// The worker's side of the tables: what is to be done next, and what became of it. Each step is one transaction of the database, which only the
// present writer of the account may make.
import type { Database, Queryable } from '#server';
import { assertWriter, type Writer } from './journal.ts';
import type { PlannedCall, StatusPlan } from './plan.ts';
import type { ChainCall, ChainWrite, ChangeEntry } from './schema.ts';

/** Entries of status changes that are planned at once. */
const RUN_ENTRIES = 50_000;
const CALL = 'id::int8 AS id, write::int8 AS write, list::int8 AS list, target AS "to", data';
const ENTRY = 'write::int8 AS write, position, list::int8 AS list, index';

export type Refusal = { readonly code: string; readonly field: string | null };
export type Queue = ReturnType<typeof createQueue>;

export function createQueue(database: Database, writer: Writer, now: () => number) {
  const step = <T>(work: (tx: Queryable) => Promise<T>) => database.transaction(async (tx) => {
    await assertWriter(tx, writer);
    return work(tx);
  });
  /** Status changes of which everything is mined, or stands already. */
  const finishChanges = (tx: Queryable, writes: readonly number[]) => tx.query(
    `UPDATE chain_write w SET state = 'done', done_at = $2 WHERE id = ANY($1::int8[]) AND kind = 'status' AND state = 'pending' AND NOT EXISTS (
       SELECT 1 FROM status_change s LEFT JOIN chain_call c ON c.id = s.call WHERE s.write = w.id AND (s.moves IS NULL OR c.state = 'planned'))`, [writes, now()]);
  const finishCalls = (tx: Queryable, write: number) => tx.query(
    `UPDATE chain_write w SET state = 'done', done_at = $2 WHERE id = $1 AND state = 'pending'
       AND NOT EXISTS (SELECT 1 FROM chain_call c WHERE c.write = w.id AND c.state = 'planned')`, [write, now()]);
  const refuse = (tx: Queryable, writes: readonly number[], { code, field }: Refusal) => tx.query(
    `UPDATE chain_write SET state = 'refused', code = $2, field = $3, done_at = $4 WHERE id = ANY($1::int8[]) AND state = 'pending'`, [writes, code, field, now()]);
  const writesOf = async (tx: Queryable, call: ChainCall) => call.write !== null ? [call.write]
    : (await tx.query<{ write: number }>('SELECT DISTINCT write::int8 AS write FROM status_change WHERE call = $1', [call.id])).map(({ write }) => write);

  return {
    /** Calls of status changes that are planned and not mined, in order. */
    plannedChanges: () => database.query<ChainCall>(`SELECT ${CALL} FROM chain_call WHERE state = 'planned' AND write IS NULL ORDER BY id`),
    plannedCalls: (write: number) => database.query<ChainCall>(`SELECT ${CALL} FROM chain_call WHERE state = 'planned' AND write = $1 ORDER BY id`, [write]),

    /** The oldest write, and those after it that may go with it: status changes of the same kind. */
    async nextRun(): Promise<ChainWrite[]> {
      const writes = await database.query<ChainWrite & { size: number }>(
        `SELECT id::int8 AS id, name, kind, action, (SELECT count(*) FROM status_change WHERE write = chain_write.id)::int AS size
         FROM chain_write WHERE state = 'pending' ORDER BY id LIMIT 500`);
      const [first] = writes;
      if (first?.kind !== 'status') return writes.slice(0, 1);
      let size = 0;
      const end = writes.findIndex((write, i) => write.action !== first.action || ((size += write.size) > RUN_ENTRIES && i > 0));
      return end < 0 ? writes : writes.slice(0, end);
    },
    /** Entries of which nothing is known yet. */
    openEntries: (writes: readonly number[]) => database.query<ChangeEntry>(
      `SELECT ${ENTRY} FROM status_change WHERE write = ANY($1::int8[]) AND moves IS NULL ORDER BY write, position`, [writes]),

    savePlan: (writes: readonly number[], { calls, settled, conflicting }: StatusPlan) => step(async (tx) => {
      for (const planned of calls) await saveCall(tx, planned);
      await setEntries(tx, settled, null, false);
      await refuse(tx, [...conflicting], { code: 'status-conflict', field: 'id' });
      await finishChanges(tx, writes);
    }),

    mined: (call: ChainCall, block: number) => step(async (tx) => {
      await tx.query(`UPDATE chain_call SET state = 'mined', block = $2 WHERE id = $1`, [call.id, block]);
      if (call.write === null) await finishChanges(tx, await writesOf(tx, call));
      else await finishCalls(tx, call.write);
    }),

    /** A write that the chain shows already, whoever made it. */
    shown: (write: number) => step(async (tx) => {
      await tx.query(`UPDATE chain_call SET state = 'dropped' WHERE write = $1 AND state = 'planned'`, [write]);
      await finishCalls(tx, write);
    }),

    /**
     * Gives up calls that have no effect and never will. What they were for is planned anew, or refused where a reason is given. The calls of a
     * list build on each other: the later ones go with the first.
     */
    drop: (call: ChainCall, reason?: Refusal) => step(async (tx) => {
      const writes = await writesOf(tx, call);
      if (reason) await refuse(tx, writes, reason);
      else await tx.query(`UPDATE chain_write SET state = 'pending', done_at = NULL WHERE id = ANY($1::int8[]) AND state = 'done'`, [writes]);
      await tx.query(`UPDATE chain_call SET state = 'dropped' WHERE id = $1 OR (write IS NULL AND state = 'planned' AND list = $2)`, [call.id, call.list]);
      await tx.query(
        `UPDATE status_change SET call = NULL, moves = NULL FROM chain_call c WHERE c.id = call AND c.state = 'dropped'`);
      if (call.write !== null && !reason) await tx.query('INSERT INTO chain_call (write, target, data) VALUES ($1, $2, $3)', [call.write, call.to, call.data]);
      if (call.write !== null && reason) await tx.query(`UPDATE chain_call SET state = 'dropped' WHERE write = $1 AND state = 'planned'`, [call.write]);
    }),

    /** Calls that were mined in a block up to this one, by what is known. */
    minedUpTo: (block: number) => database.query<ChainCall>(`SELECT ${CALL} FROM chain_call WHERE state = 'mined' AND block <= $1 ORDER BY id`, [block]),
    hasUnfinal: async () => (await database.query(`SELECT 1 FROM chain_call WHERE state = 'mined' LIMIT 1`)).length > 0,
    /** Its data is not needed any more. */
    final: (call: ChainCall, block: number) => step((tx) => tx.query(`UPDATE chain_call SET state = 'final', block = $2, data = '' WHERE id = $1`, [call.id, block])),
    moved: (call: ChainCall, block: number) => step((tx) => tx.query('UPDATE chain_call SET block = $2 WHERE id = $1', [call.id, block])),
  };
}

async function saveCall(tx: Queryable, { list, call, moving, repeated }: PlannedCall): Promise<void> {
  const [row] = await tx.query<{ id: number }>('INSERT INTO chain_call (list, target, data) VALUES ($1, $2, $3) RETURNING id::int8 AS id', [list, call.to, call.data]);
  await setEntries(tx, moving, row!.id, true);
  await setEntries(tx, repeated, row!.id, false);
}

const setEntries = (tx: Queryable, entries: readonly ChangeEntry[], call: number | null, moves: boolean) => tx.query(
  `UPDATE status_change s SET call = $3, moves = $4 FROM unnest($1::int8[], $2::int[]) AS t (write, position) WHERE s.write = t.write AND s.position = t.position`,
  [entries.map(({ write }) => write), entries.map(({ position }) => position), call, moves]);
