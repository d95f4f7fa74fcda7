// What the events add up to. Each event is checked against what the contracts allow, and every root is recomputed: what does not fit
// was not emitted by our contracts. States are never changed in place.
import { HealthpassError } from '#passport/errors.ts';
import type { FieldElement } from '#passport/field.ts';
import { REGISTRY_TREE, registryLeaf, type ClaimsKey } from '#passport/registry-tree.ts';
import { STATUS_TREE } from '#passport/status-list.ts';
import type { UnixSeconds } from '#passport/time.ts';
import type { AnchorRecord, IssuerStatus } from '#passport/trust.ts';
import type { SystemEvent } from './events.ts';
import { putLeaves, rootOf, type Subtree } from './merkle.ts';

export type IssuerState = {
  readonly id: number;
  readonly identity: string;
  readonly name: string;
  readonly accreditedBy: string;
  readonly status: IssuerStatus;
  readonly claimsKey: ClaimsKey | undefined;
  readonly lists: readonly number[];
};

export type ListState = {
  readonly id: number;
  readonly issuer: number;
  readonly words: ReadonlyMap<number, bigint>;
  readonly suspended: ReadonlyMap<number, bigint>;
  /** The root that the issuer published. */
  readonly published: FieldElement;
  /** Tree over the words, without the ones in `unhashed`. */
  readonly tree: Subtree;
  readonly unhashed: ReadonlyMap<number, FieldElement>;
};

/**
 * A root of the registry tree. `sound` when the status root of every active list under it was that of the list's words; undefined when
 * nobody looked.
 */
export type Epoch = { readonly root: FieldElement; readonly since: UnixSeconds; readonly sound: boolean | undefined };

export type ChainState = {
  readonly issuers: ReadonlyMap<number, IssuerState>;
  readonly lists: ReadonlyMap<number, ListState>;
  readonly leaves: ReadonlyMap<number, FieldElement>;
  readonly tree: Subtree;
  readonly unhashed: ReadonlyMap<number, FieldElement>;
  /** Oldest first; older than the horizon they are dropped. */
  readonly epochs: readonly Epoch[];
  /** Number of the last epoch; -1 before the tree exists. */
  readonly epoch: number;
  readonly anchors: readonly AnchorRecord[];
  /** Lists that were not compared with their root and leaf since one of them changed. */
  readonly unchecked: ReadonlySet<number>;
  /** Lists whose root is not that of their words: the issuer published a wrong one. */
  readonly unsound: ReadonlySet<number>;
};

export type Place = { readonly block: number; readonly time: UnixSeconds };

export const EMPTY_STATE: ChainState = {
  issuers: new Map(), lists: new Map(), leaves: new Map(), tree: undefined, unhashed: new Map(), epochs: [], epoch: -1, anchors: [], unchecked: new Set(), unsound: new Set(),
};
const EMPTY_STATUS_ROOT = rootOf(STATUS_TREE, undefined);

/**
 * The state after an event.
 * @param horizon roots set before it are not kept, so that what led to them needs no hashing
 * @throws HealthpassError `chain-inconsistent`
 */
export function applyEvent(state: ChainState, event: SystemEvent, place: Place, horizon: number): ChainState {
  switch (event.kind) {
    case 'issuer-added': return addIssuer(state, event);
    case 'issuer-described': return withIssuer(state, event.issuer, { name: event.name, accreditedBy: event.accreditedBy });
    case 'standing': return setStanding(state, event);
    case 'key': return withLeaves(withIssuer(state, event.issuer, { claimsKey: { x: event.x, y: event.y } }), event.issuer);
    case 'list-assigned': return assignList(state, event);
    case 'status': return changeWords(state, event);
    case 'root-corrected': return withList(state, event.list, () => ({ published: event.root }));
    case 'anchored': return anchored(state, event, place);
    case 'leaf': return setLeaf(state, event);
    case 'root': return setRoot(state, event, place, horizon);
  }
}

/**
 * Hashes what was put off and compares: the registry tree with its root, leaves with their lists, and lists with their roots.
 * @throws HealthpassError `chain-inconsistent` for all but the last: that one an issuer can get wrong
 */
export function settle(state: ChainState): ChainState {
  if (state.unchecked.size === 0 && state.unhashed.size === 0 && state.epochs.at(-1)?.sound !== undefined) return state;
  const lists = new Map(state.lists);
  const unsound = new Set(state.unsound);
  for (const id of state.unchecked) {
    const list = hashList(lists.get(id)!); // only lists that exist are changed
    lists.set(id, list);
    // An invented event, even with the right root in it, changes no leaf.
    if ((state.leaves.get(id - 1) ?? 0n) !== expectedLeaf(state, list)) throw lie('a leaf is not that of its list');
    if (rootOf(STATUS_TREE, list.tree) === list.published) unsound.delete(id);
    else unsound.add(id);
  }
  const tree = putLeaves(REGISTRY_TREE, state.tree, state.unhashed);
  const last = state.epochs.at(-1);
  if (last && rootOf(REGISTRY_TREE, tree) !== last.root) throw lie('a root is not that of the registry tree');
  const settled = { ...state, lists, tree, unhashed: new Map(), unchecked: new Set<number>(), unsound };
  return last ? { ...settled, epochs: [...state.epochs.slice(0, -1), { ...last, sound: unsoundLists(settled).length === 0 }] } : settled;
}

/** Lists of active issuers whose published root is not that of their words. */
export const unsoundLists = (state: ChainState): number[] =>
  [...state.unsound].filter((id) => state.issuers.get(state.lists.get(id)!.issuer)?.status === 'active');

function addIssuer(state: ChainState, { issuer, identity }: SystemEvent & { kind: 'issuer-added' }): ChainState {
  if (issuer !== state.issuers.size + 1) throw lie('an issuer is missing');
  const added = { id: issuer, identity, name: '', accreditedBy: '', status: 'suspended', claimsKey: undefined, lists: [] } as const;
  return { ...state, issuers: new Map(state.issuers).set(issuer, added) };
}

function setStanding(state: ChainState, { issuer, status }: SystemEvent & { kind: 'standing' }): ChainState {
  if (state.issuers.get(issuer)?.status === 'removed') throw lie('a removed issuer came back');
  return withLeaves(withIssuer(state, issuer, { status }), issuer);
}

function assignList(state: ChainState, { issuer, list }: SystemEvent & { kind: 'list-assigned' }): ChainState {
  if (list !== state.lists.size + 1) throw lie('a list is missing');
  const added = { id: list, issuer, words: new Map(), suspended: new Map(), published: EMPTY_STATUS_ROOT, tree: undefined, unhashed: new Map() };
  const lists = new Map(state.lists).set(list, added);
  const unchecked = new Set(state.unchecked).add(list);
  return withIssuer({ ...state, lists, unchecked }, issuer, { lists: [...(state.issuers.get(issuer)?.lists ?? []), list] });
}

/** As StatusRegistry does it, its refusals included. */
function changeWords(state: ChainState, { action, list: id, root, masks }: SystemEvent & { kind: 'status' }): ChainState {
  return withList(state, id, (list) => {
    const [words, suspended, unhashed] = [new Map(list.words), new Map(list.suspended), new Map(list.unhashed)];
    for (const [position, mask] of masks) {
      const [word, held] = [words.get(position) ?? 0n, suspended.get(position) ?? 0n];
      if (action === 'suspend' && mask & word & ~held) throw lie('a revoked entry was suspended');
      if (action === 'reinstate' && mask & ~held) throw lie('an entry was reinstated that was not suspended');
      const next = action === 'reinstate' ? word & ~mask : word | mask;
      put(words, position, next);
      put(suspended, position, action === 'suspend' ? held | mask : held & ~mask);
      if (next !== word) unhashed.set(position, next as FieldElement); // 248 bits are below r
    }
    return { words, suspended, unhashed, published: root };
  });
}

function put(map: Map<number, bigint>, position: number, value: bigint): void {
  if (value === 0n) map.delete(position);
  else map.set(position, value);
}

function anchored(state: ChainState, { list, root }: SystemEvent & { kind: 'anchored' }, { block, time }: Place): ChainState {
  if (!state.lists.has(list)) throw lie('a list is unknown');
  return { ...state, anchors: [...state.anchors, { list, root, time, block }] };
}

/** The leaf that issuer, list and status root make; 0 while the issuer may not issue. */
export function expectedLeaf(state: ChainState, list: ListState): FieldElement {
  const issuer = state.issuers.get(list.issuer);
  if (issuer?.status !== 'active') return 0n as FieldElement;
  if (!issuer.claimsKey) throw lie('an active issuer has no key');
  return registryLeaf(issuer.claimsKey, list.id, list.published);
}

/** A leaf is never taken on trust. */
function setLeaf(state: ChainState, { slot, leaf }: SystemEvent & { kind: 'leaf' }): ChainState {
  const list = state.lists.get(slot + 1);
  if (!list || leaf !== expectedLeaf(state, list)) throw lie('a leaf is not that of its list');
  const leaves = new Map(state.leaves);
  put(leaves, slot, leaf);
  return { ...state, leaves, unhashed: new Map(state.unhashed).set(slot, leaf) };
}

function setRoot(state: ChainState, { root, epoch, time }: SystemEvent & { kind: 'root' }, place: Place, horizon: number): ChainState {
  if (epoch !== state.epoch + 1) throw lie('a root of the registry tree is missing');
  if (time !== place.time) throw lie('a root was set at another time than its block');
  const since = place.time;
  const next = { root, since, sound: undefined };
  // What lies before the horizon is of no use to anybody: only the last of it is kept, and nothing is hashed yet.
  if (since < horizon) return { ...state, epoch, epochs: [next] };
  const kept = state.epochs.filter((_, i) => (state.epochs[i + 1]?.since ?? since) >= horizon);
  return settle({ ...state, epoch, epochs: [...kept, next] });
}

function withIssuer(state: ChainState, id: number, change: Partial<IssuerState>): ChainState {
  const issuer = state.issuers.get(id);
  if (!issuer) throw lie('an issuer is unknown');
  return { ...state, issuers: new Map(state.issuers).set(id, { ...issuer, ...change }) };
}

/** The leaves of an issuer's lists have to change with it. */
const withLeaves = (state: ChainState, issuer: number): ChainState =>
  ({ ...state, unchecked: new Set([...state.unchecked, ...state.issuers.get(issuer)!.lists]) }); // withIssuer has found it

function withList(state: ChainState, id: number, change: (list: ListState) => Partial<ListState>): ChainState {
  const list = state.lists.get(id);
  if (!list) throw lie('a list is unknown');
  return { ...state, lists: new Map(state.lists).set(id, { ...list, ...change(list) }), unchecked: new Set(state.unchecked).add(id) };
}

function hashList(list: ListState): ListState {
  if (list.unhashed.size === 0) return list;
  return { ...list, tree: putLeaves(STATUS_TREE, list.tree, list.unhashed), unhashed: new Map() };
}

const lie = (message: string) => new HealthpassError('chain-inconsistent', message);
