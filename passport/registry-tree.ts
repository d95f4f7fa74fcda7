// The registry tree: binary, depth 12, one slot per status list; a leaf binds issuer key, list and status root.
import type { FieldElement } from './field.ts';
import { REGISTRY_DEPTH } from './limits.ts';
import { P2 } from './poseidon.ts';
import { createSparseTree, type SparseTree, type TreeShape } from './tree.ts';

export const REGISTRY_TREE: TreeShape = { width: 2, depth: REGISTRY_DEPTH, hash: ([left, right]) => P2(left!, right!) };

/** A public key on BabyJubJub. */
export type ClaimsKey = { readonly x: FieldElement; readonly y: FieldElement };

/** P2(P2(P2(Ax, Ay), list), statusRoot) */
export const registryLeaf = (key: ClaimsKey, list: number, statusRoot: FieldElement): FieldElement =>
  P2(P2(P2(key.x, key.y), BigInt(list)), statusRoot);

export const createRegistryTree = (leaves: Iterable<readonly [number, FieldElement]> = []): SparseTree =>
  createSparseTree(REGISTRY_TREE, leaves);
