// Chunks by address, checked when they come and again when they are read: what the disk has spoilt is an error, never data.
import { HealthpassError } from '#passport';
import type { Reference } from '#records/model/record.ts';
import { SPAN_BYTES } from '#records/model/swarm/bmt.ts';
import { encodeChunk, verifyChunk, type Chunk } from '#records/model/swarm/chunk.ts';
import { childrenOf } from '#records/model/swarm/join.ts';
import { encodeSoc, verifySoc, type SingleOwnerChunk } from '#records/model/swarm/soc.ts';
import type { ChunkFile, ChunkFiles } from './chunk-files.ts';

export type ChunkStore = {
  /** Keeps chunks whose addresses were computed from them. @throws HealthpassError `storage-full` */
  readonly put: (chunks: readonly Chunk[]) => Promise<void>;
  /**
   * Keeps a single-owner chunk. The first stays: who has seen an earlier one must not be able to bring it back over a later one.
   * @throws HealthpassError `status-conflict` when another one is there, `storage-full`
   */
  readonly putSoc: (soc: SingleOwnerChunk) => Promise<void>;
  /** The chunk at an address, as it travels. @throws HealthpassError `chunk-unknown`, `artifact-mismatch` for one that the disk has spoilt */
  readonly get: (reference: Reference) => Promise<Uint8Array>;
};

export function createChunkStore(files: ChunkFiles): ChunkStore {
  /** Files on their way: they may be read before they would outlast a power cut. */
  const underWay = new Map<Reference, Promise<void>>();
  async function write(chunks: readonly ChunkFile[]): Promise<void> {
    const writing = files.write(chunks);
    for (const { reference } of chunks) underWay.set(reference, writing);
    try {
      await writing;
    } finally {
      for (const { reference } of chunks) if (underWay.get(reference) === writing) underWay.delete(reference);
    }
  }
  /** Undefined too for what is there and spoilt, or was not written to its end: whoever brings it again heals it. */
  const kept = async (reference: Reference): Promise<Uint8Array | undefined> => {
    const data = await files.read(reference);
    if (!data || !isGenuine(reference, data)) return undefined;
    const isWritten = (await underWay.get(reference)?.then(() => true, () => false)) ?? true;
    return isWritten ? data : undefined;
  };
  /** Of each address the upload that was begun last. */
  const uploads = new Map<Reference, Promise<void>>();
  async function fill(soc: SingleOwnerChunk): Promise<void> {
    const there = await kept(soc.reference);
    if (there) {
      // Another signature of the same content is the same to whoever reads it.
      const { chunk } = verifySoc(soc.reference, there);
      if (chunk.reference !== soc.chunk.reference) throw new HealthpassError('status-conflict', 'there is another single-owner chunk at this address', { field: 'id' });
      if (!givesWay(chunk.payload, soc.chunk)) return;
    }
    await write([{ reference: soc.reference, data: encodeSoc(soc) }]);
  }
  return {
    async put(chunks) {
      const distinct = new Map(chunks.map((chunk) => [chunk.reference, chunk]));
      const missing = await Promise.all([...distinct.values()].map(async (chunk) => {
        const there = await kept(chunk.reference);
        return there && !givesWay(there.subarray(SPAN_BYTES), chunk) ? [] : [{ reference: chunk.reference, data: encodeChunk(chunk) }];
      }));
      if (missing.some((one) => one.length > 0)) await write(missing.flat());
    },
    async putSoc(soc) {
      // One after the other: of two at once both would find the place empty. One process has the folder.
      const upload = (uploads.get(soc.reference) ?? Promise.resolve()).catch(() => {}).then(() => fill(soc));
      uploads.set(soc.reference, upload);
      try {
        await upload;
      } finally {
        if (uploads.get(soc.reference) === upload) uploads.delete(soc.reference);
      }
    },
    async get(reference) {
      const data = await files.read(reference);
      if (!data) throw new HealthpassError('chunk-unknown', 'there is no such chunk here', { field: 'reference' });
      if (!isGenuine(reference, data)) throw new HealthpassError('artifact-mismatch', 'a chunk on the disk does not match its address', { field: 'reference' });
      return data;
    },
  };
}

/** Zeros more or less behind a payload leave its address as it is: whoever put them there first must not keep out the chunk of the right length. */
function givesWay(there: Uint8Array, chunk: Chunk): boolean {
  if (there.length === chunk.payload.length) return false;
  try {
    childrenOf(chunk);
    return true;
  } catch {
    return false;
  }
}

/** Whether these are a chunk, or a single-owner chunk, of this address. */
function isGenuine(reference: Reference, data: Uint8Array): boolean {
  return [verifyChunk, verifySoc].some((verify) => {
    try {
      return verify(reference, data) !== undefined;
    } catch {
      return false;
    }
  });
}
