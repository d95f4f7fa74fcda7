import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventOf, openClaims } from '#formats/credential/index.ts';
import { FORMS, parseSdClaims, parseSubject, writeSdClaims, writeSubject } from '#formats/credential/forms.ts';
import { FIELDS, readFields } from '#formats/credential/fields.ts';
import { COUNTRIES, DISEASES, LOINC, observationFor, PRODUCTS, SNOMED, TEST_KINDS } from '#passport/codes/index.ts';
import type { HealthEvent, UnixSeconds } from '#passport';
import { EVENT } from '../fixture.ts';

const TEST: HealthEvent = { ...EVENT, kind: 'test', product: 0, dose: 0, series: 0, lot: undefined, test: 1, result: 'notDetected' };
const RECOVERY: HealthEvent = { ...EVENT, kind: 'recovery', product: 0, dose: 0, series: 0, lot: undefined, result: 'detected' };

const name = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() === text && !/\s/.test(text) && text.isWellFormed());
const common = {
  time: fc.integer({ min: -2_208_988_800, max: 4e9 }).map((time) => time as UnixSeconds),
  country: fc.constantFrom('', ...COUNTRIES),
  performer: fc.option(name, { nil: undefined }),
  person: fc.option(fc.record({ family: name, given: fc.array(name, { maxLength: 3 }), birthDate: fc.constantFrom('1980', '1980-02', '1980-02-29', undefined) }), { nil: undefined }),
};
const disease = fc.constantFrom(...DISEASES.map(({ snomed }) => snomed));
const result = fc.constantFrom('detected' as const, 'notDetected' as const);
const events: fc.Arbitrary<HealthEvent> = fc.oneof(
  fc.record({
    ...common, kind: fc.constant('vaccination' as const), disease: fc.oneof(disease, fc.constant(0n)), product: fc.constantFrom(...PRODUCTS.map(({ index }) => index)),
    dose: fc.integer({ min: 0, max: 255 }), series: fc.integer({ min: 0, max: 255 }), test: fc.constant(0), result: fc.constant('none' as const), lot: fc.option(name, { nil: undefined }),
  }),
  fc.record({
    ...common, kind: fc.constant('test' as const), disease, product: fc.constant(0), dose: fc.constant(0), series: fc.constant(0),
    test: fc.constantFrom(...TEST_KINDS.map(({ index }) => index)), result, lot: fc.constant(undefined),
  }),
  fc.record({
    ...common, kind: fc.constant('recovery' as const), disease, product: fc.constant(0), dose: fc.constant(0), series: fc.constant(0), test: fc.constant(0),
    result: fc.oneof(result, fc.constant('none' as const)), lot: fc.constant(undefined),
  }),
);
/** What an event says: without what is none, zero or empty. */
const said = (event: Partial<HealthEvent>) => Object.fromEntries(Object.entries(event).filter(([key, value]) => value !== undefined && value !== 'none' && value !== '' && value !== 0n && (value !== 0 || key === 'time')));

describe('writeSubject and parseSubject', () => {
  test('any event comes back as it went in', () => {
    fc.assert(fc.property(events, (event) => {
      const { type, credentialSubject } = writeSubject(event);
      expect(said(eventOf(parseSubject(type, JSON.parse(JSON.stringify(credentialSubject)))))).toEqual(said(event));
    }));
  });
  test.each([['VaccinationCredential', EVENT], ['TestCredential', TEST], ['RecoveryCredential', RECOVERY]])('names the type %s', (type, event) => {
    expect(writeSubject(event).type).toEqual(['VerifiableCredential', 'HealthCredential', type]);
  });
  test('writes codes as FHIR codings', () => {
    expect(writeSubject(TEST).credentialSubject.event).toMatchObject({
      disease: { system: SNOMED, code: '840539006', display: 'COVID-19' },
      test: { system: LOINC, code: observationFor(1, 840539006n)!.loinc, display: expect.any(String) },
      result: { system: SNOMED, code: '260415000', display: 'Not detected' },
      occurred: '2021-05-03T00:00:00Z',
    });
  });
  test('names a test that no LOINC code of the table fits by its kind', () => {
    expect(writeSubject({ ...TEST, disease: 38362002n, test: 6 }).credentialSubject.event.test).toEqual({ system: 'urn:healthpass:test-kind', code: 'microscopy', display: 'Microscopy' });
  });
  test('leaves out a person of whom nothing is known', () => {
    expect(writeSubject({ ...EVENT, person: undefined }).credentialSubject).not.toHaveProperty('person');
  });
  test.each<[string, Partial<HealthEvent>, string]>([
    ['a vaccination of nothing', { disease: 0n, product: 0 }, 'product'], ['a product that is in no table', { product: 247 }, 'product'], ['a dose beyond 255', { dose: 256 }, 'doseNumber'],
    ['a time that is none', { time: Infinity as UnixSeconds }, 'occurred'], ['a country that is none', { country: 'XX' }, 'country'], ['a performer of 300 characters', { performer: 'x'.repeat(300) }, 'performer'],
    ['a birth date that is none', { person: { family: 'A', given: [], birthDate: '1980-13' } }, 'birthDate'],
  ])('refuses %s, naming the field', (_, change, field) => {
    expect(() => writeSubject({ ...EVENT, ...change })).toThrow(expect.objectContaining({ code: 'claims-invalid', field }));
  });
  test('refuses a test without kind, result or disease, and a recovery from nothing', () => {
    for (const change of [{ test: 0 }, { result: 'none' as const }, { disease: 0n }]) expect(() => writeSubject({ ...TEST, ...change })).toThrow(expect.objectContaining({ code: 'claims-invalid' }));
    expect(() => writeSubject({ ...RECOVERY, disease: 0n })).toThrow(expect.objectContaining({ code: 'claims-invalid', field: 'disease' }));
  });
  test('an error names a field and none of the values', () => {
    try {
      parseSubject(['VerifiableCredential', 'HealthCredential', 'VaccinationCredential'], { event: { 'canary-key': 'canary-value' } });
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify([String(error), (error as { field?: string }).field])).not.toContain('canary');
    }
  });
});

describe('writeSdClaims and parseSdClaims', () => {
  test('any event comes back as it went in', () => {
    fc.assert(fc.property(events, (event) => {
      const { vct, claims } = writeSdClaims(event);
      expect(vct).toBe(FORMS[event.kind].vct);
      expect(said(eventOf(parseSdClaims(vct, claims)))).toEqual(said(event));
      expect(parseSdClaims(vct, claims)).toEqual(openClaims(event));
    }));
  });
  test('what is not disclosed is left out, never guessed', () => {
    const { vct, claims } = writeSdClaims(EVENT);
    expect(eventOf(parseSdClaims(vct, {}))).toEqual({ kind: 'vaccination' });
    expect(eventOf(parseSdClaims(vct, { dose_number: claims.dose_number }))).toEqual({ kind: 'vaccination', dose: 2 });
    expect(eventOf(parseSdClaims(vct, { birthdate: '1980' })).person).toEqual({ family: '', given: [], birthDate: '1980' });
  });
});

describe('FIELDS', () => {
  test('no two have one name', () => {
    const names = Object.values(FIELDS).map(({ sd }) => sd);
    expect(new Set(names).size).toBe(names.length);
  });
  test('read nothing from nothing', () => expect(readFields({})).toEqual({}));
});
