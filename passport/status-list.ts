// A status list: one bit per credential in 4,096 words of 248 bits, under an 8-ary Poseidon tree of depth 4 whose leaves are the words.
import { HealthpassError } from './errors.ts';
import type { FieldElement } from './field.ts';
import { LIST_SIZE, LIST_WORDS, STATUS_DEPTH, WORD_BITS } from './limits.ts';
import { P8 } from './poseidon.ts';
import { createSparseTree, type SparseTree, type TreeShape } from './tree.ts';

export const STATUS_TREE: TreeShape = { width: 8, depth: STATUS_DEPTH, hash: P8 };

/** Where an entry stands. */
export type EntryPosition = { readonly word: number; readonly bit: number };

/** @throws HealthpassError `index-out-of-range` */
export function entryPosition(index: number): EntryPosition {
  if (!Number.isInteger(index) || index < 0 || index >= LIST_SIZE) {
    throw new HealthpassError('index-out-of-range', 'the status index lies outside the list', { field: 'index' });
  }
  return { word: Math.floor(index / WORD_BITS), bit: index % WORD_BITS };
}

/** The tree over the words of a list; words that are absent are 0. */
export function createStatusTree(words: ReadonlyMap<number, bigint> = new Map()): SparseTree {
  for (const word of words.values()) assertWord(word);
  return createSparseTree(STATUS_TREE, words as ReadonlyMap<number, FieldElement>); // a word of 248 bits is below r
}

export const statusRoot = (words: ReadonlyMap<number, bigint>): FieldElement => createStatusTree(words).root();

/** Masks by word for a set of entries: what the contract takes. */
export function masksOf(indices: Iterable<number>): Map<number, bigint> {
  const masks = new Map<number, bigint>();
  for (const index of indices) {
    const { word, bit } = entryPosition(index);
    masks.set(word, (masks.get(word) ?? 0n) | (1n << BigInt(bit)));
  }
  return masks;
}

/** A list as 126,976 bytes: word after word, 31 bytes each, big endian. */
export function packWords(words: ReadonlyMap<number, bigint>): Uint8Array {
  const bytes = new Uint8Array(LIST_WORDS * 31);
  for (const [position, word] of words) {
    assertWord(word);
    for (let i = 30, rest = word; i >= 0; i--, rest >>= 8n) bytes[position * 31 + i] = Number(rest & 0xffn);
  }
  return bytes;
}

/** Inverse of {@link packWords}. @throws HealthpassError `bundle-invalid` for another length */
export function unpackWords(bytes: Uint8Array): Map<number, bigint> {
  if (bytes.length !== LIST_WORDS * 31) throw new HealthpassError('bundle-invalid', 'a packed status list has 126,976 bytes', { field: 'words' });
  const words = new Map<number, bigint>();
  for (let position = 0; position < LIST_WORDS; position++) {
    let word = 0n;
    for (let i = 0; i < 31; i++) word = (word << 8n) | BigInt(bytes[position * 31 + i]!);
    if (word !== 0n) words.set(position, word);
  }
  return words;
}

function assertWord(word: bigint): void {
  if (word < 0n || word >> BigInt(WORD_BITS) !== 0n) throw new HealthpassError('index-out-of-range', 'a status word has more than 248 bits', { field: 'word' });
}
