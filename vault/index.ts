// Secrets at rest on a device: records under one key that a passphrase or a passkey opens. Runs where WebCrypto does; reaches no disk of its own.
export { createMemoryStorage, type VaultStorage } from './storage.ts';
export { DEFAULT_COST, PASSPHRASE_MIN, type Passkey, type PassphraseCost, type VaultKey } from './key-slot.ts';
export { createVault, deleteVault, hasVault, keysOf, openVault, type KeyInfo, type Vault, type VaultChange } from './vault.ts';
export type { VaultRecord } from './record-store.ts';
export type { PasskeyKey, Passkeys } from './passkeys.ts';
