// When a category's key must be replaced: whoever read the category whole, and does not from now on, holds the old one and must not open what is
// written later. Whoever had single records only holds no such key.
import type { UnixSeconds } from '#passport';
import type { Address } from '../members.ts';
import { CATEGORIES, type Category } from '../record.ts';
import { wholeCategories } from './keys.ts';
import type { Policy } from './policy.ts';

/** Categories whose epoch is to be bumped when the patient's policies (all of them, or those for one recipient) become others. */
export const narrowed = (before: readonly Policy[], after: readonly Policy[], now: UnixSeconds): Category[] => lost(readersAt(before, now), readersAt(after, now));

/** What ends by itself, in order: epochs to be published ahead, each with `since` = `at`. */
export function expiries(policies: readonly Policy[], now: UnixSeconds): { readonly at: UnixSeconds; readonly categories: readonly Category[] }[] {
  const turns = [...new Set(policies.flatMap(({ from, until }) => [from, until]))].filter((at) => at > now).sort((a, b) => a - b);
  return turns.map((at) => ({ at, categories: lost(readersAt(policies, (at - 1) as UnixSeconds), readersAt(policies, at)) })).filter(({ categories }) => categories.length > 0);
}

type Readers = ReadonlyMap<Address, ReadonlySet<Category>>;

function readersAt(policies: readonly Policy[], now: UnixSeconds): Readers {
  const readers = new Map<Address, Set<Category>>();
  for (const policy of policies) {
    if (policy.effect === 'deny') continue; // no key is wrapped by one
    const whole = wholeCategories(policy, { others: policies, now });
    readers.set(policy.recipient, new Set([...(readers.get(policy.recipient) ?? []), ...whole]));
  }
  return readers;
}

const lost = (before: Readers, after: Readers): Category[] =>
  CATEGORIES.filter((category) => [...before].some(([reader, categories]) => categories.has(category) && !after.get(reader)?.has(category)));
