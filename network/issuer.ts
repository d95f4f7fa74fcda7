// The sample issuer of a network on one machine: an identity, keys listed in its DID document, accreditation, and its service.
import { join } from 'node:path';
import type { JsonRpcProvider } from 'ethers';
import { HealthpassError, isHealthpassError, type TrustState, type UnixSeconds } from '#passport';
import { addIssuer, createFileJournal, createSender, type Deployment, type Sender } from '#contracts';
import { createFolderKeyValue, createIssuerAgent, createSealedStore, type IssuerAgent } from '#issuer/agent/index.ts';
import { createClaimsKeys, createIssuerChain, createIssuerService, createIssuerStore, ISSUER_MIGRATIONS, issuerChecks, type IssuerService } from '#issuer';
import {
  databaseChecks,
  openDatabase,
  secretFile,
  type Checks,
  type DatabasePlace,
} from '#server';
import { fund } from './governance.ts';

const SAMPLE = { name: 'Sample Health Centre', accreditedBy: 'Sample Health Authority', lists: 1 };

export type SampleIssuerDeps = {
  /** Folder of keys and journal. */
  readonly folder: string;
  readonly database: DatabasePlace;
  readonly rpc: string;
  readonly provider: JsonRpcProvider;
  readonly deployment: Deployment;
  readonly governance: Sender;
  readonly sync: () => Promise<TrustState>;
  readonly trust: () => Promise<TrustState>;
  /** The same, without reading it first. */
  readonly known: () => TrustState | undefined;
  /** URL under which the issuer publishes its lists. */
  readonly listUrl: (list: number) => string;
  readonly onStep: (says: string) => void;
};

export type SampleIssuer = { readonly service: IssuerService; readonly checks: Checks; readonly close: () => Promise<void> };

export async function startSampleIssuer(deps: SampleIssuerDeps): Promise<SampleIssuer> {
  const { folder, rpc, provider, deployment, governance, onStep } = deps;
  const keyStore = await createSealedStore(createFolderKeyValue(join(folder, 'keys')), await secretFile(join(folder, 'key-store.hex')));
  const agent = createIssuerAgent({
    rpc, chainId: deployment.chainId, didRegistry: deployment.contracts.EthereumDIDRegistry, deployBlock: deployment.block, keyStore,
  });
  const { did, account } = (await agent.identity()) ?? (await agent.createIdentity());
  await fund(provider, account.address);
  const sender = createSender({ provider, chain: deployment.contracts.IssuerRegistry, wallet: account, journal: createFileJournal(join(folder, 'transactions.journal')) });
  await sender.recover();

  const claimsKeys = createClaimsKeys(keyStore);
  const { publicKey } = await claimsKeys.create();
  if (!(await hasSigningKeys(agent))) {
    onStep('listing the issuer’s keys in its DID document');
    const change = await agent.listNewKeys();
    for (const [i, call] of change.calls.entries()) await sender.send(call, { id: `${change.id}:${i}` });
  }
  onStep('accrediting the issuer');
  await governance.send(addIssuer(deployment, { identity: account.address, claimsKey: publicKey, ...SAMPLE }), { id: `accredit:${account.address}` });
  const record = await untilFinal(deps.sync, did);

  const database = await openDatabase(deps.database, ISSUER_MIGRATIONS);
  const service = createIssuerService({
    did, deployment, lists: record.lists, listUrl: deps.listUrl, store: createIssuerStore(database),
    chain: createIssuerChain({ deployment, issuer: record.id, sender, sync: deps.sync }),
    trust: deps.trust, agent, claimsKeys, onStep, now: () => Math.floor(Date.now() / 1000) as UnixSeconds,
  });
  await service.finishRotation();
  const checks = { ...databaseChecks(database, ISSUER_MIGRATIONS), ...issuerChecks({ did, claimsKeys, trust: deps.known }) };
  return { service, checks, close: () => database.close() };
}

/** Whether the document lists keys to sign with: only a new issuer's does not. */
async function hasSigningKeys(agent: IssuerAgent): Promise<boolean> {
  try {
    await agent.signingKeys();
    return true;
  } catch (error) {
    if (isHealthpassError(error) && error.code === 'key-unknown') return false;
    throw error;
  }
}

/** The issuer's record once its accreditation and its keys are final. */
async function untilFinal(sync: () => Promise<TrustState>, did: string) {
  for (let tries = 0; tries < 120; tries++) {
    const record = (await sync()).issuers.find((issuer) => issuer.did === did);
    if (record && record.status !== 'removed' && record.keys && record.keys.length > 0) return record;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new HealthpassError('chain-unavailable', 'the accreditation of the issuer does not become final', { field: 'chain' });
}
