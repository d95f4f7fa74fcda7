import { describe, expect, test } from 'vitest';
import { parseFhir } from '#formats/fhir/index.ts';
import { condition, now, observation, outcome } from './records.ts';

const only = (input: unknown) => parseFhir(input, { now }).events[0]!.event;
const HL7 = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
const POSITIVE = { coding: [{ system: 'http://snomed.info/sct', code: '10828004' }] };
const NEG = [{ coding: [{ system: HL7, code: 'NEG' }] }];

describe('parseFhir of an Observation', () => {
  test('gives negative and positive tests', () => {
    expect(only(observation)).toMatchObject({ kind: 'test', disease: 840539006n, product: 0, test: 1, result: 'notDetected', time: Date.UTC(2026, 10, 21, 8) / 1000 });
    expect(only({ ...observation, valueCodeableConcept: POSITIVE })).toMatchObject({ result: 'detected' });
    expect(only({ ...observation, effectiveDateTime: undefined, effectiveInstant: '2026-11-21T08:00:00.250-05:00' })).toMatchObject({ time: Date.UTC(2026, 10, 21, 13) / 1000 });
  });
  test('takes the interpretation of a quantity', () => {
    const quantity = { ...observation, valueCodeableConcept: undefined, valueQuantity: { value: 0.07, unit: '[IU]/mL' }, code: { coding: [{ system: 'http://loinc.org', code: '7961-6' }] } };
    expect(only({ ...quantity, interpretation: NEG })).toMatchObject({ disease: 14189004n, test: 4, result: 'notDetected' });
    expect(outcome(quantity)).toBe('fhir-code-unknown Observation.valueCodeableConcept');
  });
  test('a test without a time of day stands at the end of the day that makes it prove less', () => {
    expect(only({ ...observation, effectiveDateTime: '2026-11-20' }).time).toBe(Date.UTC(2026, 10, 20) / 1000);
    expect(only({ ...observation, effectiveDateTime: '2026-11-20', valueCodeableConcept: POSITIVE }).time).toBe(Date.UTC(2026, 10, 20, 23, 59, 59) / 1000);
  });
  test('may stand without a subject where there is no patient at all', () => {
    expect(only({ ...observation, subject: undefined }).person).toBeUndefined();
    expect(outcome({ ...observation, subject: undefined }, { patient: { resourceType: 'Patient' } })).toBe('fhir-invalid Observation.subject');
  });
  test.each([
    ['a preliminary result', { status: 'preliminary' }, 'fhir-status Observation.status'],
    ['a cancelled test', { status: 'cancelled' }, 'fhir-status Observation.status'],
    ['a vital sign', { category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }] }, 'fhir-unsupported Observation.category'],
    ['a category of another system', { category: [{ coding: [{ system: 'urn:x', code: 'laboratory' }] }] }, 'fhir-unsupported Observation.category'],
    ['a test of something else', { code: { coding: [{ system: 'http://loinc.org', code: '2093-3' }] } }, 'fhir-code-unknown Observation.code'],
    ['codes of two tests', { code: { coding: [{ system: 'http://loinc.org', code: '94500-6' }, { system: 'http://loinc.org', code: '97097-0' }] } }, 'fhir-invalid Observation.code'],
    ['an inconclusive result', { valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '419984006' }] } }, 'fhir-code-unknown Observation.valueCodeableConcept'],
    ['an inconclusive result with a firm interpretation', { valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '419984006' }] }, interpretation: NEG }, 'fhir-code-unknown Observation.valueCodeableConcept'],
    ['a value that says two things', { valueCodeableConcept: { coding: [...POSITIVE.coding, { system: 'http://snomed.info/sct', code: '260385009' }] } }, 'fhir-invalid Observation.valueCodeableConcept'],
    ['a value that its interpretation contradicts', { valueCodeableConcept: POSITIVE, interpretation: NEG }, 'fhir-invalid Observation.interpretation'],
    ['an interpretation that does not answer', { valueCodeableConcept: undefined, interpretation: [{ coding: [{ system: HL7, code: 'N' }] }] }, 'fhir-code-unknown Observation.interpretation'],
    ['a result in words', { valueCodeableConcept: undefined, valueString: 'negative' }, 'fhir-code-unknown Observation.valueCodeableConcept'],
    ['a result that is absent', { dataAbsentReason: { text: 'lost' } }, 'fhir-invalid Observation.dataAbsentReason'],
    ['a period', { effectiveDateTime: undefined, effectivePeriod: { start: '2026-11-20' } }, 'fhir-unsupported Observation.effective'],
    ['no time', { effectiveDateTime: undefined }, 'fhir-invalid Observation.effectiveDateTime'],
    ['a sample of the future', { effectiveDateTime: '2026-11-22T13:00:00Z' }, 'fhir-invalid Observation.effectiveDateTime'],
  ])('refuses %s', (_, change, expected) => expect(outcome({ ...observation, ...change })).toBe(expected));
});

const status = (name: string, ...codes: string[]) => ({ coding: codes.map((code) => ({ system: `http://terminology.hl7.org/CodeSystem/condition-${name}`, code })) });

describe('parseFhir of a Condition', () => {
  test('gives a recovery with the day of its onset', () => {
    expect(only(condition)).toMatchObject({ kind: 'recovery', disease: 840539006n, product: 0, test: 0, result: 'none', time: Date.UTC(2026, 7, 1, 23, 59, 59) / 1000 });
  });
  test('knows diseases by ICD too', () => {
    for (const [system, code] of [['http://hl7.org/fhir/sid/icd-10', 'U07.1'], ['http://hl7.org/fhir/sid/icd-10-cm', 'U07.1'], ['http://id.who.int/icd/release/11/mms', 'RA01']]) {
      expect(only({ ...condition, code: { coding: [{ system, code }] } }).disease).toBe(840539006n);
    }
  });
  test.each([
    ['a disease that is not over', { clinicalStatus: status('clinical', 'active') }, 'fhir-status Condition.clinicalStatus'],
    ['a disease that is over and is not', { clinicalStatus: status('clinical', 'resolved', 'active') }, 'fhir-status Condition.clinicalStatus'],
    ['no clinical status', { clinicalStatus: undefined }, 'fhir-status Condition.clinicalStatus'],
    ['a status of another system', { clinicalStatus: { coding: [{ system: 'urn:x', code: 'resolved' }] } }, 'fhir-status Condition.clinicalStatus'],
    ['a suspicion', { verificationStatus: status('ver-status', 'provisional') }, 'fhir-status Condition.verificationStatus'],
    ['a refuted diagnosis', { verificationStatus: status('ver-status', 'confirmed', 'refuted') }, 'fhir-status Condition.verificationStatus'],
    ['no verification status', { verificationStatus: undefined }, 'fhir-status Condition.verificationStatus'],
    ['another disease', { code: { coding: [{ system: 'http://snomed.info/sct', code: '10509002' }] } }, 'fhir-code-unknown Condition.code'],
    ['two diseases', { code: { coding: [{ system: 'http://snomed.info/sct', code: '840539006' }, { system: 'http://snomed.info/sct', code: '14189004' }] } }, 'fhir-invalid Condition.code'],
    ['an onset as an age', { onsetDateTime: undefined, onsetAge: { value: 4 } }, 'fhir-unsupported Condition.onset'],
    ['no onset', { onsetDateTime: undefined }, 'fhir-invalid Condition.onsetDateTime'],
    ['no subject', { subject: undefined }, 'fhir-invalid Condition.subject'],
  ])('refuses %s', (_, change, expected) => expect(outcome({ ...condition, ...change })).toBe(expected));
});
