// Whether an app has to be built again: a digest over its sources and the lock file, kept beside the build.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT, type App } from './apps.ts';

const SOURCE = /\.(tsx?|css|html|svg|json|wasm|zkey)$/;

export async function digestOf({ dependsOn }: App): Promise<string> {
  const hash = createHash('sha256');
  for (const path of ['package-lock.json', ...(await filesOf(dependsOn))]) hash.update(path).update('\0').update(await readFile(join(PROJECT, path))).update('\0');
  return hash.digest('hex');
}

async function filesOf(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(folders.map(async (folder) => {
    const entries = await readdir(join(PROJECT, folder), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && SOURCE.test(entry.name)).map((entry) => join(entry.parentPath, entry.name).slice(PROJECT.length + 1));
  }));
  return [...new Set(found.flat())].toSorted();
}
