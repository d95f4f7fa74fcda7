// The journal of signed transactions in the issuer's database. Each account has one writer: whoever took the account last. What an earlier one
// still tries to write down is refused, so it can sign nothing that the present one does not know.
import { HealthpassError } from '#passport';
import type { Journal, JournalRecord } from '#contracts';
import type { Database, Queryable, Row } from '#server';

type JournalRow = Row & { type: string; call: string; nonce: number; hash: string; raw: string; block: number; chainId: number; chain: string };

const INSERT = `INSERT INTO chain_journal (account, type, call, nonce, hash, raw, block, chain_id, chain)
  SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int8[], $5::text[], $6::text[], $7::int8[], $8::int8[], $9::text[])`;

/** Who writes for an account: the number of one is above that of the one before. */
export type Writer = { readonly account: string; readonly epoch: number };

/** Makes the caller the writer of an account. */
export async function takeAccount(database: Queryable, account: string): Promise<Writer> {
  const [row] = await database.query<{ epoch: number }>(
    'INSERT INTO chain_writer AS w (account, epoch) VALUES ($1, 1) ON CONFLICT (account) DO UPDATE SET epoch = w.epoch + 1 RETURNING epoch::int8 AS epoch', [account]);
  return { account, epoch: row!.epoch };
}

/** Keeps the next writer waiting until this transaction is over. @throws HealthpassError `service-unavailable` when there is another one already */
export async function assertWriter(tx: Queryable, { account, epoch }: Writer): Promise<void> {
  const mine = await tx.query('SELECT 1 FROM chain_writer WHERE account = $1 AND epoch = $2 FOR SHARE', [account, epoch]);
  if (mine.length === 0) throw new HealthpassError('service-unavailable', 'another process writes for this account now', { field: 'account' });
}

/** @throws HealthpassError `service-unavailable` on writing, once another writer has the account */
export function createDatabaseJournal(database: Database, writer: Writer): Journal {
  const { account } = writer;
  const step = <T>(work: (tx: Queryable) => Promise<T>) => database.transaction(async (tx) => {
    await assertWriter(tx, writer);
    return work(tx);
  });
  const insert = (tx: Queryable, records: readonly JournalRecord[]) => {
    const rows = records.map(valuesOf);
    return tx.query(INSERT, [account, ...COLUMNS.map((_, i) => rows.map((row) => row[i]))]);
  };
  return {
    read: async () => (await database.query<JournalRow>(
      `SELECT type, call, nonce::int8 AS nonce, hash, raw, block::int8 AS block, chain_id::int8 AS "chainId", chain FROM chain_journal WHERE account = $1 ORDER BY seq`, [account],
    )).map((row) => recordOf(row, account)),
    append: async (record) => void (await step((tx) => insert(tx, [record]))),
    replace: (records) => step(async (tx) => {
      await tx.query('DELETE FROM chain_journal WHERE account = $1', [account]);
      await insert(tx, records);
    }),
  };
}

/** Of `INSERT`, after the account. */
const COLUMNS = ['type', 'call', 'nonce', 'hash', 'raw', 'block', 'chain_id', 'chain'] as const;

function valuesOf(record: JournalRecord): unknown[] {
  if (record.type === 'owner') return ['owner', null, null, null, null, null, record.chainId, record.chain];
  const { type, id, nonce, hash } = record;
  return [type, id, nonce, hash, type === 'signed' ? record.raw : null, type === 'mined' ? record.block : null, null, null];
}

/** Members in the order of the types: owners are compared as text. */
function recordOf({ type, call: id, nonce, hash, raw, block, chainId, chain }: JournalRow, address: string): JournalRecord {
  if (type === 'owner') return { type, chainId, chain, address };
  return type === 'signed' ? { type, id, nonce, hash, raw } : { type: 'mined', id, nonce, hash, block };
}
