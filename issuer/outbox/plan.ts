// Plans status changes: which entries move, given what the chain shows, and in which calls, each with the root that follows from it.
import { setImmediate } from 'node:timers/promises';
import { HealthpassError, LIST_WORDS, createStatusTree, entryPosition, masksOf, type FieldElement, type ListRecord, type SparseTree, type TrustState } from '#passport';
import { changeStatus, type Call, type Deployment, type StatusAction } from '#contracts';
import type { ChangeEntry } from './schema.ts';

/** A call, the entries that it moves, and those that were asked to move a second time in the same run. */
export type PlannedCall = { readonly list: number; readonly call: Call; readonly moving: readonly ChangeEntry[]; readonly repeated: readonly ChangeEntry[] };
export type StatusPlan = {
  readonly calls: readonly PlannedCall[];
  /** Entries that are as wanted already. */
  readonly settled: readonly ChangeEntry[];
  /** Writes of which an entry is revoked, which is final: none of their entries moves. */
  readonly conflicting: ReadonlySet<number>;
};

/** A list as of the latest block, and a tree over its words that a plan may change. */
export type ListView = { readonly record: ListRecord; readonly tree: SparseTree };
/** @throws HealthpassError `chain-inconsistent` */
export type ListViews = (trust: TrustState, list: number) => ListView;

/** Trees by list, kept between plans: a change then costs a few hashes instead of the whole list. */
export function createListViews(): ListViews {
  const trees = new Map<number, SparseTree>();
  return (trust, list) => {
    const record = trust.lists.find(({ id }) => id === list);
    if (!record) throw new HealthpassError('chain-inconsistent', 'the chain does not show a list of this issuer', { field: 'list' });
    const tree = trees.get(list) ?? createStatusTree();
    trees.set(list, tree);
    // It may hold what was planned and never mined.
    tree.setAll(Array.from({ length: LIST_WORDS }, (_, word) => [word, (record.latestWords.get(word) ?? 0n) as FieldElement])); // 248 bits are below r
    return { record, tree };
  };
}

export type PlanDeps = {
  readonly deployment: Deployment;
  readonly view: (list: number) => ListView;
  /** Words changed in one call. */
  readonly width: number;
};

/** Plans one action on entries of several writes. The trees of the views end at the roots after it. */
export async function planStatus({ deployment, view, width }: PlanDeps, action: StatusAction, entries: readonly ChangeEntry[]): Promise<StatusPlan> {
  const lists = Map.groupBy(entries, ({ list }) => list);
  const views = new Map([...lists.keys()].map((list) => [list, view(list)]));
  const conflicting = new Set(action === 'revoke' ? [] : entries.filter(({ list, index }) => standing(views.get(list)!.record, index) === 'revoked').map(({ write }) => write));
  const settled: ChangeEntry[] = [];
  const calls: PlannedCall[] = [];
  for (const [list, all] of lists) {
    const byIndex = Map.groupBy(all.filter(({ write }) => !conflicting.has(write)), ({ index }) => index);
    const { record, tree } = views.get(list)!;
    const moving = [...byIndex].filter(([index, same]) => moves(action, record, index) || void settled.push(...same));
    for (const part of wordwise(moving, width)) {
      calls.push(planCall(deployment, action, list, tree, part));
      await setImmediate(); // hashing keeps the processor busy; others want it too
    }
  }
  return { calls, settled, conflicting };
}

function planCall(deployment: Deployment, action: StatusAction, list: number, tree: SparseTree, part: readonly (readonly [number, ChangeEntry[]])[]): PlannedCall {
  const masks = masksOf(part.map(([index]) => index));
  const previousRoot = tree.root();
  tree.setAll([...masks].map(([word, mask]) => [word, (action === 'reinstate' ? tree.leaf(word) & ~mask : tree.leaf(word) | mask) as FieldElement]));
  return {
    list, call: changeStatus(deployment, action, { list, masks, previousRoot, newRoot: tree.root() }),
    moving: part.map(([, [first]]) => first!), // groupBy makes no empty groups
    repeated: part.flatMap(([, [, ...others]]) => others),
  };
}

/** Parts that touch at most `width` words each; neighbours stay together, as they share nodes of the tree. */
function wordwise<T>(entries: readonly (readonly [number, T])[], width: number): (readonly [number, T])[][] {
  const words = [...Map.groupBy(entries.toSorted(([a], [b]) => a - b), ([index]) => entryPosition(index).word).values()];
  return Array.from({ length: Math.ceil(words.length / width) }, (_, i) => words.slice(i * width, (i + 1) * width).flat());
}

function standing({ latestWords, suspended }: ListRecord, index: number): 'valid' | 'suspended' | 'revoked' {
  const { word, bit } = entryPosition(index);
  const has = (words: ReadonlyMap<number, bigint>) => ((words.get(word) ?? 0n) >> BigInt(bit) & 1n) === 1n;
  if (!has(latestWords)) return 'valid';
  return has(suspended) ? 'suspended' : 'revoked';
}

const WANTED = { revoke: 'revoked', suspend: 'suspended', reinstate: 'valid' } as const satisfies Record<StatusAction, string>;
const moves = (action: StatusAction, record: ListRecord, index: number): boolean => standing(record, index) !== WANTED[action];
