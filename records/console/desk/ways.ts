// What opens the keys: more than one is better, for a passkey that is deleted opens nothing any more.
import type { VaultKey } from '#vault/key-slot.ts';
import type { Vault } from '#vault/vault.ts';
import type { NewWay, Way } from './door.ts';
import type { DeskPlatform } from './platform.ts';

export type KnownWay = { readonly id: string; readonly way: Way };

/** Each rejects with coded errors: they have no state of their own. */
export function createWays({ passkeys, passphraseCost }: Pick<DeskPlatform, 'passkeys' | 'passphraseCost'>, vault: () => Vault) {
  const list = async (): Promise<readonly KnownWay[]> => (await vault().keys()).flatMap(({ id, kind }) => (kind === 'raw' ? [] : [{ id, way: kind }]));
  return {
    list,
    /** A passphrase takes the place of the one before, which goes only when the new one is there. */
    async add(by: NewWay): Promise<void> {
      const before = (await list()).filter(({ way }) => way === 'passphrase' && by.way === 'passphrase');
      const key: VaultKey = by.way === 'passphrase' ? { kind: 'passphrase', passphrase: by.passphrase } : await passkeys.create(by.label);
      await vault().addKey(key, passphraseCost);
      for (const { id } of before) await vault().removeKey(id);
    },
    remove: async (id: string): Promise<void> => vault().removeKey(id),
  };
}
