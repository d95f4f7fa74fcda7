// What is blocked, as bits: of the words on chain, as of a final block, and what the latest block blocks besides. Suspended entries are blocked
// entries, so each form has to say which of the two it means.
import { LIST_SIZE, WORD_BITS, type ListRecord } from '#passport';

/** Entries that are blocked, for good or for a time: entry 0 is the leftmost bit (Bitstring Status List, 3.3). */
export function blockedBits({ words, latestWords }: Pick<ListRecord, 'words' | 'latestWords'>): Uint8Array {
  const bits = new Uint8Array(LIST_SIZE / 8);
  for (const index of [...entriesIn(words), ...entriesIn(latestWords)]) bits[index >> 3]! |= 0x80 >> (index & 7);
  return bits;
}

/** Entries that are blocked for a time: those that are suspended, and those that the final block alone still blocks, as only a suspension ends. */
export function suspendedBits(list: Pick<ListRecord, 'words' | 'latestWords' | 'suspended'>): Uint8Array {
  const bits = new Uint8Array(LIST_SIZE / 8);
  for (const index of suspendedEntries(list)) bits[index >> 3]! |= 0x80 >> (index & 7);
  return bits;
}

/** Statuses of two bits, entry 0 in the lowest bits of the first byte (Token Status List, 4.1): 0 valid, 1 invalid, 2 suspended. */
export function tokenStatuses(list: Pick<ListRecord, 'words' | 'latestWords' | 'suspended'>): Uint8Array {
  const statuses = new Uint8Array(LIST_SIZE / 4);
  const put = (index: number, status: number) => { statuses[index >> 2] = (statuses[index >> 2]! & ~(3 << (2 * (index & 3)))) | (status << (2 * (index & 3))); };
  for (const index of [...entriesIn(list.words), ...entriesIn(list.latestWords)]) put(index, 1);
  for (const index of suspendedEntries(list)) put(index, 2);
  return statuses;
}

function* suspendedEntries({ words, latestWords, suspended }: Pick<ListRecord, 'words' | 'latestWords' | 'suspended'>): Generator<number> {
  for (const word of new Set([...words.keys(), ...latestWords.keys()])) {
    const [final, latest] = [words.get(word) ?? 0n, latestWords.get(word) ?? 0n];
    yield* entriesOf(word, (final & ~latest) | (latest & (suspended.get(word) ?? 0n)));
  }
}

function* entriesIn(words: ReadonlyMap<number, bigint>): Generator<number> {
  for (const [word, mask] of words) yield* entriesOf(word, mask);
}

function* entriesOf(word: number, mask: bigint): Generator<number> {
  for (let bit = 0, rest = mask; rest !== 0n; bit++, rest >>= 1n) if (rest & 1n) yield word * WORD_BITS + bit;
}
