// Records for the tests: small, whole and valid FHIR R4, to be spoilt one element at a time.
import { HealthpassError } from '#passport/errors.ts';
import { parseFhir } from '#formats/fhir/index.ts';

export const now = Date.UTC(2026, 10, 22, 12) / 1000;

export const patient = {
  resourceType: 'Patient', id: 'p1', name: [{ use: 'official', family: 'Beispiel', given: ['Erika', 'Maria'] }], birthDate: '1985-03-09',
  identifier: [{ system: 'urn:example:ids', value: '12345' }],
};
export const immunization = {
  resourceType: 'Immunization', id: 'i1', status: 'completed', patient: { reference: 'Patient/p1' }, occurrenceDateTime: '2026-05-04T10:30:00+02:00',
  vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '208' }] }, lotNumber: 'L-77', performer: [{ actor: { display: 'Praxis am Markt' } }],
  protocolApplied: [{ targetDisease: [{ coding: [{ system: 'http://snomed.info/sct', code: '840539006' }] }], doseNumberPositiveInt: 2, seriesDosesPositiveInt: 2 }],
};
export const observation = {
  resourceType: 'Observation', id: 'o1', status: 'final', subject: { reference: 'Patient/p1' }, effectiveDateTime: '2026-11-21T08:00:00Z',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '94500-6' }] },
  valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '260415000' }] },
};
export const condition = {
  resourceType: 'Condition', id: 'c1', subject: { reference: 'Patient/p1' }, onsetDateTime: '2026-08-01',
  clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'resolved' }] },
  verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }] },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '840539006' }] },
};

export type Entry = { readonly fullUrl?: string; readonly resource?: unknown; readonly request?: unknown };
export const bundle = (...resources: unknown[]) => ({ resourceType: 'Bundle', type: 'collection', entry: resources.map((resource): Entry => ({ resource })) });

/** `code field`, or 'accepted'. */
export function outcome(input: unknown, options: { readonly patient?: unknown } = {}): string {
  try {
    parseFhir(input, { now, ...options });
  } catch (error) {
    if (error instanceof HealthpassError) return `${error.code} ${error.field}`;
    throw error;
  }
  return 'accepted';
}
