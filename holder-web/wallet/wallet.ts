// The wallet: locked or open. What it can do stands in one file a verb; this one holds the door and the holder's secret.
import { randomBytes } from '@noble/hashes/utils.js';
import { bytesToInteger, HealthpassError, type FieldElement, type UnixSeconds } from '#passport';
import type { PassphraseCost, VaultKey } from '#vault/key-slot.ts';
import { CREDENTIALS, HOLDER, PASSES, type HeldCredential, type Holder, type ReadyPass } from './records.ts';
import type { VaultStorage } from '#vault/storage.ts';
import { createVault, hasVault, openVault, type Vault } from '#vault/vault.ts';
import { createWitnessTrees, type WitnessTrees } from './witness-trees.ts';

/** `locked`: only ciphertext is at hand. `open`: the data key is in memory. */
export const WALLET_STATES = ['locked', 'open'] as const;
export type WalletState = (typeof WALLET_STATES)[number];

export type Wallet = Omit<Vault, 'close'> & {
  readonly state: () => WalletState;
  /** locked -> open. @throws HealthpassError `wallet-locked` for a wrong key, `wallet-corrupt`, `wallet-newer`, `wallet-missing` */
  readonly unlock: (key: VaultKey) => Promise<void>;
  /** open -> locked; what is under way ends with `wallet-locked`. */
  readonly lock: () => void;
  /** Trees kept between passes; nothing secret. */
  readonly trees: WitnessTrees;
};

/** Random elements stay below 2^248: no reduction, no bias, always below r. */
const SECRET_BYTES = 31;
export const randomField = (): FieldElement => bytesToInteger(randomBytes(SECRET_BYTES)) as FieldElement;

/** A new wallet, open. @throws HealthpassError `wallet-exists`, `wallet-corrupt`, `request-invalid` */
export async function createWallet(storage: VaultStorage, keys: readonly VaultKey[], now: UnixSeconds, cost?: PassphraseCost): Promise<Wallet> {
  const holder: Holder = { secret: randomField(), createdAt: now };
  return createDoor(storage, await createVault(storage, keys, { cost, initial: ({ write }) => write(HOLDER, holder) }));
}

/** An existing wallet, locked. @throws HealthpassError `wallet-missing` */
export async function findWallet(storage: VaultStorage): Promise<Wallet> {
  if (!(await hasVault(storage))) throw new HealthpassError('wallet-missing', 'there is no wallet here');
  return createDoor(storage, undefined);
}

/** An existing wallet, open. @throws HealthpassError `wallet-missing`, `wallet-locked` for a wrong key, `wallet-corrupt` */
export async function openWallet(storage: VaultStorage, key: VaultKey): Promise<Wallet> {
  const wallet = await findWallet(storage);
  await wallet.unlock(key);
  return wallet;
}

function createDoor(storage: VaultStorage, opened: Vault | undefined): Wallet {
  let vault = opened;
  const inside = (): Vault => {
    if (!vault) throw new HealthpassError('wallet-locked', 'the wallet is locked');
    return vault;
  };
  return {
    trees: createWitnessTrees(),
    state: () => (vault ? 'open' : 'locked'),
    async unlock(key) {
      const next = await openVault(storage, key);
      vault?.close();
      vault = next;
    },
    lock() {
      vault?.close();
      vault = undefined;
    },
    read: async (record) => inside().read(record),
    change: async (task) => inside().change(task),
    keys: async () => inside().keys(),
    addKey: async (key, cost) => inside().addKey(key, cost),
    removeKey: async (id) => inside().removeKey(id),
  };
}

/** @throws HealthpassError `wallet-locked`, `wallet-corrupt` */
export async function holderOf(wallet: Wallet): Promise<Holder> {
  const holder = await wallet.read(HOLDER);
  if (!holder) throw new HealthpassError('wallet-corrupt', 'the wallet has no holder', { field: HOLDER.name });
  return holder;
}

export const heldCredentials = async (wallet: Wallet): Promise<readonly HeldCredential[]> => (await wallet.read(CREDENTIALS)).held;

/** @throws HealthpassError `credential-unknown` */
export async function heldCredential(wallet: Wallet, id: string): Promise<HeldCredential> {
  const found = (await heldCredentials(wallet)).find(({ issued }) => issued.id === id);
  if (!found) throw new HealthpassError('credential-unknown', 'the wallet does not hold this credential', { field: 'credential' });
  return found;
}

/** Removes a credential and the passes made from it. @throws HealthpassError `credential-unknown` */
export async function removeCredential(wallet: Wallet, id: string): Promise<void> {
  await wallet.change(async (change) => {
    const credentials = await change.read(CREDENTIALS);
    const held = credentials.held.filter(({ issued }) => issued.id !== id);
    if (held.length === credentials.held.length) throw new HealthpassError('credential-unknown', 'the wallet does not hold this credential', { field: 'credential' });
    change.write(CREDENTIALS, { ...credentials, held });
    change.write(PASSES, (await change.read(PASSES)).filter((pass) => pass.credential !== id));
  });
}

export const readyPasses = (wallet: Wallet): Promise<readonly ReadyPass[]> => wallet.read(PASSES);
