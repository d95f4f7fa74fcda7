// Merkle paths for witnesses, from trust data that are recomputed before anything rests on them. Trees are kept by their root: a full
// list costs hundreds of hashes, and lists change seldom.
import {
  createRegistryTree, createStatusTree, entryPosition, HealthpassError, registryLeaf,
  type FieldElement, type IssuerRecord, type SparseTree, type TrustState,
} from '#passport';
import { issuerOfList } from './standing.ts';

export type RegistryPath = {
  readonly registryRoot: FieldElement;
  readonly slot: number;
  readonly registrySiblings: FieldElement[][];
  readonly statusWord: FieldElement;
  readonly statusSiblings: FieldElement[][];
};

export type WitnessTrees = {
  /** @throws HealthpassError `no-trust-data` when the trust data are missing, do not hold together or do not have the entry */
  readonly pathOf: (trust: TrustState | undefined, entry: { readonly list: number; readonly index: number }) => RegistryPath;
};

const KEPT = 16;

export function createWitnessTrees(): WitnessTrees {
  const statusTrees = new Map<FieldElement, SparseTree>();
  const registries = new WeakMap<TrustState['leaves'], SparseTree>();

  function statusTree(root: FieldElement, words: ReadonlyMap<number, bigint>): SparseTree {
    const kept = statusTrees.get(root);
    if (kept) return kept;
    const tree = createStatusTree(words);
    if (tree.root() !== root) throw noTrust('the words of a status list are not those of its root', 'lists');
    const oldest = statusTrees.size >= KEPT ? statusTrees.keys().next().value : undefined;
    if (oldest !== undefined) statusTrees.delete(oldest);
    statusTrees.set(root, tree);
    return tree;
  }

  function registryTree({ leaves }: TrustState): SparseTree {
    const kept = registries.get(leaves);
    if (kept) return kept;
    const tree = createRegistryTree(leaves);
    registries.set(leaves, tree);
    return tree;
  }

  return {
    pathOf(trust, { list, index }) {
      if (!trust) throw noTrust('the wallet has no trust data', 'trust');
      const record = trust.lists.find(({ id }) => id === list);
      const issuer = issuerOfList(trust, list);
      if (!record || !issuer) throw noTrust('the trust data do not have the status list', 'lists');
      const registry = registryTree(trust);
      const registryRoot = currentRoot(trust);
      if (registry.root() !== registryRoot) throw noTrust('the leaves of the registry are not those of its root', 'roots');
      assertLeaf(registry.leaf(record.slot), issuer, list, record.root);
      const status = statusTree(record.root, record.words);
      const { word } = entryPosition(index);
      return {
        registryRoot, slot: record.slot, registrySiblings: registry.siblings(record.slot),
        statusWord: status.leaf(word), statusSiblings: status.siblings(word),
      };
    },
  };
}

/** The newest root that is in a finalised block: no verifier accepts a newer one. @throws HealthpassError `no-trust-data` */
export function currentRoot({ roots }: TrustState): FieldElement {
  const current = roots.findLast(({ final }) => final);
  if (!current) throw noTrust('the trust data have no final root', 'roots');
  return current.root;
}

function assertLeaf(leaf: FieldElement, { claimsKey }: IssuerRecord, list: number, root: FieldElement): void {
  if (leaf !== registryLeaf(claimsKey, list, root)) throw noTrust('the registry does not have the leaf of the list and its issuer', 'leaves');
}

const noTrust = (message: string, field: string) => new HealthpassError('no-trust-data', message, { field });
