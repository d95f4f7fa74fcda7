// Whether a request is within the patient's consents. Whoever is not permitted is denied; an explicit denial beats any permission; what stands on
// chain and is not what we hold stops everything for its recipient. Prepared once for a patient, then a decision costs a look at a few numbers.
import type { UnixSeconds } from '#passport';
import type { Address } from '../members.ts';
import { PURPOSES, type Purpose } from '../purposes.ts';
import { CATEGORIES, type Category, type RecordMeta } from '../record.ts';
import { ACTIONS, categoriesOf, limitsData, oppositeOf, type Effect, type Exception, type Policy } from './policy.ts';
import { CLEARED_WORD, wordMatches, type GrantId, type GrantWord, type Salt } from './word.ts';

export type AccessRequest = {
  readonly person: Address;
  /** For whom the person acts, as the chain has it. */
  readonly organisation?: Address;
  readonly purpose: Purpose;
  readonly time: UnixSeconds;
} & ({ readonly action: 'read'; readonly record: RecordMeta } | { readonly action: 'write'; readonly record: { readonly category: Category } });

/** A policy and what the chain says of its grant now. */
export type StandingPolicy = { readonly grant: GrantId; readonly policy: Policy; readonly salt: Salt; readonly word: GrantWord };

/** Of several, the one that came closest to a permission: from the left (farthest) to the right. The last two are explicit. */
export const DENY_REASONS = [
  'no-consent', 'revoked', 'changed', 'not-yet', 'expired', 'action', 'purpose', 'category', 'sensitive', 'date', 'record', 'author', 'exception', 'denied',
] as const;
export type DenyReason = (typeof DENY_REASONS)[number];
export type Decision = { readonly outcome: 'permit'; readonly grant: GrantId } | { readonly outcome: 'deny'; readonly reason: DenyReason };
export type Decider = { readonly decide: (request: AccessRequest) => Decision };

/** What a rule asks of a request, as numbers and sets. */
type Limits = {
  readonly from: number;
  readonly until: number;
  readonly purposes: number;
  readonly categories: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly records: ReadonlySet<string> | undefined;
  readonly authors: ReadonlySet<string> | undefined;
  readonly actors: ReadonlySet<string> | undefined;
  readonly limitsData: boolean;
};
type Rule = { readonly grant: GrantId; readonly effect: Effect; readonly actions: number; readonly limits: Limits; readonly exceptions: readonly Limits[] };
type Standing = { readonly rules: Rule[]; revoked: boolean; changed: boolean };

const bitsOf = <T>(order: readonly T[]): ReadonlyMap<T, number> => new Map(order.map((value, i) => [value, 1 << i]));
const PURPOSE_BITS = bitsOf(PURPOSES);
const CATEGORY_BITS = bitsOf(CATEGORIES);
const ACTION_BITS = bitsOf(ACTIONS);
const ANY = ~0;
const maskOf = <T>(values: readonly T[], bits: ReadonlyMap<T, number>): number => values.reduce((mask, value) => mask | (bits.get(value) ?? 0), 0);

/** All policies of one patient. Make another when one of them, or a word on chain, changes. */
export function prepare(policies: readonly StandingPolicy[]): Decider {
  const byRecipient = new Map<Address, Standing>();
  for (const { grant, policy, salt, word } of policies) {
    const standing = byRecipient.get(policy.recipient) ?? { rules: [], revoked: false, changed: false };
    byRecipient.set(policy.recipient, standing);
    if (word === CLEARED_WORD) standing.revoked = true;
    else if (wordMatches(word, policy, salt)) standing.rules.push(ruleOf(grant, policy));
    else standing.changed = true;
  }
  return { decide: (request) => decideAmong(byRecipient.get(request.person), request.organisation === undefined ? undefined : byRecipient.get(request.organisation), request) };
}

export const decide = (policies: readonly StandingPolicy[], request: AccessRequest): Decision => prepare(policies).decide(request);

const ruleOf = (grant: GrantId, policy: Policy): Rule => ({
  grant,
  effect: policy.effect,
  actions: maskOf(policy.actions, ACTION_BITS),
  limits: limitsOf(policy.effect, policy, policy.from, policy.until),
  exceptions: policy.exceptions.map((exception) => limitsOf(oppositeOf(policy.effect), exception, exception.period?.from ?? policy.from, exception.period?.until ?? policy.until)),
});

const limitsOf = (effect: Effect, limits: Exception, from: number, until: number): Limits => ({
  from, until,
  purposes: limits.purposes ? maskOf(limits.purposes, PURPOSE_BITS) : ANY,
  categories: maskOf(categoriesOf(effect, limits), CATEGORY_BITS),
  firstDay: limits.dataPeriod?.from ?? '',
  lastDay: limits.dataPeriod?.until ?? '~', // after every digit
  records: limits.records && new Set(limits.records),
  authors: limits.authors && new Set(limits.authors),
  actors: limits.actors && new Set(limits.actors),
  limitsData: limitsData(limits),
});

function decideAmong(own: Standing | undefined, ofOrganisation: Standing | undefined, request: AccessRequest): Decision {
  let closest = 0;
  let grant: GrantId | undefined;
  for (const standing of own === ofOrganisation ? [own] : [own, ofOrganisation]) {
    if (!standing) continue;
    if (standing.changed) return { outcome: 'deny', reason: 'changed' };
    if (standing.revoked) closest = Math.max(closest, REVOKED);
    for (const rule of standing.rules) {
      const miss = missOf(rule, request);
      if (miss !== undefined) {
        if (rule.effect === 'permit') closest = Math.max(closest, RANK.get(miss)!);
        continue;
      }
      const excepted = rule.exceptions.some((exception) => isExcepted(exception, request));
      if (excepted === (rule.effect === 'permit')) return { outcome: 'deny', reason: excepted ? 'exception' : 'denied' };
      grant = rule.grant;
    }
  }
  return grant === undefined ? { outcome: 'deny', reason: DENY_REASONS[closest]! } : { outcome: 'permit', grant };
}

const RANK: ReadonlyMap<DenyReason, number> = new Map(DENY_REASONS.map((reason, i) => [reason, i]));
const REVOKED = RANK.get('revoked')!;

/** The first thing in which the request is outside the rule, its exceptions not looked at. */
function missOf({ limits, actions, effect }: Rule, request: AccessRequest): DenyReason | undefined {
  if (request.time < limits.from) return 'not-yet';
  if (request.time >= limits.until) return 'expired';
  if ((actions & ACTION_BITS.get(request.action)!) === 0) return 'action';
  if ((limits.purposes & (PURPOSE_BITS.get(request.purpose) ?? 0)) === 0) return 'purpose';
  if ((limits.categories & (CATEGORY_BITS.get(request.record.category) ?? 0)) === 0) return request.record.category === 'sensitive' ? 'sensitive' : 'category';
  // limits of dates, instances and authors are limits of reading: they neither hinder writing nor deny it
  if (request.action === 'write') return effect === 'deny' && limits.limitsData ? 'record' : undefined;
  return dataMissOf(limits, request.record);
}

function dataMissOf({ firstDay, lastDay, records, authors }: Limits, { id, date, author }: RecordMeta): DenyReason | undefined {
  if (date < firstDay || date > lastDay) return 'date';
  if (records && !records.has(id)) return 'record';
  return authors && !authors.has(author) ? 'author' : undefined;
}

function isExcepted(limits: Limits, request: AccessRequest): boolean {
  const { actors } = limits;
  if (request.time < limits.from || request.time >= limits.until) return false;
  if ((limits.purposes & (PURPOSE_BITS.get(request.purpose) ?? 0)) === 0 || (limits.categories & (CATEGORY_BITS.get(request.record.category) ?? 0)) === 0) return false;
  if (actors && !actors.has(request.person) && !(request.organisation !== undefined && actors.has(request.organisation))) return false;
  return request.action === 'write' ? !limits.limitsData : dataMissOf(limits, request.record) === undefined;
}
