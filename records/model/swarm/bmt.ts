// The address of a chunk: Keccak-256 of its span (8 bytes, little-endian) and of the root of a binary Merkle tree over its payload of 4096
// bytes, in segments of 32 bytes (The Book of Swarm, 2.2). Whoever knows the address knows whether a chunk is genuine.
import { SEGMENT_BYTES, createKeccak, type Keccak } from './keccak.ts';

export const CHUNK_BYTES = 4096;
export const SPAN_BYTES = 8;
export const ADDRESS_BYTES = 32;

/** @param span how many bytes of data lie below the chunk @param payload at most 4096 bytes @returns 32 bytes */
export type ChunkAddress = (span: number, payload: Uint8Array) => Uint8Array<ArrayBuffer>;

/** One chunk is hashed at a time, from start to end, so all of them have one room. */
export function createBmt(keccak: Keccak): ChunkAddress {
  const { segments, hashPairs, hashRoot } = keccak;
  const zeros = zeroRoots(keccak);
  return (span, payload) => {
    if (payload.length > CHUNK_BYTES) throw new RangeError('a chunk holds at most 4096 bytes');
    let count = Math.max(1, Math.ceil(payload.length / SEGMENT_BYTES));
    segments.set(payload);
    segments.fill(0, payload.length, count * SEGMENT_BYTES);
    // What lies behind the payload is zero, and the roots of such subtrees are known.
    for (const zero of zeros) {
      if (count % 2 === 1) segments.set(zero, count * SEGMENT_BYTES);
      count = Math.ceil(count / 2);
      hashPairs(count);
    }
    return hashRoot(span);
  };
}

/** The roots of subtrees that hold nothing, from one segment up to half a chunk. */
function zeroRoots({ segments, hashPairs }: Keccak): readonly Uint8Array[] {
  const roots = [new Uint8Array(SEGMENT_BYTES)];
  while (roots.length < 7) {
    segments.set(roots.at(-1)!);
    segments.set(roots.at(-1)!, SEGMENT_BYTES);
    hashPairs(1);
    roots.push(segments.slice(0, SEGMENT_BYTES));
  }
  return roots;
}

let shared: ChunkAddress | undefined;
/** Made at the first use: a page that hashes nothing pays nothing. */
export const chunkAddress: ChunkAddress = (span, payload) => (shared ??= createBmt(createKeccak()))(span, payload);
