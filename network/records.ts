// Records on one machine: the storage, the gateway with its account and its role, and a sample body that decides about members.
import type { JsonRpcProvider } from 'ethers';
import type { Sender } from '#contracts';
import { appointBody, grantRole, type CareDeployment } from '#contracts/care/index.ts';
import { buildFolder } from '#faces/build/apps.ts';
import { openGatewayKey, startRecords, type RecordsStart } from '#records/gateway/start.ts';
import { derive, LABELS } from '#records/model/keys/derive.ts';
import { parseRoot } from '#records/model/keys/root.ts';
import { ROLES_OF_BODIES } from '#records/model/members.ts';
import { createSigner } from '#records/model/signing.ts';
import { assembleStore } from '#records/store/assemble.ts';
import { builtSites, freePort, listen, secretFile, type Closers } from '#server';
import type { DataFolder } from './folder.ts';
import { fund } from './governance.ts';

/** Seconds after which the gateway calls the chain read too long ago to decide by it. */
const MAX_READ_AGE = 30;
/** Governance of this machine gives roles without an end. */
const FOREVER = 2 ** 40 - 1;

export type NetworkRecordsDeps = Pick<RecordsStart, 'limits' | 'around' | 'metrics' | 'onTrouble' | 'stopping' | 'seen' | 'database'> & {
  readonly folder: DataFolder;
  readonly care: CareDeployment;
  readonly governance: Sender;
  readonly provider: JsonRpcProvider;
  readonly rpc: string;
  /** Where pages read the chain. */
  readonly pagesRpc: string;
  readonly wallet: string | undefined;
  readonly ports: { readonly records: number; readonly storage: number };
  /** The storage tells its troubles by its own name. */
  readonly storage: Pick<Parameters<typeof assembleStore>[0], 'around' | 'onTrouble'>;
};

export async function startNetworkRecords(deps: NetworkRecordsDeps, closers: Closers): Promise<{ readonly records: string; readonly storage: string }> {
  const { folder, care, governance, provider, rpc, pagesRpc, wallet, ports, storage: told, limits, stopping, ...parts } = deps;
  const { signer } = await openGatewayKey(folder.recordsFolder, care.chainId);
  await fund(provider, signer.address);
  const body = await sampleBody(folder);
  await governance.send(appointBody(care, body.address, ROLES_OF_BODIES), { id: `appoint:${body.address}` });
  await governance.send(grantRole(care, { member: signer.address, role: 'gateway', until: FOREVER }), { id: `gateway:${signer.address}` });

  const store = await assembleStore({ folder: folder.storageFolder, limits: limits === 'off' ? 'off' : 'memory', stopping, ...told });
  closers.add(store.close);
  const storagePort = await freePort(ports.storage, { orAny: true });
  closers.add((await listen(store.app, storagePort)).stop);
  const storage = `http://127.0.0.1:${storagePort.number}`;
  const { app } = await startRecords({
    ...parts, limits, stopping, folder: folder.recordsFolder, care, endpoints: [rpc], provider, maxReadAge: MAX_READ_AGE,
    sites: builtSites({ base: '/console', folder: buildFolder('records'), surface: 'holder-app' }), config: { storage, rpc: [pagesRpc], wallet },
  }, closers);
  const port = await freePort(ports.records, { orAny: true });
  closers.add((await listen(app, port)).stop);
  return { records: `http://localhost:${port.number}`, storage }; // its console has passkeys, which belong to a name
}

/** The body of this machine: its keys come from a root, as those of every member, so that its console opens with a key file. */
async function sampleBody(folder: DataFolder) {
  return createSigner(derive(parseRoot(await secretFile(folder.bodyKey)), LABELS.account));
}
