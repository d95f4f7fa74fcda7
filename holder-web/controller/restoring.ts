// Restoring a backup: what it holds is shown before anything of it is taken over, into the open wallet or into a new one.
import { openBackup, type Backup } from '#wallet/backup.ts';
import { planRestore, restoreBackup } from '#wallet/restore.ts';
import { createWallet, type Wallet } from '#wallet/wallet.ts';
import { deleteVault } from '#vault/vault.ts';
import type { Door } from './door.ts';
import { failureOf } from './failure.ts';
import { createCell } from './observable.ts';
import type { WalletPlatform } from './platform.ts';
import type { RestoringState } from './states.ts';
import type { WalletApp } from './wallet-app.ts';

export type RestoringDeps = { readonly door: Door; readonly onWritten: () => Promise<void> };

export function createRestoring(platform: WalletPlatform, { door, onWritten }: RestoringDeps): WalletApp['restoring'] {
  const { storage, now, tabs } = platform;
  const cell = createCell<RestoringState>({ name: 'idle' });
  let read: { readonly backup: Backup; readonly passphrase: string } | undefined;

  function close(): void {
    read = undefined;
    if (cell.get().name !== 'storing') cell.set({ name: 'idle' });
  }
  // What a backup says is as secret as the wallet.
  door.session.subscribe((session) => {
    if (!session) close();
  });
  const fail = (error: unknown) => cell.set({ name: 'failed', failure: failureOf(error, () => cell.set({ name: 'idle' })) });

  /** A new wallet that the passphrase of the backup opens; gone again when the backup does not go in. */
  async function restoreAnew(backup: Backup, passphrase: string) {
    const wallet: Wallet = await createWallet(storage, [{ kind: 'passphrase', passphrase }], now(), platform.passphraseCost);
    try {
      const counts = await restoreBackup(wallet, backup);
      tabs.tell('created');
      return { wallet, counts };
    } catch (error) {
      await deleteVault(storage);
      throw error;
    }
  }

  return {
    ...cell, close,
    async read(file, passphrase) {
      if (['reading', 'storing'].includes(cell.get().name)) return;
      cell.set({ name: 'reading' });
      try {
        const backup = await openBackup(file, passphrase);
        const people = await planRestore(door.session.get()?.wallet, backup);
        if (cell.get().name !== 'reading') return; // closed meanwhile
        read = { backup, passphrase };
        cell.set({ name: 'read', madeAt: backup.madeAt, people });
      } catch (error) {
        fail(error);
      }
    },
    async restore() {
      if (!read || cell.get().name !== 'read') return;
      const { backup, passphrase } = read;
      cell.set({ name: 'storing' });
      try {
        const session = door.session.get();
        if (session) {
          const counts = await restoreBackup(session.wallet, backup);
          await onWritten();
          cell.set({ name: 'restored', ...counts });
        } else {
          const { wallet, counts } = await restoreAnew(backup, passphrase);
          cell.set({ name: 'restored', ...counts });
          await door.enter(wallet);
        }
      } catch (error) {
        fail(error);
      } finally {
        read = undefined;
      }
    },
  };
}
