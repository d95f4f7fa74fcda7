// The sender's memory: every transaction of its account that it may still have to send again, backed by the journal.
import type { Provider, TransactionReceipt } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import type { Journal, JournalOwner, JournalRecord, MinedRecord, SignedRecord } from './journal.ts';

/** A call on its way. `raws` are replacements of each other, the newest last; none when it was final long ago. */
export type Sending = { readonly id: string; readonly nonce: number; readonly raws: readonly SignedRecord[]; readonly mined?: MinedRecord };

export type Ledger = {
  readonly byId: (id: string) => Sending | undefined;
  readonly atNonce: (nonce: number) => Sending | undefined;
  /** One above the highest nonce ever signed. */
  readonly nextNonce: () => number;
  readonly signed: (record: SignedRecord) => Promise<Sending>;
  readonly mined: (sending: Sending, receipt: TransactionReceipt) => Promise<TransactionReceipt>;
};

/** Blocks below the finalised one that a signed transaction is kept for: a killed node may lose what it called final. */
const KEPT_BLOCKS = 256;
/** Ids of finished calls that are remembered. */
const KEPT_IDS = 10_000;
/** Records after which what is long final is dropped, so that a process that never ends does not keep it all. */
const TIDY_EVERY = 400;

type Entry = { id: string; nonce: number; raws: SignedRecord[]; mined?: MinedRecord };

/** Reads a journal, drops from it what is long final, and keeps it up to date. */
export async function createLedger(provider: Provider, address: string, journal: Journal, chain?: string): Promise<Ledger> {
  const owner = await ownerOf(provider, address, chain);
  const records = await journal.read();
  assertOwner(owner, records);
  const [byId, byNonce] = [new Map<string, Entry>(), new Map<number, Entry>()];
  let nextNonce = 0;
  let size = records.length;
  let appended = 0;
  const keep = (entry: Entry) => {
    byId.set(entry.id, entry);
    byNonce.set(entry.nonce, entry);
    nextNonce = Math.max(nextNonce, entry.nonce + 1);
  };
  for (const entry of fold(records)) keep(entry);
  const append = async (record: JournalRecord) => {
    await journal.append(record);
    size++;
    appended++;
  };
  const tidy = async () => {
    const kept = await compact(provider, journal, owner, [...byId.values()].sort((a, b) => a.nonce - b.nonce), size);
    byId.clear();
    byNonce.clear();
    for (const entry of kept.entries) keep(entry);
    [size, appended] = [kept.size, 0];
  };
  await tidy();

  return {
    byId: (id) => byId.get(id),
    atNonce: (nonce) => byNonce.get(nonce),
    nextNonce: () => nextNonce,
    async signed(record) {
      await append(record);
      const entry = byId.get(record.id) ?? { id: record.id, nonce: record.nonce, raws: [] };
      entry.raws.push(record);
      keep(entry);
      return entry;
    },
    async mined({ id, nonce }, receipt) {
      const entry = byId.get(id)!; // made by `signed`
      if (entry.mined?.hash !== receipt.hash || entry.mined.block !== receipt.blockNumber) {
        entry.mined = { type: 'mined', id, nonce, hash: receipt.hash, block: receipt.blockNumber };
        await append(entry.mined);
        if (appended >= TIDY_EVERY) await tidy();
      }
      return receipt;
    },
  };
}

async function ownerOf(provider: Provider, address: string, chain?: string): Promise<JournalOwner> {
  const { chainId } = await provider.getNetwork();
  return { type: 'owner', chainId: Number(chainId), chain: chain ?? (await firstBlock(provider)), address };
}

async function firstBlock(provider: Provider): Promise<string> {
  const genesis = await provider.getBlock(0);
  if (!genesis?.hash) throw new HealthpassError('chain-unavailable', 'the chain has no first block');
  return genesis.hash;
}

function assertOwner(owner: JournalOwner, records: readonly JournalRecord[]): void {
  const other = records.find((record) => record.type === 'owner' && JSON.stringify(record) !== JSON.stringify(owner));
  if (other) throw new HealthpassError('configuration-invalid', 'the journal belongs to another chain or account', { field: 'journal' });
}

function fold(records: readonly JournalRecord[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const record of records) {
    if (record.type === 'owner') continue;
    const entry = entries.get(record.id) ?? { id: record.id, nonce: record.nonce, raws: [] };
    entries.set(record.id, entry);
    if (record.type === 'signed') entry.raws.push(record);
    else entry.mined = record;
  }
  return [...entries.values()].sort((a, b) => a.nonce - b.nonce);
}

async function compact(provider: Provider, journal: Journal, owner: JournalOwner, entries: Entry[], before: number): Promise<{ entries: readonly Entry[]; size: number }> {
  const finalized = await provider.getBlock('finalized');
  const limit = (finalized?.number ?? 0) - KEPT_BLOCKS;
  for (const entry of entries) if (entry.mined && entry.mined.block <= limit) entry.raws.length = 0;
  entries.splice(0, Math.max(0, entries.length - KEPT_IDS));
  const after: JournalRecord[] = [owner, ...entries.flatMap((entry) => [...entry.raws, ...(entry.mined ? [entry.mined] : [])])];
  if (before !== after.length) await journal.replace(after);
  return { entries, size: after.length };
}
