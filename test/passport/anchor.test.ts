import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anchorProof, createAnchor, isAnchor, recordDigest, verifyAnchorProof } from '#passport/anchor.ts';

const digests = (count: number) => Array.from({ length: count }, (_, i) => recordDigest(1, i, `header.payload${i}`));
const anchor = createAnchor(digests(3), randomBytes);

describe('recordDigest', () => {
  test('is the digest of the protocol, computed apart', () => {
    const inner = createHash('sha256').update('abc.def').digest();
    const place = Buffer.from('0000000700000102', 'hex');
    const outer = createHash('sha256').update('healthpass/record/v1\0').update(place).update(inner).digest('hex');
    expect(recordDigest(7, 258, 'abc.def')).toBe(`0x${outer}`);
  });
  test('tells list, index and text apart', () => {
    expect(new Set([recordDigest(1, 2, 'a'), recordDigest(2, 1, 'a'), recordDigest(1, 2, 'b'), recordDigest(258, 0, 'a'), recordDigest(1, 1, 'a')]).size).toBe(5);
  });
});

describe('createAnchor', () => {
  test('fills with random leaves to 256, then to the next power of two', () => {
    expect(anchor.leaves).toHaveLength(256);
    expect(createAnchor([], randomBytes).leaves).toHaveLength(256);
    expect(createAnchor(digests(256), randomBytes).leaves).toHaveLength(256);
    expect(createAnchor(digests(257), randomBytes).leaves).toHaveLength(512);
  });
  test('sorts its leaves, so a position tells nothing of the order of issuance', () => {
    expect(anchor.leaves).toEqual([...anchor.leaves].sort());
  });
  test('gives other roots for the same records: the filler hides how many there are', () => {
    expect(createAnchor(digests(3), randomBytes).root).not.toBe(anchor.root);
  });
  test('refuses a record given twice', () => {
    expect(() => createAnchor([...digests(2), ...digests(1)], randomBytes)).toThrow(expect.objectContaining({ code: 'request-invalid' }));
  });
  test.each(['', '0x', `0x${'A'.repeat(64)}`, 'f'.repeat(64), `0x${'0'.repeat(66)}`])('refuses %j as a digest', (digest) => {
    expect(() => createAnchor([digest], randomBytes)).toThrow(expect.objectContaining({ code: 'request-invalid', field: 'digests' }));
  });
});

describe('isAnchor', () => {
  test('holds for what createAnchor made, and no longer after any change', () => {
    const other = recordDigest(9, 9, 'other');
    expect(isAnchor(anchor)).toBe(true);
    expect(isAnchor({ ...anchor, root: other })).toBe(false);
    expect(isAnchor({ ...anchor, leaves: [other, ...anchor.leaves.slice(1)] })).toBe(false);
    expect(isAnchor({ ...anchor, leaves: anchor.leaves.slice(0, 128) })).toBe(false);
    expect(isAnchor({ ...anchor, leaves: anchor.leaves.slice(0, 255) })).toBe(false);
  });
});

describe('verifyAnchorProof', () => {
  const [digest] = digests(1);
  const proof = anchorProof(anchor.leaves, digest!);
  test('holds for each record', () => {
    for (const record of digests(3)) expect(verifyAnchorProof(anchor.root, record, anchorProof(anchor.leaves, record))).toBe(true);
  });
  test('refuses a record that is not in the anchor', () => {
    expect(verifyAnchorProof(anchor.root, recordDigest(1, 4, 'x'), proof)).toBe(false);
    expect(() => anchorProof(anchor.leaves, recordDigest(1, 4, 'x'))).toThrow(expect.objectContaining({ code: 'credential-unknown' }));
  });
  test('refuses an inner node shown as a record', () => {
    const [sibling, ...rest] = proof.siblings;
    const leaf = (text: string) => createHash('sha256').update(Buffer.from(`00${text.slice(2)}`, 'hex')).digest('hex');
    const pair = proof.position & 1 ? [sibling!.slice(2), leaf(digest!)] : [leaf(digest!), sibling!.slice(2)];
    for (const node of [`0x${createHash('sha256').update(Buffer.from(`01${pair.join('')}`, 'hex')).digest('hex')}`, `0x${leaf(digest!)}`]) {
      expect(verifyAnchorProof(anchor.root, node, { position: proof.position >> 1, siblings: rest })).toBe(false);
      expect(verifyAnchorProof(anchor.root, node, proof)).toBe(false);
    }
  });
  test('refuses a position alias, a shorter and a longer path', () => {
    expect(verifyAnchorProof(anchor.root, digest!, { ...proof, position: proof.position + 256 })).toBe(false);
    expect(verifyAnchorProof(anchor.root, digest!, { ...proof, position: proof.position ^ 1 })).toBe(false);
    expect(verifyAnchorProof(anchor.root, digest!, { ...proof, position: -1 })).toBe(false);
    expect(verifyAnchorProof(anchor.root, digest!, { ...proof, position: 0.5 })).toBe(false);
    expect(verifyAnchorProof(anchor.root, digest!, { ...proof, siblings: proof.siblings.slice(1) })).toBe(false);
    expect(verifyAnchorProof(anchor.root, digest!, { ...proof, siblings: [...proof.siblings, anchor.root] })).toBe(false);
    expect(verifyAnchorProof(anchor.root, digest!, { position: 0, siblings: Array(64).fill(anchor.root) })).toBe(false);
  });
  test('refuses a path of zero length: a root shown as a record', () => {
    expect(verifyAnchorProof(anchor.root, anchor.root, { position: 0, siblings: [] })).toBe(false);
  });
});
