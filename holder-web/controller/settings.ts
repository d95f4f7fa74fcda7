// What a person has set, and what the wallet remembers beside the records: kept in the vault, like everything else.
import { z } from 'zod';
import type { VaultRecord } from '#vault/record-store.ts';
import type { Wallet } from '#wallet/wallet.ts';

export const IDLE = { least: 30, most: 3600 };
const person = z.string().regex(/^[0-9a-f]{8}$/);
const schema = z.strictObject({
  /** Whose records are shown. */
  chosen: person.optional(),
  /** Rules for which passes are kept ready, by person; without an entry the wallet chooses some that fit. */
  favourites: z.record(person, z.array(z.string().max(100)).max(50)),
  /** Where issuers are reached, by DID. */
  issuers: z.record(z.string().max(200), z.string().max(2000)),
  /** Seconds without use after which the wallet locks. */
  idleSeconds: z.int().min(IDLE.least).max(IDLE.most),
});
export type Settings = z.infer<typeof schema>;

export const SETTINGS: VaultRecord<Settings> = {
  name: 'settings', empty: { favourites: {}, issuers: {}, idleSeconds: 300 }, encode: (settings) => settings, parse: (json) => schema.parse(json),
};

export const changeSettings = (wallet: Wallet, change: (settings: Settings) => Settings): Promise<void> =>
  wallet.change(async ({ read, write }) => write(SETTINGS, change(await read(SETTINGS))));
