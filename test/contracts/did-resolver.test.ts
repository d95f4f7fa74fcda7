import { encodeBytes32String, ZeroAddress } from 'ethers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDidResolver, resolveDid } from '#contracts';
import { createDid, DID_MAX_EVENTS, DID_REGISTRY, revokeKeyCall, setKeyCall } from '#contracts/did/index.ts';
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

  test('a key of blocks that are undone (reorganisation) is gone, and was not remembered', async () => {
    const somebody = account(3);
    const resolver = createDidResolver(options());
    const snapshot = await system.provider.send('evm_snapshot', []) as string;
    await system.send(somebody, setKeyCall(registry(), somebody.address, KEY, 1_000_000));
    const other = createDid(system.anvil.chainId, somebody.address);
    expect(await keysOf(resolver.resolve(other, 'latest'))).toEqual(['controller', KEY.publicKey]);
    await system.provider.send('evm_revert', [snapshot]);
    await system.mine(2);
    expect(await keysOf(resolver.resolve(other, 'latest'))).toEqual(['controller']);
  });

  /** A node that makes events up: each names the block that `before` gives as the one of the change before. */
  async function inventing(before: (block: number) => number): Promise<{ provider: typeof system.provider; reads: () => number; other: string }> {
    const somebody = account(4);
    await system.send(somebody, setKeyCall(registry(), somebody.address, KEY, 1_000_000));
    const block = await system.provider.getBlockNumber();
    let reads = 0;
    const provider = new Proxy(system.provider, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (name !== 'getLogs') return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
        return async ({ fromBlock }: { fromBlock: number }) => {
          reads++;
          const [log] = await target.getLogs({ address: registry(), fromBlock: block, toBlock: block });
          const link = before(Number(fromBlock)).toString(16).padStart(64, '0'); // the fourth word of the event
          return [{ ...log!, blockNumber: Number(fromBlock), data: log!.data.replace(/^(0x[0-9a-f]{192})[0-9a-f]{64}/, `$1${link}`) }];
        };
      },
    });
    return { provider, reads: () => reads, other: createDid(system.anvil.chainId, somebody.address) };
  }

  test('events that lead in a circle (cyclic previousChange) are not followed', async () => {
    const { provider, reads, other } = await inventing((block) => (block % 2 === 0 ? block + 1 : block - 1));
    await resolveDid(other, { ...options(), provider, blockTag: 'latest' });
    expect(reads()).toBeLessThanOrEqual(2);
  });

  test('events without an end (a flood of them) end the reading', async () => {
    await system.mine(DID_MAX_EVENTS + 50);
    const { provider, reads, other } = await inventing((block) => block - 1);
    expect(await failure(resolveDid(other, { ...options(), provider, blockTag: 'latest' }))).toBe('chain-unavailable');
    expect(reads()).toBe(DID_MAX_EVENTS);
  });
});
