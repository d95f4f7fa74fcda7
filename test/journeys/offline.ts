// Deciding without network, from trust data that were saved before; and what happens to those who tamper with them.
import { beforeAll, describe, expect, test } from 'vitest';
import { createClaimsKeyPair, createRegistryTree, differencesOf, encodeTrustBundle, isHealthpassError, parseTrustBundle, registryLeaf, type Seconds1900, type TrustBundle } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { sampleBundle } from '#network/samples/index.ts';
import type { IssuedCredential } from '#passport';
import type { ReadyPass } from '#wallet';
import { DAY, later, newWallet, now, ok, type Network } from './network.ts';
import { pass, show } from './showing.ts';

type Json = { [key: string]: Json } & Json[];
const EU = 'eu-travel-2022';
const outcome = (bundle: unknown): string => {
  try {
    parseTrustBundle(bundle);
    return 'read';
  } catch (error) {
    return isHealthpassError(error) ? error.code : String(error);
  }
};

export const describeOffline = (of: () => Network) => describe('without network', () => {
  let saved: string;
  let bundle: TrustBundle;
  let ready: ReadyPass;
  let issued: IssuedCredential;
  const edited = (change: (json: { trust: Json; [key: string]: Json }) => void): unknown => {
    const json = JSON.parse(saved) as Parameters<typeof change>[0];
    change(json);
    return json;
  };

  beforeAll(async () => {
    const wallet = await newWallet();
    issued = (await of().issueTo(wallet, sampleBundle(now())))[0]!;
    ready = await pass(of(), wallet, EU);
    saved = JSON.stringify(ok(await of().verifier('/trust-bundle')));
    bundle = parseTrustBundle(JSON.parse(saved));
  });

  test('a saved bundle decides on passes and credentials alike', async () => {
    expect(bundle.policies.map(({ root }) => root)).toEqual(POLICIES.map(({ root }) => root));
    for (const text of [show(ready, now()), issued.vcJwt, issued.sdJwtVc]) expect(await of().verify(text, {}, { trust: bundle.trust })).toMatchObject({ outcome: 'accepted' });
  });

  test('a bundle that is too old decides nothing', async () => {
    const limit = bundle.trust.finalized.time + DAY;
    const dated = (time: number) => show(ready, time, {}, { windowStart: (ready.windowStart + DAY) as Seconds1900 });
    expect(await of().verify(dated(limit), { policy: EU }, { trust: bundle.trust, now: later(0, limit) })).toMatchObject({ reason: expect.not.stringMatching('trust-stale') });
    expect(await of().verify(dated(limit + 1), { policy: EU }, { trust: bundle.trust, now: later(1, limit) })).toMatchObject({ outcome: 'undecided', reason: 'trust-stale' });
    expect(await of().verify(show(ready, now()), { policy: EU }, { trust: bundle.trust, limits: { trust: 0 }, now: later(5) })).toMatchObject({ outcome: 'undecided', reason: 'trust-stale' });
  });

  const tampering: [string, Parameters<typeof edited>[0]][] = [
    ['with a root of another registry', ({ trust }) => void (trust['roots']!.at(-1)!['root'] = '0x5' as unknown as Json)],
    ['with a root that says it was never replaced', ({ trust }) => void (trust['roots']!.at(-1)!['supersededAt'] = 5 as unknown as Json)],
    ['that un-revokes an entry', ({ trust }) => void (trust['lists']![0]!['words'] = [[7, '0x1']] as unknown as Json)],
    ['with the key of another issuer', ({ trust }) => void (trust['issuers']![0]!['claimsKey']!['x'] = '0x5' as unknown as Json)],
    ['that reinstates an issuer on paper', ({ trust }) => void (trust['issuers']![0]!['status'] = 'removed' as unknown as Json)],
    ['with a leaf that belongs to no list', ({ trust }) => void trust['leaves']!.push([9, '0x9'] as unknown as Json)],
    ['with a field element beyond the order', ({ trust }) => void (trust['roots']!.at(-1)!['root'] = `0x${'f'.repeat(64)}` as unknown as Json)],
    ['with other code tables', (json) => void (json['codes'] = 'other' as unknown as Json)],
    ['of a version to come', (json) => void (json['version'] = 2 as unknown as Json)],
    ['that is cut short', (json) => void delete (json.trust as Partial<Json>)['lists']],
    ['in which final lies after latest', ({ trust }) => void (trust['finalized']!['number'] = 1e9 as unknown as Json)],
  ];
  test.each(tampering)('a bundle %s is invalid', (_name, change) => expect(outcome(edited(change))).toBe('bundle-invalid'));
  test.each([null, 5, 'text', [], {}])('a bundle that is none at all: %j', (json) => expect(outcome(json)).toBe('bundle-invalid'));
  test('a bundle with a rule of another form', () => expect(outcome(edited((json) => void (json['policies'] = [{}] as unknown as Json)))).toBe('policy-invalid'));

  test('a bundle that a forger made whole, with an issuer of his own, is found out by the chain', async () => {
    const chain = await of().trust();
    expect(differencesOf(bundle.trust, chain)).toEqual([]);
    const { publicKey } = createClaimsKeyPair();
    const [list] = bundle.trust.lists;
    const leaves = new Map([[list!.slot, registryLeaf(publicKey, list!.id, list!.root)]]);
    const root = createRegistryTree(leaves).root();
    const forged = { ...bundle.trust, leaves, issuers: [{ ...bundle.trust.issuers[0]!, claimsKey: publicKey }], roots: bundle.trust.roots.map((record, i, { length }) => (i === length - 1 ? { ...record, root } : record)) };
    const read = parseTrustBundle(JSON.parse(JSON.stringify(encodeTrustBundle({ ...bundle, trust: forged }))));
    expect(differencesOf(read.trust, chain)).toEqual(['roots']);
    expect(differencesOf({ ...bundle.trust, issuers: [{ ...bundle.trust.issuers[0]!, did: 'did:ethr:0x7a69:0x0000000000000000000000000000000000000001' }] }, chain)).toEqual(['issuers']);
    expect(differencesOf({ ...bundle.trust, chainId: 1, finalized: { ...chain.finalized, time: later(DAY) } }, chain)).toEqual(['chainId', 'finalized']);
  });
});
