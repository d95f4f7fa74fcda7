// A wallet in a folder: one file an entry, all of it ciphertext, and the key that opens it.
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HealthpassError } from '#passport';
import { readFileIfThere, secretFile, writeFileAtomic } from '#server';
import { openWallet, type VaultKey, type VaultStorage, type Wallet } from '#wallet';

const ENTRY = '.entry';
const KEY_FILE = 'key.hex';
const LOCK_PATIENCE = 10_000;

/** Entries of a folder. Names become file names by base64url, so they cannot lead out of it. */
export function createFolderStorage(folder: string): VaultStorage {
  const pathOf = (name: string) => join(folder, Buffer.from(name).toString('base64url') + ENTRY);
  return {
    read: (name) => readFileIfThere(pathOf(name)),
    write: (name, bytes) => writeFileAtomic(pathOf(name), bytes, 0o600),
    remove: (name) => rm(pathOf(name), { force: true }),
    async list() {
      const files = await readdir(folder).catch(() => []);
      return files.filter((file) => file.endsWith(ENTRY)).map((file) => Buffer.from(file.slice(0, -ENTRY.length), 'base64url').toString());
    },
    exclusively: (task) => withLock(join(folder, 'lock'), task),
  };
}

/** One task at a time over all processes. A lock that is left over from a process that died is taken after a while. */
async function withLock<T>(path: string, task: () => Promise<T>): Promise<T> {
  await mkdir(join(path, '..'), { recursive: true });
  for (const begun = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    try {
      await (await open(path, 'wx')).close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // open rejects with an ErrnoException
      const age = Date.now() - (await stat(path).then(({ mtimeMs }) => mtimeMs, () => Date.now()));
      if (age > LOCK_PATIENCE) await rm(path, { force: true });
      else if (Date.now() - begun > 2 * LOCK_PATIENCE) throw new HealthpassError('service-unavailable', 'the wallet is in use by another process', { field: 'wallet' });
    }
  }
  try {
    return await task();
  } finally {
    await rm(path, { force: true });
  }
}

/** The key of a wallet: the passphrase if one is set, else a key file beside the wallet, which only its owner can read. */
export async function walletKey(folder: string, passphrase: string | undefined): Promise<VaultKey> {
  return passphrase === undefined ? { kind: 'raw', key: await secretFile(join(folder, KEY_FILE)) } : { kind: 'passphrase', passphrase };
}

/** @throws HealthpassError `wallet-missing`, `wallet-locked`, `wallet-corrupt` */
export async function openWalletFolder(folder: string, passphrase: string | undefined): Promise<Wallet> {
  const storage = createFolderStorage(folder);
  if ((await storage.list()).length === 0) throw new HealthpassError('wallet-missing', `there is no wallet in ${folder}; make one with: healthpass wallet init ${folder}`, { field: 'wallet' });
  return openWallet(storage, await walletKey(folder, passphrase));
}

