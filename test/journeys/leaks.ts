// Where a word that must stay secret would be found: in whatever writing, in the files of a folder, in all that a chain holds.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '#contracts';

/** A word as UTF-8, as UTF-16, in hex, and in base64 wherever it begins. */
export function writings(word: string): Buffer[] {
  const base64 = [0, 1, 2].map((shift) => Buffer.from(' '.repeat(shift) + word).toString('base64').slice(shift === 0 ? 0 : shift + 1, -4));
  return [Buffer.from(word), Buffer.from(word.toUpperCase()), Buffer.from(word, 'utf16le'), ...[Buffer.from(word).toString('hex'), ...base64].map((text) => Buffer.from(text))];
}

/** Of the words those that stand in the bytes, in any writing. */
export const foundIn = (bytes: Buffer, words: readonly string[]): string[] => words.filter((word) => writings(word).some((writing) => bytes.includes(writing)));

/** Every byte of every file below a folder. */
export async function bytesBelow(folder: string): Promise<Buffer> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return Buffer.concat(await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name)))));
}

/** Inputs of all transactions and all logs, in hex. */
export async function chainText(rpc: string): Promise<string> {
  const provider = connect(rpc, 31337);
  const parts: string[] = [];
  for (let number = await provider.getBlockNumber(); number >= 0; number--) {
    const block = await provider.getBlock(number, true);
    parts.push(...block!.prefetchedTransactions.map(({ data }) => data));
  }
  for (const { data, topics } of await provider.getLogs({ fromBlock: 0, toBlock: 'latest' })) parts.push(data, ...topics);
  provider.destroy();
  return parts.join('\n');
}
