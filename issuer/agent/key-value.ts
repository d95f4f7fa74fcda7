// The few named values that an issuer keeps: one file each, replaced whole, readable by its owner alone.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileIfThere, writeFileAtomic } from '#server';

/** Small enough for a folder, a table or a vault. */
export type KeyValue = {
  readonly get: (name: string) => Promise<Uint8Array | undefined>;
  readonly set: (name: string, value: Uint8Array) => Promise<void>;
  readonly delete: (name: string) => Promise<void>;
  readonly names: () => Promise<readonly string[]>;
};

const SUFFIX = '.sealed';

/** Keeps values in a folder, made on first use. Names become file names by base64url, so they cannot lead out of it. */
export function createFolderKeyValue(folder: string): KeyValue {
  const pathOf = (name: string) => join(folder, Buffer.from(name, 'utf8').toString('base64url') + SUFFIX);
  return {
    get: (name) => readFileIfThere(pathOf(name)),
    set: (name, value) => writeFileAtomic(pathOf(name), value, 0o600),
    delete: (name) => rm(pathOf(name), { force: true }),
    async names() {
      const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      return files.filter((file) => file.endsWith(SUFFIX)).map((file) => Buffer.from(file.slice(0, -SUFFIX.length), 'base64url').toString('utf8'));
    },
  };
}
