// What the clients of patients and members stand on: a gateway where somebody is signed in, a store, and a clock.
import { isHealthpassError, type UnixSeconds } from '#passport';
import type { PublicConfig } from './config.ts';
import type { GatewayClient } from './http.ts';
import type { Storage } from './storage.ts';

export type Surroundings = {
  /** With the token of a session. */
  readonly gateway: GatewayClient;
  readonly storage: Storage;
  readonly config: Pick<PublicConfig, 'chainId' | 'contracts' | 'gateway' | 'wallet'>;
  readonly now: () => UnixSeconds;
};

/** Times that something is done anew on what another device changed meanwhile. */
const ATTEMPTS = 4;

/** Repeats what was decided by a state that is not the newest any more. */
export async function repeating<T>(code: 'consent-conflict' | 'epoch-over', work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isHealthpassError(error) || error.code !== code || attempt >= ATTEMPTS) throw error;
    }
  }
}
