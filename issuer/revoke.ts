// Revoke, suspend, reinstate: bits of a status list and its new root, in one transaction for many credentials.
import { HealthpassError, createStatusTree, entryPosition, masksOf, type FieldElement, type ListRecord, type SparseTree } from '#passport';
import type { StatusAction } from '#contracts/status.ts';
import type { IssuerChain } from './chain.ts';
import type { CredentialRecord, IssuerStore } from './store.ts';

/** Words changed in one transaction: suspending so many new ones takes half of a block. */
const WORDS_AT_ONCE = 256;

export type RevokeDeps = { readonly store: IssuerStore; readonly chain: IssuerChain };
export type StatusOutcome = { readonly id: string; readonly list: number; readonly index: number; readonly changed: boolean };

/** Trees by list, kept between changes: a change then costs a few hashes instead of the whole list. */
export function createStatusWriter({ store, chain }: RevokeDeps) {
  const trees = new Map<number, { readonly tree: SparseTree; readonly words: Map<number, bigint> }>();
  let last: Promise<unknown> = Promise.resolve();

  /**
   * Changes the status of credentials by id. Those that are in the wanted state already are left alone, so it may be repeated.
   * @throws HealthpassError `credential-unknown`, `status-conflict` (a revoked credential cannot be suspended or reinstated)
   */
  async function change(action: StatusAction, ids: readonly string[]): Promise<StatusOutcome[]> {
    const records = await withCopies(store, ids);
    const trust = await chain.trust();
    const outcomes: StatusOutcome[] = [];
    for (const list of new Set(records.map((record) => record.list))) {
      const state = trust.lists.find((candidate) => candidate.id === list);
      if (!state) throw new HealthpassError('chain-inconsistent', 'the chain does not show a list of this issuer', { field: 'list' });
      const entries = records.filter((record) => record.list === list);
      const moving = entries.filter(({ index }) => moves(action, state, index));
      if (moving.length > 0) await write(action, state, moving.map(({ index }) => index));
      outcomes.push(...entries.map((record) => ({ id: record.id, list, index: record.index, changed: moving.includes(record) })));
    }
    return outcomes;
  }

  async function write(action: StatusAction, state: ListRecord, indices: readonly number[]): Promise<void> {
    const { tree, words } = treeOf(state);
    const all = [...masksOf(indices)];
    try {
      for (let from = 0; from < all.length; from += WORDS_AT_ONCE) {
        const masks = new Map(all.slice(from, from + WORDS_AT_ONCE));
        const previousRoot = tree.root();
        for (const [word, mask] of masks) {
          const now = tree.leaf(word);
          const next = action === 'reinstate' ? now & ~mask : now | mask;
          tree.set(word, next as FieldElement);
          if (next === 0n) words.delete(word);
          else words.set(word, next);
        }
        await chain.changeStatus(action, { list: state.id, masks, previousRoot, newRoot: tree.root() });
      }
    } catch (error) {
      trees.delete(state.id);
      throw error;
    }
  }

  /** The tree over the words that the chain has now: the one kept, unless the chain has moved otherwise. */
  function treeOf({ id, latestWords }: ListRecord) {
    const kept = trees.get(id);
    const current = kept?.words.size === latestWords.size && [...latestWords].every(([word, value]) => kept.words.get(word) === value);
    const entry = kept && current ? kept : { tree: createStatusTree(latestWords), words: new Map(latestWords) };
    trees.set(id, entry);
    return entry;
  }

  return {
    /** One change after the other: each starts from the root that the one before it left. */
    change(action: StatusAction, ids: readonly string[]): Promise<StatusOutcome[]> {
      const next = last.then(() => change(action, ids));
      last = next.catch(() => {});
      return next;
    },
  };
}

/** The entries that ids stand for: the copies of one credential share its fate. */
async function withCopies(store: IssuerStore, ids: readonly string[]): Promise<CredentialRecord[]> {
  const found = await Promise.all(ids.map(async (id) => {
    const record = await store.find(id);
    if (!record) throw new HealthpassError('credential-unknown', 'this issuer has issued no such credential', { field: 'id' });
    return store.copies(record.issuance);
  }));
  return found.flat();
}

/** Whether an entry has to change for an action; refuses what a revoked entry cannot do. */
function moves(action: StatusAction, list: ListRecord, index: number): boolean {
  const { word, bit } = entryPosition(index);
  const has = (words: ReadonlyMap<number, bigint>) => ((words.get(word) ?? 0n) >> BigInt(bit) & 1n) === 1n;
  const blocked = has(list.latestWords);
  const suspended = blocked && has(list.suspended);
  if (blocked && !suspended && action !== 'revoke') {
    throw new HealthpassError('status-conflict', 'the credential is revoked, which is final', { field: 'id' });
  }
  return action === 'revoke' ? !blocked || suspended : action === 'suspend' ? !blocked : suspended;
}
