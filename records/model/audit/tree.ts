// A sparse Merkle tree over the logs of all patients: at the place of keccak(log) the leaf keccak(entries, head). One place a log, so one root
// cannot stand for two histories of it. A subtree of one leaf is that leaf, so paths are as long as the logarithm of the logs.
import { toHex, ZERO, keccak, toBytes, uint64, type Hex } from './hex.ts';

/** What a log comes to: how many entries, and the hash of the last. */
export type LogHead = { readonly log: Hex; readonly entries: number; readonly head: Hex };

/** A node as it is kept: a branch of two hashes (zeros for an empty side), or a leaf of key and value. */
export type StoredNode = { readonly hash: Hex; readonly leaf: boolean; readonly one: Hex; readonly two: Hex };

type Leaf = { readonly leaf: true; readonly hash: Uint8Array; readonly one: Uint8Array; readonly two: Uint8Array };
type Branch = { readonly leaf: false; readonly hash: Uint8Array; readonly left: TreeNode | undefined; readonly right: TreeNode | undefined };
type TreeNode = Leaf | Branch;

export const EMPTY = new Uint8Array(32);
/** Leaves, branches and values are told apart by their first byte, so that none can pass for another. */
const [LEAF, BRANCH, VALUE] = [Uint8Array.of(0), Uint8Array.of(1), Uint8Array.of(2)];

export const keyOf = (log: Hex): Uint8Array => keccak(toBytes(log));
export const valueOf = (entries: number, head: Hex): Uint8Array => keccak(VALUE, uint64(entries), toBytes(head));
export const leafHash = (key: Uint8Array, value: Uint8Array): Uint8Array => keccak(LEAF, key, value);
export const branchHash = (left: Uint8Array, right: Uint8Array): Uint8Array => keccak(BRANCH, left, right);
export const bitOf = (key: Uint8Array, depth: number): number => (key[depth >> 3]! >> (7 - (depth & 7))) & 1;

export type LogTree = {
  readonly root: Hex;
  /** The tree with these heads in place of older ones, and the nodes that it has and this one had not. The order of heads changes nothing. */
  readonly with: (heads: readonly LogHead[]) => { readonly tree: LogTree; readonly added: readonly StoredNode[] };
};

export const createLogTree = (): LogTree => treeOf(undefined);

function treeOf(top: TreeNode | undefined): LogTree {
  return {
    root: top ? toHex(top.hash) : ZERO,
    with(heads) {
      const added: StoredNode[] = [];
      const leaves = new Map(heads.map(({ log, entries, head }) => [log, createLeaf(keyOf(log), valueOf(entries, head), added)]));
      return { tree: treeOf(put(top, [...leaves.values()], 0, added)), added };
    },
  };
}

function createLeaf(key: Uint8Array, value: Uint8Array, added: StoredNode[]): Leaf {
  const leaf: Leaf = { leaf: true, hash: leafHash(key, value), one: key, two: value };
  added.push({ hash: toHex(leaf.hash), leaf: true, one: toHex(key), two: toHex(value) });
  return leaf;
}

/** `leaves` have different keys, and all belong below `node`. */
function put(node: TreeNode | undefined, leaves: readonly Leaf[], depth: number, added: StoredNode[]): TreeNode | undefined {
  if (leaves.length === 0) return node;
  if (node?.leaf) return put(undefined, leaves.some(({ one }) => sameBytes(one, node.one)) ? leaves : [node, ...leaves], depth, added);
  if (!node && leaves.length === 1) return leaves[0]!;
  const left = put(node?.left, leaves.filter(({ one }) => bitOf(one, depth) === 0), depth + 1, added);
  const right = put(node?.right, leaves.filter(({ one }) => bitOf(one, depth) === 1), depth + 1, added);
  const branch: Branch = { leaf: false, left, right, hash: branchHash(left?.hash ?? EMPTY, right?.hash ?? EMPTY) };
  added.push({ hash: toHex(branch.hash), leaf: false, one: toHex(left?.hash ?? EMPTY), two: toHex(right?.hash ?? EMPTY) });
  return branch;
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
