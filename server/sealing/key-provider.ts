// Keys that other keys are wrapped with. On one machine they lie in files; a key management service fits the same shape, and then the
// wrapping keys never leave it.
import { createHash } from 'node:crypto';
import { HealthpassError } from '#passport';
import { decrypt, encrypt, KEY_BYTES } from './cipher.ts';

export type WrappedKey = { /** Names the key that wraps. */ readonly keyId: string; readonly wrapped: Uint8Array };

export type KeyProvider = {
  /** Wraps a data key of 32 bytes under the present key. @throws HealthpassError `service-unavailable` */
  readonly wrap: (dataKey: Uint8Array, context: string) => Promise<WrappedKey>;
  /** @throws HealthpassError `sealed-invalid` (another key, another context, tampered), `service-unavailable` */
  readonly unwrap: (key: WrappedKey, context: string) => Promise<Uint8Array>;
  /** Id of the key that wraps at present. @throws HealthpassError `service-unavailable` */
  readonly presentKey: () => Promise<string>;
};

/**
 * Keys at hand: the first wraps, all unwrap.
 * @throws HealthpassError `configuration-invalid` without a key, or for one that has not 32 bytes
 */
export function createLocalKeyProvider(keys: readonly [Uint8Array, ...Uint8Array[]]): KeyProvider {
  if (keys.some((key) => key.length !== KEY_BYTES)) throw new HealthpassError('configuration-invalid', 'a sealing key has not 32 bytes', { field: 'sealingKey' });
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  return {
    wrap: async (dataKey, context) => ({ keyId: idOf(keys[0]), wrapped: encrypt(keys[0], context, dataKey) }),
    async unwrap({ keyId, wrapped }, context) {
      const key = byId.get(keyId);
      const dataKey = key && decrypt(key, context, wrapped);
      if (!dataKey) throw new HealthpassError('sealed-invalid', 'the key file does not open a stored key', { field: 'sealingKey' });
      return dataKey;
    },
    presentKey: async () => idOf(keys[0]),
  };
}

const idOf = (key: Uint8Array): string => createHash('sha256').update('sealing key id').update(key).digest('hex').slice(0, 16);

/** Milliseconds that a service of keys may take. */
const PATIENCE = 5_000;

/** The same keys, with an end to waiting. @returns a provider whose calls throw `service-unavailable` when they fail otherwise or take too long */
export function withPatience(provider: KeyProvider, milliseconds = PATIENCE): KeyProvider {
  const bounded = async <T>(work: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(unavailable()), milliseconds);
    });
    try {
      return await Promise.race([work, late]);
    } catch (cause) {
      throw cause instanceof HealthpassError ? cause : unavailable(cause);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    wrap: (dataKey, context) => bounded(provider.wrap(dataKey, context)),
    unwrap: (key, context) => bounded(provider.unwrap(key, context)),
    presentKey: () => bounded(provider.presentKey()),
  };
}

const unavailable = (cause?: unknown) => new HealthpassError('service-unavailable', 'the service of keys does not answer', { field: 'sealingKey', cause });
