// What a person writes down becomes valid FHIR, filed where it belongs, with the digits that were typed; and records are read in plain facts.
import { describe, expect, test } from 'vitest';
import { contentOf, metaOf, markPatientReported, validateResource } from '#records/model/fhir/index.ts';
import { decimalOf, emptyForm, faultsOfForm, FORM_KINDS, MEASURES, textOfForm, type FormKind, type FormValues } from '#wallet-app/records/forms.ts';
import { factsOf, performersOf } from '#wallet-app/records/reading.ts';

const TODAY = '2026-11-24';
const filled: FormValues = { ...emptyForm(TODAY), what: 'Something "quoted"', reaction: 'A rash', dosage: 'one in the morning', text: 'Good day.\n"value":"number"', number: '97,50', lower: '70', risk: 'high' };
const made = (kind: FormKind, change: Partial<FormValues> = {}) => contentOf(textOfForm(kind, { ...filled, ...change }));

describe('textOfForm', () => {
  test.each(FORM_KINDS)('%s is valid FHIR, also marked as the patient’s own', (kind) => {
    const { resource } = made(kind);
    expect(validateResource(markPatientReported(resource)).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(JSON.stringify(resource)).toContain('Patient/self');
  });

  test.each(MEASURES)('%s is measured in its own unit', (measure) => {
    const { resource } = made('measurement', { measure, number: measure === 'temperature' ? '37,2' : measure === 'pressure' ? '120' : '90' });
    expect(metaOf(resource, TODAY).category).toBe(measure === 'glucose' ? 'results' : 'vitals');
  });

  test('keeps the digits that were typed, and takes nothing in a text for a number', () => {
    expect(made('measurement', { measure: 'weight' }).text).toContain('"value":97.50');
    expect(factsOf(made('note').resource)).toContainEqual({ name: 'text', says: [{ as: 'text', says: filled.text }] });
  });

  test('what is to be kept especially private is filed so', () => {
    expect(FORM_KINDS.map((kind) => metaOf(made(kind, { isSensitive: true }).resource, TODAY).category)).toEqual(FORM_KINDS.map(() => 'sensitive'));
  });
});

describe('faultsOfForm', () => {
  test.each<[string, FormKind, Partial<FormValues>, string[]]>([
    ['nothing typed', 'allergy', { what: ' ' }, ['what']], ['a day to come', 'condition', { since: '2026-11-25' }, ['since']], ['no day', 'medicine', { since: '' }, ['since']], ['an empty note', 'note', { text: '' }, ['text']],
    ['a slip of the point', 'measurement', { measure: 'weight', number: '9750' }, ['number']], ['a word for a number', 'measurement', { measure: 'pulse', number: '1e2' }, ['number']],
    ['one of two values', 'measurement', { measure: 'pressure', number: '120', lower: '' }, ['lower']], ['all of it', 'measurement', { measure: 'pressure', number: '120', lower: '80' }, []],
  ])('%s', (_name, kind, change, expected) => {
    expect(faultsOfForm(kind, { ...filled, ...change }, TODAY).map(({ field }) => field)).toEqual(expected);
  });

  test('decimals come with a comma or a point', () => expect(['1,5', '1.50', '007', '1.2.3', '-1', ''].map(decimalOf)).toEqual(['1.5', '1.50', '7', undefined, undefined, undefined]));
});

describe('factsOf', () => {
  test('tells a measurement by its parts, states by their codes, and dates as days', () => {
    const facts = factsOf(made('measurement', { measure: 'pressure', number: '120', lower: '80' }).resource);
    expect(facts.find(({ name }) => name === 'value')?.says.map(({ says }) => says)).toEqual(['Systolic blood pressure: 120 mmHg', 'Diastolic blood pressure: 80 mmHg']);
    const allergy = factsOf(made('allergy').resource);
    expect(allergy).toEqual(expect.arrayContaining([{ name: 'status', says: [{ as: 'code', says: 'active' }] }, { name: 'criticality', says: [{ as: 'code', says: 'high' }] }, { name: 'when', says: [{ as: 'day', says: TODAY }] }]));
  });

  test('nothing in a document but plain text is told as text', () => {
    const content = (contentType: string, data: string) => ({ resourceType: 'DocumentReference', content: [{ attachment: { contentType, data, title: 'scan' } }] });
    expect(factsOf(content('text/html', 'PGI+')).map(({ name }) => name)).toEqual(['file']);
    expect(factsOf(content('text/plain', '%%%'))).toEqual([]);
  });

  test('a referral names the member it is for, and nothing else does', () => {
    const referral = { resourceType: 'ServiceRequest', performer: [{ identifier: { system: 'urn:ietf:rfc:3986', value: `did:ethr:0x7a69:0x${'Ab'.repeat(20)}` }, display: 'Heart clinic' }, { identifier: { value: 'did:web:evil.example' } }] };
    expect(performersOf(referral)).toEqual([{ address: `0x${'ab'.repeat(20)}`, name: 'Heart clinic' }]);
    expect(performersOf({ ...referral, resourceType: 'Observation' })).toEqual([]);
  });
});
