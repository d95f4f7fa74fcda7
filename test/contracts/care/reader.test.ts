import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  appendAnchor, approveEmergency, createCareReader, dispense, grant, grantRole, openEmergency, readGateway, revoke, reviewEmergency,
  setSuspended, withdrawRole, type CareReader,
} from '#contracts/care/index.ts';
import { account, failure } from '../system.ts';
import { openDoor, type Door, type Fault } from '../faults.ts';
import { startProxy, type Lie, type Proxy } from '../proxy.ts';
import { addressOf, bytes32, FAR, GOVERNANCE, somebody, startCare, word, type CareSystem } from './system.ts';

type Log = { topics: string[]; blockHash: string };

const DAY = 86_400;
const ID = bytes32('grant');
const [owner, gateway, hospital, pharmacy] = [account(1), account(2), account(3), account(4)];
let care: CareSystem;
let index: CareReader;
let now: number;
beforeAll(async () => {
  care = await startCare({ quorum: 1 });
  index = createCareReader({ endpoints: [care.anvil.url], deployment: care.deployment });
  now = await care.time();
});
afterAll(() => care?.stop());

const readAnew = async () => {
  const fresh = createCareReader({ endpoints: [care.anvil.url], deployment: care.deployment });
  await fresh.sync();
  return fresh;
};

describe('createCareReader', () => {
  test('says so when nothing was read yet', () => {
    expect(index.freshness()).toBeUndefined();
    expect(() => index.hasRole(addressOf(hospital), 'hospital', now)).toThrow(expect.objectContaining({ code: 'no-trust-data' }));
  });

  test('knows who has which role, and at once who has it no more', async () => {
    const doctor = somebody('doctor');
    await care.body(addressOf(account(5)), ['doctor', 'nurse', 'hospital']);
    await care.member(addressOf(hospital), 'hospital');
    await care.send(account(5), grantRole(care.deployment, { member: doctor.address, role: 'doctor', organisation: addressOf(hospital), until: FAR }));
    await index.sync();
    expect(index.bodies()).toEqual([{ body: addressOf(account(5)), roles: ['doctor', 'nurse', 'hospital'] }]);
    expect(index.memberOf(doctor.address)).toEqual({ roles: [{ role: 'doctor', organisation: addressOf(hospital), until: FAR, by: addressOf(account(5)), suspended: false }] });
    expect([index.hasRole(doctor.address, 'doctor', now), index.hasRole(doctor.address, 'doctor', FAR), index.hasRole(doctor.address, 'nurse', now)]).toEqual([true, false, false]);
    await care.send(account(5), setSuspended(care.deployment, doctor.address, true));
    await index.sync();
    expect(index.hasRole(doctor.address, 'doctor', now)).toBe(false);
    expect(index.memberOf(doctor.address)!.roles[0]!.suspended).toBe(true);
    await care.send(account(5), withdrawRole(care.deployment, doctor.address, 'doctor'));
    await index.sync();
    expect(index.memberOf(doctor.address)).toEqual({ roles: [] });
  });

  test('knows what counts under an id, and nothing of it once it is revoked', async () => {
    await care.send(owner, grant(care.deployment, ID, word(now, now + DAY)));
    await index.sync();
    expect(index.grantOf(addressOf(owner), ID)).toBe(word(now, now + DAY));
    await care.send(owner, revoke(care.deployment, ID));
    await index.sync();
    expect(index.grantOf(addressOf(owner), ID)).toBeUndefined();
  });

  test('knows delegates, and asks the chain for nonces', async () => {
    const patient = somebody('patient');
    await care.relay(patient, 'SetDelegate', { owner: patient.address, delegate: addressOf(owner), scope: 3, until: FAR });
    await index.sync();
    expect(index.delegateOf(patient.address, addressOf(owner))).toEqual({ scope: 3, until: FAR });
    expect(await index.nonceOf('ConsentRegistry', patient.address)).toBe(1n);
    expect(await index.nonceOf('RoleRegistry', patient.address)).toBe(0n);
  });

  test('knows when an emergency is released, and what was dispensed', async () => {
    const [id, second, body] = [bytes32('emergency'), account(8), account(5)];
    await care.member(addressOf(second), 'hospital');
    await care.send(hospital, openEmergency(care.deployment, id, bytes32('why'), (await care.time()) + DAY));
    await index.sync();
    expect(index.isReleased(id, now)).toBe(false);
    await care.send(second, approveEmergency(care.deployment, id));
    await index.sync();
    expect([index.isReleased(id, await care.time()), index.isReleased(id, now + 4 * DAY)]).toEqual([true, false]);
    expect(index.emergencyOf(id)).toMatchObject({ institution: addressOf(hospital), approvals: [addressOf(second)], review: undefined });
    for (const [suspended, isReleased] of [[true, false], [false, true]] as const) {
      await care.send(GOVERNANCE, setSuspended(care.deployment, addressOf(second), suspended));
      await index.sync();
      expect(index.isReleased(id, await care.time())).toBe(isReleased);
    }
    await care.send(body, reviewEmergency(care.deployment, id, bytes32('finding')));
    await care.member(addressOf(pharmacy), 'pharmacy');
    await care.send(pharmacy, dispense(care.deployment, bytes32('prescription')));
    await index.sync();
    expect([index.isReleased(id, await care.time()), index.isDispensed(bytes32('prescription')), index.isDispensed(bytes32('other'))]).toEqual([false, true, false]);
    expect(index.useOf(bytes32('prescription'))?.by).toBe(addressOf(pharmacy));
  });

  test('says how old what it knows is, and whoever asks while it reads hears of blocks that came meanwhile', async () => {
    let clock = 1_000;
    const slow = createCareReader({ endpoints: [care.anvil.url], deployment: care.deployment, now: () => clock });
    await slow.sync();
    const block = slow.freshness()!.block.number;
    clock = 2_000;
    const first = slow.sync();
    await care.send(owner, grant(care.deployment, bytes32('meanwhile'), word(now, now + DAY)));
    await Promise.all([first, slow.sync()]);
    expect(slow.grantOf(addressOf(owner), bytes32('meanwhile'))).toBeDefined();
    expect([slow.freshness()!.readAt, slow.freshness()!.block.number]).toEqual([2_000, block + 1]);
  });

  test('one that begins late reads the same as one that was there from the start', async () => {
    const late = await readAnew();
    await index.sync();
    for (const who of [owner, hospital, pharmacy].map(addressOf)) expect(late.memberOf(who)).toEqual(index.memberOf(who));
    expect(late.freshness()!.block).toEqual(index.freshness()!.block);
  });

  test('gives back what a reorganisation takes back, and keeps the rest', async () => {
    const lasting = bytes32('lasting');
    const fleeting = bytes32('fleeting');
    const told: (readonly [string, unknown])[] = [];
    index.onEvents((events) => void told.push(...events.map((event) => [event.kind, 'id' in event ? event.id : undefined] as const)));
    await care.send(owner, grant(care.deployment, lasting, word(now, now + DAY)));
    await care.provider.send('anvil_mine', ['0x3']);
    const snapshot: unknown = await care.provider.send('evm_snapshot', []);
    await care.send(account(8), grant(care.deployment, fleeting, word(now, now + DAY)));
    await care.send(GOVERNANCE, setSuspended(care.deployment, addressOf(hospital), true));
    await index.sync();
    expect([index.grantOf(addressOf(account(8)), fleeting), index.hasRole(addressOf(hospital), 'hospital', now)]).toEqual([word(now, now + DAY), false]);
    expect(told.splice(0)).toEqual([['granted', lasting], ['granted', fleeting], ['suspension', undefined]]);
    await care.provider.send('evm_revert', [snapshot]);
    await care.provider.send('anvil_mine', ['0x2']);
    expect((await index.sync()).reorganised).toBe(true);
    expect(told).toContainEqual(['granted', fleeting]); // taken back: whoever follows looks again
    expect([index.grantOf(addressOf(account(8)), fleeting), index.grantOf(addressOf(owner), lasting), index.hasRole(addressOf(hospital), 'hospital', now)]).toEqual([undefined, word(now, now + DAY), true]);
  });

  test('a chain that was swapped below what was final is read again from the deployment', async () => {
    const snapshot: unknown = await care.provider.send('evm_snapshot', []);
    await care.provider.send('anvil_mine', ['0x5']);
    await index.sync();
    await care.provider.send('evm_revert', [snapshot]);
    await care.wait(10);
    await care.provider.send('anvil_mine', ['0x6']);
    expect((await index.sync()).reorganised).toBe(true);
    expect(index.grantOf(addressOf(owner), bytes32('lasting'))).toBe(word(now, now + DAY));
  });

  test('reads what is far back by its events alone', async () => {
    await care.provider.send('anvil_mine', ['0x200']);
    const late = await readAnew();
    await index.sync();
    expect(late.memberOf(addressOf(hospital))).toEqual(index.memberOf(addressOf(hospital)));
    expect(late.grantOf(addressOf(owner), bytes32('lasting'))).toBe(word(now, now + DAY));
    expect(late.bodies()).toEqual(index.bodies());
  });
});

describe('a lying endpoint', () => {
  let liar: Proxy;
  beforeAll(async () => { liar = await startProxy(care.anvil.url); });
  afterAll(() => liar?.stop());
  const aboutLogs = (change: (logs: Log[]) => unknown): Lie => ({ method }, truth) => (method === 'eth_getLogs' ? change(structuredClone(truth) as Log[]) : truth);

  test('is outvoted by those that agree, and cannot outvote another', async () => {
    liar.lie = aboutLogs(() => []);
    const reader = (endpoints: string[], quorum?: number) => createCareReader({ endpoints, deployment: care.deployment, ...(quorum && { quorum }) });
    expect(await failure(reader([care.anvil.url, liar.url]).sync())).toBe('chain-inconsistent');
    const honest = await startProxy(care.anvil.url);
    const three = reader([liar.url, care.anvil.url, honest.url]);
    await three.sync();
    expect(three.hasRole(addressOf(hospital), 'hospital', now)).toBe(true);
    await honest.stop();
    expect(() => reader([care.anvil.url], 2)).toThrow(expect.objectContaining({ code: 'configuration-invalid' }));
  });

  test.each([
    ['of another block', (log: Log) => { log.blockHash = `0x${'12'.repeat(32)}`; }], ['of no event', (log: Log) => { log.topics[0] = bytes32('Other()'); }],
    ['without topics', (log: Log) => { log.topics = []; }],
  ])('is found out by logs %s, and what was known stays', async (_what, twist) => {
    liar.lie = (_question, truth) => truth;
    const reader = createCareReader({ endpoints: [liar.url], deployment: care.deployment });
    await reader.sync();
    const before = reader.freshness();
    await care.send(owner, grant(care.deployment, ID, word(now, now + DAY)));
    liar.lie = aboutLogs((logs) => { logs.forEach(twist); return logs; });
    expect(await failure(reader.sync())).toBe('chain-inconsistent');
    expect(reader.freshness()).toEqual(before);
    liar.lie = (_question, truth) => truth;
    await reader.sync();
    expect(reader.grantOf(addressOf(owner), ID)).toBe(word(now, now + DAY));
  });

  test('an endpoint that serves another chain, or an older state, is not followed', async () => {
    liar.lie = ({ method }, truth) => (method === 'eth_chainId' ? '0x1' : truth);
    expect(await failure(createCareReader({ endpoints: [liar.url], deployment: care.deployment }).sync())).toBe('chain-inconsistent');
    liar.lie = (_question, truth) => truth;
    const reader = createCareReader({ endpoints: [liar.url], deployment: care.deployment });
    await reader.sync();
    liar.lie = ({ method, params }, truth) => (method === 'eth_getBlockByNumber' && params[0] === 'latest' ? { ...(truth as object), number: '0x7' } : truth);
    expect(await failure(reader.sync())).toBe('chain-unavailable');
    expect(reader.hasRole(addressOf(hospital), 'hospital', now)).toBe(true);
  });
});

describe('endpoints in trouble', () => {
  const DEAD = 'http://127.0.0.1:9';
  let troubled: Door;
  let honest: Proxy;
  beforeAll(async () => { [troubled, honest] = [await openDoor(care.anvil.url), await startProxy(care.anvil.url)]; });
  afterEach(() => {
    troubled.fault = () => undefined;
    honest.lie = (_question, truth) => truth;
  });
  afterAll(() => Promise.all([troubled?.stop(), honest?.stop()]));
  const readerOn = (endpoints: string[]) => createCareReader({ endpoints, deployment: care.deployment, timeout: 60_000 });
  const isHospital = (reader: CareReader) => reader.hasRole(addressOf(hospital), 'hospital', now);

  test.each<[string, Fault]>([['is gone', 'broken'], ['fails', { status: 500 }], ['asks to slow down', { status: 429 }], ['takes too long', { delay: 3_000 }], ['answers with nothing', { answer: () => undefined }]])(
    'one that %s is not missed among three, and alone leaves what was known to grow old', async (_what, fault) => {
      const alone = readerOn([troubled.url]);
      await alone.sync();
      const before = alone.freshness();
      troubled.fault = () => fault;
      const three = readerOn([troubled.url, honest.url, care.anvil.url]);
      await three.sync();
      expect([isHospital(three), await failure(alone.sync(AbortSignal.timeout(300))), alone.freshness(), isHospital(alone)]).toEqual([true, 'chain-unavailable', before, true]);
    });

  test('two of three that are gone stop the reading, until one is back', async () => {
    troubled.fault = () => 'broken';
    const reader = readerOn([DEAD, troubled.url, care.anvil.url]);
    expect([await failure(reader.sync()), reader.freshness()]).toEqual(['chain-unavailable', undefined]);
    troubled.fault = () => undefined;
    await reader.sync();
    expect(isHospital(reader)).toBe(true);
  });

  test('one that hides a revocation, and one that shows an older block, move nothing among three, and stop everything between two', async () => {
    const reader = readerOn([honest.url, troubled.url, care.anvil.url]);
    const two = readerOn([honest.url, care.anvil.url]);
    const id = bytes32('hidden');
    await care.send(owner, grant(care.deployment, id, word(now, now + DAY)));
    await Promise.all([reader.sync(), two.sync()]);
    await care.send(owner, revoke(care.deployment, id));
    honest.lie = ({ method }, truth) => (method === 'eth_getLogs' ? [] : truth);
    expect([(await reader.sync()).events, reader.grantOf(addressOf(owner), id)]).toEqual([1, undefined]);
    expect([await failure(two.sync()), two.grantOf(addressOf(owner), id)]).toEqual(['chain-inconsistent', word(now, now + DAY)]);
    const old = await care.provider.send('eth_getBlockByNumber', ['0x9', false]);
    honest.lie = ({ method, params }, truth) => (method === 'eth_getBlockByNumber' && params[0] === 'latest' ? old : truth);
    const { number } = reader.freshness()!.block;
    await care.provider.send('anvil_mine', ['0x1']);
    expect((await reader.sync()).latest.number).toBe(number + 1);
  });
});

describe('readGateway', () => {
  const anchorsOf = (endpoint = care.anvil.url) => readGateway({ endpoints: [endpoint], deployment: care.deployment, gateway: addressOf(gateway) });

  test('gives every root of a gateway, and when it was one', async () => {
    expect(await anchorsOf()).toMatchObject({ anchors: [], roles: [] });
    await care.member(addressOf(gateway), 'gateway');
    const from = await care.time();
    await care.send(gateway, appendAnchor(care.deployment, 1, bytes32('root 1')));
    await care.send(gateway, appendAnchor(care.deployment, 2, bytes32('root 2')));
    const anchored = await care.time();
    await care.wait(100);
    await care.send(GOVERNANCE, setSuspended(care.deployment, addressOf(gateway), true));
    const until = await care.time();
    const found = await anchorsOf();
    expect(found.anchors).toMatchObject([{ sequence: 1, root: bytes32('root 1') }, { sequence: 2, root: bytes32('root 2'), time: anchored }]);
    expect(found.roles).toEqual([{ from, until }]);
    await care.wait(100);
    await care.send(GOVERNANCE, setSuspended(care.deployment, addressOf(gateway), false));
    expect((await anchorsOf()).roles).toEqual([{ from, until }, { from: await care.time(), until: FAR }]);
    await index.sync();
    const withoutBlocks = found.anchors.map(({ block, ...anchor }) => (expect(block).toBeLessThan(found.block.number), anchor));
    expect(index.anchorsOf(addressOf(gateway))).toEqual(withoutBlocks);
    // ATTACK: an endpoint that has forgotten old logs shows none between what was known and what it still has.
    const after = (anchors: number) => readGateway({ endpoints: [care.anvil.url], deployment: care.deployment, gateway: addressOf(gateway), since: { block: found.block.number, anchors } });
    expect((await after(2)).anchors).toEqual([]);
    expect(await failure(after(1))).toBe('chain-inconsistent anchors');
    expect(index.anchorsOf(addressOf(gateway), 1)).toEqual(withoutBlocks.slice(1));
  });

  test('an endpoint that leaves an anchor out is found out, the last one too', async () => {
    const topic = (root: string) => (log: Log & { data?: string }) => !log.data?.includes(root.slice(2));
    for (const root of [bytes32('root 1'), bytes32('root 2')]) {
      const proxy = await startProxy(care.anvil.url, ({ method }, truth) => (method === 'eth_getLogs' ? (truth as Log[]).filter(topic(root)) : truth));
      expect(await failure(anchorsOf(proxy.url))).toBe('chain-inconsistent anchors');
      await proxy.stop();
    }
  });
});

describe('a checkpoint', () => {
  const storeOf = (kept?: unknown) => {
    const store = { kept, saves: 0, load: async () => store.kept, save: async (next: unknown) => { store.kept = JSON.parse(JSON.stringify(next)); store.saves++; } };
    return store;
  };
  const readerWith = (store: ReturnType<typeof storeOf>) => createCareReader({ endpoints: [care.anvil.url], deployment: care.deployment, store });
  const everything = (reader: CareReader) => ({
    block: reader.freshness()!.block, bodies: reader.bodies(), members: [hospital, pharmacy, gateway].map((who) => reader.memberOf(addressOf(who))), anchors: reader.anchorsOf(addressOf(gateway)),
    grants: [reader.grantOf(addressOf(owner), bytes32('lasting')), reader.grantOf(addressOf(owner), bytes32('newest'))], delegate: reader.delegateOf(somebody('patient').address, addressOf(owner)),
    emergency: reader.emergencyOf(bytes32('emergency')), use: reader.useOf(bytes32('prescription')), quorum: reader.quorum(),
  });

  test('is gone on from, and leads to the same as reading all; it is written anew after many blocks, not at each look', async () => {
    await care.provider.send('anvil_mine', ['0x3']);
    const store = storeOf();
    await readerWith(store).sync();
    await care.send(owner, grant(care.deployment, bytes32('newest'), word(now, now + DAY)));
    const [resumed, fresh] = [readerWith(store), await readAnew()];
    expect((await resumed.sync()).events).toBe(1);
    expect(everything(resumed)).toEqual(everything(fresh));
    expect(everything(fresh)).toMatchObject({ anchors: [{ sequence: 1 }, { sequence: 2 }], emergency: { review: { finding: bytes32('finding') } }, use: { use: 'dispensed' }, delegate: { scope: 3 }, quorum: 1 });
    expect(store.saves).toBe(1);
    await care.provider.send('anvil_mine', ['0x102']);
    await resumed.sync();
    expect(store.saves).toBe(2);
    expect((await readerWith(store).sync()).events).toBe(0);
  });

  test('of another chain, of other contracts, of a block that is not there any more, or damaged, is not built upon: all is read again, and written down', async () => {
    const store = storeOf();
    const whole = readerWith(store);
    const { events } = await whole.sync();
    const good = JSON.stringify(store.kept);
    const [hash] = /(?<="hash":")0x[0-9a-f]{64}/.exec(good)!;
    const bad = [
      good.replace(hash, bytes32('a block that was replaced')), good.replace('\\"chainId\\":31337', '\\"chainId\\":1'), good.replace(care.deployment.contracts.AccessLog, care.deployment.contracts.ConsentRegistry),
      good.replace('"version":1', '"version":2'), good.replace('"sequence":1', '"sequence":-1'), good.replace(/"heads":\[\["(0x\w+)",2/, '"heads":[["$1",3'), 'null', '[]', '"text"',
    ];
    for (const [i, text] of bad.entries()) {
      expect(text, String(i)).not.toBe(good);
      const again = storeOf(JSON.parse(text));
      const reader = readerWith(again);
      expect((await reader.sync()).events, String(i)).toBe(events);
      expect(everything(reader)).toEqual(everything(whole));
      expect(JSON.stringify(again.kept)).toBe(good);
    }
  });

  test('of a chain that its endpoints do not reach takes nothing back: they are waited for', async () => {
    const store = storeOf();
    await readerWith(store).sync();
    const behind = await startProxy(care.anvil.url, ({ method, params }, truth) => (method === 'eth_getBlockByNumber' && params[0] === 'latest' ? { ...(truth as object), number: '0x7' } : truth));
    const reader = createCareReader({ endpoints: [behind.url], deployment: care.deployment, store });
    expect(await failure(reader.sync())).toBe('chain-unavailable');
    expect(reader.freshness()).toBeUndefined();
    behind.lie = (_question, truth) => truth;
    expect((await reader.sync()).events).toBe(0);
    await behind.stop();
  });
});

test('the surface for browsers needs no Node: nothing in contracts/care but deploying does', () => {
  const folder = join(import.meta.dirname, '../../../contracts/care');
  for (const file of readdirSync(folder).filter((name) => name !== 'deploy.ts')) expect(readFileSync(join(folder, file), 'utf8'), file).not.toMatch(/from 'node:|from '\.\/deploy\.ts'|artifacts/);
});
