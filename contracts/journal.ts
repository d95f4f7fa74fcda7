// What the sender remembers of signed transactions, so that it neither loses nor repeats one when it or the chain restarts.
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HealthpassError } from '#passport/errors.ts';

/** Which chain and account a journal belongs to. */
export type JournalOwner = { readonly type: 'owner'; readonly chainId: number; readonly chain: string; readonly address: string };
/** A transaction, written down before it is sent. Several with one nonce are replacements of each other: one of them gets mined. */
export type SignedRecord = { readonly type: 'signed'; readonly id: string; readonly nonce: number; readonly hash: string; readonly raw: string };
/** What became of a call. `block` was its place when it was last seen. */
export type MinedRecord = { readonly type: 'mined'; readonly id: string; readonly nonce: number; readonly hash: string; readonly block: number };
export type JournalRecord = JournalOwner | SignedRecord | MinedRecord;

export type Journal = {
  readonly read: () => Promise<readonly JournalRecord[]>;
  /** Resolves when the record is safe. */
  readonly append: (record: JournalRecord) => Promise<void>;
  /** Puts fewer records in the place of all, at once or not at all. */
  readonly replace: (records: readonly JournalRecord[]) => Promise<void>;
};

/** A journal for a process that keeps nothing: tests, one-off scripts. */
export function createMemoryJournal(initial: readonly JournalRecord[] = []): Journal {
  let records = [...initial];
  return {
    read: async () => [...records],
    append: async (record) => void records.push(record),
    replace: async (next) => void (records = [...next]),
  };
}

/**
 * A journal in a file: a line a record with its checksum, synced to disk before `append` resolves. A line that was being written when
 * the power went is dropped; damage anywhere else is an error, for a transaction might be forgotten.
 * @throws HealthpassError `configuration-invalid` on reading a damaged file
 */
export function createFileJournal(path: string): Journal {
  let turn: Promise<unknown> = Promise.resolve();
  let tailIsWhole = false;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => undefined);
    return next;
  };
  return {
    read: () => inTurn(async () => parseLines(await contents(path))),
    append: (record) => inTurn(async () => {
      if (!tailIsWhole) {
        await mkdir(dirname(path), { recursive: true });
        await dropTornTail(path);
      }
      tailIsWhole = false; // until this write is through
      await writeSynced(path, 'a', toLine(record));
      tailIsWhole = true;
    }),
    replace: (records) => inTurn(async () => {
      await mkdir(dirname(path), { recursive: true });
      await writeSynced(`${path}.new`, 'w', records.map(toLine).join(''));
      await rename(`${path}.new`, path);
      await syncFolder(dirname(path));
      tailIsWhole = true;
    }),
  };
}

const checksum = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

function toLine(record: JournalRecord): string {
  const text = JSON.stringify(record);
  return `${checksum(text)} ${text}\n`;
}

function parseLines(text: string): JournalRecord[] {
  const lines = text.split('\n');
  lines.pop(); // what follows the last line end: nothing, or a torn line
  return lines.map((line) => {
    const body = line.slice(17);
    if (line.slice(0, 16) !== checksum(body)) throw new HealthpassError('configuration-invalid', 'the journal of transactions is damaged', { field: 'journal' });
    return JSON.parse(body) as JournalRecord; // written by toLine, as its checksum shows
  });
}

async function contents(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

async function dropTornTail(path: string): Promise<void> {
  const text = await contents(path);
  if (text === '' || text.endsWith('\n')) return;
  await withFile(path, 'r+', (file) => file.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1))));
}

const writeSynced = (path: string, flags: string, text: string): Promise<void> => withFile(path, flags, (file) => file.writeFile(text));

async function withFile(path: string, flags: string, work: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await work(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be synced there
  await withFile(path, 'r', async () => undefined);
}
