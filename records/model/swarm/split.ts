// Data as a tree of chunks: leaves of 4096 bytes, above them lists of up to 128 addresses. A chunk that would be alone in its list is not wrapped
// but passed on to the level above, as Bee does ("dangling chunk"); else its reference would differ from Bee's.
import type { Reference } from '../record.ts';
import { ADDRESS_BYTES, CHUNK_BYTES, chunkAddress } from './bmt.ts';
import { referenceFrom, type Chunk } from './chunk.ts';

/** Addresses in a chunk. */
export const BRANCHES = CHUNK_BYTES / ADDRESS_BYTES;

/** Takes data piece by piece; keeps one chunk per level. */
export type Splitter = {
  readonly write: (bytes: Uint8Array) => void;
  /** @returns the reference of all that was written; nothing can be written after it */
  readonly finish: () => Reference;
};

type Level = { readonly payload: Uint8Array; count: number; span: number };

/** @param emit gets each chunk when it is complete, children before parents; without it only the reference is computed */
export function createSplitter(emit?: (chunk: Chunk) => void): Splitter {
  const leaf = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  const levels: Level[] = [];

  const seal = (span: number, payload: Uint8Array): Uint8Array => {
    const address = chunkAddress(span, payload);
    emit?.({ reference: referenceFrom(address), span, payload: payload.slice() });
    return address;
  };
  const push = (height: number, address: Uint8Array, span: number): void => {
    const level = (levels[height] ??= { payload: new Uint8Array(CHUNK_BYTES), count: 0, span: 0 });
    level.payload.set(address, level.count * ADDRESS_BYTES);
    level.count += 1;
    level.span += span;
    if (level.count === BRANCHES) wrap(height, level);
  };
  const wrap = (height: number, level: Level): void => {
    const address = seal(level.span, level.payload.subarray(0, level.count * ADDRESS_BYTES));
    const { span } = level;
    level.count = 0;
    level.span = 0;
    push(height + 1, address, span);
  };
  const flush = (): void => {
    push(0, seal(filled, leaf.subarray(0, filled)), filled);
    filled = 0;
  };
  return {
    write(bytes) {
      let from = 0;
      while (from < bytes.length) {
        if (filled === CHUNK_BYTES) flush();
        if (filled === 0 && bytes.length - from > CHUNK_BYTES) {
          push(0, seal(CHUNK_BYTES, bytes.subarray(from, from + CHUNK_BYTES)), CHUNK_BYTES); // whole chunks are not copied
          from += CHUNK_BYTES;
          continue;
        }
        const piece = bytes.subarray(from, from + CHUNK_BYTES - filled);
        leaf.set(piece, filled);
        filled += piece.length;
        from += piece.length;
      }
    },
    finish() {
      if (filled > 0 || levels.length === 0) flush();
      for (let height = 0; ; height++) {
        const level = levels[height]!; // whatever is pushed up makes the level above
        if (level.count === 1 && levels.slice(height + 1).every(({ count }) => count === 0)) return referenceFrom(level.payload.subarray(0, ADDRESS_BYTES));
        if (level.count === 1) push(height + 1, level.payload.slice(0, ADDRESS_BYTES), level.span);
        else if (level.count > 1) wrap(height, level);
      }
    },
  };
}

/** The Swarm address of some bytes. */
export function referenceOf(bytes: Uint8Array): Reference {
  const splitter = createSplitter();
  splitter.write(bytes);
  return splitter.finish();
}
