// What the desk needs of the browser around it; tests bring what a test needs.
import type { UnixSeconds } from '#passport';
import type { Fetch } from '#records/client/fetch.ts';
import type { PassphraseCost } from '#vault/key-slot.ts';
import type { Passkeys } from '#vault/passkeys.ts';
import type { VaultStorage } from '#vault/storage.ts';
import type { Tabs } from '#vault/tabs.ts';

export type Timers = { /** @returns what calls it off */ readonly after: (seconds: number, task: () => void) => () => void };

export type DeskPlatform = {
  readonly storage: VaultStorage;
  readonly now: () => UnixSeconds;
  readonly timers: Timers;
  readonly passkeys: Passkeys;
  readonly tabs: Tabs;
  readonly fetch: Fetch;
  readonly gatewayUrl: string;
  /** Work that a passphrase costs to try, where it is not the default. */
  readonly passphraseCost?: PassphraseCost | undefined;
};
