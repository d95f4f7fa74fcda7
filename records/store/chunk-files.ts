// Chunks as files: 256 folders by the first byte of the address. A file is written beside, flushed, renamed into place, and its folder flushed,
// before anybody is told that it is kept; what a crash leaves half written lies apart and is cleared at the next start.
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HealthpassError } from '#passport';
import { isReference, type Reference } from '#records/model/record.ts';
import { readFileIfThere } from '#server';

export type ChunkFile = { readonly reference: Reference; readonly data: Uint8Array };

export type ChunkFiles = {
  /** The bytes that lie at an address, whatever they are; undefined when there are none. */
  readonly read: (reference: Reference) => Promise<Uint8Array | undefined>;
  /** Writes them whole or not at all, each for itself; a file of that name is replaced. @throws HealthpassError `storage-full` */
  readonly write: (files: readonly ChunkFile[]) => Promise<void>;
};

/** Files that are written at the same time. */
const AT_ONCE = 16;

/** @param reserve bytes of the disk that are left free */
export async function openChunkFiles(folder: string, reserve: number): Promise<ChunkFiles> {
  const incoming = join(folder, 'incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  // An address is the only part of a path that anybody outside chooses: 64 hexadecimal digits lead nowhere else.
  const pathOf = (reference: Reference): string => {
    if (!isReference(reference)) throw new TypeError('a chunk file is named by its address');
    return join(folder, 'chunks', reference.slice(0, 2), reference);
  };
  const writeOne = async ({ reference, data }: ChunkFile): Promise<string> => {
    const path = pathOf(reference);
    const beside = join(incoming, randomBytes(12).toString('hex'));
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFlushed(beside, data);
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true }); // what is half written takes no more of a disk that may be full
      throw isFull(error) ? noRoom() : error;
    }
    return dirname(path);
  };
  return {
    read: (reference) => readFileIfThere(pathOf(reference)),
    async write(files) {
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < reserve + files.length * bsize) throw noRoom();
      const folders = new Set<string>();
      for (let from = 0; from < files.length; from += AT_ONCE) {
        for (const touched of await Promise.all(files.slice(from, from + AT_ONCE).map(writeOne))) folders.add(touched);
      }
      await Promise.all([...folders].map(flush));
    },
  };
}

const noRoom = () => new HealthpassError('storage-full', 'the storage has no room left', { field: 'chunk' });
/** The disk filled up after it was looked at, by what others write. */
const isFull = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

async function writeFlushed(path: string, data: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Without this a name could be lost in a power cut although the file is whole. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
