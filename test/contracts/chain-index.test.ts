import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChainIndex, publishAnchor, reinstateIssuer, removeIssuer, rotateClaimsKey, suspendIssuer } from '#contracts';
import { assertConsistent, createRegistryTree, entryStatus, registryLeaf, statusRoot } from '#passport';
import { account, claimsKey, GOVERNANCE, startSystem, type System } from './system.ts';

describe('createChainIndex, the life of an issuer and its list', () => {
  let system: System;
  const issuer = account(1);
  const other = account(2);
  beforeAll(async () => { system = await startSystem(); });
  afterAll(() => system?.stop());

  const read = async () => {
    const index = createChainIndex({ endpoints: [system.anvil.url], deployment: system.deployment });
    await index.sync();
    const trust = index.snapshot();
    assertConsistent(trust);
    return trust;
  };

  test('an empty system has the root of the empty tree', async () => {
    await system.mine(3);
    const trust = await read();
    expect(trust.roots.map(({ root, final }) => [root, final])).toEqual([[createRegistryTree().root(), true]]);
  });

  test('accreditation makes a leaf that TypeScript and Solidity agree on, final two blocks later', async () => {
    await system.accredit(issuer, { key: claimsKey(7), lists: 2, name: 'Clinic of São João' });
    expect((await read()).issuers).toEqual([]);
    await system.mine(2);
    const trust = await read();
    expect(trust.issuers).toMatchObject([{ id: 1, name: 'Clinic of São João', accreditedBy: 'Ministry of Health', status: 'active', lists: [1, 2], keys: [] }]);
    expect(trust.issuers[0]!.did).toBe(`did:ethr:0x7a69:${issuer.address}`);
    const empty = statusRoot(new Map());
    const leaves = [[0, registryLeaf(claimsKey(7), 1, empty)], [1, registryLeaf(claimsKey(7), 2, empty)]] as const;
    expect(trust.roots.at(-1)!.root).toBe(createRegistryTree(leaves).root());
  });

  test('a revocation blocks at once, a reinstatement counts when it is final', async () => {
    await system.change(issuer, 'revoke', 1, [5]);
    await system.change(issuer, 'suspend', 1, [6, 1_015_807]);
    let trust = await read();
    expect([5, 6, 7, 1_015_807].map((index) => entryStatus(trust, 1, index))).toEqual(['revoked', 'suspended', 'valid', 'suspended']);
    await system.mine(2);
    await system.change(issuer, 'reinstate', 1, [6]);
    trust = await read();
    expect(entryStatus(trust, 1, 6)).toBe('suspended');
    await system.mine(2);
    trust = await read();
    expect([5, 6].map((index) => entryStatus(trust, 1, index))).toEqual(['revoked', 'valid']);
  });
});
