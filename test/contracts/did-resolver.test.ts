import { encodeBytes32String, ZeroAddress } from 'ethers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDidResolver, resolveDid } from '#contracts';
import { createDid, DID_REGISTRY, revokeKeyCall, setKeyCall } from '#contracts/did/index.ts';
import { account, failure, startSystem, type System } from './system.ts';

const issuer = account(1);
const KEY = { type: 'secp256k1', publicKey: account(7).publicKey.slice(2) } as const;
const NAME = encodeBytes32String('did/pub/Secp256k1/veriKey/hex');

describe('resolveDid', () => {
  let system: System;
  let did: string;
  beforeAll(async () => {
    system = await startSystem();
    did = createDid(system.anvil.chainId, issuer.address);
  });
  afterAll(() => system?.stop());
  const registry = () => system.deployment.contracts.EthereumDIDRegistry;
  const options = () => ({ provider: system.provider, deployment: system.deployment });
  const keysOf = async (resolved: ReturnType<typeof resolveDid>) => (await resolved).document.verificationMethod?.map(({ publicKeyHex, id }) => publicKeyHex ?? id.split('#')[1]);

  test('lists a key once its block is final, and not before', async () => {
    await system.send(issuer, setKeyCall(registry(), issuer.address, KEY, 1_000_000));
    expect(await keysOf(resolveDid(did, options()))).toEqual(['controller']);
    expect(await keysOf(resolveDid(did, { ...options(), blockTag: 'latest' }))).toEqual(['controller', KEY.publicKey]);
    await system.mine(2);
    expect(await keysOf(resolveDid(did, options()))).toEqual(['controller', KEY.publicKey]);
  });

  test('a key that ran out while no block was made is not listed, but was', async () => {
    const later = createDidResolver({ ...options(), now: () => Date.now() / 1000 + 2_000_000 });
    expect(await keysOf(later.resolve(did))).toEqual(['controller']);
    const block = await system.provider.getBlockNumber();
    expect(await keysOf(later.resolve(did, block))).toEqual(['controller', KEY.publicKey]);
  });

  test('a version chosen by whoever wrote the DID is refused', async () => {
    for (const suffix of ['?versionId=1', '?versionTime=2020-01-01T00:00:00Z', '#controller', '/path']) {
      expect(await failure(resolveDid(did + suffix, options()))).toBe('request-invalid did');
    }
  });

  test('a DID of another chain or method is refused', async () => {
    for (const other of [createDid(1, issuer.address), `did:ethr:${issuer.address}`, 'did:web:example.org', `did:ethr:mainnet:${issuer.address}`]) {
      expect(await failure(resolveDid(other, options()))).toBe('request-invalid did');
    }
  });

  test('while nothing changes, no log is read again', async () => {
    const asked: string[] = [];
    const counting = new Proxy(system.provider, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...values: unknown[]) => {
          asked.push(String(name));
          return (value as (...all: unknown[]) => unknown).apply(target, values);
        };
      },
    });
    const resolver = createDidResolver({ provider: counting, deployment: system.deployment });
    await resolver.resolve(did);
    const first = asked.filter((name) => name === 'getLogs').length;
    await resolver.resolve(did);
    expect([first, asked.filter((name) => name === 'getLogs').length]).toEqual([1, 1]);
  });

  test('a revoked key is gone from the newest document and stands in the old one', async () => {
    const before = await system.provider.getBlockNumber();
    await system.send(issuer, revokeKeyCall(registry(), issuer.address, KEY));
    expect(await keysOf(resolveDid(did, { ...options(), blockTag: 'latest' }))).toEqual(['controller']);
    expect(await keysOf(resolveDid(did, { ...options(), blockTag: before }))).toEqual(['controller', KEY.publicKey]);
  });

  test('an owner of 0 deactivates for good, although the first key gets control back', async () => {
    const call = (method: string, values: unknown[]) => ({ to: registry(), data: DID_REGISTRY.encodeFunctionData(method, values) });
    await system.send(issuer, call('changeOwner', [issuer.address, ZeroAddress]));
    await system.send(issuer, call('setAttribute', [issuer.address, NAME, `0x${KEY.publicKey}`, 1_000_000]));
    await system.send(issuer, call('changeOwner', [issuer.address, issuer.address]));
    await system.mine(2);
    const { document, deactivated } = await resolveDid(did, options());
    expect([deactivated, document.verificationMethod, document.assertionMethod]).toEqual([true, [], []]);
  });
});
