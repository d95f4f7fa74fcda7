// The sample issuer of a network on one machine: its identity, which governance of the same machine accredits, and its service.
import type { JsonRpcProvider } from 'ethers';
import { addIssuer, type ChainIndex, type Deployment, type Sender } from '#contracts';
import { assembleIssuer, ISSUER_MIGRATIONS, listFirstKeys, openIdentity, startChainWriter, untilAccredited, type AssembledIssuer, type IssuerParts } from '#issuer';
import { knownTrust, openDatabase, type Closers, type Database, type DatabasePlace, type Migrations, type Telemetry } from '#server';
import { fund } from './governance.ts';
import { createOperator, GOVERNANCE_MIGRATION, operatorRoutes } from './operator/index.ts';

export const SAMPLE = { name: 'Sample Health Centre', accreditedBy: 'Sample Health Authority', lists: 1 };
/** Milliseconds between looks at the chain, and how many; the chain of one machine is quick or broken. */
const ACCREDITATION = { every: 250, tries: 120 };

/** The issuer's database on a machine that holds the key of governance. */
export const NETWORK_ISSUER_MIGRATIONS: Migrations = [...ISSUER_MIGRATIONS, GOVERNANCE_MIGRATION];

export type SampleIssuerDeps = Pick<IssuerParts, 'url' | 'authority' | 'operator' | 'firstRoles' | 'limits' | 'openVcApi' | 'sites' | 'records' | 'around' | 'metrics' | 'guard' | 'stopping' | 'chainAges' | 'onTrouble'> & {
  /** Folder of keys and locks. */
  readonly folder: string;
  readonly database: DatabasePlace;
  /** The database as traces see it. */
  readonly seen?: Telemetry['database'] | undefined;
  readonly rpc: string;
  readonly provider: JsonRpcProvider;
  readonly deployment: Deployment;
  readonly governance: Sender;
  /** Account that governance sends with. */
  readonly governor: string;
  readonly index: ChainIndex;
  readonly onStep: (says: string) => void;
};

export async function startSampleIssuer(deps: SampleIssuerDeps, closers: Closers): Promise<AssembledIssuer & { readonly database: Database }> {
  const { folder, rpc, provider, deployment, governance, governor, index, onStep, onTrouble } = deps;
  const identity = await openIdentity(folder, { rpc, deployment });
  await fund(provider, identity.account.address);
  const opened = await openDatabase(deps.database, NETWORK_ISSUER_MIGRATIONS);
  const database = deps.seen?.(opened) ?? opened;
  closers.add(() => database.close());
  const sync = async () => (await index.sync(), index.snapshot());
  const writer = startChainWriter({ folder, identity, database, provider, deployment, sync, onTrouble: deps.onTrouble }, closers);
  onStep('keys and accreditation of the issuer');
  await listFirstKeys(identity, writer.chain);
  const { publicKey: claimsKey } = await identity.claimsKeys.current();
  await governance.send(addIssuer(deployment, { identity: identity.account.address, claimsKey, ...SAMPLE }), { id: `accredit:${identity.account.address}` });
  const record = await untilAccredited(identity, sync, ACCREDITATION);
  const trust = () => knownTrust(index);
  const operator = createOperator({ database, deployment, sender: governance, trust, now: () => Math.floor(Date.now() / 1000), pay: (address) => fund(provider, address), onTrouble });
  closers.add(operator.stop);
  operator.start();
  const beside = operatorRoutes({ operator, trust, own: identity.did, governance: { address: governor, balance: () => provider.getBalance(governor) } });
  return { ...(await assembleIssuer({ ...deps, identity, record, database, writer, beside }, closers)), database };
}
