// A wallet in a folder: one file an entry, all of it ciphertext, and the key that opens it.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HealthpassError } from '#passport';
import { readFileIfThere, secretFile, withLock, writeFileAtomic } from '#server';
import { openWallet, type VaultKey, type VaultStorage, type Wallet } from '#wallet';

const ENTRY = '.entry';
const KEY_FILE = 'key.hex';
/** Milliseconds. */
const LOCK_PATIENCE = 20_000;

/** Entries of a folder. Names become file names by base64url, so they cannot lead out of it. */
export function createFolderStorage(folder: string): VaultStorage {
  const pathOf = (name: string) => join(folder, Buffer.from(name).toString('base64url') + ENTRY);
  return {
    read: (name) => readFileIfThere(pathOf(name)),
    write: (name, bytes) => writeFileAtomic(pathOf(name), bytes, 0o600),
    remove: (name) => rm(pathOf(name), { force: true }),
    async list() {
      const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw new HealthpassError('usage', `${folder} is no folder that can be read`, { field: 'wallet' });
      });
      return files.filter((file) => file.endsWith(ENTRY)).map((file) => Buffer.from(file.slice(0, -ENTRY.length), 'base64url').toString());
    },
    exclusively: (task) => withLock(join(folder, 'lock'), LOCK_PATIENCE, task),
  };
}

/** The key of a new wallet: the passphrase if one is set, else a key file beside the wallet, which only its owner can read. */
export async function newWalletKey(folder: string, passphrase: string | undefined): Promise<VaultKey> {
  return passphrase === undefined ? { kind: 'raw', key: await secretFile(join(folder, KEY_FILE)) } : { kind: 'passphrase', passphrase };
}

/** @throws HealthpassError `wallet-missing`, `wallet-locked`, `wallet-corrupt` */
export async function openWalletFolder(folder: string, passphrase: string | undefined): Promise<Wallet> {
  const storage = createFolderStorage(folder);
  if ((await storage.list()).length === 0) throw new HealthpassError('wallet-missing', `there is no wallet in ${folder}; make one with: healthpass wallet init ${folder}`, { field: 'wallet' });
  if (passphrase === undefined && !(await readFileIfThere(join(folder, KEY_FILE)))) {
    throw new HealthpassError('wallet-locked', 'the wallet has no key file: give its passphrase in HEALTHPASS_PASSPHRASE', { field: 'HEALTHPASS_PASSPHRASE' });
  }
  return openWallet(storage, await newWalletKey(folder, passphrase));
}
