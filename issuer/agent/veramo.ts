// The Veramo agent of an issuer: did:ethr identities, local keys in our encrypted stores, VC-JWT. It signs; it is not asked to verify.
import { createAgent, type ICredentialPlugin, type IDIDManager, type IKeyManager, type IResolver, type TAgent } from '@veramo/core';
import { CredentialProviderJWT } from '@veramo/credential-jwt';
import { CredentialPlugin } from '@veramo/credential-w3c';
import { DIDManager } from '@veramo/did-manager';
import { EthrDIDProvider } from '@veramo/did-provider-ethr';
import { DIDResolverPlugin } from '@veramo/did-resolver';
import { KeyManager } from '@veramo/key-manager';
import { KeyManagementSystem } from '@veramo/kms-local';
import debug from 'debug';
import { getResolver } from 'ethr-did-resolver';
import { HealthpassError } from '#passport';
import type { SealedStore } from './sealed.ts';
import { createDidStore, createPrivateKeyStore, createPublicKeyStore } from './stores.ts';

/** Name of the key management system in the agent. */
export const KMS = 'local';

export type VeramoOptions = { readonly rpc: string; readonly chainId: number; readonly didRegistry: string; readonly keyStore: SealedStore };
export type VeramoAgent = TAgent<IDIDManager & IKeyManager & IResolver & ICredentialPlugin>;

/** @throws HealthpassError `configuration-invalid` when debug output of Veramo is switched on: it prints keys and credentials */
export function createVeramoAgent({ rpc, chainId, didRegistry, keyStore }: VeramoOptions): VeramoAgent {
  assertSilent();
  const network = { name: `0x${chainId.toString(16)}`, chainId, rpcUrl: rpc, registry: didRegistry };
  return createAgent<IDIDManager & IKeyManager & IResolver & ICredentialPlugin>({
    plugins: [
      new KeyManager({ store: createPublicKeyStore(keyStore), kms: { [KMS]: new KeyManagementSystem(createPrivateKeyStore(keyStore)) } }),
      new DIDManager({
        store: createDidStore(keyStore),
        defaultProvider: 'did:ethr',
        providers: { 'did:ethr': new EthrDIDProvider({ defaultKms: KMS, networks: [network] }) },
      }),
      new DIDResolverPlugin(getResolver({ networks: [network] })),
      new CredentialPlugin([new CredentialProviderJWT()]),
    ],
  });
}

/** Methods whose arguments or results are keys or credentials; Veramo traces every call under the name of its method. */
const TELLING = [
  ...['createVerifiableCredential', 'keyManagerCreate', 'keyManagerImport', 'keyManagerSign', 'keyManagerSignEthTX', 'didManagerImport']
    .map((method) => `veramo:agent:${method}`),
  'veramo:credential-jwt:agent', 'veramo:w3c:action-handler', 'veramo:key-manager', 'veramo:kms:local', 'veramo:utils',
];

function assertSilent(): void {
  if (TELLING.some((name) => debug.enabled(name))) {
    throw new HealthpassError('configuration-invalid', 'debug output of Veramo prints keys and credentials: leave veramo out of DEBUG', { field: 'DEBUG' });
  }
}
