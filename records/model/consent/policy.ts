// A compiled consent: what one recipient may do, when, with what. The one form that the chain's digest, the decision and the keys are made from,
// so it is canonical: two consents that say the same are the same bytes.
import type { UnixSeconds } from '#passport';
import type { Address } from '../members.ts';
import { PURPOSES, type Purpose } from '../purposes.ts';
import { CATEGORIES, ORDINARY_CATEGORIES, type Category, type FhirDay, type RecordId } from '../record.ts';

export const ACTIONS = ['read', 'write'] as const;
export type Action = (typeof ACTIONS)[number];
export type Effect = 'permit' | 'deny';
export type Author = Address | 'patient';

/** What a rule is limited to; absent = not limited. All that is said must hold; within a list, one. */
export type Narrowing = {
  /** Exactly these: no purpose includes another. */
  readonly purposes?: readonly Purpose[];
  /** Absent, where the rule permits: all but `sensitive`, which is permitted only by name. Absent, where it denies: all. */
  readonly categories?: readonly Category[];
  /** By the record's clinical date; both days included. */
  readonly dataPeriod?: { readonly from?: FhirDay; readonly until?: FhirDay };
  /** Never together with `authors`. */
  readonly records?: readonly RecordId[];
  readonly authors?: readonly Author[];
};

/** Within its policy, turns the effect round. */
export type Exception = Narrowing & {
  /** People or organisations who ask. */
  readonly actors?: readonly Address[];
  /** Half-open: [from, until). */
  readonly period?: { readonly from?: UnixSeconds; readonly until?: UnixSeconds };
};

export type Policy = Narrowing & {
  readonly version: 1;
  readonly effect: Effect;
  /** A person, or an organisation with all its staff. */
  readonly recipient: Address;
  readonly actions: readonly Action[];
  /** Half-open: [from, until). */
  readonly from: UnixSeconds;
  readonly until: UnixSeconds;
  readonly exceptions: readonly Exception[];
};

export const oppositeOf = (effect: Effect): Effect => (effect === 'permit' ? 'deny' : 'permit');

/** The categories of a rule of this effect, `sensitive` only as said above. */
export const categoriesOf = (effect: Effect, { categories }: Narrowing): readonly Category[] => categories ?? (effect === 'permit' ? ORDINARY_CATEGORIES : CATEGORIES);

/** Whether it says something of particular records, which asking to write has not: a date, an instance, an author. */
export const limitsData = ({ dataPeriod, records, authors }: Narrowing): boolean => dataPeriod !== undefined || records !== undefined || authors !== undefined;

/** Whether keys alone can carry it: nothing in it depends on who asks, why, or when. */
export const isOfKeys = ({ purposes, actors, period }: Exception): boolean => purposes === undefined && actors === undefined && period === undefined;

/** Whether purposes said by one rule are all said by another. */
export const coversPurposes = (outer: readonly Purpose[] | undefined, inner: readonly Purpose[] | undefined): boolean =>
  outer === undefined || (inner ?? PURPOSES).every((purpose) => outer.includes(purpose));
