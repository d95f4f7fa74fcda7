import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  assignLists, changeStatus, correctRoot, createChainIndex, describeIssuer, publishAnchor, reinstateIssuer, removeIssuer, rotateClaimsKey,
  statusRootOnChain, suspendIssuer, type CheckpointStore,
} from '#contracts';
import { revokeKeyCall, setKeyCall } from '#contracts/did/index.ts';
import * as reading from '#contracts/reading.ts';
import { assertConsistent, createRegistryTree, entryStatus, masksOf, registryLeaf, statusRoot, type FieldElement, type TrustState } from '#passport';
import { account, claimsKey, failure, GOVERNANCE, startSystem, type System } from './system.ts';

const issuer = account(1);
const other = account(2);

async function readAll(system: System, options: { history?: number; now?: () => number } = {}): Promise<TrustState> {
  const index = createChainIndex({ endpoints: [system.anvil.url], deployment: system.deployment, ...options });
  await index.sync();
  const trust = index.snapshot();
  assertConsistent(trust);
  return trust;
}
const rootsOf = (trust: TrustState) => trust.roots.map(({ root }) => root);

describe('createChainIndex, the life of an issuer and its lists', () => {
  let system: System;
  beforeAll(async () => { system = await startSystem(); });
  afterAll(() => system?.stop());
  const final = async () => {
    await system.mine(2);
    return readAll(system);
  };

  test('says so when nothing was read yet', async () => {
    const index = createChainIndex({ endpoints: [system.anvil.url], deployment: system.deployment });
    expect(await failure(Promise.resolve().then(() => index.snapshot()))).toBe('no-trust-data');
  });

  test('an empty system has the root of the empty tree', async () => {
    const trust = await final();
    expect(trust.roots.map(({ root, final, supersededAt }) => [root, final, supersededAt])).toEqual([[createRegistryTree().root(), true, null]]);
  });

  test('accreditation makes the leaf that TypeScript expects, final two blocks later', async () => {
    await system.accredit(issuer, { key: claimsKey(7), lists: 2, name: 'Clinic of São João' });
    const early = await readAll(system);
    expect([early.issuers.length, early.roots.at(-1)!.final]).toEqual([0, false]);
    const trust = await final();
    expect(trust.issuers).toMatchObject([{ id: 1, name: 'Clinic of São João', accreditedBy: 'Ministry of Health', status: 'active', lists: [1, 2], keys: [] }]);
    expect(trust.issuers[0]!.did).toBe(`did:ethr:0x7a69:${issuer.address}`);
    const empty = statusRoot(new Map());
    expect(rootsOf(trust).at(-1)).toBe(createRegistryTree([[0, registryLeaf(claimsKey(7), 1, empty)], [1, registryLeaf(claimsKey(7), 2, empty)]]).root());
  });

  test('a revocation blocks at once, a reinstatement counts when it is final', async () => {
    await system.change(issuer, 'revoke', 1, [5]);
    await system.change(issuer, 'suspend', 1, [6, 1_015_807]);
    const early = await readAll(system);
    expect([5, 6, 7, 1_015_807].map((index) => entryStatus(early, 1, index))).toEqual(['revoked', 'suspended', 'valid', 'suspended']);
    await system.mine(2);
    await system.change(issuer, 'reinstate', 1, [6]);
    expect(entryStatus(await readAll(system), 1, 6)).toBe('suspended');
    const trust = await final();
    expect([5, 6].map((index) => entryStatus(trust, 1, index))).toEqual(['revoked', 'valid']);
  });

  test('a suspended credential that is revoked stays blocked under the same root', async () => {
    const before = await statusRootOnChain(system.provider, system.deployment, 1);
    await system.change(issuer, 'revoke', 1, [1_015_807]);
    expect(await statusRootOnChain(system.provider, system.deployment, 1)).toBe(before);
    expect(entryStatus(await final(), 1, 1_015_807)).toBe('revoked');
  });

  test('a batch over many words is one root', async () => {
    const indices = Array.from({ length: 40 }, (_, i) => i * 25_009);
    const count = (await readAll(system)).roots.length;
    await system.change(issuer, 'revoke', 2, indices);
    const trust = await final();
    expect(trust.roots.length).toBe(count + 1);
    expect(indices.every((index) => entryStatus(trust, 2, index) === 'revoked')).toBe(true);
  });

  test('a rotated key stands in all leaves of its issuer, and the old roots are superseded', async () => {
    const before = await readAll(system);
    await system.send(issuer, rotateClaimsKey(system.deployment, 1, claimsKey(8)));
    const trust = await final();
    expect(trust.issuers[0]!.claimsKey).toEqual(claimsKey(8));
    expect(trust.lists.every((list) => trust.leaves.get(list.slot) === registryLeaf(claimsKey(8), list.id, list.root))).toBe(true);
    const old = trust.roots.find(({ root }) => root === rootsOf(before).at(-1))!;
    expect(old.supersededAt).toBe(trust.roots.at(-1)!.since);
  });

  test('a suspended issuer counts as suspended at once and as active again when that is final', async () => {
    await system.send(GOVERNANCE, suspendIssuer(system.deployment, 1));
    const early = await readAll(system);
    expect([early.issuers[0]!.status, early.issuers[0]!.latestStatus]).toEqual(['active', 'suspended']);
    const suspended = await final();
    expect([suspended.leaves.size, rootsOf(suspended).at(-1)]).toEqual([0, createRegistryTree().root()]);
    await system.change(issuer, 'revoke', 1, [8]);
    await system.send(GOVERNANCE, reinstateIssuer(system.deployment, 1));
    const trust = await final();
    expect([trust.issuers[0]!.status, entryStatus(trust, 1, 8)]).toEqual(['active', 'revoked']);
  });

  test('a second issuer, more lists, new names, anchors', async () => {
    await system.accredit(other, { key: claimsKey(9) });
    await system.send(GOVERNANCE, assignLists(system.deployment, 1, 1));
    await system.send(GOVERNANCE, describeIssuer(system.deployment, 2, { name: 'Laboratory', accreditedBy: 'Agency' }));
    const anchor = `0x${'ab'.repeat(32)}`;
    const { blockNumber } = await system.send(other, publishAnchor(system.deployment, 3, anchor));
    const trust = await final();
    expect(trust.issuers.map(({ id, name, accreditedBy, lists }) => [id, name, accreditedBy, lists])).toEqual([[1, 'Clinic of São João', 'Ministry of Health', [1, 2, 4]], [2, 'Laboratory', 'Agency', [3]]]);
    expect(trust.anchors).toMatchObject([{ list: 3, root: anchor, block: blockNumber }]);
  });

  test('keys of the DID document are read with their times', async () => {
    const registry = system.deployment.contracts.EthereumDIDRegistry;
    const key = { type: 'P-256', publicKey: '036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' } as const;
    const index = createChainIndex({ endpoints: [system.anvil.url], deployment: system.deployment });
    await system.send(issuer, setKeyCall(registry, issuer.address, key, 1_000_000));
    await index.sync();
    expect(index.snapshot().issuers[0]!.keys).toMatchObject([{ publicKey: key.publicKey, type: 'P-256' }]);
    const { until } = index.snapshot().issuers[0]!.keys![0]!;
    await system.send(issuer, revokeKeyCall(registry, issuer.address, key));
    await index.sync();
    expect(index.snapshot().issuers[0]!.keys![0]!.until).toBeLessThan(until!);
  });

  test('a removed issuer is gone from the tree for good', async () => {
    await system.send(GOVERNANCE, removeIssuer(system.deployment, 1));
    const trust = await final();
    expect([...trust.leaves.keys()]).toEqual([2]);
    expect(trust.issuers[0]!.status).toBe('removed');
  });

  test('an index that follows and one that comes late know the same', async () => {
    const late = await readAll(system);
    expect(late.roots.length).toBeGreaterThan(8);
    const { syncedAt: _, ...rest } = late;
    const index = createChainIndex({ endpoints: [system.anvil.url], deployment: system.deployment });
    for (let i = 0; i < 3; i++) await index.sync();
    const { syncedAt: __, ...again } = index.snapshot();
    expect(again).toEqual(rest);
  });

  test('far behind, it reads events only, and forgets roots that are older than anyone accepts', async () => {
    const before = await readAll(system);
    await system.mine(600);
    const trust = await readAll(system);
    expect(rootsOf(trust)).toEqual(rootsOf(before));
    const inAYear = Date.now() / 1000 + 365 * 24 * 3600;
    const young = await readAll(system, { history: 3600, now: () => inAYear });
    expect(rootsOf(young)).toEqual(rootsOf(before).slice(-1));
    expect(young.lists).toEqual(trust.lists);
  });
});

describe('createChainIndex, an issuer that publishes a wrong root', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
    await system.accredit(issuer, { key: claimsKey(7) });
    await system.accredit(other, { key: claimsKey(8) });
  });
  afterAll(() => system?.stop());

  test('decides nothing while it stands, and leans on no root from that time afterwards', async () => {
    const { deployment } = system;
    const index = createChainIndex({ endpoints: [system.anvil.url], deployment });
    await index.sync();
    expect(index.snapshot().roots.length).toBe(3);
    const previousRoot = await statusRootOnChain(system.provider, deployment, 1);
    const wrong = 12345n as FieldElement;
    await system.send(issuer, changeStatus(deployment, 'revoke', { list: 1, masks: masksOf([3]), previousRoot, newRoot: wrong }));
    await index.sync();
    expect(index.unsoundLists()).toEqual([1]);
    expect(await failure(Promise.resolve().then(() => index.snapshot()))).toBe('chain-inconsistent lists');

    await system.send(issuer, correctRoot(deployment, 1, wrong, statusRoot(masksOf([3]))));
    await system.mine(2);
    await index.sync();
    const trust = index.snapshot();
    assertConsistent(trust);
    expect([trust.roots.length, entryStatus(trust, 1, 3)]).toEqual([1, 'revoked']);
  });

  test('suspending that issuer helps all others', async () => {
    const { deployment } = system;
    const previousRoot = await statusRootOnChain(system.provider, deployment, 1);
    await system.send(issuer, correctRoot(deployment, 1, previousRoot, 99n as FieldElement));
    const index = createChainIndex({ endpoints: [system.anvil.url], deployment });
    await index.sync();
    expect(await failure(Promise.resolve().then(() => index.snapshot()))).toBe('chain-inconsistent lists');
    await system.send(GOVERNANCE, suspendIssuer(deployment, 1));
    await system.mine(2);
    await index.sync();
    const trust = index.snapshot();
    assertConsistent(trust);
    expect([...trust.leaves.keys()]).toEqual([1]);
  });
});

describe('createChainIndex, blocks that are taken back', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
    await system.accredit(issuer, { key: claimsKey(7) });
    await system.mine(5);
  });
  afterAll(() => system?.stop());

  test('a reorganisation that drops a root is noticed, and so is the root that takes its place', async () => {
    const index = createChainIndex({ endpoints: [system.anvil.url], deployment: system.deployment });
    const masks = masksOf([1]);
    const previousRoot = statusRoot(new Map());
    await system.send(issuer, changeStatus(system.deployment, 'revoke', { list: 1, masks, previousRoot, newRoot: statusRoot(masks) }));
    await index.sync();
    const dropped = index.snapshot().roots.at(-1)!;
    expect([dropped.final, entryStatus(index.snapshot(), 1, 1)]).toEqual([false, 'revoked']);
    await system.provider.send('anvil_reorg', [1, []]);
    const report = await index.sync();
    expect([report.reorganised, entryStatus(index.snapshot(), 1, 1)]).toEqual([true, 'valid']);
    expect(rootsOf(index.snapshot())).not.toContain(dropped.root);
  });

  test('when even final blocks are replaced, as a killed development chain does, it starts over', async () => {
    const index = createChainIndex({ endpoints: [system.anvil.url], deployment: system.deployment });
    await index.sync();
    await system.provider.send('anvil_reorg', [5, []]);
    await system.mine(1);
    const report = await index.sync();
    expect(report.reorganised).toBe(true);
    assertConsistent(index.snapshot());
  });

  test('endpoints that fall behind what was final take nothing back', async () => {
    const index = createChainIndex({ endpoints: [system.anvil.url], deployment: system.deployment });
    const snapshot = await system.provider.send('evm_snapshot', []) as string;
    await system.mine(10);
    await index.sync();
    const before = index.snapshot();
    await system.provider.send('evm_revert', [snapshot]);
    expect(await failure(index.sync())).toBe('chain-unavailable');
    expect(index.snapshot()).toBe(before);
  });
});

describe('createChainIndex, restarts', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
    await system.accredit(issuer, { key: claimsKey(7) });
    await system.change(issuer, 'revoke', 1, [1, 2, 3]);
    await system.mine(4);
  });
  afterAll(() => system?.stop());

  const storeOf = (initial: unknown): CheckpointStore & { kept: unknown } => {
    const store = { kept: initial, load: async () => store.kept, save: async (next: unknown) => void (store.kept = JSON.parse(JSON.stringify(next))) };
    return store;
  };
  const indexWith = (store: CheckpointStore) => createChainIndex({ endpoints: [system.anvil.url], deployment: system.deployment, store, now: () => 1_800_000_000 });

  test('goes on where it stopped, and knows the same as one that reads all', async () => {
    const store = storeOf(undefined);
    await indexWith(store).sync();
    await system.change(issuer, 'suspend', 1, [9]);
    await system.mine(3);
    const [resumed, fresh] = [indexWith(store), indexWith(storeOf(undefined))];
    const [short, long] = [await resumed.sync(), await fresh.sync()];
    expect(short.events).toBeLessThan(long.events);
    expect(resumed.snapshot()).toEqual(fresh.snapshot());
  });

  test('a checkpoint that was tampered with or damaged is not built upon', async () => {
    const store = storeOf(undefined);
    const index = indexWith(store);
    await index.sync();
    const good = JSON.stringify(store.kept);
    const hash = index.snapshot().finalized.hash;
    const bad = [
      good.replace('"words":[[0,"0x', '"words":[[1,"0x'), good.replace('"status":"active"', '"status":"suspended"'), good.replace(/"words":\[\[0,"0x[0-9a-f]+"/, '"words":[[0,"0x1"'),
      good.replace(hash, hash.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))), good.replace('"epoch":', '"epoch":1'), good.replace('"version":1', '"version":2'),
      'null', '{}', '"text"', '[]',
    ];
    for (const [i, text] of bad.entries()) {
      expect(text, String(i)).not.toBe(good);
      const again = indexWith(storeOf(JSON.parse(text)));
      await again.sync();
      expect(again.snapshot()).toEqual(index.snapshot());
    }
  });
});

describe('the reading side', () => {
  test('needs nothing of Node', () => {
    const seen = new Set<string>();
    const visit = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(file, 'utf8');
      expect(text, file).not.toMatch(/from 'node:|\bprocess\.|\bBuffer\b/);
      for (const [, target] of text.matchAll(/^(?:import|export) (?!type)[^;]*? from '(\.[^']+)'/gms)) visit(join(file, '..', target!));
    };
    visit(join(import.meta.dirname, '../../contracts/reading.ts'));
    expect(Object.keys(reading).sort()).toEqual(['CONTRACT_NAMES', 'createChainIndex', 'parseDeployment']);
    expect(seen.size).toBeGreaterThan(readdirSync(join(import.meta.dirname, '../../contracts/chain-index')).length);
  });
});
