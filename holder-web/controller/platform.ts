// What the wallet needs of the browser around it. Everything here has one implementation for browsers (app/platform); tests bring what a test needs.
import type { ProvenPass } from '#circuits/prove.ts';
import type { PassWitness } from '#circuits/witness.ts';
import type { UnixSeconds } from '#passport';
import type { PassphraseCost } from '#vault/key-slot.ts';
import type { Passkeys } from '#vault/passkeys.ts';
import type { Fetch as RecordsFetch } from '#records/client/fetch.ts';
import type { Fetch } from '#wallet/openid4vp/platform.ts';
import type { VaultStorage } from '#vault/storage.ts';
import type { Tabs } from '#vault/tabs.ts';
import type { WalletConfig } from './config.ts';

export type ProverOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: 'witness' | 'proof') => void) | undefined;
  /** Bytes of what proving takes, while it is fetched. */
  readonly onDownload?: ((done: number, total: number) => void) | undefined;
};
/** Proves elsewhere; aborting ends the work itself. @throws HealthpassError as circuits/prove.ts, `artifact-mismatch`, `service-unavailable` */
export type ProverBridge = { readonly prove: (witness: PassWitness, options?: ProverOptions) => Promise<ProvenPass> };

export type Timers = { /** @returns what calls it off */ readonly after: (seconds: number, task: () => void) => () => void };

export type WalletPlatform = {
  readonly storage: VaultStorage;
  readonly now: () => UnixSeconds;
  /** In [0, 1): spreads requests over time. Keys come from elsewhere. */
  readonly random: () => number;
  readonly timers: Timers;
  /** @throws HealthpassError `service-unavailable` without a network, `text-too-long` */
  readonly fetch: Fetch;
  /** The same for records: what is stored there is bytes, and what is told comes as a stream. */
  readonly request: RecordsFetch;
  readonly passkeys: Passkeys;
  readonly tabs: Tabs;
  readonly prover: ProverBridge;
  /** @throws HealthpassError `configuration-invalid`, `service-unavailable` */
  readonly config: () => Promise<WalletConfig>;
  /** The key that passes made here are verified with, as snarkjs writes it. */
  readonly verifyingKey: () => Promise<unknown>;
  /** Work that a passphrase costs to try, where it is not the default. */
  readonly passphraseCost?: PassphraseCost | undefined;
};
