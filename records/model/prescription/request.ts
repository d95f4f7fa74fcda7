// A prescription as FHIR has it: what is prescribed, how it is taken, how often it may be dispensed and until when.
import type { UnixSeconds } from '#passport';
import type { FhirResource } from '../fhir/index.ts';

export type Medicine = { readonly text: string; readonly coding?: { readonly system: string; readonly code: string; readonly display?: string } | undefined };
export type PrescriptionDraft = {
  readonly medicine: Medicine;
  /** How it is taken, in words. */
  readonly dosage: string;
  /** Packs, tablets, millilitres. */
  readonly quantity?: { readonly value: number; readonly unit: string } | undefined;
  /** After the first time. */
  readonly repeats: number;
  readonly from?: UnixSeconds | undefined;
  readonly until: UnixSeconds;
  readonly note?: string | undefined;
};
export const MOST_REPEATS = 12;

/** @param prescriber did:ethr */
export function createMedicationRequest({ medicine, dosage, quantity, repeats, from, until, note }: PrescriptionDraft, prescriber: string, now: UnixSeconds): FhirResource {
  return {
    resourceType: 'MedicationRequest', status: 'active', intent: 'order', medicationCodeableConcept: conceptOf(medicine), subject: { reference: 'Patient/self' }, authoredOn: timeOf(now),
    requester: byDid(prescriber), ...(note !== undefined && note !== '' && { note: [{ text: note }] }), dosageInstruction: [{ text: dosage }],
    dispenseRequest: { validityPeriod: { start: timeOf(from ?? now), end: timeOf(until) }, numberOfRepeatsAllowed: repeats, ...(quantity && { quantity }) },
  };
}

/** That it was handed out, for the patient's records. @param pharmacy did:ethr */
export function createMedicationDispense({ id, resource, number }: { readonly id: string; readonly resource: FhirResource; readonly number: number }, pharmacy: string, now: UnixSeconds): FhirResource {
  const { medicationCodeableConcept, dosageInstruction, dispenseRequest } = resource;
  const { quantity } = (dispenseRequest ?? {}) as { quantity?: unknown }; // a valid MedicationRequest
  return {
    resourceType: 'MedicationDispense', status: 'completed', medicationCodeableConcept, subject: { reference: 'Patient/self' }, performer: [{ actor: byDid(pharmacy) }],
    authorizingPrescription: [{ identifier: { system: URI, value: id } }], type: { coding: [number === 0 ? FIRST_FILL : REFILL] },
    ...(quantity !== undefined && { quantity }), whenHandedOver: timeOf(now), ...(dosageInstruction !== undefined && { dosageInstruction }),
  };
}

const URI = 'urn:ietf:rfc:3986';
const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const [FIRST_FILL, REFILL] = [{ system: ACT, code: 'FF', display: 'First Fill' }, { system: ACT, code: 'RF', display: 'Refill' }];
const byDid = (did: string) => ({ identifier: { system: URI, value: did } });
const timeOf = (seconds: number): string => new Date(seconds * 1000).toISOString();
const conceptOf = ({ text, coding }: Medicine) => ({ text, ...(coding && { coding: [{ system: coding.system, code: coding.code, ...(coding.display !== undefined && { display: coding.display }) }] }) });
