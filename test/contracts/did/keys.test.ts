import { Resolver, type ResolverRegistry, type VerificationMethod } from 'did-resolver';
import { encodeBytes32String, Interface, Wallet, ZeroAddress } from 'ethers';
import { getResolver } from 'ethr-did-resolver';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDid, DID_REGISTRY, listKeys, parseDidEthr, readIssuerKeys, readLastChange, revokeKeyCall, setKeyCall, type ChainReader, type DidEvent, type PublicKey, type RegistryCall } from '#contracts/did/index.ts';
import { isListedAt, type ListedKey } from '#passport/trust.ts';
import type { UnixSeconds } from '#passport/time.ts';
import { startDidChain, type DidChain } from './chain.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const newKey = (type: PublicKey['type']): PublicKey => {
  const curve = type === 'P-256' ? p256 : secp256k1;
  return { type, publicKey: hex(curve.getPublicKey(curve.utils.randomSecretKey(), true)) };
};

let chain: DidChain;
beforeAll(async () => { chain = await startDidChain(); });
afterAll(() => chain.stop());

/** A DID under the control of a fresh account, and what is done to it. */
async function newIdentity() {
  const owner = await chain.newAccount();
  const did = createDid(31337, owner.address);
  const registry = chain.deployment.didRegistry;
  const send = async (call: RegistryCall, from: Wallet = owner) => (await (await from.sendTransaction(call)).wait())!.blockNumber;
  const call = (name: string, values: unknown[]) => ({ to: registry, data: DID_REGISTRY.encodeFunctionData(name, values) });
  return {
    owner, did, send,
    list: (key: PublicKey, validity = 1e8) => send(setKeyCall(registry, owner.address, key, validity)),
    revoke: (key: PublicKey) => send(revokeKeyCall(registry, owner.address, key)),
    changeOwner: (to: string, from = owner) => send(call('changeOwner', [owner.address, to]), from),
    setAttribute: (name: string, value: string, validity = 1e8) => send(call('setAttribute', [owner.address, encodeBytes32String(name), value, validity])),
    addDelegate: () => send({ to: registry, data: new Interface(['function addDelegate(address,bytes32,address,uint256)'])
      .encodeFunctionData('addDelegate', [owner.address, encodeBytes32String('veriKey'), Wallet.createRandom().address, 1e8]) }),
    keys: async (toBlock?: number) => readIssuerKeys(chain.provider, chain.deployment, did, { toBlock: toBlock ?? await chain.provider.getBlockNumber() }),
  };
}

const timeOf = async (block: number) => (await chain.provider.getBlock(block))!.timestamp;

/** The keys that ethr-did-resolver finds in the document as of a block: what ours must agree with. */
async function resolved(did: string, blockTag: number): Promise<Pick<ListedKey, 'kid' | 'publicKey'>[]> {
  const networks = [{ chainId: 31337, provider: chain.provider, registry: chain.deployment.didRegistry }];
  // It is typed against the CommonJS build of ethers and a newer did-resolver; the objects are the same.
  const resolver = new Resolver(getResolver({ networks } as unknown as Parameters<typeof getResolver>[0]) as unknown as ResolverRegistry);
  const { didDocument, didResolutionMetadata } = await resolver.resolve(did, { blockTag } as object);
  expect(didResolutionMetadata.error).toBeUndefined();
  const compressed = ({ type, publicKeyHex }: VerificationMethod & { publicKeyHex?: string }) =>
    (type === 'Multikey' ? p256 : secp256k1).Point.fromHex(publicKeyHex!).toHex(true);
  return (didDocument!.verificationMethod ?? [])
    .filter(({ id, type }) => didDocument!.assertionMethod?.includes(id) && ['Multikey', 'EcdsaSecp256k1VerificationKey2019'].includes(type))
    .map((method) => ({ kid: method.id, publicKey: compressed(method) }));
}

async function expectAgreement(did: string, blocks: readonly number[]) {
  for (const block of blocks) {
    const time = await timeOf(block);
    const keys = await readIssuerKeys(chain.provider, chain.deployment, did, { toBlock: block });
    const listed = keys.filter((key) => isListedAt(key, time)).map(({ kid, publicKey }) => ({ kid, publicKey }));
    expect(listed.toSorted(byKid)).toEqual((await resolved(did, block)).toSorted(byKid));
  }
}
const byKid = (a: { kid: string }, b: { kid: string }) => a.kid.localeCompare(b.kid);

describe('readIssuerKeys', () => {
  test('gives nothing for a DID that never changed', async () => {
    expect(await (await newIdentity()).keys()).toEqual([]);
  });

  test('tells each key with its number, type and times through a rotation, and agrees with ethr-did-resolver at every block', async () => {
    const issuer = await newIdentity();
    const [k1, k2, e1] = [newKey('secp256k1'), newKey('secp256k1'), newKey('P-256')];
    const blocks = [await issuer.list(k1), await issuer.list(e1), await issuer.addDelegate(), await issuer.list(k2), await issuer.revoke(k1)];
    const times = await Promise.all(blocks.map(timeOf));
    expect(await issuer.keys()).toEqual([
      { kid: `${issuer.did}#delegate-1`, ...k1, since: times[0], until: times[4], untilBlock: blocks[4] },
      { kid: `${issuer.did}#delegate-2`, ...e1, since: times[1], until: times[1]! + 1e8 + 1, untilBlock: null },
      { kid: `${issuer.did}#delegate-4`, ...k2, since: times[3], until: times[3]! + 1e8 + 1, untilBlock: null },
    ]);
    await expectAgreement(issuer.did, blocks);
  });

  test('a key listed again gets a new number and loses the old one', async () => {
    const issuer = await newIdentity();
    const key = newKey('secp256k1');
    const blocks = [await issuer.list(key), await issuer.list(key, 5e8), await issuer.revoke(key), await issuer.list(key)];
    expect((await issuer.keys()).map(({ kid }) => kid.split('-').at(-1))).toEqual(['1', '2', '4']);
    await expectAgreement(issuer.did, blocks);
  });

  test('a key runs out one second after its last valid one, as the resolver has it', async () => {
    const issuer = await newIdentity();
    const key = newKey('P-256');
    const listed = await issuer.list(key, 1000);
    const [found] = await issuer.keys();
    for (const [offset, there] of [[1000, true], [1001, false]] as const) {
      const time = await timeOf(listed) + offset;
      expect(isListedAt(found!, time)).toBe(there);
      const snapshot = await chain.provider.send('evm_snapshot', []);
      await chain.provider.send('evm_setNextBlockTimestamp', [time]);
      await chain.provider.send('evm_mine', []);
      await expectAgreement(issuer.did, [await chain.provider.getBlockNumber()]);
      await chain.provider.send('evm_revert', [snapshot]);
    }
  });

  test('an uncompressed key, as Veramo lists it, is told compressed', async () => {
    const issuer = await newIdentity();
    const { publicKey } = newKey('secp256k1');
    const block = await issuer.setAttribute('did/pub/Secp256k1/veriKey/hex', `0x${secp256k1.Point.fromHex(publicKey).toHex(false)}`);
    expect((await issuer.keys()).map((key) => key.publicKey)).toEqual([publicKey]);
    await expectAgreement(issuer.did, [block]);
  });

  test('attributes of other kinds take a number or none, as in the resolver, and are no keys', async () => {
    const issuer = await newIdentity();
    const key = newKey('secp256k1');
    await issuer.setAttribute('did/svc/Records', '0x68747470');
    await issuer.setAttribute('did/pub/Ed25519/veriKey/hex', `0x${'11'.repeat(32)}`);
    await issuer.setAttribute('did/pub/X25519/enc/hex', `0x${'22'.repeat(32)}`);
    await issuer.setAttribute('unrelated', '0x00');
    const block = await issuer.list(key);
    expect(await issuer.keys()).toEqual([expect.objectContaining({ kid: `${issuer.did}#delegate-3` })]);
    expect(await resolved(issuer.did, block)).toContainEqual({ kid: `${issuer.did}#delegate-3`, publicKey: key.publicKey });
  });

  test('a point off its curve, or of the other curve, is no key but takes its number', async () => {
    const issuer = await newIdentity();
    const off = `02${'ff'.repeat(32)}`;
    await issuer.setAttribute('did/pub/Secp256k1/veriKey/hex', `0x${off}`);
    await issuer.setAttribute('did/pub/Multikey/veriKey/hex', '0xe701');
    await issuer.list(newKey('secp256k1'));
    expect((await issuer.keys()).map(({ kid }) => kid.split('-').at(-1))).toEqual(['3']);
  });

  test('a changed owner keeps the keys; the new owner may revoke them', async () => {
    const issuer = await newIdentity();
    const heir = await chain.newAccount();
    const key = newKey('secp256k1');
    const blocks = [await issuer.list(key), await issuer.changeOwner(heir.address)];
    expect(await issuer.keys()).toHaveLength(1);
    blocks.push(await issuer.send(revokeKeyCall(chain.deployment.didRegistry, issuer.owner.address, key), heir));
    expect((await issuer.keys())[0]!.until).toBe(await timeOf(blocks[2]!));
    await expectAgreement(issuer.did, blocks);
  });

  test('deactivation (owner 0) ends every key, and the original key that the contract lets back in lists none again', async () => {
    const issuer = await newIdentity();
    const [before, after] = [newKey('secp256k1'), newKey('secp256k1')];
    const blocks = [await issuer.list(before), await issuer.changeOwner(ZeroAddress), await issuer.list(after)];
    expect(await issuer.keys()).toEqual([{ kid: `${issuer.did}#delegate-1`, ...before, since: await timeOf(blocks[0]!), until: await timeOf(blocks[1]!), untilBlock: blocks[1] }]);
    await expectAgreement(issuer.did, blocks);
  });

  test('an attribute that resolvers count only when it has run out leaves no later key a name, and hides no revocation', async () => {
    const issuer = await newIdentity();
    const key = newKey('secp256k1');
    await issuer.list(key);
    await issuer.setAttribute('did/pub/No-Match/x', '0x00');
    await issuer.list(newKey('secp256k1'));
    const revoked = await issuer.revoke(key);
    expect(await issuer.keys()).toEqual([expect.objectContaining({ publicKey: key.publicKey, until: await timeOf(revoked) })]);
  });

  test('changes of one block are read in their order', async () => {
    const issuer = await newIdentity();
    const [a, b] = [newKey('secp256k1'), newKey('secp256k1')];
    await chain.provider.send('evm_setAutomine', [false]);
    try {
      const nonce = await issuer.owner.getNonce();
      const calls = [setKeyCall, revokeKeyCall].map((make) => make(chain.deployment.didRegistry, issuer.owner.address, a, 1e8));
      calls.push(setKeyCall(chain.deployment.didRegistry, issuer.owner.address, b, 1e8));
      const sent = await Promise.all(calls.map((call, i) => issuer.owner.sendTransaction({ ...call, nonce: nonce + i, gasLimit: 200_000 })));
      await chain.provider.send('evm_mine', []);
      const blocks = await Promise.all(sent.map(async (tx) => (await tx.wait())!.blockNumber));
      expect(new Set(blocks).size).toBe(1);
      expect(await issuer.keys()).toEqual([expect.objectContaining({ kid: `${issuer.did}#delegate-3`, publicKey: b.publicKey })]);
      await expectAgreement(issuer.did, [blocks[0]!]);
    } finally {
      await chain.provider.send('evm_setAutomine', [true]);
    }
  });

  test.each([
    ['leaves out the last event', (logs: readonly unknown[], last: boolean) => (last ? [] : logs)],
    ['leaves out the first event', (logs: readonly unknown[], last: boolean) => (last ? logs : [])],
    ['gives an event twice', (logs: readonly unknown[]) => [...logs, ...logs]],
  ])('notices a node that %s', async (_, lie) => {
    const issuer = await newIdentity();
    await issuer.list(newKey('secp256k1'));
    const last = await issuer.list(newKey('P-256'));
    const lying: ChainReader = {
      call: (tx) => chain.provider.call(tx),
      getBlock: (block) => chain.provider.getBlock(block),
      getLogs: async (filter) => lie(await chain.provider.getLogs(filter), (filter as { fromBlock: number }).fromBlock === last) as Awaited<ReturnType<ChainReader['getLogs']>>,
    };
    await expect(readIssuerKeys(lying, chain.deployment, issuer.did, { toBlock: last })).rejects.toMatchObject({ code: 'chain-inconsistent' });
  });

  test('passes over logs of another identity that a node mixes in', async () => {
    const [issuer, other] = [await newIdentity(), await newIdentity()];
    const foreign = await other.list(newKey('secp256k1'));
    const last = await issuer.list(newKey('secp256k1'));
    const extra = await chain.provider.getLogs({ fromBlock: foreign, toBlock: foreign });
    const mixing: ChainReader = {
      call: (tx) => chain.provider.call(tx),
      getBlock: (block) => chain.provider.getBlock(block),
      getLogs: async (filter) => [...extra, ...await chain.provider.getLogs(filter)],
    };
    expect(await readIssuerKeys(mixing, chain.deployment, issuer.did, { toBlock: last })).toEqual(await issuer.keys());
  });

  test('says so when the chain does not answer, and when no registry is at the address', async () => {
    const dead: ChainReader = { call: () => Promise.reject(new Error('down')), getBlock: () => Promise.reject(new Error('down')), getLogs: () => Promise.reject(new Error('down')) };
    const did = createDid(31337, Wallet.createRandom().address);
    await expect(readIssuerKeys(dead, chain.deployment, did, { toBlock: 1 })).rejects.toMatchObject({ code: 'chain-unavailable' });
    const nowhere = { ...chain.deployment, didRegistry: Wallet.createRandom().address };
    await expect(readIssuerKeys(chain.provider, nowhere, did, { toBlock: 1 })).rejects.toMatchObject({ code: 'chain-inconsistent' });
  });

  test('refuses a DID flooded with events', async () => {
    const link = (block: number) => DID_REGISTRY.encodeEventLog('DIDOwnerChanged', [ZeroAddress.replace(/0$/, '1'), ZeroAddress.replace(/0$/, '2'), block]);
    const identity = ZeroAddress.replace(/0$/, '1');
    const flooding = {
      call: async () => `0x${(5000).toString(16).padStart(64, '0')}`,
      getBlock: async () => ({ timestamp: 1 }),
      getLogs: async ({ fromBlock }: { fromBlock: number }) => [{ address: chain.deployment.didRegistry, blockNumber: fromBlock, index: 0, ...link(fromBlock - 1) }],
    } as unknown as ChainReader;
    await expect(readIssuerKeys(flooding, chain.deployment, createDid(31337, identity), { toBlock: 5000 })).rejects.toMatchObject({ code: 'chain-inconsistent' });
  });
});

describe('readLastChange', () => {
  test('is the block of the last event', async () => {
    const issuer = await newIdentity();
    expect(await readLastChange(chain.provider, chain.deployment, issuer.owner.address)).toBe(0);
    const block = await issuer.list(newKey('P-256'));
    expect(await readLastChange(chain.provider, chain.deployment, issuer.owner.address)).toBe(block);
  });
});

describe('listKeys', () => {
  test('a validity beyond all time never ends', () => {
    const { publicKey } = newKey('secp256k1');
    const event: DidEvent = { kind: 'attribute', block: 1, time: 10 as UnixSeconds, name: 'did/pub/Secp256k1/veriKey/hex', value: `0x${publicKey}`, validTo: 2n ** 255n };
    expect(listKeys('did:x', [event])).toEqual([{ kid: 'did:x#delegate-1', type: 'secp256k1', publicKey, since: 10, until: null, untilBlock: null }]);
  });
});

describe('parseDidEthr', () => {
  const address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
  test('reads addresses and public keys', () => {
    expect(parseDidEthr(`did:ethr:0x7a69:${address}`, 31337).address).toBe(address);
    const { publicKey } = newKey('secp256k1');
    expect(parseDidEthr(`did:ethr:0x1:0x${publicKey}`, 1).address).toMatch(/^0x/);
    expect(parseDidEthr(`did:ethr:${address}`, 1).chainId).toBe(1);
    expect(createDid(31337, address.toLowerCase())).toBe(`did:ethr:0x7a69:${address}`);
  });
  test.each([
    ['another method', `did:web:${address}`],
    ['another chain', `did:ethr:0x1:${address}`],
    ['no chain, which means mainnet', `did:ethr:${address}`],
    ['a chain by name', `did:ethr:sepolia:${address}`],
    ['a padded chain id', `did:ethr:0x07a69:${address}`],
    ['an upper-case chain id', `did:ethr:0x7A69:${address}`],
    ['a lower-case address', `did:ethr:0x7a69:${address.toLowerCase()}`],
    ['a version of the caller', `did:ethr:0x7a69:${address}?versionId=1`],
    ['a fragment', `did:ethr:0x7a69:${address}#controller`],
    ['a public key that is no point', `did:ethr:0x7a69:0x02${'ff'.repeat(32)}`],
    ['an upper-case public key', `did:ethr:0x7a69:0x02${'FF'.repeat(32)}`],
    ['a trailing line feed', `did:ethr:0x7a69:${address}\n`],
    ['nothing', ''],
  ])('refuses %s', (_, did) => {
    expect(() => parseDidEthr(did, 31337)).toThrow(expect.objectContaining({ code: 'request-invalid', field: 'did' }));
  });
});

describe('setKeyCall', () => {
  test('refuses a key that is no compressed point of its curve', () => {
    for (const publicKey of ['', `04${'11'.repeat(64)}`, `02${'ff'.repeat(32)}`, newKey('P-256').publicKey.toUpperCase()]) {
      expect(() => setKeyCall(chain.deployment.didRegistry, ZeroAddress, { type: 'P-256', publicKey }, 1)).toThrow(expect.objectContaining({ code: 'request-invalid' }));
    }
  });
});
