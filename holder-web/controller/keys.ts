// What opens the wallet: more than one is better, for a passkey that is deleted opens nothing any more.
import { HealthpassError } from '#passport';
import type { VaultKey } from '#vault/key-slot.ts';
import type { Wallet } from '#wallet/wallet.ts';
import type { WalletPlatform } from './platform.ts';
import type { WalletApp } from './wallet-app.ts';

export function createKeys({ passkeys, passphraseCost }: Pick<WalletPlatform, 'passkeys' | 'passphraseCost'>, wallet: () => Wallet): WalletApp['keys'] {
  const add = async (key: VaultKey) => void (await wallet().addKey(key, passphraseCost));
  return {
    list: async () => (await wallet().keys()).flatMap(({ id, kind }) => (kind === 'raw' ? [] : [{ id, way: kind }])),
    addPassphrase: (passphrase) => add({ kind: 'passphrase', passphrase }),
    addPasskey: async (label) => add(await passkeys.create(label)),
    async remove(id) {
      const keys = await wallet().keys();
      if (keys.filter(({ kind }) => kind !== 'raw').length < 2) throw new HealthpassError('request-invalid', 'the last key of a wallet cannot be removed', { field: 'keys' });
      await wallet().removeKey(id);
    },
  };
}
