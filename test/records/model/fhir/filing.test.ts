import { describe, expect, test } from 'vitest';
import { metaOf, patientOf, searchRecords, titleOf, type FhirResource } from '#records/model/fhir/index.ts';
import { allergy, condition, hasVectors, observation, patient, prescription, vectorResources } from './examples.ts';

const today = '2025-06-01';
const category = (resource: FhirResource) => metaOf(resource, today).category;
const date = (resource: FhirResource) => metaOf(resource, today).date;
const labelled = (system: string, code: string) => ({ ...observation, meta: { security: [{ system, code }] } });
const observed = (code: string) => ({ resourceType: 'Observation', category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] }] });

describe('metaOf', () => {
  test('files by type, observations and reports by their category', () => {
    expect([allergy, condition, prescription, observation].map(category)).toEqual(['allergies', 'conditions', 'medications', 'results']);
    expect(['vital-signs', 'social-history', 'imaging', 'procedure', 'laboratory', 'survey'].map((code) => category(observed(code)))).toEqual(['vitals', 'social', 'imaging', 'procedures', 'results', 'results']);
    expect(category({ resourceType: 'Observation', code: { coding: [{ system: 'http://loinc.org', code: '72166-2' }] } })).toBe('social');
    expect(category({ resourceType: 'Observation', code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] } })).toBe('vitals');
    expect(category({ resourceType: 'DiagnosticReport', category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'RAD' }] }] })).toBe('imaging');
    const rest = { Encounter: 'encounters', Procedure: 'procedures', Immunization: 'immunizations', DeviceUseStatement: 'devices', CarePlan: 'plans', ServiceRequest: 'plans', DocumentReference: 'documents', ImagingStudy: 'imaging', DiagnosticReport: 'results', Flag: 'conditions', Appointment: 'encounters', QuestionnaireResponse: 'documents', Something: 'documents' };
    for (const [resourceType, expected] of Object.entries(rest)) expect(category({ resourceType })).toBe(expected);
  });

  test.each([['ActCode', 'PSY'], ['ActCode', 'ETH'], ['ActCode', 'HIV'], ['ActCode', 'SEX'], ['ActCode', 'SUD'], ['ActCode', 'GDIS'], ['ActCode', 'STD'], ['ActCode', 'SDV'], ['Confidentiality', 'R'], ['Confidentiality', 'V']])(
    'a label %s %s makes it sensitive, whatever else it is', (system, code) => expect(category(labelled(`http://terminology.hl7.org/CodeSystem/v3-${system}`, code))).toBe('sensitive'));
  test('ATTACK: a label under another system, or on the document inside a Bundle, still counts; a normal one does not', () => {
    expect(category(labelled('urn:oid:2.16.840.1.113883.5.4', 'PSY'))).toBe('sensitive');
    expect(category({ resourceType: 'Bundle', type: 'document', entry: [{ resource: { resourceType: 'Composition', confidentiality: 'R' } }] })).toBe('sensitive');
    expect(category({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: labelled('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'HIV') }] })).toBe('sensitive');
    expect(category(labelled('http://terminology.hl7.org/CodeSystem/v3-Confidentiality', 'N'))).toBe('results');
  });
  test('ATTACK: a letter whose label says what the letter is, not what its entry is, is sensitive too', () => {
    const letter = (code: string) => category({ resourceType: 'DocumentReference', securityLabel: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code }] }] });
    expect(['R', 'V', 'PSY', 'N'].map(letter)).toEqual(['sensitive', 'sensitive', 'sensitive', 'documents']);
  });

  test('the date is when it was so; a partial one counts from its first day, and the day of recording serves where there is none', () => {
    expect([observation, condition, allergy, prescription].map(date)).toEqual(['2025-03-04', '2019-01-01', today, '2025-01-15']);
    expect(date({ ...condition, onsetDateTime: '2019-07' })).toBe('2019-07-01');
    expect(date({ ...condition, onsetDateTime: undefined, onsetString: 'in youth', recordedDate: '2020-05-05' })).toBe('2020-05-05');
    expect(date({ resourceType: 'Encounter', period: { start: '2024-12-31T23:30:00-05:00', end: '2025-01-02' } })).toBe('2024-12-31');
    expect(date({ resourceType: 'Specimen', collection: { collectedPeriod: { start: '2024-02' } } })).toBe('2024-02-01');
    expect(date({ resourceType: 'Observation', effectiveTiming: { event: ['2023-05-06'] } })).toBe('2023-05-06');
    expect(date({ resourceType: 'Device', meta: { lastUpdated: '2022-02-02T00:00:00Z' } })).toBe('2022-02-02');
  });

  test('what is still to come is filed on the day of recording; where its author is, it may be tomorrow', () => {
    const appointment = (start: string) => date({ resourceType: 'Appointment', start });
    expect(['2025-06-02T01:00:00+13:00', '2025-06-03T09:00:00Z', '2026-01-15T09:00:00Z'].map(appointment)).toEqual(['2025-06-02', today, today]);
    expect(date({ resourceType: 'CarePlan', period: { start: '2026' } })).toBe(today);
  });

  test('the code is the first with a system; what is contained counts for a medication', () => {
    expect(metaOf(observation, today).code).toEqual({ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin' });
    expect(metaOf(condition, today).code).toBeUndefined();
    const contained = [{ ...prescription.contained[0], code: { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '308182' }] } }];
    expect(metaOf({ ...prescription, contained }, today).code).toMatchObject({ code: '308182' });
  });

  test.skipIf(!hasVectors)('every resource of the vectors that tells of a patient has a day of its own (skipped without the public vectors)', () => {
    const days = vectorResources().filter(({ resourceType }) => ['Observation', 'Encounter', 'Condition', 'Immunization', 'Procedure', 'MedicationRequest', 'DiagnosticReport'].includes(resourceType)).map(date);
    expect(days.length).toBeGreaterThan(300);
    expect(days.filter((day) => !/^(19|20)\d\d-\d\d-\d\d$/.test(day) || day === today)).toEqual([]);
  });
});

describe('titleOf', () => {
  test('is what its author called it', () => {
    expect([observation, condition, prescription].map(titleOf)).toEqual(['Hemoglobin', 'Asthma', 'Amoxicillin 500 mg']);
    expect(titleOf({ resourceType: 'CarePlan' })).toBe('CarePlan');
    expect(titleOf({ resourceType: 'MedicationRequest', medicationReference: { display: 'Ibuprofen' } })).toBe('Ibuprofen');
    // A document is called what it is called, not what kind of document it is.
    expect(titleOf({ resourceType: 'DocumentReference', type: { text: 'Progress note' }, description: 'Knee, second opinion' })).toBe('Knee, second opinion');
    expect(titleOf({ resourceType: 'DocumentReference', type: { text: 'Progress note' }, description: ' ' })).toBe('Progress note');
  });
});

describe('patientOf', () => {
  test('is the reference to whom it is about', () => {
    expect([observation, allergy, patient, { resourceType: 'Organization' }].map(patientOf)).toEqual(['Patient/p1', 'Patient/p1', 'Patient/p1', undefined]);
  });
});

describe('searchRecords', () => {
  const opened = [condition, observation, { ...observation, effectiveDateTime: '2025-03-05', valueQuantity: undefined, valueString: 'erhöht', code: { text: 'Ferritin' } }, prescription, allergy].map((resource) => ({ meta: metaOf(resource, today), resource }));
  const found = (by: Parameters<typeof searchRecords>[1]) => searchRecords(opened, by).map(({ resource }) => titleOf(resource));
  test('gives all, newest first', () => expect(found({})).toEqual(['Penicillin', 'Ferritin', 'Hemoglobin', 'Amoxicillin 500 mg', 'Asthma']));
  test('by category, by days with both ends, by code with and without its system', () => {
    expect(found({ categories: ['results', 'conditions'] })).toEqual(['Ferritin', 'Hemoglobin', 'Asthma']);
    expect(found({ from: '2025-01-15', until: '2025-03-04' })).toEqual(['Hemoglobin', 'Amoxicillin 500 mg']);
    expect(found({ code: 'http://loinc.org|718-7' })).toEqual(['Hemoglobin']);
    expect(found({ code: '718-7' })).toEqual(['Hemoglobin']);
    expect(found({ code: 'http://loinc.org|' })).toEqual(['Hemoglobin']);
    expect(found({ code: 'http://snomed.info/sct|718-7' })).toEqual([]);
  });
  test('by words in any order, without regard to case and accents, and not by what is for machines', () => {
    expect(found({ text: 'ERHOHT ferr' })).toEqual(['Ferritin']);
    expect(found({ text: 'erhöht' })).toEqual(['Ferritin']);
    expect(found({ text: 'loinc.org' })).toEqual([]);
  });
});
