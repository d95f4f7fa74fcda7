// Invented resources that are valid, to be changed in one place by each test; and the public vectors, where they are at hand.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { FhirResource } from '#records/model/fhir/index.ts';

const vectors = process.env['HEALTHPASS_VECTORS'] ?? new URL('../../../../../shared/vectors', import.meta.url).pathname;
export const hasVectors = existsSync(vectors);

export type Bundle = FhirResource & { readonly entry: readonly { readonly fullUrl?: string; readonly resource: FhirResource }[] };
export const bundleText = (path: string): string => readFileSync(`${vectors}/${path}`, 'utf8');
export const summaries = ['ips/AT_ELGA_GmbH_01.json', 'ips/IPS_IG-bundle-01.json', 'ips/IPS_IG_bundle-minimal.json'] as const;
export const patients = (): string[] => readdirSync(`${vectors}/synthea`).map((name) => `synthea/${name}`);
export const bundleOf = (path: string): Bundle => JSON.parse(bundleText(path)) as Bundle;

/** Every resource of the vectors whose type is kept. */
export const vectorResources = (): FhirResource[] => [...summaries, ...patients()].flatMap((path) => bundleOf(path).entry.map(({ resource }) => resource))
  .filter(({ resourceType }) => !['Claim', 'ExplanationOfBenefit'].includes(resourceType));

export const patient = { resourceType: 'Patient', id: 'p1', name: [{ family: 'Beispiel', given: ['Rosa'] }], gender: 'female', birthDate: '1980-02-29' } as const;
const subject = { reference: 'Patient/p1' };
const loinc = (code: string, display: string) => ({ coding: [{ system: 'http://loinc.org', code, display }], text: display });

export const observation = {
  resourceType: 'Observation', status: 'final', subject, code: loinc('718-7', 'Hemoglobin'), effectiveDateTime: '2025-03-04T09:30:00+01:00',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
  valueQuantity: { value: 13.2, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
} as const;
export const condition = {
  resourceType: 'Condition', subject, code: { text: 'Asthma' }, onsetDateTime: '2019', clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
} as const;
export const allergy = {
  resourceType: 'AllergyIntolerance', patient: subject, code: { text: 'Penicillin' }, clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] },
} as const;
export const prescription = {
  resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject, authoredOn: '2025-01-15',
  medicationReference: { reference: '#m1' }, contained: [{ resourceType: 'Medication', id: 'm1', code: { text: 'Amoxicillin 500 mg' } }],
} as const;
