// The canonical form of a policy: sorted, nothing twice, no limit that limits nothing, exceptions that differ only in the record or the author they
// name made one. What is contradictory or beyond what a grant may say is refused.
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { HealthpassError, type UnixSeconds } from '#passport';
import { isAddress, type Address } from '../members.ts';
import { PURPOSES } from '../purposes.ts';
import { CATEGORIES, isRecordId, type FhirDay, type RecordId } from '../record.ts';
import { isDay } from './days.ts';
import { ACTIONS, coversPurposes, type Exception, type Narrowing, type Policy } from './policy.ts';

/** Ten years, the longest that a grant may last. */
export const GRANT_SECONDS_MAX = 3652 * 86_400;
/** Nested provisions of a Consent, in which each exception names one record or one author. */
export const EXCEPTIONS_MAX = 1024;
const NAMED_MAX = 4096;

const seconds = z.int().min(0).max(2 ** 40 - 1).transform((value) => value as UnixSeconds); // uint40 on chain
const address = z.custom<Address>(isAddress);
const recordId = z.custom<RecordId>(isRecordId);
const day = z.custom<FhirDay>(isDay);
const listOf = <T extends z.ZodType>(item: T) => z.array(item).min(1).readonly();

const narrowing = {
  purposes: listOf(z.enum(PURPOSES)).exactOptional(),
  categories: listOf(z.enum(CATEGORIES)).exactOptional(),
  dataPeriod: z.strictObject({ from: day.exactOptional(), until: day.exactOptional() }).readonly().exactOptional(),
  records: listOf(recordId).exactOptional(),
  authors: listOf(z.union([address, z.literal('patient')])).exactOptional(),
};
const exceptionSchema = z.strictObject({
  ...narrowing,
  actors: listOf(address).exactOptional(),
  period: z.strictObject({ from: seconds.exactOptional(), until: seconds.exactOptional() }).readonly().exactOptional(),
}).readonly();
const policySchema = z.strictObject({
  ...narrowing,
  version: z.literal(1), effect: z.enum(['permit', 'deny']), recipient: address, actions: listOf(z.enum(ACTIONS)), from: seconds, until: seconds,
  exceptions: z.array(exceptionSchema).readonly(),
});

const refused = (field: string, what: string) => new HealthpassError('policy-invalid', `${field} ${what}`, { field });

/**
 * A policy that was kept or sent as JSON, made canonical.
 * @throws HealthpassError `policy-invalid`, with the field
 */
export function parsePolicy(json: unknown): Policy {
  const parsed = policySchema.safeParse(json);
  if (!parsed.success) throw refused(parsed.error.issues[0]?.path.join('.') || 'policy', 'is not what a policy says there');
  return canonicalPolicy(parsed.data);
}

/** RFC 8785, of the canonical form: what the digest on chain is made of. */
export const encodePolicy = (policy: Policy): string => canonicalize(canonicalPolicy(policy))!;

/** @throws HealthpassError `policy-invalid` when it contradicts itself */
export function canonicalPolicy(policy: Policy): Policy {
  const { version, effect, recipient, from, until } = policy;
  if (from >= until) throw refused('until', 'is not after from');
  if (until - from > GRANT_SECONDS_MAX) throw refused('until', 'lies more than ten years after from');
  if (policy.exceptions.length > EXCEPTIONS_MAX) throw refused('exceptions', `are more than ${EXCEPTIONS_MAX}`);
  const exceptions = merged(policy.exceptions.map((exception, i) => canonicalException(exception, policy, `exceptions.${i}`)));
  const provisions = exceptions.reduce((sum, { records, authors }) => sum + (records ?? authors ?? [0]).length, 0);
  if (provisions > EXCEPTIONS_MAX) throw refused('exceptions', `name more than ${EXCEPTIONS_MAX}`);
  return { version, effect, recipient, actions: ordered(policy.actions, ACTIONS), from, until, ...canonicalNarrowing(policy, ''), exceptions };
}

function canonicalNarrowing({ purposes, categories, dataPeriod, records, authors }: Narrowing, at: string): Narrowing {
  if (records && authors) throw refused(`${at}authors`, 'and records limit the same rule');
  if ((records ?? authors ?? []).length > NAMED_MAX) throw refused(`${at}${records ? 'records' : 'authors'}`, `are more than ${NAMED_MAX}`);
  if (dataPeriod?.from !== undefined && dataPeriod.until !== undefined && dataPeriod.from > dataPeriod.until) throw refused(`${at}dataPeriod`, 'ends before it begins');
  const isOpen = dataPeriod === undefined || (dataPeriod.from === undefined && dataPeriod.until === undefined);
  return {
    ...(purposes && !coversPurposes(purposes, undefined) && { purposes: ordered(purposes, PURPOSES) }),
    ...(categories && { categories: ordered(categories, CATEGORIES) }),
    ...(!isOpen && { dataPeriod }),
    ...(records && { records: sorted(records) }),
    ...(authors && { authors: sorted(authors) }),
  };
}

/** Without limits that its policy has already. */
function canonicalException(exception: Exception, policy: Policy, at: string): Exception {
  const { purposes, ...limits } = canonicalNarrowing(exception, `${at}.`);
  const { actors } = exception;
  const period = withinPolicy(exception.period, policy, at);
  const canonical = {
    ...limits,
    ...(purposes && !coversPurposes(purposes, policy.purposes ?? PURPOSES) && { purposes }),
    ...(actors && !actors.includes(policy.recipient) && { actors: sorted(actors) }), // the recipient is whoever asks
    ...(period && { period }),
  };
  if (Object.keys(canonical).length === 0) throw refused(at, 'takes back the whole policy');
  return canonical;
}

function withinPolicy(period: Exception['period'], policy: Policy, at: string): Exception['period'] {
  const { from, until } = period ?? {};
  if (from !== undefined && until !== undefined && from >= until) throw refused(`${at}.period`, 'ends before it begins');
  const begins = from !== undefined && from > policy.from;
  const ends = until !== undefined && until < policy.until;
  return begins || ends ? { ...(begins && { from }), ...(ends && { until }) } : undefined;
}

/** IHE PCF has one instance and one author an exception: those that say the same of several are one here. */
function merged(exceptions: readonly Exception[]): Exception[] {
  if (exceptions.length < 2) return [...exceptions];
  const bySaying = new Map<string, Exception>();
  for (const { records, authors, ...rest } of exceptions) {
    const key = encodeInOrder({ ...rest, of: records ? 'records' : authors ? 'authors' : 'all' });
    const same = bySaying.get(key);
    bySaying.set(key, {
      ...rest,
      ...(records && { records: sorted([...(same?.records ?? []), ...records]) }),
      ...(authors && { authors: sorted([...(same?.authors ?? []), ...authors]) }),
    });
  }
  return [...bySaying.values()].map((exception) => [encodeInOrder(exception), exception] as const).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, exception]) => exception);
}

/** Their members stand in one order already, that in which they were made canonical. */
const encodeInOrder = (exception: object): string => JSON.stringify(exception);

const sorted = <T extends string>(values: readonly T[]): T[] => [...new Set(values)].sort();
const ordered = <T>(values: readonly T[], order: readonly T[]): T[] => order.filter((value) => values.includes(value));
