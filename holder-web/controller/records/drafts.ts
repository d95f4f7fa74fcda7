// From what somebody asks to what a person says yes to: sensible choices to begin with, what is wrong with a choice, the consent that it becomes, and
// what it comes to, told by the same engine that decides about every access later.
import type { UnixSeconds } from '#passport';
import type { ConsentDraft } from '#records/client/patient-consents.ts';
import { isRead, type OpenedRecord } from '#records/client/open-record.ts';
import { canonicalPolicy, createSalt, decide, describePolicy, grantWord, GRANT_SECONDS_MAX, type Exception, type GrantId, type Policy } from '#records/model/consent/index.ts';
import type { AskedTerms } from '#records/model/exchange/wire.ts';
import type { Address, Role } from '#records/model/members.ts';
import { CATEGORIES, ORDINARY_CATEGORIES, type RecordId } from '#records/model/record.ts';
import type { AlreadyShared, ShareDraft, ShareFault, SharePreview } from './states.ts';

const YEAR = 365 * 86_400;
/** Seconds that a denial stands: as long as the chain takes. */
const LONG = GRANT_SECONDS_MAX - 86_400;

/** What is asked, but for what is especially sensitive and what goes on for more than a year: these are for the person to add. */
export function draftOf(terms: AskedTerms | undefined, now: UnixSeconds): ShareDraft {
  const asked = terms?.categories ?? ORDINARY_CATEGORIES;
  return {
    effect: 'permit', actions: terms?.actions ?? ['read', 'write'], categories: asked.filter((category) => category !== 'sensitive'), purposes: terms?.purposes ?? ['TREAT'],
    until: Math.min(terms?.until ?? Infinity, now + YEAR) as UnixSeconds, dates: {}, authors: [], only: undefined, except: { records: [], authors: [] },
  };
}

/** For whom nobody asked: who only analyses or dispenses has little use for all that a doctor needs, and the person adds what should be more. */
export function draftFor(roles: readonly Role[], now: UnixSeconds): ShareDraft {
  const draft = draftOf(undefined, now);
  if (roles.every((role) => role === 'laboratory')) return { ...draft, actions: ['write'], categories: ['results'] };
  if (roles.every((role) => role === 'pharmacy')) return { ...draft, categories: ['allergies', 'medications'] };
  return draft;
}

/** Nothing for nobody's purpose, as long as it can stand. */
export const denialOf = (now: UnixSeconds): ShareDraft => ({ ...draftOf(undefined, now), effect: 'deny', categories: CATEGORIES, purposes: [], until: (now + LONG) as UnixSeconds });

/** A draft that says what a policy says, for changing it. */
export function draftOfPolicy({ effect, actions, categories, purposes, until, dataPeriod, authors, records, exceptions }: Policy): ShareDraft {
  return {
    effect, actions, categories: categories ?? (effect === 'permit' ? ORDINARY_CATEGORIES : CATEGORIES), purposes: purposes ?? [], until, dates: dataPeriod ?? {}, authors: authors ?? [], only: records,
    except: { records: exceptions.flatMap((exception) => exception.records ?? []), authors: exceptions.flatMap((exception) => exception.authors ?? []) },
  };
}

/** What is asked beyond what a policy gives. */
export function moreThan(policy: Policy, terms: AskedTerms): AlreadyShared {
  const has = draftOfPolicy(policy);
  const added = <T>(asked: readonly T[], given: readonly T[]): readonly T[] => asked.filter((each) => !given.includes(each));
  return {
    says: describePolicy(policy),
    more: {
      actions: added(terms.actions, has.actions), categories: added(terms.categories ?? ORDINARY_CATEGORIES, has.categories),
      purposes: policy.purposes ? added(terms.purposes, policy.purposes) : [], until: terms.until > has.until ? (terms.until as UnixSeconds) : undefined,
    },
  };
}

/** A policy with what is asked beside, as a request is begun with. What the person left out stays left out. */
export function widened(policy: Policy, terms: AskedTerms, now: UnixSeconds): ShareDraft {
  const [has, asked] = [draftOfPolicy(policy), draftOf(terms, now)];
  const both = <T>(one: readonly T[], other: readonly T[]): readonly T[] => [...new Set([...one, ...other])];
  return {
    ...has, actions: both(has.actions, asked.actions), categories: CATEGORIES.filter((each) => has.categories.includes(each) || asked.categories.includes(each)),
    purposes: both(has.purposes, asked.purposes), until: Math.max(has.until, asked.until) as UnixSeconds,
  };
}

export function faultsOf({ effect, actions, categories, purposes, until, dates, only }: ShareDraft, now: UnixSeconds): readonly ShareFault[] {
  if (effect === 'deny') return until <= now ? ['ended'] : [];
  return [
    ...(actions.length === 0 ? ['nothing-allowed' as const] : []), ...(categories.length === 0 ? ['no-categories' as const] : []), ...(purposes.length === 0 ? ['no-purposes' as const] : []),
    ...(until <= now ? ['ended' as const] : []), ...(dates.from !== undefined && dates.until !== undefined && dates.from > dates.until ? ['dates-turned' as const] : []), ...(only?.length === 0 ? ['only-none' as const] : []),
  ];
}

export function consentOf({ effect, actions, categories, purposes, until, dates, authors, only, except }: ShareDraft): ConsentDraft {
  if (effect === 'deny') return { effect, actions: ['read', 'write'], until, exceptions: [] };
  const dataPeriod = { ...(dates.from !== undefined && { from: dates.from }), ...(dates.until !== undefined && { until: dates.until }) };
  const exceptions: Exception[] = [...(except.records.length > 0 ? [{ records: except.records }] : []), ...(except.authors.length > 0 ? [{ authors: except.authors }] : [])];
  return {
    effect, actions, categories, purposes, until, exceptions, ...(Object.keys(dataPeriod).length > 0 && { dataPeriod }),
    ...(only ? { records: only } : authors.length > 0 && { authors }), // a policy knows one or the other
  };
}

const GRANT = `0x${'00'.repeat(32)}` as GrantId; // any will do: nothing of it leaves

export function previewOf(draft: ShareDraft, recipient: Address, records: readonly OpenedRecord[], now: UnixSeconds): SharePreview {
  const policy = canonicalPolicy({ version: 1, recipient, from: now, effect: 'permit', exceptions: [], ...consentOf(draft) });
  const salt = createSalt();
  const standing = [{ grant: GRANT, policy, salt, word: grantWord(policy, salt) }];
  const isShared = ({ meta }: OpenedRecord) => draft.effect === 'permit' && draft.actions.includes('read')
    && draft.purposes.some((purpose) => decide(standing, { person: recipient, purpose, time: now, action: 'read', record: meta }).outcome === 'permit');
  return { says: describePolicy(policy), shared: records.filter(isShared), kept: records.filter((record) => !isShared(record)) };
}

/** Records that can be named in a choice: those that can be read. */
export const nameable = (records: readonly OpenedRecord[]): readonly OpenedRecord[] => records.filter(isRead);

export const toggled = <T>(list: readonly T[], value: T): readonly T[] => (list.includes(value) ? list.filter((each) => each !== value) : [...list, value]);
export const isExcepted = ({ except }: ShareDraft, record: RecordId): boolean => except.records.includes(record);
