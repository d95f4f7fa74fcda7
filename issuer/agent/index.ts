export { createIssuerAgent, type DidChange, type Identity, type IssuerAgent, type IssuerAgentOptions, type SigningKeys } from './agent.ts';
export { createFolderKeyValue, type KeyValue } from './key-value.ts';
export { createSealedStore, type SealedStore } from './sealed.ts';
