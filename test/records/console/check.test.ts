// FHIR of other systems before it is signed: what is wrong is found with its line, what is right keeps its text.
import { describe, expect, test } from 'vitest';
import { checkFhir } from '#records/console/desk/check.ts';
import { factsOf } from '#records/console/desk/facts.ts';
import { observation, prohibition } from '../exchange/scene.ts';

const text = (resource: unknown) => JSON.stringify(resource, undefined, 2);

describe('checkFhir', () => {
  test('a valid resource is kept as it was written, digits and all', () => {
    const written = text(observation(7)).replace('"value": 7', '"value": 7.2500');
    expect(checkFhir(written)).toEqual({ outcome: 'valid', texts: [written], titles: ['Hemoglobin [Mass/volume] in Blood'], left: 0 });
  });

  test('each fault names its element, its rule and the line where it stands, also in the second of two', () => {
    const wrong = { ...observation(1), status: 'done', component: [{ code: { text: 'a' }, valueQuantity: { value: 1 } }, { code: { text: 'b' }, valueQuantity: { value: 'x' } }] };
    const written = text(wrong);
    const lines = written.split('\n');
    const checked = checkFhir(written);
    if (checked.outcome !== 'faulty') throw new Error(checked.outcome);
    const status = checked.issues.find(({ element }) => element === 'Observation.status');
    expect([status?.rule, lines[status!.line! - 1]]).toEqual(['binding', '  "status": "done",']);
    const value = checked.issues.find(({ element }) => element.startsWith('Observation.component[1].valueQuantity.value'));
    expect(lines[value!.line! - 1]).toContain('"value": "x"');
  });

  test('a Bundle becomes single records; what is not kept is counted', () => {
    const entry = [observation(1), observation(2), { resourceType: 'Patient', id: 'p' }, { resourceType: 'Slot', status: 'free', schedule: { reference: 'Schedule/1' }, start: '2026-01-01T00:00:00Z', end: '2026-01-01T01:00:00Z' }]
      .map((resource, i) => ({ fullUrl: `urn:uuid:00000000-0000-4000-8000-00000000000${i}`, resource }));
    expect(checkFhir(text({ resourceType: 'Bundle', type: 'collection', entry: entry.slice(0, 3) }))).toMatchObject({ outcome: 'valid', texts: [expect.any(String), expect.any(String)] });
  });

  test.each([['{"a":', 'json-malformed'], ['{"resourceType":"Observation","resourceType":"Patient"}', 'json-duplicate-key'], [text({ resourceType: 'Patient' }), 'fhir-unsupported']])('%j cannot be read', (wrong, code) => {
    expect(checkFhir(wrong)).toEqual({ outcome: 'unreadable', code });
  });
});

describe('factsOf', () => {
  test('tells values with their units, parts by their names, and leaves markup a text', () => {
    const pressure = { ...observation(1), valueQuantity: undefined, component: [{ code: { text: 'Systolic' }, valueQuantity: { value: 120, unit: 'mmHg' } }], note: [{ text: '<img src=x onerror=alert(1)>' }] };
    const facts = Object.fromEntries(factsOf(pressure).map(({ name, says }) => [name, says]));
    expect(facts).toMatchObject({ value: ['Systolic: 120 mmHg'], code: ['LOINC 718-7'], note: ['<img src=x onerror=alert(1)>'] });
    expect(facts).not.toHaveProperty('caution');
  });

  test('says first what turns the meaning of the rest round', () => {
    expect(factsOf(prohibition('Ibuprofen'))[0]).toEqual({ name: 'caution', says: ['do-not-perform'] });
  });
});
