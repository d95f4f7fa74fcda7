// Keys changed step by step: until the switch nothing has happened, after it the keys of the document can come back, and a restart goes on where it was.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { dataFolder } from '#network/folder.ts';
import { sampleImmunization } from '#network/samples/index.ts';
import { startSystem, type System } from '#network/system.ts';
import { copyNetworkDatabases } from '../journeys/databases.ts';
import { now, pause } from '../journeys/network.ts';

type Json = Record<string, unknown>;
type Rotation = { stage: string; back?: string; signedAhead?: number; backUntil?: number; trouble?: string; keys: string };
type Keys = { claimsKey: { x: string; onChain: boolean }; keys: { kid: string; until: number | null; current: boolean }[] };


describe('rotating keys step by step', () => {
  let root: string;
  let system: System;
  let token: string;
  const start = async () => { system = await startSystem(dataFolder(root), { rpc: 0, issuer: 0, verifier: 0 }, { records: false }); };
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'healthpass-rotation-'));
    const folder = dataFolder(root);
    await copyNetworkDatabases(folder);
    await start();
    token = (await readFile(folder.issuerToken, 'utf8')).trim();
  }, 120_000);
  afterAll(async () => {
    await system.stop();
    await rm(root, { recursive: true, force: true });
  });

  async function call(path: string, body?: unknown, service: 'issuer' | 'verifier' = 'issuer'): Promise<{ status: number; body: Json }> {
    const response = await fetch(system.endpoints[service] + path, { method: body === undefined ? 'GET' : 'POST', headers: { authorization: `Bearer ${token}` }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, body: await response.json() as Json };
  }
  const keys = async () => (await call('/keys')).body as unknown as Keys;
  const rotation = async () => (await call('/keys/rotation')).body['rotation'] as Rotation;
  const step = async (what: '' | '/switch' | '/confirm' | '/back', body: object = {}) => call(`/keys/rotation${what}`, body);
  async function until(stage: string): Promise<Rotation> {
    for (let tries = 0; tries < 600; tries++) {
      const at = await rotation();
      if (at.stage === stage) return at;
      await pause(100);
    }
    throw new Error(`the rotation does not become ${stage}: ${JSON.stringify(await rotation())}`);
  }
  const currentKids = async () => (await keys()).keys.filter(({ current }) => current).map(({ kid }) => kid);
  const listedKids = async () => (await keys()).keys.filter(({ until: end }) => end === null || end > now() + 60).map(({ kid }) => kid);
  async function issue(commitment: string): Promise<{ vcJwt: string; claims: string[] }> {
    const { status, body } = await call('/credentials', { fhir: sampleImmunization(now()), bindings: [{ commitment, key: createHolderSigner().key }] });
    expect([status, body]).toEqual([201, expect.anything()]);
    return (body['credentials'] as { vcJwt: string; claims: string[] }[])[0]!;
  }
  async function isAccepted(text: string): Promise<unknown> {
    for (let tries = 0; tries < 600; tries++) {
      const { body } = await call('/verify', { text }, 'verifier');
      if (body['outcome'] !== 'undecided') return body['reason'] ?? body['outcome'];
      await pause(100);
    }
    return 'undecided';
  }
  const signatures = async () => {
    const { body } = await call('/resignatures/1/0');
    return { key: (body['key'] as { x: string }).x };
  };

  test('a plan says what it costs, whom it concerns, and what cannot be undone', async () => {
    await issue('11');
    const { body } = await call('/keys/rotation');
    expect(body).toMatchObject({ rotation: null, plan: { claims: { signatures: 1, transactions: 2, irreversible: expect.arrayContaining(['claims-key-once']) }, did: { transactions: 5 }, backFor: 604_800 } });
  });

  test('what was prepared and thrown away has changed nothing', async () => {
    const before = await keys();
    expect(await step('', { keys: 'all' })).toMatchObject({ status: 202, body: { keys: 'all', stage: 'preparing' } });
    expect(await until('prepared')).toMatchObject({ back: 'nothing-happened', signedAhead: 1 });
    expect((await signatures()).key).toBe(before.claimsKey.x);
    expect(await step('', { keys: 'did' })).toMatchObject({ status: 409, body: { code: 'status-conflict' } });
    expect(await call('/keys/rotate', { keys: 'did' })).toMatchObject({ status: 409, body: { code: 'status-conflict', field: 'rotation' } });
    expect(await step('/confirm')).toMatchObject({ status: 409 });
    expect((await step('/back')).status).toBe(202);
    expect(await until('withdrawn')).not.toHaveProperty('back');
    expect(await keys()).toEqual({ ...before, gas: expect.anything() });
    expect(await step('/back')).toMatchObject({ status: 409 });
    expect(await step('/switch')).toMatchObject({ status: 409 });
  });

  test('a claims key that was prepared signs after the switch, with everything signed again, and does not come back', async () => {
    const before = await keys();
    await step('', { keys: 'claims' });
    await until('prepared');
    await issue('12'); // while it waits
    await step('/switch');
    expect(await until('confirmed')).not.toHaveProperty('back');
    await expect.poll(async () => (await keys()).claimsKey.onChain).toBe(true);
    const after = await keys();
    expect([after.claimsKey.x === before.claimsKey.x, after.claimsKey.onChain]).toEqual([false, true]);
    expect(after.keys).toEqual(before.keys);
    const { body } = await call('/keys/rotation');
    expect(body['plan']).toMatchObject({ claims: { signatures: 2 } });
    expect((await signatures()).key).toBe(after.claimsKey.x);
    expect(await step('/back')).toMatchObject({ status: 409, body: { code: 'status-conflict', field: 'stage' } });
    await issue('13');
  });

  test('the keys of the document come back after a switch, and what the new ones signed goes on counting', async () => {
    const before = await currentKids();
    await step('', { keys: 'did' });
    await until('prepared');
    await step('/switch');
    expect(await until('switched')).toMatchObject({ back: 'document-keys', backUntil: expect.any(Number) });
    await expect.poll(async () => (await currentKids()).length).toBe(2);
    const between = await currentKids();
    expect(between.some((kid) => before.includes(kid))).toBe(false);
    await expect.poll(listedKids).toEqual(expect.arrayContaining([...before, ...between]));
    const { vcJwt } = await issue('14');
    expect(await isAccepted(vcJwt)).toBe('accepted');
    await step('/back');
    await until('withdrawn');
    await expect.poll(currentKids).toEqual(before);
    expect(await isAccepted((await issue('15')).vcJwt)).toBe('accepted');
    expect(await isAccepted(vcJwt)).toBe('accepted');
  });

  test('a restart between the switch and the decision changes nothing, and confirming retires the old keys', async () => {
    const before = await currentKids();
    await step('', { keys: 'all' });
    await until('prepared');
    await system.stop();
    await start();
    expect(await rotation()).toMatchObject({ stage: 'prepared', back: 'nothing-happened' });
    await step('/switch');
    expect(await until('switched')).toMatchObject({ back: 'document-keys-only' });
    await expect.poll(async () => (await currentKids()).length).toBe(2);
    const between = await currentKids();
    await system.stop();
    await start();
    expect(await rotation()).toMatchObject({ stage: 'switched' });
    await expect.poll(currentKids).toEqual(between);
    await issue('16');
    await step('/confirm');
    await until('confirmed');
    expect(before.some((kid) => between.includes(kid))).toBe(false);
    await expect.poll(listedKids).toEqual(between); // the chain is read every second
    await issue('17');
    expect((await call('/keys/rotate', { keys: 'did' })).status).toBe(200);
    const actions = ((await call('/audit?action=rotation&limit=50')).body['entries'] as { action: string }[]).map(({ action }) => action).toReversed();
    expect(actions.slice(-3)).toEqual(['rotation.prepare', 'rotation.switch', 'rotation.confirm']);
  }, 180_000);
});
