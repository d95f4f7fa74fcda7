import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFhir, toFhir } from '#formats/fhir/index.ts';
import { DISEASES, COUNTRIES, OBSERVATION_CODES, PRODUCTS, snomedOf } from '#passport/codes/index.ts';
import { HealthpassError } from '#passport/errors.ts';
import type { HealthEvent, Person } from '#passport/event.ts';
import type { UnixSeconds } from '#passport/time.ts';
import { now, patient, immunization, observation, condition } from './records.ts';

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((text) => text.trim().normalize('NFC')).filter((text) => text !== '' && !/\p{Cc}/u.test(text) && text.isWellFormed());
const latin = fc.string({ unit: fc.constantFrom(...'abcdéøÄñ -'), minLength: 1, maxLength: 20 }).map((text) => text.trim().normalize('NFC')).filter((text) => text !== '');
const person: fc.Arbitrary<Person> = fc.record({
  family: fc.oneof(fc.constant(''), latin), given: fc.array(latin, { maxLength: 3 }), birthDate: fc.constantFrom(undefined, '1890', '1899-04', '1871-12-31'),
});
const time = fc.oneof(fc.integer({ min: -2_208_988_800, max: now - 86_400 }), fc.integer({ min: -25_567, max: Math.floor(now / 86_400) - 1 }).chain((day) => fc.constantFrom(day * 86_400, day * 86_400 + 86_399))).map((value) => value as UnixSeconds);
const common = { time, country: fc.constantFrom('', ...COUNTRIES), performer: fc.option(words, { nil: undefined }), person: fc.option(person, { nil: undefined }) };
const none = { product: fc.constant(0), dose: fc.constant(0), series: fc.constant(0), lot: fc.constant(undefined), test: fc.constant(0), result: fc.constant('none' as const) };

const vaccination: fc.Arbitrary<HealthEvent> = fc.record({
  ...common, ...none, kind: fc.constant('vaccination' as const), disease: fc.constant(0n),
  dose: fc.integer({ min: 0, max: 255 }), series: fc.integer({ min: 0, max: 255 }), lot: fc.option(words, { nil: undefined }), product: fc.constantFrom(...PRODUCTS.map(({ index }) => index)),
}).map((event) => {
  const { against } = PRODUCTS[event.product - 1]!;
  return { ...event, disease: against.length === 1 ? snomedOf(against[0]!) : 0n };
});
const laboratory: fc.Arbitrary<HealthEvent> = fc.record({ ...common, ...none, kind: fc.constant('test' as const), disease: fc.constant(0n), result: fc.constantFrom('detected' as const, 'notDetected' as const), code: fc.constantFrom(...OBSERVATION_CODES) })
  .map(({ code, ...event }) => ({ ...event, test: code.test, disease: code.disease }));
const recovery: fc.Arbitrary<HealthEvent> = fc.record({ ...common, ...none, kind: fc.constant('recovery' as const), disease: fc.constantFrom(...DISEASES.map(({ snomed }) => snomed)) });

describe('toFhir', () => {
  test('what it writes reads as the same event', () => {
    fc.assert(fc.property(fc.oneof(vaccination, laboratory, recovery), (event) => {
      const { events, refused } = parseFhir(JSON.stringify(toFhir(event)), { now });
      expect(refused).toEqual([]);
      expect(events[0]!.event).toEqual(event);
    }), { numRuns: 500 });
  });
  test('events of a Bundle survive as single resources', () => {
    const { events } = parseFhir({ resourceType: 'Bundle', type: 'collection', entry: [patient, immunization, observation, condition].map((resource) => ({ resource })) }, { now });
    for (const { event } of events) expect(parseFhir(toFhir(event), { now }).events[0]!.event).toEqual(event);
  });
  test('writes a day alone where no time of day is known', () => {
    const { event } = parseFhir({ ...immunization, occurrenceDateTime: '2026-05-04' }, { now }).events[0]!;
    expect(toFhir(event)).toMatchObject({ occurrenceDateTime: '2026-05-04' });
  });
  test('refuses an event whose codes are in no table', () => {
    const { event } = parseFhir(immunization, { now }).events[0]!;
    for (const odd of [{ ...event, product: 0 }, { ...event, product: 247 }, { ...event, kind: 'test' as const }, { ...event, kind: 'recovery' as const, disease: 10509002n }]) {
      expect(() => toFhir(odd)).toThrow(HealthpassError);
    }
  });
});
