import { describe, expect, test } from 'vitest';
import {
  assertConsistent, createClaimsKeyPair, createRegistryTree, differencesOf, encodeTrustBundle, entryStatus, masksOf, parseTrustBundle, registryLeaf, standingOf, statusRoot,
  type IssuerRecord, type TrustState, type UnixSeconds,
} from '#passport';
import { POLICIES } from '#passport/policies/index.ts';

const time = (seconds: number) => (1_795_000_000 + seconds) as UnixSeconds;
const { publicKey } = createClaimsKeyPair(new Uint8Array(32).fill(5));
const words = masksOf([3, 300]);
const leaf = registryLeaf(publicKey, 1, statusRoot(words));
const root = createRegistryTree([[0, leaf]]).root();
const empty = createRegistryTree().root();
const issuer: IssuerRecord = {
  id: 1, did: 'did:ethr:0x7a69:0x0000000000000000000000000000000000000001', name: 'Clinic', accreditedBy: 'Authority', status: 'active', latestStatus: 'active',
  claimsKey: publicKey, lists: [1], keys: undefined,
};
const trust: TrustState = {
  chainId: 31337, contracts: { StatusRegistry: '0x0000000000000000000000000000000000000002' },
  finalized: { number: 10, hash: `0x${'a'.repeat(64)}`, time: time(10) }, latest: { number: 12, hash: `0x${'b'.repeat(64)}`, time: time(12) }, syncedAt: time(13),
  roots: [{ root: empty, since: time(0), supersededAt: time(5), final: true }, { root, since: time(5), supersededAt: null, final: true }],
  issuers: [issuer],
  lists: [{ id: 1, issuer: 1, slot: 0, words, root: statusRoot(words), latestWords: masksOf([3, 300, 301]), suspended: masksOf([300]) }],
  leaves: new Map([[0, leaf]]), anchors: [{ list: 1, root: `0x${'c'.repeat(64)}`, time: time(6), block: 8 }],
};
const encoded = () => JSON.parse(JSON.stringify(encodeTrustBundle({ trust, policies: POLICIES, verifyingKey: { any: 'key' } }))) as Record<string, never> & { trust: Record<string, never> };
const invalid = (field: string) => expect.objectContaining({ code: 'bundle-invalid', field });

describe('parseTrustBundle', () => {
  test('gives back what was encoded', () => {
    const bundle = parseTrustBundle(encoded());
    expect(bundle.trust).toEqual(trust);
    expect(bundle.policies.map(({ root: policyRoot }) => policyRoot)).toEqual(POLICIES.map(({ root: policyRoot }) => policyRoot));
  });

  test.each<[string, string, (bundle: ReturnType<typeof encoded>) => void]>([
    ['a revocation taken out of a list', 'lists.root', (b) => ((b.trust as never as { lists: { words: unknown[] }[] }).lists[0]!.words = [])],
    ['a list root to match it', 'lists.root', (b) => ((b.trust as never as { lists: { root: string }[] }).lists[0]!.root = '0x1')],
    ['the key of another issuer', 'leaves', (b) => ((b.trust as never as { issuers: { claimsKey: { x: string } }[] }).issuers[0]!.claimsKey.x = '0x1')],
    ['a leaf that no list has', 'leaves', (b) => ((b.trust as never as { leaves: unknown[] }).leaves.push([7, '0x5']))],
    ['a current root of its own', 'roots', (b) => ((b.trust as never as { roots: { root: string }[] }).roots[1]!.root = '0x5')],
    ['a replaced root that counts again', 'roots', (b) => ((b.trust as never as { roots: { supersededAt: null }[] }).roots[0]!.supersededAt = null)],
    ['a root above the field', 'trust.roots.0.root', (b) => ((b.trust as never as { roots: { root: string }[] }).roots[0]!.root = `0x${'f'.repeat(64)}`)],
    ['a suspended issuer whose leaf is there', 'leaves', (b) => ((b.trust as never as { issuers: { status: string }[] }).issuers[0]!.status = 'suspended')],
    ['code tables of another version', 'codes', (b) => ((b as never as { codes: string }).codes = 'other')],
    ['another version', 'version', (b) => ((b as never as { version: number }).version = 2)],
  ])('refuses %s', (_name, field, tamper) => {
    const bundle = encoded();
    tamper(bundle);
    expect(() => parseTrustBundle(bundle)).toThrowError(invalid(field));
  });

  test.each([[null], ['text'], [[]], [{ version: 1 }]])('refuses %j', (input) => expect(() => parseTrustBundle(input)).toThrowError(expect.objectContaining({ code: 'bundle-invalid' })));
});

describe('assertConsistent', () => {
  test('accepts the state', () => expect(() => assertConsistent(trust)).not.toThrow());
});

describe('differencesOf', () => {
  test('finds none in an older state of the same chain', () => {
    const newer = { ...trust, finalized: { ...trust.finalized, number: 20 }, latest: { ...trust.latest, number: 22 } };
    expect(differencesOf(trust, newer)).toEqual([]);
  });

  test.each<[string, Partial<TrustState>]>([
    ['chainId', { chainId: 1 }],
    ['roots', { roots: [{ ...trust.roots[0]!, since: time(1) }, trust.roots[1]!] }],
    ['issuers', { issuers: [{ ...issuer, did: 'did:ethr:0x7a69:0x0000000000000000000000000000000000000009' }] }],
    ['issuers', { issuers: [{ ...issuer, keys: [{ kid: `${issuer.did}#delegate-9`, type: 'P-256', publicKey: `02${'1'.repeat(64)}`, since: time(1), until: null, untilBlock: null }] }] }],
    ['anchors', { anchors: [{ list: 1, root: `0x${'d'.repeat(64)}`, time: time(6), block: 8 }] }],
    ['finalized', { finalized: { ...trust.finalized, number: 11 } }],
    ['names', { issuers: [{ ...issuer, name: 'Ministry of Health' }] }],
    ['anchors', { anchors: [{ ...trust.anchors[0]!, time: time(1) }] }],
  ])('names %s when a mirror forged it', (name, forged) => expect(differencesOf({ ...trust, ...forged }, trust)).toEqual([name]));

  const revocation = { root: 7n as TrustState['roots'][number]['root'], since: time(15), supersededAt: null, final: true };
  const later: TrustState = { ...trust, finalized: { ...trust.finalized, number: 20, time: time(20) }, roots: [trust.roots[0]!, { ...trust.roots[1]!, supersededAt: time(15) }, revocation] };

  test('an old bundle stays the chain’s own when the chain goes on', () => expect(differencesOf(trust, later)).toEqual([]));
  test('an old bundle under a younger block, which withholds a revocation and looks fresh', () => {
    expect(differencesOf({ ...trust, finalized: later.finalized }, later)).toEqual(['roots']);
  });
  test('a root left out between two others, so that the one before it counts longer', () => {
    const first = { ...trust.roots[0]!, supersededAt: time(15) };
    expect(differencesOf({ ...later, roots: [first, revocation] }, later)).toEqual(['roots']);
  });
  test('a root that the reader of the chain has forgotten is no difference', () => expect(differencesOf(trust, { ...later, roots: later.roots.slice(1) })).toEqual([]));
  test('no root at all, so that nothing binds the lists', () => expect(differencesOf({ ...trust, roots: [] }, later)).toEqual(['roots']));

  const key = { kid: `${issuer.did}#delegate-1`, type: 'P-256', publicKey: `02${'1'.repeat(64)}`, since: time(1), until: null, untilBlock: null } as const;
  const revokedAt = (at: number, block: number): TrustState => ({ ...later, issuers: [{ ...issuer, keys: [{ ...key, until: time(at), untilBlock: block }] }] });
  const withKey: TrustState = { ...trust, issuers: [{ ...issuer, keys: [key] }] };

  test('a key whose retirement is withheld', () => expect(differencesOf(withKey, revokedAt(9, 9))).toEqual(['issuers']));
  test('a key that was retired since is no difference', () => expect(differencesOf(withKey, revokedAt(18, 18))).toEqual([]));
  test('a key that never runs out in the bundle and does on chain', () => {
    expect(differencesOf(withKey, { ...later, issuers: [{ ...issuer, keys: [{ ...key, until: time(900) }] }] })).toEqual(['issuers']);
  });
});

describe('entryStatus', () => {
  test.each([[3, 'revoked'], [300, 'suspended'], [301, 'revoked'], [4, 'valid'], [-1, 'unknown']] as const)('entry %i is %s', (index, status) => {
    expect(entryStatus(trust, 1, index)).toBe(status);
  });
  test('an entry whose reinstatement is not final is still suspended', () => {
    const reinstated = { ...trust, lists: [{ ...trust.lists[0]!, latestWords: masksOf([3]), suspended: new Map() }] };
    expect(entryStatus(reinstated, 1, 300)).toBe('suspended');
  });
  test('a list that is not known says nothing', () => expect(entryStatus(trust, 2, 3)).toBe('unknown'));
});

describe('standingOf', () => {
  test('a suspension counts as soon as it is seen', () => expect(standingOf({ ...issuer, latestStatus: 'suspended' })).toBe('suspended'));
  test('a reinstatement counts when it is final', () => expect(standingOf({ ...issuer, status: 'suspended' })).toBe('suspended'));
  test('a removal is for good', () => expect(standingOf({ ...issuer, status: 'removed' })).toBe('removed'));
});
