// A gateway as a program starts it, on a chain that is there, away, and comes.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '#contracts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { openGatewayKey, startRecords } from '#records/gateway/start.ts';
import { offChain } from '#records/model/typed-data.ts';
import { createClosers, openDatabase } from '#server';
import { placeDatabase } from '../../server/empty-database.ts';
import { startCare, type CareSystem } from '../../contracts/care/system.ts';
import { openDoor, type Door } from '../../contracts/faults.ts';
import { newAccount } from './scene.ts';

let care: CareSystem;
let door: Door;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  care = await startCare({ quorum: 2 });
  door = await openDoor(care.anvil.url);
  const placed = await placeDatabase(RECORDS_MIGRATIONS);
  ({ remove } = placed);
  folder = join(placed.place, '..');
  const { signer } = await openGatewayKey(folder, care.deployment.chainId);
  await care.member(signer.address, 'gateway');
});
afterAll(async () => {
  await door?.stop();
  await care?.stop();
  await remove?.();
});

async function start() {
  const closers = createClosers();
  const trouble: string[] = [];
  const provider = connect(door.url, care.deployment.chainId);
  closers.add(() => provider.destroy());
  const records = await startRecords({
    folder, database: join(folder, 'database'), care: care.deployment, endpoints: [door.url], provider, maxReadAge: 60, limits: 'off', onTrouble: (says) => void trouble.push(says),
    config: { storage: 'http://127.0.0.1:1', rpc: [care.anvil.url] },
  }, closers);
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await records.app.request(path, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  };
  const signIn = async () => {
    const account = newAccount();
    const { challenge, expires } = (await call('POST', '/sessions/challenge', { account: account.address })).body as { challenge: `0x${string}`; expires: number };
    const signature = account.sign(offChain(care.deployment.chainId), 'SignIn', { gateway: records.deps.signer.address, account: account.address, challenge, expires });
    return call('POST', '/sessions', { account: account.address, challenge, signature });
  };
  return { ...records, call, signIn, trouble, stop: () => closers.stop() };
}

describe('startRecords', () => {
  test('comes up without the chain: it says that it is up, and why it is not ready; it lets nobody in; and is ready by itself when the chain comes', async () => {
    door.fault = () => 'broken';
    const gateway = await start();
    expect(await gateway.call('GET', '/health')).toMatchObject({ status: 200 });
    expect(await gateway.call('GET', '/ready')).toMatchObject({ status: 503, body: { checks: { chain: 'failed', database: 'ok', running: 'ok' } } });
    expect(await gateway.signIn()).toMatchObject({ status: 503, body: { code: 'no-trust-data' } });
    expect(await gateway.call('GET', '/config')).toMatchObject({ status: 503, body: { code: 'no-trust-data' } });
    expect(gateway.trouble).toEqual(['the chain of the records cannot be read (chain-unavailable)', 'what the chain has lost cannot be sent again (chain-unavailable)']);
    door.fault = () => undefined;
    await expect.poll(async () => (await gateway.call('GET', '/ready')).status, { timeout: 30_000 }).toBe(200);
    expect((await gateway.signIn()).status).toBe(201);
    expect(await gateway.call('GET', '/config')).toMatchObject({ body: { quorum: 2 } });
    await gateway.stop();
  });

  test('goes on from the checkpoint in its database; one that somebody changed is not opened, and all is read again', async () => {
    const logsAsked = () => door.asked.filter(({ method }) => method === 'eth_getLogs').map(({ params }) => Number((params[0] as { fromBlock: string }).fromBlock));
    const from = async () => {
      door.asked.length = 0;
      await (await start()).stop();
      return Math.min(...logsAsked());
    };
    await care.provider.send('anvil_mine', ['0x8']);
    const first = care.deployment.block;
    const goneOn = await from();
    expect(goneOn).toBeGreaterThan(first);
    const database = await openDatabase(join(folder, 'database'), RECORDS_MIGRATIONS);
    await database.query('UPDATE care_checkpoint SET sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))');
    await database.close();
    expect(await from()).toBe(first);
    expect(await from()).toBeGreaterThan(goneOn);
  });
});
