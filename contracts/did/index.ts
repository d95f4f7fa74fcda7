export { createDid, parseDidEthr, type DidDeployment, type EthrDid } from './did.ts';
export { DID_MAX_EVENTS, readDidEvents, readLastChange, type ChainReader, type DidEvent } from './events.ts';
export { listKeys, readIssuerKeys } from './keys.ts';
export { DID_REGISTRY, revokeKeyCall, setKeyCall, type KeyType, type PublicKey, type RegistryCall } from './registry.ts';
