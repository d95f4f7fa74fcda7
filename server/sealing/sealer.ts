// Values sealed for columns of the database: JSON, encrypted under a data key that the database holds wrapped. And digests under such a key,
// to find a value again that stands nowhere.
import { createHmac } from 'node:crypto';
import { HealthpassError } from '#passport';
import type { Queryable } from '../database/database.ts';
import { decrypt, encrypt } from './cipher.ts';
import { createDataKeys, dataKeyFor } from './data-keys.ts';
import type { KeyProvider } from './key-provider.ts';

export type Sealer = {
  /** `context` says where the value belongs, as in `offer/5e1f…`; it opens nowhere else. */
  readonly seal: (context: string, value: unknown) => Promise<Uint8Array>;
  /** @throws HealthpassError `sealed-invalid` for what was sealed elsewhere, by another key, or changed since */
  readonly open: (context: string, sealed: Uint8Array) => Promise<unknown>;
};

/** A sealer under one data key. */
export function createSealer(dataKey: Uint8Array): Sealer {
  return {
    seal: async (context, value) => encrypt(dataKey, context, Buffer.from(JSON.stringify(value), 'utf8')),
    async open(context, sealed) {
      const plain = decrypt(dataKey, context, sealed);
      if (!plain) throw new HealthpassError('sealed-invalid', 'a stored value does not open: another key, or it was changed', { field: context.split('/')[0]! });
      return JSON.parse(Buffer.from(plain).toString('utf8')) as unknown;
    },
  };
}

/**
 * The sealer of a service: its data key is made on first use and kept wrapped in the database.
 * @throws HealthpassError `sealed-invalid` when the provider's keys do not open it
 */
export const openSealer = async (database: Queryable, provider: KeyProvider, name = 'service'): Promise<Sealer> =>
  createSealer(await dataKeyFor(createDataKeys(provider), database, name));

/** Digests of values, 32 bytes each, the same for all time and useless without the key: HMAC-SHA-256. */
export type BlindIndex = (value: string) => Uint8Array;

/** @throws HealthpassError `sealed-invalid` when the provider's keys do not open its key */
export async function openBlindIndex(database: Queryable, provider: KeyProvider, name: string): Promise<BlindIndex> {
  const key = await dataKeyFor(createDataKeys(provider), database, `index/${name}`);
  return (value) => new Uint8Array(createHmac('sha256', key).update(value).digest());
}
