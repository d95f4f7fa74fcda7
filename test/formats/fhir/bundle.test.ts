import { describe, expect, test } from 'vitest';
import { parseFhir } from '#formats/fhir/index.ts';
import { bundle, condition, immunization, now, observation, outcome, patient } from './records.ts';

const uuid = 'urn:uuid:11111111-2222-4333-8444-555555555555';
const to = <T extends object>(resource: T, reference: object) => ('patient' in resource ? { ...resource, patient: reference } : { ...resource, subject: reference });
const families = (input: unknown, options = {}) => parseFhir(input, { now, ...options }).events.map(({ event }) => event.person?.family);

describe('parseFhir of a Bundle', () => {
  test.each(['collection', 'document', 'transaction', 'searchset', 'batch'])('reads a %s with its patient', (type) => {
    const { events, refused, patient: person } = parseFhir({ ...bundle(patient, immunization, observation, condition), type }, { now });
    expect(events.map(({ path, resourceId, event }) => [path, resourceId, event.kind])).toEqual([
      ['Bundle.entry[1].resource', 'i1', 'vaccination'], ['Bundle.entry[2].resource', 'o1', 'test'], ['Bundle.entry[3].resource', 'c1', 'recovery'],
    ]);
    expect(refused).toEqual([]);
    expect(person).toEqual({ family: 'Beispiel', given: ['Erika', 'Maria'], birthDate: '1985-03-09' });
  });
  test('lists what it refuses and passes the rest', () => {
    const { events, refused } = parseFhir(bundle(immunization, { ...immunization, status: 'not-done' }, patient, 7, { ...condition, onsetDateTime: '2027-01-01' }, { resourceType: 'Claim' }), { now });
    expect(events).toHaveLength(1);
    expect(refused.map(({ path, code, field }) => [path, code, field])).toEqual([
      ['Bundle.entry[3]', 'fhir-invalid', 'Bundle.entry[3].resource'],
      ['Bundle.entry[1].resource', 'fhir-status', 'Immunization.status'],
      ['Bundle.entry[4].resource', 'fhir-invalid', 'Condition.onsetDateTime'],
    ]);
  });
  test('every Immunization, Observation and Condition is either an event or refused', () => {
    const all = bundle(patient, immunization, observation, condition, { ...immunization, id: '' }, { resourceType: 'Observation' });
    const { events, refused } = parseFhir(all, { now });
    expect(events.length + refused.length).toBe(5);
  });
  test('passes over entries that a transaction deletes', () => {
    const entry = [{ resource: patient }, { resource: immunization }, { resource: observation, request: { method: 'DELETE', url: 'Observation/o1' } }, { request: { method: 'GET', url: 'x' } }];
    expect(parseFhir({ resourceType: 'Bundle', type: 'transaction', entry }, { now }).events).toHaveLength(1);
  });
  test.each([
    ['history', { type: 'history' }, 'fhir-unsupported Bundle.type'], ['no type', { type: undefined }, 'fhir-unsupported Bundle.type'],
    ['entries that are no list', { entry: {} }, 'fhir-invalid Bundle.entry'], ['no entries', { entry: [] }, 'fhir-no-event undefined'],
    ['a modifier', { modifierExtension: [] }, 'fhir-unsupported Bundle.modifierExtension'],
  ])('refuses a Bundle with %s', (_, change, expected) => expect(outcome({ ...bundle(patient, immunization), ...change })).toBe(expected));
  test('names the element to mend when nothing can be attested', () => {
    const cholesterol = { ...observation, code: { coding: [{ system: 'http://loinc.org', code: '2093-3' }] } };
    expect(outcome(bundle(patient, cholesterol, { ...immunization, occurrenceDateTime: undefined }))).toBe('fhir-no-event Immunization.occurrenceDateTime');
    expect(outcome(bundle(patient, cholesterol))).toBe('fhir-no-event Observation.code');
  });
});

describe('the patient of a Bundle', () => {
  const withUrl = (fullUrl: string, own: object, reference: object) => ({ resourceType: 'Bundle', type: 'document', entry: [{ fullUrl, resource: own }, { resource: to(immunization, reference) }] });
  test.each([
    ['a uuid', withUrl(uuid, { ...patient, id: undefined }, { reference: uuid })],
    ['a relative reference', withUrl('https://ehr.example/fhir/Patient/p1', patient, { reference: 'Patient/p1' })],
    ['an absolute reference', withUrl('https://ehr.example/fhir/Patient/p1', patient, { reference: 'https://ehr.example/fhir/Patient/p1' })],
    ['a reference to a version', withUrl(uuid, patient, { reference: 'Patient/p1/_history/3' })],
    ['the scheme of SMART Health Cards', withUrl('resource:0', { ...patient, id: undefined }, { reference: 'resource:0' })],
    ['a business identifier', withUrl(uuid, patient, { identifier: { system: 'urn:example:ids', value: '12345' } })],
  ])('is found by %s', (_, input) => expect(families(input)).toEqual(['Beispiel']));

  test.each([
    ['another patient', { reference: 'Patient/p2' }], ['another uuid', { reference: 'urn:uuid:99999999-2222-4333-8444-555555555555' }], ['another server', { reference: 'https://other.example/fhir/Patient/p1' }],
    ['another business identifier', { identifier: { system: 'urn:example:ids', value: '54321' } }], ['a name only', { display: 'Erika Beispiel' }], ['a search', { reference: 'Patient?identifier=12345' }],
    ['a part of the right reference', { reference: 'Patient/p' }], ['a patient inside, who is not there', { reference: '#p1' }],
  ])('a dose that refers to %s is refused, the others pass', (_, reference) => {
    const { events, refused } = parseFhir(bundle(patient, immunization, to(observation, reference)), { now });
    expect(events).toHaveLength(1);
    expect(refused.map(({ code, field }) => [code, field])).toEqual([['fhir-patient-mismatch', 'Observation.subject']]);
  });
  test('a dose with a patient of its own inside is refused where the Bundle has one', () => {
    const own = { ...immunization, id: 'i2', contained: [{ ...patient, id: 'x' }], patient: { reference: '#x' } };
    expect(parseFhir(bundle(patient, immunization, own), { now }).refused[0]).toMatchObject({ code: 'fhir-patient-mismatch', field: 'Immunization.patient' });
  });
  test.each([
    ['two Patient resources', bundle(patient, { ...patient, id: 'p2' }, immunization)],
    ['the same Patient twice', bundle(patient, patient, immunization)],
    ['references to two patients and no Patient', bundle(immunization, to(observation, { reference: 'Patient/p2' }))],
    ['two patients inside two doses', bundle({ ...immunization, contained: [patient], patient: { reference: '#p1' } }, { ...immunization, contained: [{ ...patient, name: [{ family: 'Anders' }] }], patient: { reference: '#p1' } })],
  ])('a Bundle with %s is refused', (_, input) => expect(outcome(input)).toBe('fhir-patient-mismatch Bundle.entry'));
  test('may be missing: then the events are about nobody, but all about the same nobody', () => {
    const { events, patient: person } = parseFhir(bundle(immunization, observation), { now });
    expect(person).toBeUndefined();
    expect(events.map(({ event }) => event.person)).toEqual([undefined, undefined]);
  });
  test('may be given by the caller, if the references do not speak against it', () => {
    expect(families(bundle(immunization, observation), { patient })).toEqual(['Beispiel', 'Beispiel']);
    expect(outcome(bundle(patient, immunization), { patient })).toBe('fhir-patient-mismatch Bundle.entry');
    expect(outcome(bundle(to(immunization, { reference: 'Patient/p2' })), { patient })).toBe('fhir-no-event Immunization.patient');
    expect(outcome(bundle(immunization, to(observation, { reference: 'Patient/p2' })), { patient: { ...patient, id: undefined } })).toBe('fhir-patient-mismatch Bundle.entry');
  });
});

describe('the patient of a single resource', () => {
  test('stands inside it, is given beside it, or is not known', () => {
    const inside = { ...immunization, contained: [patient], patient: { reference: '#p1' } };
    expect(families(inside)).toEqual(['Beispiel']);
    expect(families(immunization, { patient })).toEqual(['Beispiel']);
    expect(families(immunization)).toEqual([undefined]);
  });
  test.each([
    [{ reference: 'urn:uuid:p1' }, 'accepted'], [{ reference: 'https://ehr.example/fhir/Patient/p1' }, 'accepted'], [{ display: 'E. B.' }, 'accepted'], [{ identifier: { system: 'urn:example:ids', value: '12345' } }, 'accepted'],
    [{ reference: 'Patient/p2' }, 'fhir-patient-mismatch Immunization.patient'], [{ reference: 'Patient/xp1' }, 'fhir-patient-mismatch Immunization.patient'],
    [{ identifier: { value: '12345' } }, 'fhir-patient-mismatch Immunization.patient'], [{ reference: '#p1' }, 'fhir-patient-mismatch Immunization.patient'],
  ])('given beside it, is held against %j: %s', (reference, expected) => expect(outcome(to(immunization, reference), { patient })).toBe(expected));
  test('another patient inside than the one given is refused', () => {
    const inside = { ...immunization, contained: [patient], patient: { reference: '#p1' } };
    expect(outcome(inside, { patient })).toBe('fhir-patient-mismatch Immunization.patient');
    expect(outcome({ ...inside, contained: [{ ...patient, resourceType: 'Group' }] })).toBe('fhir-patient-mismatch Immunization.patient');
  });
});

describe('parseFhir of a Patient', () => {
  const person = (change: object) => parseFhir(bundle({ ...patient, ...change }, immunization), { now });
  test.each([
    ['the official name before others', [{ use: 'usual', family: 'U' }, { use: 'official', family: 'O' }, { use: 'nickname', family: 'N' }], 'O'],
    ['the present name before a former one', [{ use: 'official', family: 'Alt', period: { end: '2020-01-01' } }, { family: 'Neu' }], 'Neu'],
    ['the name in use before the maiden name', [{ use: 'maiden', family: 'M' }, { family: 'F' }], 'F'],
    ['a name that documents can spell before one they cannot', [{ use: 'official', family: '王', given: ['小明'] }, { use: 'usual', family: 'Wang', given: ['Xiaoming'] }], 'Wang'],
    ['a name in another script where there is none else', [{ family: '王' }], '王'],
    ['composed letters and no spaces around', [{ family: '  Mu\u0308ller ' }], 'Müller'],
  ])('takes %s', (_, name, family) => expect(person({ name }).patient!.family).toBe(family));
  test('a name without parts is not taken apart, and that is said', () => {
    const { patient: nameless, refused, events } = person({ name: [{ text: 'Erika Maria Beispiel' }] });
    expect(nameless).toEqual({ family: '', given: [], birthDate: '1985-03-09' });
    expect(refused).toMatchObject([{ path: 'Bundle.entry[0].resource', code: 'fhir-unsupported', field: 'Patient.name' }]);
    expect(events).toHaveLength(1);
  });
  test('no name and no birth date are no mistake', () => {
    expect(person({ name: undefined, birthDate: undefined })).toMatchObject({ patient: { family: '', given: [] }, refused: [] });
  });
  test.each([
    ['a birth date of the future', { birthDate: '2027-01-01' }, 'fhir-invalid Patient.birthDate'], ['a birth date that is none', { birthDate: '1985-02-30' }, 'fhir-invalid Patient.birthDate'], ['a birth date as a number', { birthDate: 1985 }, 'fhir-invalid Patient.birthDate'],
    ['a record no longer used', { active: false }, 'fhir-status Patient.active'], ['a record that was merged into another', { link: [{ type: 'replaced-by', other: { reference: 'Patient/p9' } }] }, 'fhir-status Patient.link[0].type'],
    ['a modifier', { modifierExtension: [] }, 'fhir-unsupported Patient.modifierExtension'], ['names that are no list', { name: { family: 'B' } }, 'fhir-invalid Patient.name'], ['a name of many pages', { name: [{ family: 'x'.repeat(201) }] }, 'fhir-invalid Patient.name[0].family'],
    ['more given names than a credential holds', { name: [{ given: Array.from({ length: 30 }, () => 'Annemarie') }] }, 'fhir-invalid Patient.name[0].given'],
    ['control characters in the name', { name: [{ family: 'B\u001b[2J' }] }, 'fhir-invalid Patient.name[0].family'],
  ])('refuses %s', (_, change, expected) => expect(outcome(bundle({ ...patient, ...change }, immunization))).toBe(expected));
  test('a dose before the birth is refused', () => {
    expect(outcome(bundle({ ...patient, birthDate: '2026-05-06' }, immunization))).toBe('fhir-no-event Immunization');
    expect(outcome(bundle({ ...patient, birthDate: '2026-05' }, immunization))).toBe('accepted');
    expect(outcome(bundle({ ...patient, birthDate: '2026' }, immunization))).toBe('accepted');
  });
});
