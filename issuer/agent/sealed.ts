// Named values, sealed at rest: the name is authenticated with the value, so that two values cannot change places.
import { HealthpassError } from '#passport';
import { createSealer } from '#server';
import type { KeyValue } from './key-value.ts';

const KEY_BYTES = 32;

/** JSON values under names that start with a kind, as in `private-key/04ab…`. */
export type SealedStore = {
  readonly get: (name: string) => Promise<unknown>;
  readonly set: (name: string, value: unknown) => Promise<void>;
  readonly delete: (name: string) => Promise<void>;
  /** All values of a kind. */
  readonly all: (kind: string) => Promise<unknown[]>;
};

/**
 * @param secret 32 bytes, from a file of their own (`secretFile` of #server) or a vault
 * @throws HealthpassError `configuration-invalid` for a secret of another length
 */
export async function createSealedStore(values: KeyValue, secret: Uint8Array): Promise<SealedStore> {
  if (secret.length !== KEY_BYTES) throw new HealthpassError('configuration-invalid', 'the key of the key store has not 32 bytes', { field: 'keyFile' });
  const sealer = createSealer(secret);
  // Signing reads the same few values for every credential. One process writes, so what it read stays true.
  const known = new Map<string, unknown>();
  const get = async (name: string) => {
    if (!known.has(name)) {
      const sealed = await values.get(name);
      if (!sealed) return undefined;
      known.set(name, await sealer.open(name, sealed));
    }
    return structuredClone(known.get(name)); // callers change what they are given
  };
  return {
    get,
    async set(name, value) {
      await values.set(name, await sealer.seal(name, value));
      known.set(name, structuredClone(value));
    },
    async delete(name) {
      await values.delete(name);
      known.delete(name);
    },
    async all(kind) {
      const names = (await values.names()).filter((name) => name.startsWith(`${kind}/`));
      return Promise.all(names.map(get));
    },
  };
}
