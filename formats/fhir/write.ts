// Health events as FHIR R4 JSON, so that what came in can go out: parseFhir(toFhir(event)) gives the event back.
import {
  codingOfResult, diseaseBySnomed, LOINC, observationFor, productByIndex, SNOMED, type Coding,
} from '#passport/codes/index.ts';
import type { HealthEvent, Person } from '#passport/event.ts';
import { CLINICAL_STATUS, VERIFICATION_STATUS } from './condition.ts';
import { failAt } from './element.ts';
import { formatEventTime } from './event-time.ts';
import { dayEndOf, OBSERVATION_CATEGORY } from './observation.ts';
import type { EventType } from './parsed.ts';

/** A resource as JSON. The person, the place and the institution stand inside it. */
export type FhirResource = { readonly resourceType: EventType } & Readonly<Record<string, unknown>>;

type Json = Readonly<Record<string, unknown>>;

/** @throws HealthpassError `fhir-unsupported` for an event whose codes have no form in FHIR: a product or a test that is not in the tables */
export function toFhir(event: HealthEvent): FhirResource {
  if (event.kind === 'vaccination') return writeImmunization(event);
  return event.kind === 'test' ? writeObservation(event) : writeCondition(event);
}

function writeImmunization(event: HealthEvent): FhirResource {
  const product = productByIndex(event.product);
  if (!product) throw failAt('fhir-unsupported', 'Immunization.vaccineCode', 'has no code for the product');
  const protocol: Json = {
    ...(event.disease === 0n ? {} : { targetDisease: [concept({ system: SNOMED, code: event.disease.toString() })] }),
    // FHIR wants a dose number in each protocol, in words at least
    ...(event.dose === 0 ? { doseNumberString: 'unknown' } : { doseNumberPositiveInt: event.dose }),
    ...(event.series === 0 ? {} : { seriesDosesPositiveInt: event.series }),
  };
  return {
    resourceType: 'Immunization',
    ...contained(event.person, event.country === '' ? [] : [location(event.country)]),
    status: 'completed',
    vaccineCode: { coding: [product.aliases[0]], text: product.display },
    patient: subject(event.person),
    occurrenceDateTime: formatEventTime(event.time, 'last-second'),
    ...(event.country === '' ? {} : { location: { reference: '#location' } }),
    ...(event.lot === undefined ? {} : { lotNumber: event.lot }),
    ...(event.performer === undefined ? {} : { performer: [{ actor: { display: event.performer } }] }),
    ...(event.dose === 0 && event.series === 0 ? {} : { protocolApplied: [protocol] }),
  };
}

function writeObservation(event: HealthEvent): FhirResource {
  const code = observationFor(event.test, event.disease);
  if (!code || event.result === 'none') throw failAt('fhir-unsupported', 'Observation.code', 'has no LOINC code for this test');
  return {
    resourceType: 'Observation',
    ...contained(event.person, encounter(event.country, undefined)),
    status: 'final',
    category: [concept({ system: OBSERVATION_CATEGORY, code: 'laboratory' })],
    code: { ...concept({ system: LOINC, code: code.loinc }), text: code.display },
    subject: subject(event.person),
    ...(event.country === '' ? {} : { encounter: { reference: '#encounter' } }),
    effectiveDateTime: formatEventTime(event.time, dayEndOf(event.result)),
    ...(event.performer === undefined ? {} : { performer: [{ display: event.performer }] }),
    valueCodeableConcept: concept(codingOfResult(event.result)),
  };
}

function writeCondition(event: HealthEvent): FhirResource {
  const disease = diseaseBySnomed(event.disease);
  if (!disease) throw failAt('fhir-unsupported', 'Condition.code', 'has no code for the disease');
  const visit = encounter(event.country, event.performer);
  return {
    resourceType: 'Condition',
    ...contained(event.person, visit),
    clinicalStatus: concept({ system: CLINICAL_STATUS, code: 'resolved' }),
    verificationStatus: concept({ system: VERIFICATION_STATUS, code: 'confirmed' }),
    code: { ...concept({ system: SNOMED, code: disease.snomed.toString() }), text: disease.display },
    subject: subject(event.person),
    ...(visit.length === 0 ? {} : { encounter: { reference: '#encounter' } }),
    onsetDateTime: formatEventTime(event.time, 'last-second'),
  };
}

const concept = (coding: Coding) => ({ coding: [{ system: coding.system, code: coding.code }] });

const subject = (person: Person | undefined): Json => (person
  ? { reference: '#patient' }
  : { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] });

function contained(person: Person | undefined, others: readonly Json[]): { contained?: readonly Json[] } {
  const resources = [...(person ? [writePatient(person)] : []), ...others];
  return resources.length === 0 ? {} : { contained: resources };
}

function writePatient({ family, given, birthDate }: Person): Json {
  const name = { ...(family === '' ? {} : { family }), ...(given.length === 0 ? {} : { given }) };
  return {
    resourceType: 'Patient', id: 'patient',
    ...(Object.keys(name).length === 0 ? {} : { name: [name] }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
}

const location = (country: string): Json => ({ resourceType: 'Location', id: 'location', address: { country } });

/** Condition and Observation have no place of their own; the visit has. */
function encounter(country: string, performer: string | undefined): Json[] {
  if (country === '' && performer === undefined) return [];
  const visit: Json = {
    resourceType: 'Encounter', id: 'encounter', status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    ...(performer === undefined ? {} : { serviceProvider: { display: performer } }),
    ...(country === '' ? {} : { location: [{ location: { reference: '#location' } }] }),
  };
  return country === '' ? [visit] : [visit, location(country)];
}
