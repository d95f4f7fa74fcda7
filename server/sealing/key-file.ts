// The keys of one machine in a file of their own: a key a line, in hex. The first wraps, all open; how one is replaced stands in docs/configuration.md.
import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { HealthpassError } from '#passport';
import { readFileIfThere, writeFileAtomic } from '../files.ts';
import { KEY_BYTES } from './cipher.ts';
import { createLocalKeyProvider, type KeyProvider } from './key-provider.ts';

/** The provider of the keys in a file, which is made on first use. @throws HealthpassError `configuration-invalid` for a damaged one */
export async function openKeyFile(path: string): Promise<KeyProvider> {
  if (!(await readFileIfThere(path))) await writeFileAtomic(path, `${randomBytes(KEY_BYTES).toString('hex')}\n`, 0o600);
  const lines = Buffer.from((await readFileIfThere(path))!).toString('utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  if (lines.length === 0 || !lines.every((line) => /^[0-9a-f]{64}$/i.test(line))) {
    throw new HealthpassError('configuration-invalid', `${basename(path)} does not hold a key of 32 bytes in hex a line`, { field: basename(path) });
  }
  const [first, ...older] = lines.map((line) => Uint8Array.from(Buffer.from(line, 'hex')));
  return createLocalKeyProvider([first!, ...older]); // at least one, as was checked
}
