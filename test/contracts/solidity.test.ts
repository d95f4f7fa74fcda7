// What Solidity and TypeScript must agree on.
import { AbiCoder, id } from 'ethers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addIssuer, CONTRACT_NAMES, ISSUER_REGISTRY, REGISTRY_TREE_CONTRACT, rotateClaimsKey, suspendIssuer } from '#contracts';
import { readArtifact } from '#contracts/artifacts.ts';
import { isBuiltFromSources } from '#contracts/check.ts';
import { createRegistryTree, FIELD_ORDER, P2, registryLeaf, statusRoot, type ClaimsKey, type FieldElement } from '#passport';
import { CARE_CONTRACTS } from '#records/model/typed-data.ts';
import { account, claimsKey, failure, GOVERNANCE, startSystem, type System } from './system.ts';

const clinic = account(1);
const laboratory = account(2);

describe('generated files', () => {
  test('artifacts are those of the sources; `npm run check` compiles again to make sure', () => {
    expect(isBuiltFromSources()).toBe(true);
  });

  test('every deployed contract is below the size that chains accept (EIP-170, EIP-3860)', () => {
    for (const name of [...CONTRACT_NAMES, ...CARE_CONTRACTS]) expect((readArtifact(name).bytecode.length - 2) / 2, name).toBeLessThan(24_576);
  });
});

describe('on a real chain', () => {
  let system: System;
  beforeAll(async () => { system = await startSystem(); });
  afterAll(() => system?.stop());

  test('Poseidon is that of circuit and TypeScript', async () => {
    const coder = AbiCoder.defaultAbiCoder();
    const edges = [0n, 1n, 2n, FIELD_ORDER - 1n, FIELD_ORDER / 2n, 1n << 248n];
    const pairs = [...edges.flatMap((a) => edges.map((b) => [a, b] as const)), ...Array.from({ length: 30 }, (_, i) => [BigInt(id(`a${i}`)) % FIELD_ORDER, BigInt(id(`b${i}`)) % FIELD_ORDER] as const)];
    for (const [a, b] of pairs) {
      const data = id('hash(uint256[2])').slice(0, 10) + coder.encode(['uint256[2]'], [[a, b]]).slice(2);
      expect(BigInt(await system.provider.call({ to: system.deployment.contracts.PoseidonT3, data }))).toBe(P2(a, b));
    }
  });

  test('every node of the registry tree is that of the tree in TypeScript', async () => {
    await system.accredit(clinic, { key: claimsKey(1), lists: 3 });
    await system.accredit(laboratory, { key: claimsKey(2), lists: 2 });
    await system.change(clinic, 'revoke', 2, [0, 247, 248, 1_015_807]);
    await system.send(laboratory, rotateClaimsKey(system.deployment, 2, claimsKey(3)));
    await system.accredit(account(3), { key: claimsKey(4), lists: 1 });
    await system.send(GOVERNANCE, suspendIssuer(system.deployment, 3));
    const empty = statusRoot(new Map());
    const revoked = statusRoot(new Map([[0, 1n | (1n << 247n)], [1, 1n], [4095, 1n << 247n]]));
    const leaves: [number, FieldElement][] = [
      [0, registryLeaf(claimsKey(1), 1, empty)], [1, registryLeaf(claimsKey(1), 2, revoked)], [2, registryLeaf(claimsKey(1), 3, empty)],
      [3, registryLeaf(claimsKey(3), 4, empty)], [4, registryLeaf(claimsKey(3), 5, empty)],
    ];
    const tree = createRegistryTree(leaves);
    const nodeAt = async (level: number, position: number) => {
      const data = await system.provider.call({ to: system.deployment.contracts.RegistryTree, data: REGISTRY_TREE_CONTRACT.encodeFunctionData('node', [level, position]) });
      return BigInt(data);
    };
    for (const slot of [0, 1, 2, 3, 4, 5, 6, 7, 4095]) {
      expect(await nodeAt(0, slot)).toBe(tree.leaf(slot));
      const path = tree.siblings(slot).map(([sibling]) => sibling!);
      for (const [level, sibling] of path.entries()) expect(await nodeAt(level, (slot >> level) ^ 1)).toBe(sibling);
    }
    expect(await nodeAt(12, 0)).toBe(tree.root());
  });

  test('keys that the signature equation does not protect are refused', async () => {
    const inverseRoot = 2957874849018779266517920829765869116077630550401372566248359756137677864698n;
    const bad: ClaimsKey[] = [[0n, 1n], [0n, FIELD_ORDER - 1n], [inverseRoot, 0n], [0n, 0n], [1n, 1n]].map(([x, y]) => ({ x, y }) as ClaimsKey);
    for (const claimsKey of bad) {
      expect(() => addIssuer(system.deployment, { identity: account(9).address, claimsKey, name: 'A', accreditedBy: 'B', lists: 1 })).toThrow(expect.objectContaining({ code: 'point-invalid' }));
      const call = { to: system.deployment.contracts.IssuerRegistry, data: ISSUER_REGISTRY.encodeFunctionData('addIssuer', [account(9).address, claimsKey, 'A', 'B', 1]) };
      expect(await failure(system.send(GOVERNANCE, call))).toBe('transaction-failed KeyInvalid');
    }
  });
});
