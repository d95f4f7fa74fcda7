// The issuer as the chain knows it: an identity and keys in its folder, keys listed in its DID document, and governance's accreditation.
import { join } from 'node:path';
import { isHealthpassError, type IssuerRecord, type TrustState } from '#passport';
import type { Deployment, TransactionSigner } from '#contracts';
import { openKeyFile, secretFile, withPatience, type KeyProvider } from '#server';
import { createFolderKeyValue, createIssuerAgent, createSealedStore, type IssuerAgent, type SealedStore } from './agent/index.ts';
import type { IssuerChain } from './chain.ts';
import { createClaimsKeys } from './claims-keys.ts';

export type IssuerIdentity = {
  readonly did: string;
  readonly account: TransactionSigner;
  readonly agent: IssuerAgent;
  readonly keyStore: SealedStore;
  /** Wraps the keys that the database is sealed under. */
  readonly sealingKeys: KeyProvider;
  readonly claimsKeys: ReturnType<typeof createClaimsKeys>;
};

/** The identity that a folder holds; a new folder gets a new one. */
export async function openIdentity(folder: string, { rpc, deployment }: { rpc: string; deployment: Deployment }): Promise<IssuerIdentity> {
  const keyStore = await createSealedStore(createFolderKeyValue(join(folder, 'keys')), await secretFile(join(folder, 'key-store.hex')));
  const agent = createIssuerAgent({ rpc, chainId: deployment.chainId, didRegistry: deployment.contracts.EthereumDIDRegistry, deployBlock: deployment.block, keyStore });
  const { did, account } = (await agent.identity()) ?? (await agent.createIdentity());
  const claimsKeys = createClaimsKeys(keyStore);
  await claimsKeys.create();
  return { did, account, agent, keyStore, claimsKeys, sealingKeys: withPatience(await openKeyFile(join(folder, 'sealing.hex'))) };
}

/** Lists keys to sign with in the DID document, unless it lists some: only a new issuer's does not. @returns whether it did */
export async function listFirstKeys({ agent }: Pick<IssuerIdentity, 'agent'>, chain: Pick<IssuerChain, 'sendDidCalls'>): Promise<boolean> {
  if (await hasSigningKeys(agent)) return false;
  const change = await agent.listNewKeys();
  await chain.sendDidCalls(change.id, change.calls);
  await agent.eraseRetiredKeys(); // there were none: this says that nothing is left to rotate
  return true;
}

async function hasSigningKeys(agent: IssuerAgent): Promise<boolean> {
  try {
    await agent.signingKeys();
    return true;
  } catch (error) {
    if (isHealthpassError(error) && error.code === 'key-unknown') return false;
    throw error;
  }
}

/** The issuer's record, once its accreditation and its keys are final. */
export function accreditationIn({ issuers }: TrustState, did: string): IssuerRecord | undefined {
  const record = issuers.find((issuer) => issuer.did === did);
  return record && record.status !== 'removed' && record.keys && record.keys.length > 0 ? record : undefined;
}
