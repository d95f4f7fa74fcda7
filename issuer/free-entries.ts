// Draws free status entries: at random, so that neighbours in a list say nothing about neighbours at the counter. Never one that the chain
// shows as used, and none of a list from which more was issued than this database knows: then it was put back from an older copy.
import { randomInt } from 'node:crypto';
import { entryStatus, HealthpassError, LIST_SIZE, type TrustState } from '#passport';
import type { IssuerStore } from './store.ts';

export type DrawDeps = { readonly store: Pick<IssuerStore, 'taken' | 'knowsAnchors'>; readonly trust: TrustState; /** Of the issuer, the one to fill first. */ readonly lists: readonly number[] };
export type FreeEntry = { readonly list: number; readonly index: number };

/**
 * What a few draws do not find is looked for with many; a list in which those find too little is nearly full, and has hardly any chance left to it.
 * @throws HealthpassError `list-full`
 */
export async function freeEntries(deps: DrawDeps, count: number): Promise<FreeEntry[]> {
  if (count === 0) return [];
  let behind = false;
  for (const list of deps.lists) {
    if (!(await isWhole(deps, list))) {
      behind = true;
      continue;
    }
    for (const draws of [2 * count + 4, 40 * count + 200]) {
      const free = await draw(deps, list, draws);
      if (free.length >= count) return free.slice(0, count);
    }
  }
  throw new HealthpassError('list-full', `${behind ? 'the database is older than what was issued from its status lists' : 'the status lists of this issuer are full'}; governance has to assign another`, { field: 'list' });
}

async function draw({ store, trust }: DrawDeps, list: number, draws: number): Promise<FreeEntry[]> {
  const drawn = new Set(Array.from({ length: draws }, () => randomInt(LIST_SIZE)));
  for (const index of await store.taken(list, [...drawn])) drawn.delete(index);
  for (const index of drawn) if (['revoked', 'suspended'].includes(entryStatus(trust, list, index))) drawn.delete(index);
  return [...drawn].map((index) => ({ list, index }));
}

/** Whether the database has every anchor that the chain has of a list: all of them were written down here before they went out. */
export const isWhole = ({ store, trust }: { readonly store: Pick<IssuerStore, 'knowsAnchors'>; readonly trust: Pick<TrustState, 'anchors'> }, list: number): Promise<boolean> =>
  store.knowsAnchors(trust.anchors.filter((anchor) => anchor.list === list).map(({ root }) => root));
