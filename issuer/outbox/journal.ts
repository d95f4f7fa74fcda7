// The journal of signed transactions in the issuer's database. Each account has one writer: whoever took the account last. What an earlier one
// still tries to write down is refused, so it can sign nothing that the present one does not know.
import { HealthpassError } from '#passport';
import type { Journal, JournalRecord } from '#contracts';
import type { Database, Queryable, Row } from '#server';

type JournalRow = Row & { type: string; call: string; nonce: number; hash: string; raw: string; block: number; chainId: number; chain: string };

const COLUMNS = 'account, type, call, nonce, hash, raw, block, chain_id, chain';
const VALUES = '$3::text, $4::text, $5::int8, $6::text, $7::text, $8::int8, $9::int8, $10::text';

/** Makes the caller the writer of an account. @returns its number, one above that of the writer before */
export async function takeAccount(database: Queryable, account: string): Promise<number> {
  const [row] = await database.query<{ epoch: number }>(
    'INSERT INTO chain_writer AS w (account, epoch) VALUES ($1, 1) ON CONFLICT (account) DO UPDATE SET epoch = w.epoch + 1 RETURNING epoch::int8 AS epoch', [account]);
  return row!.epoch;
}

/** @throws HealthpassError `service-unavailable` on writing, once another writer has the account */
export function createDatabaseJournal(database: Database, account: string, epoch: number): Journal {
  const insert = async (tx: Queryable, record: JournalRecord) => {
    const written = await tx.query(
      // The share keeps the next writer waiting until this is there to be read.
      `INSERT INTO chain_journal (${COLUMNS}) SELECT $1, ${VALUES} FROM chain_writer WHERE account = $1 AND epoch = $2 FOR SHARE RETURNING seq`,
      [account, epoch, ...valuesOf(record)]);
    if (written.length === 0) throw new HealthpassError('service-unavailable', 'another process writes for this account now', { field: 'account' });
  };
  return {
    read: async () => (await database.query<JournalRow>(
      `SELECT type, call, nonce::int8 AS nonce, hash, raw, block::int8 AS block, chain_id::int8 AS "chainId", chain FROM chain_journal WHERE account = $1 ORDER BY seq`, [account],
    )).map((row) => recordOf(row, account)),
    append: (record) => insert(database, record),
    replace: (records) => database.transaction(async (tx) => {
      await tx.query('DELETE FROM chain_journal WHERE account = $1', [account]);
      for (const record of records) await insert(tx, record);
    }),
  };
}

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
