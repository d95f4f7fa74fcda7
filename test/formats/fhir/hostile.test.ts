import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFhir } from '#formats/fhir/index.ts';
import { HealthpassError } from '#passport/errors.ts';
import { bundle, condition, immunization, now, observation, outcome, patient } from './records.ts';

const whole = bundle(
  { ...patient, link: [{ type: 'seealso' }], active: true },
  { ...immunization, contained: [{ resourceType: 'Location', id: 'l', address: { country: 'AT' } }], location: { reference: '#l' }, encounter: { reference: 'Encounter/e' } },
  { ...observation, interpretation: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: 'NEG' }] }], performer: [{ reference: 'Organization/g' }] },
  condition,
  { resourceType: 'Encounter', id: 'e', serviceProvider: { reference: 'Organization/g' }, location: [{ location: { reference: 'Location/x' } }] },
  { resourceType: 'Organization', id: 'g', name: 'Klinik', address: [{ country: 'DE' }] },
);

/** All paths of a JSON value. */
const pathsOf = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
  [path, ...(typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key])) : [])];
const paths = pathsOf(whole).filter((path) => path.length > 0);

function spoil(path: readonly (string | number)[], replacement: unknown): unknown {
  const copy = structuredClone(whole) as unknown;
  let parent = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>;
  parent[path.at(-1)!] = replacement;
  return copy;
}

const coded = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(HealthpassError);
    return error as HealthpassError;
  }
  return undefined;
};

describe('parseFhir against hostile input', () => {
  test('the record that is spoilt below is whole', () => {
    expect(parseFhir(whole, { now })).toMatchObject({ refused: [], events: [{ event: { country: 'AT' } }, { event: { country: 'DE', performer: 'Klinik' } }, {}] });
  });
  test('any element of a wrong type, anywhere, gives coded errors only', () => {
    const wrong = fc.oneof(fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', ' ', 'x', [], {}, [null], [[]], [{}], { coding: {} }, { coding: [null] }, '__proto__', '\u202e', '#', '#l'), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(fc.property(fc.constantFrom(...paths), wrong, (path, replacement) => {
      coded(() => parseFhir(spoil(path, replacement), { now }));
    }), { numRuns: 3000 });
  });
  test('any JSON at all gives coded errors only', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom('Bundle', 'Immunization', 'Observation', 'Condition', 'Patient'), (value, resourceType) => {
      coded(() => parseFhir(value, { now }));
      coded(() => parseFhir({ ...(value as object), resourceType }, { now, patient: value }));
    }), { numRuns: 1000 });
  });
  test('a record cut off at any place gives coded errors only', () => {
    const text = JSON.stringify(whole);
    fc.assert(fc.property(fc.nat(text.length - 1), (length) => {
      expect(coded(() => parseFhir(text.slice(0, length), { now }))?.code).toBe('json-malformed');
    }));
  });
  test.each([
    ['a status given twice', JSON.stringify(immunization).replace('"status"', '"status":"not-done","status"'), 'json-duplicate-key'],
    ['a status given twice, once in escapes', JSON.stringify(immunization).replace('"status"', '"st\\u0061tus":"not-done","status"'), 'json-duplicate-key'],
    ['a prototype', JSON.stringify(immunization).replace('{', '{"__proto__":{"status":"completed"},'), 'json-malformed'],
    ['a byte order mark', `\ufeff${JSON.stringify(immunization)}`, 'json-malformed'],
    ['nesting of a million levels', `{"resourceType":"Bundle","entry":${'['.repeat(1_000_000)}`, 'json-malformed'],
    ['more than five megabytes', JSON.stringify({ ...immunization, note: 'x'.repeat(5_000_000) }), 'text-too-long'],
    ['XML', '<Immunization xmlns="http://hl7.org/fhir"/>', 'json-malformed'],
    ['bytes that are not UTF-8', Uint8Array.from([0x7b, 0xff, 0x7d]), 'json-malformed'],
  ])('refuses %s', (_, input, code) => expect(coded(() => parseFhir(input, { now }))?.code).toBe(code));
  test.each([
    ['a list', []], ['null', null], ['a number', 7], ['nothing', undefined], ['a resource of no type', {}], ['a type that every object has', { resourceType: 'constructor' }], ['a Patient alone', patient], ['a list of types', { resourceType: ['Immunization'] }],
  ])('refuses %s', (_, input) => expect(outcome(input)).toMatch(/^fhir-(?:invalid|unsupported) /));
  test('a Bundle of 20,000 doses is read in bounded time, one of 20,000 patients is refused', () => {
    const many = (resource: unknown) => Array.from({ length: 20_000 }, () => resource);
    expect(parseFhir(bundle(patient, ...many(immunization)), { now }).events).toHaveLength(20_000);
    expect(outcome(bundle(...many(patient)))).toBe('fhir-patient-mismatch Bundle.entry');
  });
  test('no message holds anything of the record', () => {
    const canary = 'canary-5d1f';
    const spoilt = [
      bundle({ ...patient, birthDate: canary }, immunization), bundle(patient, { ...immunization, status: canary }), bundle(patient, { ...immunization, occurrenceDateTime: canary, lotNumber: canary }),
      bundle(patient, { ...immunization, patient: { reference: `Patient/${canary}` } }), bundle({ ...patient, name: [{ text: canary }] }, { ...observation, code: { coding: [{ system: canary, code: canary }] } }), { ...immunization, resourceType: canary },
      bundle(patient, { resourceType: canary }), { ...bundle(patient, immunization), type: canary },
    ];
    for (const input of spoilt) {
      const error = coded(() => {
        const { refused } = parseFhir(JSON.stringify(input), { now });
        expect(JSON.stringify(refused)).not.toContain(canary);
      });
      expect(`${error?.message} ${error?.field} ${String(error?.cause)} ${error?.stack}`).not.toContain(canary);
    }
  });
});
