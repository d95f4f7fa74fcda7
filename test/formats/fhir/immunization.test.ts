import { describe, expect, test } from 'vitest';
import { parseFhir } from '#formats/fhir/index.ts';
import { productById } from '#passport/codes/index.ts';
import { immunization, now, outcome, patient } from './records.ts';

const only = (input: unknown, options = {}) => parseFhir(input, { now, ...options }).events[0]!.event;

describe('parseFhir of an Immunization', () => {
  test('gives the event with everything that the record says', () => {
    const { events, refused } = parseFhir(JSON.stringify(immunization), { now, patient });
    expect(refused).toEqual([]);
    expect(events).toEqual([{
      path: 'Immunization', resourceId: 'i1',
      event: {
        kind: 'vaccination', disease: 840539006n, product: productById('comirnaty-original')!.index, dose: 2, series: 2, time: Date.UTC(2026, 4, 4, 8, 30) / 1000,
        test: 0, result: 'none', country: '', lot: 'L-77', performer: 'Praxis am Markt', person: { family: 'Beispiel', given: ['Erika', 'Maria'], birthDate: '1985-03-09' },
      },
    }]);
  });
  test('a combination is named by its product, not by one of its diseases', () => {
    const mmr = { ...immunization, vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '03' }] }, protocolApplied: [] };
    expect(only(mmr)).toMatchObject({ disease: 0n, product: productById('mmr')!.index, dose: 0, series: 0 });
  });
  test('takes the smallest dose and the longest series where the diseases of a combination count differently', () => {
    const protocolApplied = [{ doseNumberPositiveInt: 3, seriesDosesPositiveInt: 3 }, { doseNumberString: '1', seriesDosesString: '4' }];
    expect(only({ ...immunization, protocolApplied })).toMatchObject({ dose: 1, series: 4 });
  });
  test('words for a dose are no number', () => {
    expect(only({ ...immunization, protocolApplied: [{ doseNumberString: 'Booster' }] })).toMatchObject({ dose: 0, series: 0 });
  });
  test('reads country and institution from what it refers to', () => {
    const place = { resourceType: 'Location', id: 'l', address: { country: 'AUT' } };
    const organization = { resourceType: 'Organization', id: 'o', name: 'Klinik Nord', address: [{ country: 'Germany' }, { country: 'de' }] };
    const at = { ...immunization, contained: [place, organization], performer: [{ actor: { reference: '#o' } }] };
    expect(only(at)).toMatchObject({ performer: 'Klinik Nord', country: 'DE' });
    expect(only({ ...at, location: { reference: '#l' } })).toMatchObject({ performer: 'Klinik Nord', country: 'AT' });
  });
  test('does not name staff', () => {
    const performer = [{ actor: { reference: 'Practitioner/7', display: 'Dr. Erna Muster' } }, { actor: { type: 'PractitionerRole', display: 'Nurse Muster' } }];
    expect(only({ ...immunization, performer }).performer).toBeUndefined();
  });
  test.each([
    ['a dose that was not given', { status: 'not-done' }, 'fhir-status Immunization.status'],
    ['a dose entered in error', { status: 'entered-in-error' }, 'fhir-status Immunization.status'],
    ['no status', { status: undefined }, 'fhir-status Immunization.status'],
    ['a dose too weak to count', { isSubpotent: true }, 'fhir-unsupported Immunization.isSubpotent'],
    ['no date', { occurrenceDateTime: undefined }, 'fhir-invalid Immunization.occurrenceDateTime'],
    ['a date in words', { occurrenceDateTime: undefined, occurrenceString: 'last spring' }, 'fhir-unsupported Immunization.occurrenceString'],
    ['a date of the future', { occurrenceDateTime: '2026-11-22T12:00:01Z' }, 'fhir-invalid Immunization.occurrenceDateTime'],
    ['a year alone', { occurrenceDateTime: '2026' }, 'fhir-invalid Immunization.occurrenceDateTime'],
    ['a month alone', { occurrenceDateTime: '2026-05' }, 'fhir-invalid Immunization.occurrenceDateTime'],
    ['no vaccine code', { vaccineCode: undefined }, 'fhir-invalid Immunization.vaccineCode'],
    ['a vaccine code in words only', { vaccineCode: { text: 'Covid jab' } }, 'fhir-code-unknown Immunization.vaccineCode'],
    ['a vaccine code of another system', { vaccineCode: { coding: [{ system: 'urn:oid:1.2.3', code: '208' }] } }, 'fhir-code-unknown Immunization.vaccineCode'],
    ['codes of two products', { vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '208' }, { system: 'http://hl7.org/fhir/sid/cvx', code: '03' }] } }, 'fhir-invalid Immunization.vaccineCode'],
    ['a vaccine against another disease than stated', { protocolApplied: [{ targetDisease: [{ coding: [{ system: 'http://snomed.info/sct', code: '14189004' }] }], doseNumberPositiveInt: 1 }] }, 'fhir-invalid Immunization.protocolApplied[0].targetDisease'],
    ['dose 0', { protocolApplied: [{ doseNumberPositiveInt: 0 }] }, 'fhir-invalid Immunization.protocolApplied[0].doseNumberPositiveInt'],
    ['dose 256', { protocolApplied: [{ doseNumberString: '256' }] }, 'fhir-invalid Immunization.protocolApplied[0].doseNumberString'],
    ['half a dose', { protocolApplied: [{ doseNumberPositiveInt: 1.5 }] }, 'fhir-invalid Immunization.protocolApplied[0].doseNumberPositiveInt'],
    ['a dose as a list', { protocolApplied: [{ seriesDosesPositiveInt: [2] }] }, 'fhir-invalid Immunization.protocolApplied[0].seriesDosesPositiveInt'],
    ['a modifier that may mean anything', { modifierExtension: [{ url: 'urn:not-really', valueBoolean: true }] }, 'fhir-unsupported Immunization.modifierExtension'],
    ['a modifier in a part of it', { protocolApplied: [{ modifierExtension: [], doseNumberPositiveInt: 1 }] }, 'fhir-unsupported Immunization.protocolApplied[0].modifierExtension'],
    ['rules of its own', { implicitRules: 'urn:opposite-day' }, 'fhir-unsupported Immunization.implicitRules'],
    ['no patient', { patient: undefined }, 'fhir-invalid Immunization.patient'],
    ['a lot of many pages', { lotNumber: 'x'.repeat(101) }, 'fhir-invalid Immunization.lotNumber'],
    ['control characters in the lot', { lotNumber: 'L\u0000 7' }, 'fhir-invalid Immunization.lotNumber'],
    ['an empty id', { id: ' ' }, 'fhir-invalid Immunization.id'],
  ])('refuses %s', (_, change, expected) => expect(outcome({ ...immunization, ...change })).toBe(expected));
});
