// Which keys have to lie ready for whom: from the patient's consents, the epochs and what there is of records. The wallet wraps by it, and the gateway
// checks by it that neither more nor less was wrapped, although it can open none.
import { keysFor, narrowed, wholeCategories, wholeUntil, type Policy } from '../consent/index.ts';
import { planEpochs } from '../keys/epochs.ts';
import type { UnixSeconds } from '#passport';
import { ORDINARY_CATEGORIES, type Category, type RecordId, type RecordMeta } from '../record.ts';

/** A consent that is in force or will be; `id` is that of its relationship. */
export type Consented = { readonly id: string; readonly policy: Policy };
export type EpochHead = { readonly category: Category; readonly epoch: number; readonly since: number };
/** `isUsed`: something was written under it. */
export type KnownEpoch = EpochHead & { readonly isUsed?: boolean | undefined };

/** What one relationship needs: wraps of whole epochs, signatures of their public keys, wraps of single records. */
export type NeededKeys = { readonly epochs: readonly EpochHead[]; readonly signatures: readonly EpochHead[]; readonly records: readonly RecordId[] };

export type KeyState = { readonly consents: readonly Consented[]; /** Those that there are, and new ones. */ readonly epochs: readonly KnownEpoch[]; readonly records: readonly RecordMeta[]; readonly now: UnixSeconds };

/**
 * Epochs that matter: under which something was written, or is or will be written. One that a higher one overtakes before it begins never will be:
 * whoever held its key may have been revoked.
 */
export function usefulEpochs<Epoch extends KnownEpoch>({ epochs, now }: { readonly epochs: readonly Epoch[]; readonly now: UnixSeconds }): Epoch[] {
  const overtaken = new Set<Epoch>();
  const soonest = new Map<Category, number>(); // when the first of the higher ones begins
  for (const one of epochs.toSorted((left, right) => right.epoch - left.epoch)) {
    const higher = soonest.get(one.category) ?? Infinity;
    if (higher <= Math.max(one.since, now)) overtaken.add(one);
    soonest.set(one.category, Math.min(higher, one.since));
  }
  return epochs.filter((one) => one.isUsed === true || !overtaken.has(one));
}

/** What is to be wrapped for one of the consents, and signed for its writers. Nothing for a denial. */
export function neededKeys(one: Consented, state: KeyState): NeededKeys {
  const { policy } = one;
  if (policy.effect === 'deny' || policy.until <= state.now) return { epochs: [], signatures: [], records: [] };
  const context = { others: othersOf(one, state.consents), now: state.now };
  const { epochs: whole, records } = keysFor(policy, state.records, context);
  const ends = new Map(whole.map((category) => [category, wholeUntil(policy, category, context)]));
  const useful = usefulEpochs(state).filter(({ since }) => since < policy.until);
  const writable = policy.actions.includes('write') ? coveredBy(policy) : [];
  return {
    epochs: useful.filter(({ category, since }) => since < (ends.get(category) ?? 0)),
    signatures: useful.filter(({ category }) => whole.includes(category) || writable.includes(category)),
    records,
  };
}

/** Whether one of the consents has to be wrapped record by record: then the records have to be known. */
export const isNarrow = ({ policy }: Consented, consents: readonly Consented[], now: UnixSeconds): boolean => narrowCategories(policy, consents, now).length > 0;

/** Categories that a consent opens only in part. */
export function narrowCategories(policy: Policy, consents: readonly Consented[], now: UnixSeconds): Category[] {
  if (policy.effect === 'deny' || !policy.actions.includes('read') || policy.until <= now) return [];
  const whole = wholeCategories(policy, { others: consents.filter((one) => one.policy !== policy).map((one) => one.policy), now });
  return coveredBy(policy).filter((category) => !whole.includes(category));
}

/** What new epochs are numbered after; `least` as {@link planEpochs} takes it. */
type Numbering = Pick<KeyState, 'epochs' | 'now'> & { readonly least: number };

/** Epochs to publish with a change of the consents: those of every category that other people read whole than before, or that has none yet. */
export function planChange(before: readonly Consented[], after: readonly Consented[], { epochs, now, least }: Numbering): EpochHead[] {
  const known = new Map<Category, number>();
  for (const { category, epoch } of epochs) known.set(category, Math.max(known.get(category) ?? 0, epoch));
  const [was, is] = [wholeReaders(before, now), wholeReaders(after, now)];
  const lost = narrowed(before.map(({ policy }) => policy), after.map(({ policy }) => policy), now);
  const needed = new Set<Category>(after.flatMap(({ policy }) => (policy.effect === 'permit' && policy.until > now ? coveredBy(policy) : [])));
  const touched = [...new Set([...needed, ...was.keys(), ...is.keys(), ...lost])]
    .filter((category) => lost.includes(category) || (needed.has(category) && !known.has(category)) || textOf(was.get(category)) !== textOf(is.get(category)));
  return touched.flatMap((category) => planEpochs({ last: known.get(category) ?? 0, least, now, readers: is.get(category) ?? [] }).map(({ epoch, since }) => ({ category, epoch, since })));
}

/** Epochs to publish for categories as they are: after somebody else's revocation, or when something is written in a category for the first time. */
export function planAnew(categories: readonly Category[], consents: readonly Consented[], { epochs, now, least }: Numbering): EpochHead[] {
  const readers = wholeReaders(consents, now);
  const last = (category: Category) => Math.max(0, ...epochs.filter((one) => one.category === category).map(({ epoch }) => epoch));
  return categories.flatMap((category) => planEpochs({ last: last(category), least, now, readers: readers.get(category) ?? [] }).map(({ epoch, since }) => ({ category, epoch, since })));
}

/** Categories that a change has to give new epochs, whatever else it does: somebody who read them whole does not any more. */
export const lostCategories = (before: readonly Consented[], after: readonly Consented[], now: UnixSeconds): Category[] =>
  narrowed(before.map(({ policy }) => policy), after.map(({ policy }) => policy), now);

const othersOf = (one: Consented, all: readonly Consented[]): Policy[] => all.filter(({ id }) => id !== one.id).map(({ policy }) => policy);
const textOf = (readers: readonly { readonly reader: string; readonly until: number }[] | undefined): string => (readers ?? []).map(({ reader, until }) => `${reader}@${until}`).sort().join();

function wholeReaders(consents: readonly Consented[], now: UnixSeconds): Map<Category, { readonly reader: string; readonly until: number }[]> {
  const readers = new Map<Category, { readonly reader: string; readonly until: number }[]>();
  for (const one of consents) {
    if (one.policy.effect === 'deny' || one.policy.until <= now) continue;
    const context = { others: othersOf(one, consents), now };
    for (const category of wholeCategories(one.policy, context)) {
      readers.set(category, [...(readers.get(category) ?? []), { reader: one.id, until: wholeUntil(one.policy, category, context) }]);
    }
  }
  return readers;
}

/** Of a permission, the categories that it says something of. */
const coveredBy = ({ categories }: Policy): readonly Category[] => categories ?? ORDINARY_CATEGORIES;
