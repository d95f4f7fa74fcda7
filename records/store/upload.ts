// Data that are uploaded: read piece by piece, split into chunks, and kept as they come, so that an upload of any length needs little memory.
import { HealthpassError } from '#passport';
import type { Reference } from '#records/model/record.ts';
import type { Chunk } from '#records/model/swarm/chunk.ts';
import { createSplitter } from '#records/model/swarm/split.ts';
import type { ChunkStore } from './chunk-store.ts';

/** Chunks that are written together. */
const BATCH = 256;

/** The bytes of a body, piece by piece. @throws HealthpassError `text-too-long` as soon as there are more than `maxBytes` */
export async function* readPieces(request: Request, maxBytes: number): AsyncGenerator<Uint8Array> {
  let length = Number(request.headers.get('content-length') ?? 0);
  if (length > maxBytes) throw tooLong(maxBytes);
  length = 0;
  for await (const piece of request.body ?? []) {
    length += piece.length;
    if (length > maxBytes) throw tooLong(maxBytes);
    yield piece;
  }
}

/** The whole of a short body. @throws HealthpassError `text-too-long` */
export async function readWhole(request: Request, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readPieces(request, maxBytes)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

/** @returns the reference of all the data, whose chunks are kept by then */
export async function keepData(store: Pick<ChunkStore, 'put'>, pieces: AsyncIterable<Uint8Array>): Promise<Reference> {
  let ready: Chunk[] = [];
  const splitter = createSplitter((chunk) => ready.push(chunk));
  const flush = async () => {
    const batch = ready;
    ready = [];
    await store.put(batch);
  };
  for await (const piece of pieces) {
    splitter.write(piece);
    if (ready.length >= BATCH) await flush();
  }
  const reference = splitter.finish();
  await flush();
  return reference;
}

const tooLong = (maxBytes: number) => new HealthpassError('text-too-long', `the body is longer than ${maxBytes} bytes`, { field: 'body' });
