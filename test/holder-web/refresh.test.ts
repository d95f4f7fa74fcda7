// After an issuer's key rotation: new signatures by the block, and what an issuer that lies gets for it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BLOCK_SIZE, blockOf, createClaimsKeyPair, encodeResignatureBlock, hashClaims, parseResignatureBlock, signClaims,
  type ClaimsKeyPair, type ClaimsSignature, type FieldElement, type IssuedCredential, type ResignatureBlock,
} from '#passport';
import { fitPolicy, heldCredentials, receiveCredential, refreshSignatures, type IssuerSource } from '#wallet';
import { code, createTestIssuer, NOW, policy, receiving, trustOf, walletWith } from './fixture.ts';

const issuer = createTestIssuer();
const rotated = { ...issuer, claims: createClaimsKeyPair() };
const trust = trustOf([rotated]);

/** The block of an issuer that signed some credentials again. */
function blockFor(credentials: readonly IssuedCredential[], block: number, pair: ClaimsKeyPair): ResignatureBlock {
  const own = credentials.filter(({ claims }) => blockOf(claims.index) === block);
  return { list: issuer.list, block, key: pair.publicKey, signatures: new Map(own.map(({ claims }) => [claims.index, signClaims(hashClaims(claims), pair)])) };
}
const sourceOf = (answer: (block: number) => unknown): IssuerSource & { readonly asked: string[] } => {
  const asked: string[] = [];
  return { asked, resignatures: async (did, list, block) => (asked.push(`${did} ${list} ${block}`), answer(block)) };
};

describe('refreshSignatures', () => {
  test('replaces superseded signatures, asking for whole blocks and each once', async () => {
    const { wallet, credentials } = await walletWith(issuer, [{ index: 5 }, { index: 4000 }, { index: 9000 }]);
    const source = sourceOf((block) => encodeResignatureBlock(blockFor(credentials, block, rotated.claims)));
    const { replaced, failed } = await refreshSignatures(wallet, source, trust);
    expect([new Set(replaced), failed]).toEqual([new Set(credentials.map(({ id }) => id)), []]);
    expect(source.asked).toEqual([`${issuer.did} 1 0`, `${issuer.did} 1 2`]);
    const eu = policy('eu-travel-2022');
    expect(fitPolicy(await heldCredentials(wallet), eu, { trust, now: NOW }).fits).toHaveLength(3);
    expect(await refreshSignatures(wallet, source, trust)).toEqual({ replaced: [], failed: [] });
    expect(source.asked).toHaveLength(2);
    await expect(receiveCredential(wallet, credentials[0]!, receiving(trust))).resolves.toBeDefined(); // the same, though signed anew since
  });

  const lies: [string, string, (credential: IssuedCredential) => unknown][] = [
    ['answers nonsense', 'request-invalid', () => 'nonsense'],
    ['answers with the block of another list', 'request-invalid', (c) => encodeResignatureBlock({ ...blockFor([c], 0, rotated.claims), list: 9 })],
    ['answers with another block', 'request-invalid', (c) => encodeResignatureBlock({ ...blockFor([c], 0, rotated.claims), block: 1, signatures: new Map() })],
    ['signs with a key that the registry does not have', 'key-unknown', (c) => encodeResignatureBlock(blockFor([c], 0, createClaimsKeyPair()))],
    ['leaves the holder out', 'credential-unknown', () => encodeResignatureBlock(blockFor([], 0, rotated.claims))],
    ['signs other claims', 'credential-rejected', (c) => encodeResignatureBlock(blockFor([{ ...c, claims: { ...c.claims, dose: 9 } }], 0, rotated.claims))],
    ['names the new key over old signatures', 'credential-rejected', (c) => encodeResignatureBlock({ ...blockFor([c], 0, issuer.claims), key: rotated.claims.publicKey })],
    ['is not there', 'service-unavailable', () => { throw new TypeError('fetch failed'); }],
  ];
  test.each(lies)('an issuer that %s leaves the credential as it was', async (_name, expected, answer) => {
    const { wallet, credentials } = await walletWith(issuer, [{ index: 5 }]);
    const before = await heldCredentials(wallet);
    expect(await refreshSignatures(wallet, sourceOf(() => answer(credentials[0]!)), trust)).toEqual({ replaced: [], failed: [{ credential: credentials[0]!.id, code: expected }] });
    expect(await heldCredentials(wallet)).toEqual(before);
  });

  test('one lie does not stop the renewal of the others', async () => {
    const { wallet, credentials } = await walletWith(issuer, [{ index: 5 }, { index: 6 }]);
    const { replaced, failed } = await refreshSignatures(wallet, sourceOf((block) => encodeResignatureBlock(blockFor([credentials[1]!], block, rotated.claims))), trust);
    expect(replaced).toEqual([credentials[1]!.id]);
    expect(failed).toEqual([{ credential: credentials[0]!.id, code: 'credential-unknown' }]);
  });

  test('asks nothing of an issuer that is not active, nor while the key is current', async () => {
    const { wallet } = await walletWith(issuer, [{ index: 5 }]);
    const source = sourceOf(() => undefined);
    await refreshSignatures(wallet, source, trustOf([rotated], { status: 'suspended' }));
    await refreshSignatures(wallet, source, trustOf([issuer]));
    expect(source.asked).toEqual([]);
  });
});

describe('parseResignatureBlock', () => {
  const signature = fc.record({ R8x: fc.bigInt(0n, 1n << 250n), R8y: fc.bigInt(0n, 1n << 250n), S: fc.bigInt(0n, 1n << 250n) }) as fc.Arbitrary<ClaimsSignature>;
  const block = fc.record({
    list: fc.integer({ min: 1, max: 1000 }), block: fc.nat(247), key: fc.constant({ x: 1n as FieldElement, y: 2n as FieldElement }),
    entries: fc.uniqueArray(fc.tuple(fc.nat(BLOCK_SIZE - 1), signature), { selector: ([index]) => index, maxLength: 20 }),
  }).map(({ entries, ...rest }): ResignatureBlock => ({ ...rest, signatures: new Map(entries.map(([offset, value]) => [rest.block * BLOCK_SIZE + offset, value])) }));

  test('reads what was written', () => {
    fc.assert(fc.property(block, (value) => {
      const read = parseResignatureBlock(JSON.parse(JSON.stringify(encodeResignatureBlock(value))));
      expect({ ...read, signatures: undefined }).toEqual({ ...value, signatures: undefined });
      expect([...read.signatures]).toEqual([...value.signatures].sort(([a], [b]) => a - b));
    }));
  });

  const entry = (index: unknown) => [index, '1', '2', '3'];
  test.each<[string, object, string]>([
    ['an entry of another block', { signatures: [entry(BLOCK_SIZE * 2)] }, 'request-invalid'],
    ['an entry twice', { signatures: [entry(4096), entry(4096)] }, 'request-invalid'],
    ['entries out of order', { signatures: [entry(4097), entry(4096)] }, 'request-invalid'],
    ['an index that is no integer', { signatures: [entry(4096.5)] }, 'request-invalid'],
    ['a block beyond the list', { block: 248, signatures: [] }, 'request-invalid'],
    ['numbers that are not canonical', { signatures: [[4096, '01', '2', '3']] }, 'field-not-canonical'],
    ['numbers beyond the field', { signatures: [[4096, '1', '2', '21888242871839275222246405745257275088548364400416034343698204186575808495617']] }, 'field-not-canonical'],
    ['more entries than a block has', { signatures: Array.from({ length: BLOCK_SIZE + 1 }, () => entry(4096)) }, 'request-invalid'],
    ['a word more than is known', { health: true }, 'request-invalid'],
  ])('refuses %s', (_name, change, expected) => {
    const input = { list: 1, block: 1, key: { x: '1', y: '2' }, signatures: [], ...change };
    expect(() => parseResignatureBlock(input)).toThrow(code(expected));
  });
});
