// Files that must survive a crash: written beside, flushed, then renamed into place.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { HealthpassError, parseJson } from '#passport';

/** A trust bundle of many full lists has tens of megabytes. */
const OWN_FILE_MAX_BYTES = 100_000_000;

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

/** The JSON value of a file of ours; undefined when there is none. @throws HealthpassError `json-malformed`, `text-too-long` */
export async function readJsonFile(path: string, maxBytes = OWN_FILE_MAX_BYTES): Promise<unknown> {
  const bytes = await readFileIfThere(path);
  return bytes === undefined ? undefined : parseJson(bytes, { maxBytes });
}

/** Reads a secret of `length` random bytes from a file, making it on first use. @throws HealthpassError `configuration-invalid` for a damaged one */
export async function secretFile(path: string, length = 32): Promise<Uint8Array> {
  const known = await readFileIfThere(path);
  if (known) return parseSecret(Buffer.from(known).toString('utf8').trim(), basename(path), length);
  const secret = new Uint8Array(randomBytes(length));
  await writeFileAtomic(path, `${Buffer.from(secret).toString('hex')}\n`, 0o600);
  return secret;
}

/** A cut or mistyped secret would otherwise be another, shorter one. */
function parseSecret(hex: string, file: string, length: number): Uint8Array {
  if (!/^[0-9a-f]*$/i.test(hex) || hex.length !== 2 * length) {
    throw new HealthpassError('configuration-invalid', `${file} does not hold ${length} bytes in hex`, { field: file });
  }
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}
