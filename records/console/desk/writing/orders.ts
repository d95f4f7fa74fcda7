// Referrals and orders: ServiceRequests that name whom they are for, so that the patient's wallet can offer to share with that member.
import type { Address } from '#records/model/members.ts';
import { loinc, SNOMED, TESTS } from './codes.ts';
import type { CHOICES } from './fields.ts';
import { PATIENT, type Resource } from './kinds.ts';

export const URGENCIES = ['routine', 'urgent', 'asap', 'stat'] as const;
export type Urgency = (typeof URGENCIES)[number];
/** `did`: did:ethr of the address. */
export type For = { readonly did: string; readonly address: Address; readonly name: string };
type Test = (typeof CHOICES)['test'][number];

const common = (performer: For, from: For, day: string, urgency: Urgency) => ({
  resourceType: 'ServiceRequest', status: 'active', intent: 'order', priority: urgency, subject: PATIENT, authoredOn: day,
  requester: { identifier: { system: 'urn:ietf:rfc:3986', value: from.did }, display: from.name }, performer: [{ identifier: { system: 'urn:ietf:rfc:3986', value: performer.did }, display: performer.name }],
});

/** SNOMED CT 3457005: patient referral. */
export const buildReferral = (performer: For, from: For, { day, urgency, reason, question }: { readonly day: string; readonly urgency: Urgency; readonly reason: string; readonly question: string }): Resource => ({
  ...common(performer, from, day, urgency), category: [{ coding: [{ system: SNOMED, code: '3457005', display: 'Patient referral' }] }], code: { coding: [{ system: SNOMED, code: '3457005', display: 'Patient referral' }], text: reason },
  reasonCode: [{ text: reason }], ...(question && { note: [{ text: question }] }),
});

/** SNOMED CT 108252007: laboratory procedure. One for each test, so that each can be answered. */
export const buildOrders = (performer: For, from: For, { day, urgency, tests, question }: { readonly day: string; readonly urgency: Urgency; readonly tests: readonly Test[]; readonly question: string }): readonly Resource[] => tests.map((test) => ({
  ...common(performer, from, day, urgency), category: [{ coding: [{ system: SNOMED, code: '108252007', display: 'Laboratory procedure' }] }], code: loinc(TESTS[test]), ...(question && { note: [{ text: question }] }),
}));
