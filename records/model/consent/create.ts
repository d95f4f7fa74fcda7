// Writes what a patient chose as a FHIR R4 Consent of the profile IHE.PCF.consentIntermediate. Reading it gives the choices back.
import type { UnixSeconds } from '#passport';
import type { Address } from '../members.ts';
import { PURPOSE_SYSTEM } from '../purposes.ts';
import { canonicalPolicy } from './canonical.ts';
import { toInstant } from './days.ts';
import { oppositeOf, type Action, type Author, type Effect, type Exception, type Narrowing } from './policy.ts';
import type { Choices } from './provision.ts';
import { encodeGrantPlace, encodeIdentity, encodeRecordId, PATIENT_AUTHOR, URI_SYSTEM, type GrantPlace } from './references.ts';
import { ACTION_EXTENSION, actionCoding, CATEGORY_EXTENSION, categoryCoding, CONSENT_CATEGORY, PCF_PROFILE, POLICY_URI, RECIPIENT, SCOPE, type Coding } from './terms.ts';

export type ConsentContext = GrantPlace & {
  /** The address of the relationship: a pseudonym that no other member sees. */
  readonly patient: Address;
  /** Who gives it when it is not the patient. */
  readonly performer?: Address;
  readonly gateway: Address;
  readonly now: UnixSeconds;
};

type Reference = { readonly reference: string };
type Period = { readonly start?: string; readonly end?: string };
type FhirProvision = {
  readonly modifierExtension?: readonly { readonly url: string; readonly valueCoding: Coding }[];
  readonly type: Effect;
  readonly period?: Period;
  readonly actor?: readonly { readonly role: { readonly coding: readonly Coding[] }; readonly reference: Reference }[];
  readonly purpose?: readonly Coding[];
  readonly dataPeriod?: Period;
  readonly data?: readonly { readonly meaning: 'instance' | 'authoredby'; readonly reference: Reference }[];
  readonly provision?: readonly FhirProvision[];
};
/** As JSON. */
export type FhirConsent = { readonly resourceType: 'Consent'; readonly provision: FhirProvision; readonly [element: string]: unknown };

/** @throws HealthpassError `policy-invalid` when the choices contradict each other */
export function createConsent(choices: Choices, { patient, performer = patient, gateway, now, ...place }: ConsentContext): FhirConsent {
  const { chainId } = place;
  const refer = (address: Address): Reference => ({ reference: encodeIdentity({ chainId, address }) });
  return {
    resourceType: 'Consent',
    meta: { profile: [PCF_PROFILE] },
    status: 'active',
    scope: { coding: [SCOPE] },
    category: [{ coding: [CONSENT_CATEGORY] }],
    patient: refer(patient),
    dateTime: toInstant(now),
    performer: [refer(performer)],
    organization: [refer(gateway)],
    sourceReference: { type: 'Contract', identifier: { system: URI_SYSTEM, value: encodeGrantPlace(place) } },
    policy: [{ uri: POLICY_URI }],
    provision: baseProvision(choices, refer),
  };
}

type Refer = (address: Address) => Reference;

function baseProvision(choices: Choices, refer: Refer): FhirProvision {
  const { effect, recipient, actions, from, until, exceptions, ...narrowing } = canonicalPolicy({ ...choices, version: 1 });
  const nested = exceptions.flatMap(oneByOne).map((exception) => provision(oppositeOf(effect), exception, refer));
  return { ...provision(effect, { ...narrowing, actors: [recipient], period: { from, until } }, refer, actions), ...(nested.length > 0 && { provision: nested }) };
}

/** The profile lets an exception name one record or one author. */
function oneByOne(exception: Exception): Exception[] {
  if (exception.records) return exception.records.map((record) => ({ ...exception, records: [record] }));
  return exception.authors ? exception.authors.map((author) => ({ ...exception, authors: [author] })) : [exception];
}

function provision(type: Effect, rule: Exception, refer: Refer, actions: readonly Action[] = []): FhirProvision {
  const { purposes, categories = [], dataPeriod, actors, period } = rule;
  const modifiers = [
    ...actions.map((action) => ({ url: ACTION_EXTENSION, valueCoding: actionCoding(action) })),
    ...categories.map((category) => ({ url: CATEGORY_EXTENSION, valueCoding: categoryCoding(category) })),
  ];
  const data = dataOf(rule, refer);
  return {
    ...(modifiers.length > 0 && { modifierExtension: modifiers }),
    type,
    // the end is included in FHIR, and to the second
    ...(period && { period: { ...(period.from !== undefined && { start: toInstant(period.from) }), ...(period.until !== undefined && { end: toInstant(period.until - 1) }) } }),
    ...(actors && { actor: actors.map((actor) => ({ role: { coding: [RECIPIENT] }, reference: refer(actor) })) }),
    ...(purposes && { purpose: purposes.map((code) => ({ system: PURPOSE_SYSTEM, code })) }),
    ...(dataPeriod && { dataPeriod: { ...(dataPeriod.from !== undefined && { start: dataPeriod.from }), ...(dataPeriod.until !== undefined && { end: dataPeriod.until }) } }),
    ...(data.length > 0 && { data }),
  };
}

const dataOf = ({ records = [], authors = [] }: Narrowing, refer: Refer) => [
  ...records.map((record) => ({ meaning: 'instance' as const, reference: { reference: encodeRecordId(record) } })),
  ...authors.map((author: Author) => ({ meaning: 'authoredby' as const, reference: author === 'patient' ? { reference: PATIENT_AUTHOR } : refer(author) })),
];
