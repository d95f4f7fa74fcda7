// Files that must survive a crash: written beside, flushed, then renamed into place.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseJson } from '#passport';

/** Replaces a file whole or not at all. `mode` 0o600 for what is secret. */
export async function writeFileAtomic(path: string, data: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  const file = await open(beside, 'wx', mode);
  try {
    await file.writeFile(data);
    await file.sync();
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

/** The bytes of a file; undefined when there is none. */
export async function readFileIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // readFile rejects with an ErrnoException
    throw error;
  }
}

/** The JSON value of a file; undefined when there is none. @throws HealthpassError `json-malformed` */
export async function readJsonFile(path: string): Promise<unknown> {
  const bytes = await readFileIfThere(path);
  return bytes === undefined ? undefined : parseJson(bytes);
}

/** Reads a secret of `length` random bytes from a file, making it on first use. */
export async function secretFile(path: string, length = 32): Promise<Uint8Array> {
  const known = await readFileIfThere(path);
  if (known) return Uint8Array.from(Buffer.from(Buffer.from(known).toString('utf8').trim(), 'hex'));
  const secret = new Uint8Array(randomBytes(length));
  await writeFileAtomic(path, `${Buffer.from(secret).toString('hex')}\n`, 0o600);
  return secret;
}
