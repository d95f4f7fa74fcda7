// Values encrypted at rest: AES-256-GCM by WebCrypto, the name authenticated with the value, so that two values cannot change places.
import { HealthpassError } from '#passport';
import type { KeyValue } from './key-value.ts';

const NONCE_BYTES = 12;
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
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(secret), 'AES-GCM', false, ['encrypt', 'decrypt']);
  const parameters = (name: string, iv: Uint8Array<ArrayBuffer>) => ({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) });

  const open = async (name: string, sealed: Uint8Array): Promise<unknown> => {
    const bytes = Uint8Array.from(sealed);
    try {
      const plain = await crypto.subtle.decrypt(parameters(name, bytes.subarray(0, NONCE_BYTES)), key, bytes.subarray(NONCE_BYTES));
      return JSON.parse(new TextDecoder().decode(plain)) as unknown;
    } catch {
      throw new HealthpassError('configuration-invalid', 'the key file does not open the key store, or the store was tampered with', { field: 'keyFile' });
    }
  };
  // Signing reads the same few values for every credential. One process writes, so what it read stays true.
  const known = new Map<string, unknown>();
  const get = async (name: string) => {
    if (!known.has(name)) {
      const sealed = await values.get(name);
      if (!sealed) return undefined;
      known.set(name, await open(name, sealed));
    }
    return structuredClone(known.get(name)); // callers change what they are given
  };
  return {
    get,
    async set(name, value) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const sealed = await crypto.subtle.encrypt(parameters(name, iv), key, new TextEncoder().encode(JSON.stringify(value)));
      await values.set(name, Uint8Array.from([...iv, ...new Uint8Array(sealed)]));
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
