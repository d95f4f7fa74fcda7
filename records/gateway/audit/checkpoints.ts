// Checkpoints: one root over the logs of all patients as they stood at one moment, kept with all that proves each log in it. A root is made and noted in
// one transaction, and only the last may be missing on chain: whatever happens between, the same sequence always has the same root.
import type { UnixSeconds } from '#passport';
import type { Database, Queryable } from '#server';
import { createLogTree, toBytes, toHex, ZERO, type Hex, type LogHead, type LogTree, type StoredNode } from '#records/model/audit/index.ts';

export type Checkpoint = { readonly sequence: number; readonly root: Hex; readonly takenAt: UnixSeconds; readonly anchoredAt: UnixSeconds | null; readonly block: number | null };

export type Checkpoints = {
  /** Entries that no checkpoint covers. */
  readonly pending: () => Promise<number>;
  readonly last: () => Promise<Checkpoint | undefined>;
  /** The one that is not anchored yet, or a new one over every entry that is committed; undefined where all is anchored. */
  readonly take: (now: UnixSeconds) => Promise<Checkpoint | undefined>;
  readonly anchored: (sequence: number, at: { readonly time: UnixSeconds; readonly block: number | null }) => Promise<void>;
};

/** Any number, as long as all processes of the service take the same: two at once would number their roots alike. */
const LOCK = 7_265_171;
/** Nodes of one statement. */
const BATCH = 2_000;
const COLUMNS = 'sequence::int8 AS sequence, root, taken_at::int8 AS "takenAt", anchored_at::int8 AS "anchoredAt", block::int8 AS block';
type CheckpointRow = Omit<Checkpoint, 'root'> & { readonly root: Uint8Array };
type LeafRow = { readonly log: Uint8Array; readonly entries: number; readonly head: Uint8Array };

export function createCheckpoints(database: Database): Checkpoints {
  /** The tree of the last checkpoint, kept from one to the next. */
  let kept: { readonly sequence: number; readonly tree: LogTree } = { sequence: 0, tree: createLogTree() };

  async function treeAt(tx: Queryable, last: Checkpoint | undefined): Promise<LogTree> {
    if (kept.sequence === (last?.sequence ?? 0) && kept.tree.root === (last?.root ?? ZERO)) return kept.tree;
    const { tree } = createLogTree().with((await tx.query<LeafRow>('SELECT log, entries::int8 AS entries, head FROM access_leaf')).map(headOf));
    // A root that came of other leaves than are here would be followed by one that takes something back.
    if (tree.root !== last?.root) throw new Error('the leaves of the tree of logs are not those of the last checkpoint');
    return tree;
  }

  return {
    async pending() {
      const [row] = await database.query<{ pending: number }>('SELECT coalesce(sum(l.entries - coalesce(f.entries, 0)), 0)::int8 AS pending FROM access_log l LEFT JOIN access_leaf f USING (log)');
      return row!.pending;
    },
    last: () => lastOf(database),
    async take(now) {
      let next: typeof kept | undefined;
      const taken = await database.transaction(async (tx) => {
        await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
        const last = await lastOf(tx);
        if (last && last.anchoredAt === null) return last;
        // One statement sees one moment: all that was committed before it, and nothing else.
        const changed = await tx.query<LeafRow>('SELECT l.log, l.entries::int8 AS entries, l.head FROM access_log l LEFT JOIN access_leaf f USING (log) WHERE l.entries > coalesce(f.entries, 0)');
        if (changed.length === 0) return undefined;
        const { tree, added } = (await treeAt(tx, last)).with(changed.map(headOf));
        next = { sequence: (last?.sequence ?? 0) + 1, tree };
        await keep(tx, next.sequence, changed, added);
        await tx.query('INSERT INTO access_checkpoint (sequence, root, taken_at) VALUES ($1, $2, $3)', [next.sequence, toBytes(tree.root), now]);
        return { sequence: next.sequence, root: tree.root, takenAt: now, anchoredAt: null, block: null };
      });
      if (next) kept = next;
      return taken;
    },
    anchored: async (sequence, { time, block }) => void (await database.query('UPDATE access_checkpoint SET anchored_at = $2, block = $3 WHERE sequence = $1 AND anchored_at IS NULL', [sequence, time, block])),
  };
}

/** Checkpoints after one, in their order. */
export const checkpointsAfter = async (on: Queryable, after: number, limit: number): Promise<Checkpoint[]> =>
  (await on.query<CheckpointRow>(`SELECT ${COLUMNS} FROM access_checkpoint WHERE sequence > $1 ORDER BY sequence LIMIT $2`, [after, limit])).map(checkpointOf);

async function lastOf(on: Queryable): Promise<Checkpoint | undefined> {
  const [row] = await on.query<CheckpointRow>(`SELECT ${COLUMNS} FROM access_checkpoint ORDER BY sequence DESC LIMIT 1`);
  return row && checkpointOf(row);
}

const checkpointOf = ({ root, ...row }: CheckpointRow): Checkpoint => ({ ...row, root: toHex(root) });
const headOf = ({ log, entries, head }: LeafRow): LogHead => ({ log: toHex(log), entries, head: toHex(head) });

async function keep(tx: Queryable, sequence: number, changed: readonly LeafRow[], added: readonly StoredNode[]): Promise<void> {
  const columns = [changed.map(({ log }) => log), changed.map(({ entries }) => entries), changed.map(({ head }) => head)];
  await tx.query('INSERT INTO access_covered (log, entries, head, checkpoint) SELECT log, entries, head, $4 FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS c (log, entries, head)', [...columns, sequence]);
  await tx.query(
    `INSERT INTO access_leaf SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[])
       ON CONFLICT (log) DO UPDATE SET entries = EXCLUDED.entries, head = EXCLUDED.head`, columns);
  for (let at = 0; at < added.length; at += BATCH) {
    const nodes = added.slice(at, at + BATCH);
    await tx.query('INSERT INTO access_node SELECT * FROM unnest($1::bytea[], $2::boolean[], $3::bytea[], $4::bytea[]) ON CONFLICT DO NOTHING', [
      nodes.map(({ hash }) => toBytes(hash)), nodes.map(({ leaf }) => leaf), nodes.map(({ one }) => toBytes(one)), nodes.map(({ two }) => toBytes(two)),
    ]);
  }
}
