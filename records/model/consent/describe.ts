// A policy in parts that a face puts into words: what is limited, by what, in the order in which one would say it.
import type { UnixSeconds } from '#passport';
import type { Address } from '../members.ts';
import type { Purpose } from '../purposes.ts';
import type { Category, FhirDay, RecordId } from '../record.ts';
import { categoriesOf, oppositeOf, type Action, type Author, type Effect, type Exception, type Policy } from './policy.ts';

export type PolicyPart =
  /** `named` false: nothing was said, and this is what that means. */
  | { readonly kind: 'categories'; readonly categories: readonly Category[]; readonly named: boolean }
  | { readonly kind: 'dates'; readonly from?: FhirDay; readonly until?: FhirDay }
  | { readonly kind: 'records'; readonly records: readonly RecordId[] }
  | { readonly kind: 'authors'; readonly authors: readonly Author[] }
  | { readonly kind: 'purposes'; readonly purposes: readonly Purpose[] }
  | { readonly kind: 'actors'; readonly actors: readonly Address[] }
  | { readonly kind: 'times'; readonly from?: UnixSeconds; readonly until?: UnixSeconds };
export type PolicyDescription = {
  readonly effect: Effect;
  readonly recipient: Address;
  readonly actions: readonly Action[];
  readonly from: UnixSeconds;
  readonly until: UnixSeconds;
  readonly limits: readonly PolicyPart[];
  /** Each turns the effect round for what all its parts describe. */
  readonly exceptions: readonly (readonly PolicyPart[])[];
};

export function describePolicy(policy: Policy): PolicyDescription {
  const { effect, recipient, actions, from, until, exceptions } = policy;
  return { effect, recipient, actions, from, until, limits: partsOf(effect, policy), exceptions: exceptions.map((exception) => partsOf(oppositeOf(effect), exception)) };
}

function partsOf(effect: Effect, rule: Exception): PolicyPart[] {
  const { categories, dataPeriod, records, authors, purposes, actors, period } = rule;
  return [
    { kind: 'categories', categories: categoriesOf(effect, rule), named: categories !== undefined },
    ...(dataPeriod ? [{ kind: 'dates', ...dataPeriod } as const] : []),
    ...(records ? [{ kind: 'records', records } as const] : []),
    ...(authors ? [{ kind: 'authors', authors } as const] : []),
    ...(purposes ? [{ kind: 'purposes', purposes } as const] : []),
    ...(actors ? [{ kind: 'actors', actors } as const] : []),
    ...(period ? [{ kind: 'times', ...period } as const] : []),
  ];
}
