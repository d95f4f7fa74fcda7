// Data out of their chunks, from a storage that is not trusted: each chunk is checked against its address before anything in it is used, and each
// span against the one its parent implies, so that the length is known, and can be refused, before a second chunk is asked for.
import type { Reference } from '../record.ts';
import { ADDRESS_BYTES, CHUNK_BYTES } from './bmt.ts';
import { invalid, referenceFrom, verifyChunk, type Chunk } from './chunk.ts';
import { BRANCHES } from './split.ts';

/** @returns span and payload of the chunk at an address, as somebody has it */
export type FetchChunk = (reference: Reference) => Promise<Uint8Array>;

export type Data = {
  /** In bytes; what the pieces come to, or they break off. */
  readonly length: number;
  /** Leaf by leaf and in order, holding one chunk of each level; from one byte to before another, fetching nothing outside. Throws as `openData` does. */
  readonly pieces: (from?: number, to?: number) => AsyncGenerator<Uint8Array>;
};

/** @throws HealthpassError `chunk-invalid`; whatever `fetchChunk` throws */
export async function openData(reference: Reference, fetchChunk: FetchChunk): Promise<Data> {
  const root = verifyChunk(reference, await fetchChunk(reference));
  childrenOf(root); // a root that lies about its length has none
  return { length: root.span, pieces: (from = 0, to = root.span) => walk(root, fetchChunk, from, to) };
}

async function* walk(chunk: Chunk, fetchChunk: FetchChunk, from: number, to: number): AsyncGenerator<Uint8Array> {
  const children = childrenOf(chunk);
  if (!children) return void (yield chunk.payload.subarray(from, to));
  let start = 0;
  for (const { reference, span } of children) {
    const at = start;
    start += span;
    if (start <= from || at >= to) continue;
    const child = verifyChunk(reference, await fetchChunk(reference));
    if (child.span !== span) throw invalid('the span of a chunk is not what its parent says');
    yield* walk(child, fetchChunk, Math.max(0, from - at), Math.min(span, to - at));
  }
}

/**
 * The children of a chunk; undefined for a leaf. All but the last hold the same power of 128 chunks, the last what is left.
 * @throws HealthpassError `chunk-invalid` when span and payload do not belong together
 */
export function childrenOf({ span, payload }: Chunk): { readonly reference: Reference; readonly span: number }[] | undefined {
  if (span <= CHUNK_BYTES) {
    if (payload.length !== span) throw invalid('a leaf has another length than its span');
    return undefined;
  }
  let whole = CHUNK_BYTES;
  while (whole * BRANCHES < span) whole *= BRANCHES;
  const count = Math.ceil(span / whole);
  if (payload.length !== count * ADDRESS_BYTES) throw invalid('a chunk has another number of children than its span');
  return Array.from({ length: count }, (_, index) => ({
    reference: referenceFrom(payload.subarray(index * ADDRESS_BYTES, (index + 1) * ADDRESS_BYTES)),
    span: Math.min(whole, span - index * whole),
  }));
}
