// What the wallet needs of the browser around it. Everything here has one implementation for browsers (app/platform); tests bring what a test needs.
import type { ProvenPass } from '#circuits/prove.ts';
import type { PassWitness } from '#circuits/witness.ts';
import type { UnixSeconds } from '#passport';
import type { Passkey, PassphraseCost, VaultKey } from '#wallet/key-slot.ts';
import type { Fetch } from '#wallet/openid4vp/platform.ts';
import type { VaultStorage } from '#wallet/storage.ts';
import type { WalletConfig } from './config.ts';

export type PasskeyKey = Extract<VaultKey, { readonly kind: 'passkey' }>;
export type Passkeys = {
  /** Whether passkeys can be expected to give keys here; only creating one tells for certain. */
  readonly isAvailable: () => Promise<boolean>;
  /** @throws HealthpassError `passkey-refused`, `passkey-unsupported` */
  readonly create: (label: string) => Promise<PasskeyKey>;
  /** The key of one of these. @throws HealthpassError `passkey-refused`, `passkey-unsupported` */
  readonly get: (known: readonly Passkey[]) => Promise<PasskeyKey>;
};

/** What other tabs are told: that something was written, that the wallet was locked, made or deleted. */
export const NEWS = ['changed', 'locked', 'created', 'wiped'] as const;
export type News = (typeof NEWS)[number];
export type Tabs = {
  readonly tell: (news: News) => void;
  readonly listen: (listener: (news: News) => void) => void;
  /** Runs a task unless another tab is at one of this name. @returns whether it ran */
  readonly alone: (name: string, task: () => Promise<void>) => Promise<boolean>;
};

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
