// Proofs out of the tree of logs: that a log stood at a root with so many entries, or that there was no such log yet. In short form: the number of
// branches on the way, a bit for each that has a sibling, those siblings from the root down, and where another leaf stands in the way, that leaf.
import { HealthpassError } from '#passport/errors.ts';
import { toBytes, toHex, ZERO, type Hex } from './hex.ts';
import { bitOf, branchHash, EMPTY, keyOf, leafHash, sameBytes, valueOf, type LogHead, type StoredNode } from './tree.ts';

export type LogProof = {
  /** From the root down; zeros for an empty side. */
  readonly siblings: readonly Uint8Array[];
  /** In a proof of absence: the leaf that stands where this log would. */
  readonly other?: { readonly key: Uint8Array; readonly value: Uint8Array };
};

/**
 * Walks down kept nodes from a root, one call of `read` for each level of all proofs at once, so that many roots cost few queries.
 * @returns a proof for each root, in their order. @throws Error where a node is missing
 */
export async function proveLogs(log: Hex, roots: readonly Hex[], read: (hashes: readonly Hex[]) => Promise<ReadonlyMap<Hex, StoredNode>>): Promise<LogProof[]> {
  const key = keyOf(log);
  const walks = roots.map((root) => ({ at: root, siblings: [] as Uint8Array[], other: undefined as LogProof['other'] }));
  let open = walks.filter(({ at }) => at !== ZERO);
  for (let depth = 0; open.length > 0; depth++) {
    const nodes = await read([...new Set(open.map(({ at }) => at))]);
    open = open.filter((walk) => {
      const node = nodes.get(walk.at);
      if (!node) throw new Error('a node of the tree of logs is missing');
      if (node.leaf) {
        if (node.one !== toHex(key)) walk.other = { key: toBytes(node.one), value: toBytes(node.two) };
        return false;
      }
      const right = bitOf(key, depth) === 1;
      walk.siblings.push(toBytes(right ? node.one : node.two));
      walk.at = right ? node.two : node.one;
      return walk.at !== ZERO;
    });
  }
  return walks.map(({ siblings, other }) => (other ? { siblings, other } : { siblings }));
}

/** The root that a proof leads to, for the log with these entries or, with 0 entries, for its absence; undefined where it proves nothing. */
export function rootOfProof({ siblings, other }: LogProof, { log, entries, head }: LogHead): Hex | undefined {
  const key = keyOf(log);
  const isAbsent = entries === 0;
  if (other && (!isAbsent || sameBytes(other.key, key) || !siblings.every((_, depth) => bitOf(other.key, depth) === bitOf(key, depth)))) return undefined;
  let hash = other ? leafHash(other.key, other.value) : isAbsent ? EMPTY : leafHash(key, valueOf(entries, head));
  for (let depth = siblings.length - 1; depth >= 0; depth--) {
    const sibling = siblings[depth]!;
    hash = bitOf(key, depth) === 1 ? branchHash(sibling, hash) : branchHash(hash, sibling);
  }
  return toHex(hash);
}

export function encodeLogProof({ siblings, other }: LogProof): Hex {
  const bits = new Uint8Array(Math.ceil(siblings.length / 8));
  const present = siblings.filter((sibling, i) => {
    if (sameBytes(sibling, EMPTY)) return false;
    bits[i >> 3]! |= 1 << (i & 7);
    return true;
  });
  return toHex(Uint8Array.from([siblings.length, ...bits, ...present.flatMap((sibling) => [...sibling]), ...(other ? [...other.key, ...other.value] : [])]));
}

/** @throws HealthpassError `log-malformed` for what `encodeLogProof` does not write */
export function decodeLogProof(text: string): LogProof {
  if (!/^0x(?:[0-9a-f]{2})+$/.test(text) || text.length > 20_000) throw malformed();
  const bytes = toBytes(text as Hex); // as was just checked
  const length = bytes[0]!;
  const bits = bytes.subarray(1, 1 + Math.ceil(length / 8));
  let at = 1 + Math.ceil(length / 8);
  const take = (): Uint8Array => bytes.slice(at, (at += 32));
  const siblings = Array.from({ length }, (_, i) => ((bits[i >> 3] ?? 0) >> (i & 7)) & 1).map((present) => (present ? take() : EMPTY));
  const other = at < bytes.length ? { key: take(), value: take() } : undefined;
  const proof = other ? { siblings, other } : { siblings };
  // One text a proof: what is longer, shorter or has bits beyond the last sibling is not written again as it was read.
  if (at !== bytes.length || encodeLogProof(proof) !== text) throw malformed();
  return proof;
}

const malformed = () => new HealthpassError('log-malformed', 'a proof of the log cannot be read', { field: 'proof' });
