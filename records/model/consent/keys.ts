// Which keys a policy puts into its recipient's hands. Keys carry what concerns the record: category, date, instance, author. Who of an organisation
// asks, for what purpose and when is decided as keys are released. A category's key opens all of it, so it is given only where nothing narrows it.
import type { UnixSeconds } from '#passport';
import { CATEGORIES, type Category, type RecordId, type RecordMeta } from '../record.ts';
import { categoriesOf, coversPurposes, isOfKeys, limitsData, oppositeOf, type Effect, type Exception, type Narrowing, type Policy } from './policy.ts';

/** What a policy is limited by. */
export const LIMITS = ['category', 'date', 'record', 'author', 'purpose', 'time', 'person'] as const;
export type Limit = (typeof LIMITS)[number];

export type Keys = {
  /** Categories whose epoch keys are wrapped. */
  readonly epochs: readonly Category[];
  /** Records, outside these, whose own keys are wrapped. */
  readonly records: readonly RecordId[];
};
export type PolicyKeys = Keys & { readonly enforcedByKeys: readonly Limit[]; readonly enforcedAtRelease: readonly Limit[] };
export type KeyContext = {
  /** The patient's other policies: a denial among them takes keys away. */
  readonly others?: readonly Policy[];
  readonly now: UnixSeconds;
};

/** What is wrapped to the recipient, of the records that there are. */
export function keysFor(policy: Policy, records: readonly RecordMeta[], context: KeyContext): PolicyKeys {
  const denials = denialsOf(policy, context);
  const epochs = wholeCategories(policy, context);
  const isWrapped = (record: RecordMeta) => !epochs.includes(record.category) && isReadable(policy, record) && !denials.some((denial) => isDeniedBy(denial, record));
  return { epochs, records: isRead(policy, context.now) ? records.filter(isWrapped).map(({ id }) => id) : [], ...enforcement(policy) };
}

/** Whether somebody with these keys can open the record. */
export const reachable = ({ epochs, records }: Keys, { category, id }: RecordMeta): boolean => epochs.includes(category) || records.includes(id);

/** Categories that the recipient reads whole: all that is in them, and all that will be. */
export function wholeCategories(policy: Policy, context: KeyContext): Category[] {
  if (!isRead(policy, context.now)) return [];
  const denials = denialsOf(policy, context);
  return CATEGORIES.filter((category) => isWhole(policy, category) && !denials.some((denial) => touches(denial, category)));
}

/** Until when it reads whole what it reads whole now: to its end, or until a denial begins that holds for all the time that is left then. */
export function wholeUntil(policy: Policy, category: Category, { others = [], now }: KeyContext): UnixSeconds {
  const begins = others.filter(({ recipient, from }) => recipient === policy.recipient && from > now && from < policy.until).map(({ from }) => from).sort((a, b) => a - b);
  return begins.find((at) => !wholeCategories(policy, { others, now: at }).includes(category)) ?? policy.until;
}

const isRead = ({ actions, until }: Policy, now: UnixSeconds): boolean => actions.includes('read') && now < until;

const names = (effect: Effect, rule: Narrowing, category: Category): boolean => categoriesOf(effect, rule).includes(category);
const isWithin = (effect: Effect, rule: Narrowing, { id, category, date, author }: RecordMeta): boolean =>
  names(effect, rule, category) && (rule.dataPeriod?.from ?? '') <= date && date <= (rule.dataPeriod?.until ?? '~')
  && (rule.records?.includes(id) ?? true) && (rule.authors?.includes(author) ?? true);

const exceptionsOf = ({ exceptions, effect }: Policy, fits: (effect: Effect, exception: Exception) => boolean): boolean =>
  exceptions.some((exception) => fits(oppositeOf(effect), exception));

/** Whether some request for it may be permitted, for all that keys can tell. */
function isReadable(policy: Policy, record: RecordMeta): boolean {
  if (!isWithin(policy.effect, policy, record)) return false;
  if (policy.effect === 'deny') return exceptionsOf(policy, (effect, exception) => isWithin(effect, exception, record));
  return !exceptionsOf(policy, (effect, exception) => isOfKeys(exception) && isWithin(effect, exception, record));
}

function isWhole(policy: Policy, category: Category): boolean {
  if (!names(policy.effect, policy, category) || limitsData(policy)) return false;
  if (policy.effect === 'deny') return exceptionsOf(policy, (effect, exception) => !limitsData(exception) && names(effect, exception, category));
  return !exceptionsOf(policy, (effect, exception) => isOfKeys(exception) && names(effect, exception, category));
}

/** Policies for the same recipient that hold whenever this one does: what they deny is denied for good. */
function denialsOf(policy: Policy, { others = [], now }: KeyContext): Policy[] {
  const from = Math.max(policy.from, now);
  return others.filter((other) => other !== policy && other.recipient === policy.recipient && other.actions.includes('read')
    && coversPurposes(other.purposes, policy.purposes) && other.from <= from && policy.until <= other.until);
}

function isDeniedBy(other: Policy, record: RecordMeta): boolean {
  if (!isWithin(other.effect, other, record)) return false;
  return other.effect === 'deny' ? !isReadable(other, record) : exceptionsOf(other, (effect, exception) => isOfKeys(exception) && isWithin(effect, exception, record));
}

/** Whether it may deny a record of the category, one that is there or one to come. */
function touches(other: Policy, category: Category): boolean {
  if (!names(other.effect, other, category)) return false;
  if (other.effect === 'permit') return exceptionsOf(other, (effect, exception) => isOfKeys(exception) && names(effect, exception, category));
  return !exceptionsOf(other, (effect, exception) => !limitsData(exception) && names(effect, exception, category));
}

function enforcement(policy: Policy): Pick<PolicyKeys, 'enforcedByKeys' | 'enforcedAtRelease'> {
  const ofKeys = policy.exceptions.filter((exception) => policy.effect === 'deny' || isOfKeys(exception));
  const atRelease = policy.exceptions.filter((exception) => !isOfKeys(exception));
  const byKeys = new Set<Limit>(['category', ...[policy, ...ofKeys].flatMap(limitsOfData)]);
  const released = new Set<Limit>(['time', ...(policy.purposes ? ['purpose' as const] : []), ...atRelease.flatMap((exception) => [...limitsOfRequest(exception), ...limitsOfData(exception)])]);
  return { enforcedByKeys: LIMITS.filter((limit) => byKeys.has(limit)), enforcedAtRelease: LIMITS.filter((limit) => released.has(limit)) };
}

const limitsOfData = ({ categories, dataPeriod, records, authors }: Narrowing): Limit[] => [
  ...(categories ? ['category' as const] : []), ...(dataPeriod ? ['date' as const] : []), ...(records ? ['record' as const] : []), ...(authors ? ['author' as const] : []),
];
const limitsOfRequest = ({ purposes, actors }: Exception): Limit[] => [...(purposes ? ['purpose' as const] : []), ...(actors ? ['person' as const] : [])];
