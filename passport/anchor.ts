// Issuance in time: what an issuer puts on chain so that a key rotated out cannot backdate. docs/protocol.md, "Issuance in time".
// An anchor is the root of a Merkle tree (SHA-256, RFC 6962 prefixes) over record digests and random leaves, sorted, so that
// neither the number of credentials nor their order shows.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from './errors.ts';
import { integerToBytes } from './field.ts';

/** Fewest leaves of an anchor, so that a quiet day looks like a busy one. */
export const ANCHOR_MIN_LEAVES = 256;
/** Levels of the largest anchor that is read: a million records. */
export const ANCHOR_MAX_DEPTH = 20;

declare const brand: unique symbol;
/** 32 bytes as `0x` and lower-case hex. */
export type RecordDigest = string & { readonly [brand]: 'RecordDigest' };

export type Anchor = { readonly root: string; readonly leaves: readonly RecordDigest[] };
/** Where a digest stands in an anchor. `siblings` from the leaf up. */
export type AnchorProof = { readonly position: number; readonly siblings: readonly string[] };

const DIGEST = /^0x[0-9a-f]{64}$/;
const RECORD_DOMAIN = concatBytes(utf8ToBytes('healthpass/record/v1'), Uint8Array.of(0));
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * Digest of one signed text of a credential. The signing input of a JWT is `header.payload`, of an SD-JWT VC that of its
 * issuer-signed JWT: the signature stays out, so the twin of a malleable one changes nothing.
 */
export function recordDigest(list: number, index: number, signingInput: string): RecordDigest {
  const place = concatBytes(integerToBytes(BigInt(list), 4), integerToBytes(BigInt(index), 4));
  return toHex(sha256(concatBytes(RECORD_DOMAIN, place, sha256(utf8ToBytes(signingInput)))));
}

/**
 * The anchor of some records. `random(n)` gives n random bytes.
 * @throws HealthpassError `request-invalid` for a digest that is none, that stands twice, or too many of them.
 */
export function createAnchor(digests: readonly string[], random: (length: number) => Uint8Array): Anchor {
  for (const digest of digests) assertDigest(digest);
  if (new Set(digests).size !== digests.length) throw invalid('a record digest stands twice', 'digests');
  let size = ANCHOR_MIN_LEAVES;
  while (size < digests.length) size *= 2;
  if (size > 2 ** ANCHOR_MAX_DEPTH) throw invalid('too many records for one anchor', 'digests');
  const filler = Array.from({ length: size - digests.length }, () => toHex(random(32)));
  const leaves = [...digests, ...filler].sort() as RecordDigest[]; // each is a digest: asserted above or made of 32 bytes
  return { root: levelsOf(leaves).at(-1)![0]!, leaves };
}

/** Whether these leaves are those of the anchor with this root. */
export function isAnchor({ root, leaves }: Anchor): boolean {
  const { length } = leaves;
  if (length < ANCHOR_MIN_LEAVES || length > 2 ** ANCHOR_MAX_DEPTH || (length & (length - 1)) !== 0) return false;
  return leaves.every((leaf) => DIGEST.test(leaf)) && levelsOf(leaves).at(-1)![0] === root;
}

/** @throws HealthpassError `credential-unknown` when the digest is not among the leaves. */
export function anchorProof(leaves: readonly string[], digest: string): AnchorProof {
  const position = leaves.indexOf(digest);
  if (position < 0) throw new HealthpassError('credential-unknown', 'the anchor does not hold this record');
  const siblings = levelsOf(leaves).slice(0, -1).map((level, depth) => level[(position >> depth) ^ 1]!);
  return { position, siblings };
}

/** Whether the digest is a leaf of the anchor with this root. Never throws. */
export function verifyAnchorProof(root: string, digest: string, proof: AnchorProof): boolean {
  const { position, siblings } = proof;
  const depth = siblings.length;
  if (depth < Math.log2(ANCHOR_MIN_LEAVES) || depth > ANCHOR_MAX_DEPTH) return false;
  if (!Number.isInteger(position) || position < 0 || position >= 2 ** depth) return false;
  if (![root, digest, ...siblings].every((text) => DIGEST.test(text))) return false;
  let node = leafOf(digest);
  siblings.forEach((sibling, level) => {
    node = (position >> level) & 1 ? nodeOf(sibling, node) : nodeOf(node, sibling);
  });
  return node === root;
}

function levelsOf(leaves: readonly string[]): string[][] {
  const levels = [leaves.map(leafOf)];
  for (let level = levels[0]!; level.length > 1; levels.push(level)) {
    const below = level;
    level = Array.from({ length: below.length / 2 }, (_, i) => nodeOf(below[2 * i]!, below[2 * i + 1]!));
  }
  return levels;
}

const fromHex = (digest: string) => hexToBytes(digest.slice(2));
const toHex = (bytes: Uint8Array) => `0x${bytesToHex(bytes)}` as RecordDigest;
const leafOf = (digest: string): string => toHex(sha256(concatBytes(LEAF, fromHex(digest))));
const nodeOf = (left: string, right: string): string => toHex(sha256(concatBytes(NODE, fromHex(left), fromHex(right))));

function assertDigest(digest: string): void {
  if (!DIGEST.test(digest)) throw invalid('a record digest is not 32 bytes of hex', 'digests');
}

const invalid = (message: string, field: string) => new HealthpassError('request-invalid', message, { field });
