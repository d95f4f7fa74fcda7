// Sparse Merkle trees of fixed depth and width. Empty leaves are 0; the hash of an empty subtree is computed once per level.
import { HealthpassError } from './errors.ts';
import type { FieldElement } from './field.ts';

export type TreeShape = {
  /** Children of a node. */
  readonly width: number;
  /** Levels above the leaves. */
  readonly depth: number;
  readonly hash: (children: readonly FieldElement[]) => FieldElement;
};

/** A tree that can be read, proven and changed leaf by leaf. */
export type SparseTree = {
  readonly root: () => FieldElement;
  readonly leaf: (position: number) => FieldElement;
  /** Siblings from the lowest level up; at each level the `width - 1` others, in order. @throws `index-out-of-range` */
  readonly siblings: (position: number) => FieldElement[][];
  /** Puts a leaf; 0 clears it. Costs `depth` hashes. */
  readonly set: (position: number, value: FieldElement) => void;
  /** Puts several at once. Costs one hash per node above any of them. */
  readonly setAll: (leaves: Iterable<readonly [number, FieldElement]>) => void;
};

const ZERO = 0n as FieldElement;

/** A tree with the given leaves. Costs one hash per node that has a leaf other than 0 below it. */
export function createSparseTree(shape: TreeShape, leaves: Iterable<readonly [number, FieldElement]> = []): SparseTree {
  const { width, depth } = shape;
  const capacity = width ** depth;
  const empty: FieldElement[] = emptyHashes(shape);
  const levels: Map<number, FieldElement>[] = Array.from({ length: depth + 1 }, () => new Map());
  const at = (level: number, position: number) => levels[level]!.get(position) ?? empty[level]!;
  const children = (level: number, parent: number) => Array.from({ length: width }, (_, i) => at(level, parent * width + i));
  const assertPosition = (position: number) => {
    if (!Number.isInteger(position) || position < 0 || position >= capacity) throw new HealthpassError('index-out-of-range', 'no such leaf', { field: 'position' });
  };

  const setAll = (values: Iterable<readonly [number, FieldElement]>) => {
    let changed = new Set<number>();
    for (const [position, value] of values) {
      assertPosition(position);
      if (value === at(0, position)) continue;
      levels[0]!.set(position, value);
      changed.add(position);
    }
    for (let level = 0; level < depth; level++) {
      const parents = new Set([...changed].map((position) => Math.floor(position / width)));
      for (const parent of parents) levels[level + 1]!.set(parent, shape.hash(children(level, parent)));
      changed = parents;
    }
  };
  setAll(leaves);

  return {
    root: () => at(depth, 0),
    leaf: (position) => (assertPosition(position), at(0, position)),
    siblings(position) {
      assertPosition(position);
      return Array.from({ length: depth }, (_, level) => {
        const here = Math.floor(position / width ** level);
        return children(level, Math.floor(here / width)).filter((_, i) => i !== here % width);
      });
    },
    set: (position, value) => setAll([[position, value]]),
    setAll,
  };
}

const emptyCache = new WeakMap<TreeShape, FieldElement[]>();
function emptyHashes(shape: TreeShape): FieldElement[] {
  const known = emptyCache.get(shape);
  if (known) return known;
  const hashes = [ZERO];
  for (let level = 0; level < shape.depth; level++) hashes.push(shape.hash(Array<FieldElement>(shape.width).fill(hashes[level]!)));
  emptyCache.set(shape, hashes);
  return hashes;
}

/** The root that a leaf and its siblings lead to. */
export function rootFrom(shape: TreeShape, position: number, leaf: FieldElement, siblings: readonly (readonly FieldElement[])[]): FieldElement {
  let node = leaf;
  for (let level = 0, here = position; level < shape.depth; level++, here = Math.floor(here / shape.width)) {
    const row = [...siblings[level]!];
    row.splice(here % shape.width, 0, node);
    node = shape.hash(row);
  }
  return node;
}
