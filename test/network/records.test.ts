// Records beside the passport on one machine: added to a folder that had none, found again after a restart, open to pages as far as they may.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCareReader, parseCareDeployment } from '#contracts/care/index.ts';
import { startChain } from '#network/chain.ts';
import { chainDoor } from '#network/chain-door.ts';
import { dataFolder, readEndpoints } from '#network/folder.ts';
import { ensureContracts, fundedWallet } from '#network/governance.ts';
import { startSystem, type System } from '#network/system.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { fetchConfig } from '#records/client/config.ts';
import { openKeyFile } from '#records/client/key-file.ts';
import { makeSampleMembers } from '#network/sample-members.ts';
import { derive, LABELS } from '#records/model/keys/derive.ts';
import { parseRoot } from '#records/model/keys/root.ts';
import { createSigner } from '#records/model/signing.ts';
import { copyNetworkDatabases } from '../journeys/databases.ts';
import { now } from '../journeys/network.ts';
import { signIn } from '#records/client/session.ts';
import { createRouter, NO_ACCESS } from '#server';
import { newAccount } from '../records/gateway/scene.ts';

const roots: string[] = [];
const newFolder = async () => {
  const root = await mkdtemp(join(tmpdir(), 'healthpass-records-'));
  roots.push(root);
  return dataFolder(root);
};
afterAll(() => Promise.all(roots.map((root) => rm(root, { recursive: true, force: true }))));

describe('a system with records', () => {
  let system: System;
  const trouble: string[] = [];
  const start = async (folder: ReturnType<typeof dataFolder>) => { system = await startSystem(folder, { rpc: 0, issuer: 0, verifier: 0 }, { onTrouble: (says) => trouble.push(says) }); };
  const call = (path: string) => createGatewayClient({ url: system.endpoints.records!, fetch }).get(path);
  afterAll(() => system.stop());
  const config = () => fetchConfig(createGatewayClient({ url: system.endpoints.records!, fetch }));

  test('has a storage and a gateway with its role on chain, where accounts sign in, and the same ones after a restart', async () => {
    const folder = await newFolder();
    await copyNetworkDatabases(folder, { records: true });
    await start(folder);
    expect(await readEndpoints(folder)).toEqual(system.endpoints);
    const before = await config();
    expect(before).toMatchObject({ storage: system.endpoints.storage, quorum: 2, bodies: [{ decides: expect.arrayContaining(['doctor', 'hospital']) }] });
    expect(await (await fetch(`${system.endpoints.records}/ready`)).json()).toMatchObject({ status: 'ready', checks: { chain: 'ok', role: 'ok' } });
    expect(await (await fetch(`${system.endpoints.storage}/health`)).json()).toMatchObject({ status: 'ok' });
    const account = newAccount();
    const signed = () => signIn(createGatewayClient({ url: system.endpoints.records!, fetch }), account, before);
    await (await signed()).client.post('/patients', {});
    await system.stop();
    await start(folder);
    const { gateway, contracts, bodies } = await config();
    expect(before).toMatchObject({ gateway, contracts, bodies });
    expect(await signed()).toMatchObject({ as: 'patient' });

    // Sample members join as everybody does, and are found again.
    const making = { folder, url: system.endpoints.records!, now };
    const samples = await makeSampleMembers(making);
    expect(await call('/members')).toMatchObject({ members: ['Dr. Sample Cardiologist', 'Dr. Sample Newcomer', 'Dr. Sample Physician', 'Dr. Sample Specialist', 'Sample Corner Pharmacy', 'Sample General Hospital', 'Sample Hill Hospital', 'Sample Laboratory', 'Sample Lakeside Clinic', 'Sample Pharmacy'].map((name) => ({ name, standing: 'active' })) });
    const specialist = await openKeyFile(await readFile(join(samples.folder, 'specialist.json')), samples.passphrase);
    const { client } = await signIn(createGatewayClient({ url: system.endpoints.records!, fetch }), createSigner(derive(parseRoot(specialist), LABELS.account)), before);
    expect(await client.get('/staff-keys')).toMatchObject({ received: [{ sealed: expect.any(String) as string }] });
    expect(await makeSampleMembers(making)).toEqual(samples);
    expect(trouble).toEqual([]);
  });
});

describe('ensureContracts', () => {
  let chain: Awaited<ReturnType<typeof startChain>>;
  let folder: ReturnType<typeof dataFolder>;
  beforeAll(async () => {
    folder = await newFolder();
    chain = await startChain(folder.chainState, 0);
  });
  afterAll(() => chain.stop());

  test('adds the contracts of care to a folder that was made before there were any, once', async () => {
    const governance = await fundedWallet(chain.provider, folder.governanceKey);
    const ensure = (records: boolean) => ensureContracts(folder, chain.provider, governance, { records });
    const old = await ensure(false);
    expect(old.care).toBeUndefined();
    const now = await ensure(true);
    expect(now.deployment).toEqual(old.deployment);
    expect(parseCareDeployment(JSON.parse(await readFile(folder.careDeployment, 'utf8')))).toEqual(now.care);
    expect(await ensure(true)).toEqual(now);
    const reader = createCareReader({ endpoints: [chain.anvil.url], deployment: now.care! });
    await reader.sync();
    expect(reader.bodies()).toEqual([]);
    await chain.provider.send('anvil_setCode', [now.care!.contracts.RoleRegistry, '0x']);
    await expect(ensure(true)).rejects.toMatchObject({ code: 'configuration-invalid', field: 'care-deployment.json' });
  });

  test('its chain is read by pages through a door that lets nothing be written', async () => {
    const app = createRouter([chainDoor(chain.anvil.url)], { access: NO_ACCESS });
    const ask = async (method: string, params: unknown[] = []) => app.request('/rpc', { method: 'POST', headers: { origin: 'https://evil.example' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) });
    expect(await (await ask('eth_chainId')).json()).toMatchObject({ result: '0x7a69' });
    for (const method of ['eth_sendTransaction', 'eth_sendRawTransaction', 'anvil_setBalance', 'evm_mine', 'eth_sign', 'eth_accounts', 'debug_traceCall']) expect([method, (await ask(method)).status]).toEqual([method, 400]);
    const batch = await app.request('/rpc', { method: 'POST', body: JSON.stringify([{ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] }, { jsonrpc: '2.0', id: 2, method: 'evm_mine', params: [] }]) });
    expect(batch.status).toBe(400);
  });
});
