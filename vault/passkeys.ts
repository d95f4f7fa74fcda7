// Passkeys as a vault sees them: each gives a key of its own. What browsers do for it is in faces/vault.
import type { Passkey, VaultKey } from './key-slot.ts';

export type PasskeyKey = Extract<VaultKey, { readonly kind: 'passkey' }>;
export type Passkeys = {
  /** Whether passkeys can be expected to give keys here; only creating one tells for certain. */
  readonly isAvailable: () => Promise<boolean>;
  /** @throws HealthpassError `passkey-refused`, `passkey-unsupported` */
  readonly create: (label: string) => Promise<PasskeyKey>;
  /** The key of one of these. @throws HealthpassError `passkey-refused`, `passkey-unsupported` */
  readonly get: (known: readonly Passkey[]) => Promise<PasskeyKey>;
};
