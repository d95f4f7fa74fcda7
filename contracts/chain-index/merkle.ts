// Sparse Merkle trees that are never changed in place: a change makes a new tree that shares all it can with the old one. So the state
// at a finalised block and the one at the newest block stand side by side, and going back costs nothing. Same hashes as passport/tree.ts.
import type { FieldElement } from '#passport/field.ts';
import { createSparseTree, type TreeShape } from '#passport/tree.ts';

/** A subtree with a leaf other than 0, or undefined for an empty one. */
export type Subtree = { readonly hash: FieldElement; readonly children: readonly (Subtree | undefined)[] } | undefined;

/** Puts leaves; hashes each node above them once. */
export function putLeaves(shape: TreeShape, tree: Subtree, leaves: ReadonlyMap<number, FieldElement>): Subtree {
  const empty = emptyHashes(shape);
  const put = (node: Subtree, level: number, changes: readonly (readonly [number, FieldElement])[]): Subtree => {
    if (level === 0) {
      const value = changes[0]![1];
      return value === 0n ? undefined : { hash: value, children: [] };
    }
    const span = shape.width ** (level - 1);
    const parts = Map.groupBy(changes, ([position]) => Math.floor(position / span) % shape.width);
    const children = Array.from({ length: shape.width }, (_, i) => {
      const part = parts.get(i);
      return part ? put(node?.children[i], level - 1, part) : node?.children[i];
    });
    if (children.every((child) => child === undefined)) return undefined;
    return { hash: shape.hash(children.map((child) => child?.hash ?? empty[level - 1]!)), children };
  };
  return leaves.size === 0 ? tree : put(tree, shape.depth, [...leaves]);
}

export const rootOf = (shape: TreeShape, tree: Subtree): FieldElement => tree?.hash ?? emptyHashes(shape)[shape.depth]!;

const emptyCache = new WeakMap<TreeShape, readonly FieldElement[]>();
function emptyHashes(shape: TreeShape): readonly FieldElement[] {
  const known = emptyCache.get(shape);
  if (known) return known;
  const empty = createSparseTree(shape);
  const hashes = [...empty.siblings(0).map((row) => row[0]!), empty.root()];
  emptyCache.set(shape, hashes);
  return hashes;
}
