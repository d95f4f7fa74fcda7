import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeHealthEvent, isHealthpassError, parseHealthEvent, type HealthEvent, type UnixSeconds } from '#passport';
import { anyHealthEvent, NOON } from './samples.ts';

const EVENT: HealthEvent = {
  kind: 'vaccination', disease: 840539006n, product: 7, dose: 2, series: 2, time: NOON as UnixSeconds, test: 0, result: 'none', country: 'ES',
  lot: 'L1', performer: 'Clinic', person: { family: 'Núñez', given: ['Ana', 'María'], birthDate: '1980-02' },
};

describe('encodeHealthEvent', () => {
  test('every event comes back as it was, through text', () => {
    fc.assert(fc.property(anyHealthEvent, (event) => {
      expect(parseHealthEvent(JSON.parse(JSON.stringify(encodeHealthEvent(event))))).toEqual(event);
    }));
  });
});

describe('parseHealthEvent', () => {
  const encoded = encodeHealthEvent(EVENT) as Record<string, unknown>;
  test.each<[string, Record<string, unknown>, string]>([
    ['a kind that is none', { kind: 'operation' }, 'kind'],
    ['a disease in another notation', { disease: '0840539006' }, 'disease'],
    ['a product beyond the table', { product: 248 }, 'product'],
    ['a time that a claim cannot carry', { time: -2_208_988_801 }, 'time'],
    ['a country that is no code', { country: 'es' }, 'country'],
    ['a person without a name field', { person: { given: [] } }, 'person.family'],
    ['a field that is unknown', { ward: '7' }, 'event'],
  ])('refuses %s', (_name, change, field) => {
    expect(() => parseHealthEvent({ ...encoded, ...change })).toThrow(expect.objectContaining({ code: 'claims-invalid', field }));
  });

  test('reads a zero with a sign as zero', () => {
    expect(parseHealthEvent({ ...encoded, series: -0, time: -0 })).toEqual({ ...EVENT, series: 0, time: 0 });
  });

  test('answers any value with an event or a coded error', () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...Object.keys(encoded)), fc.jsonValue()).map((change) => ({ ...encoded, ...change }))), (value) => {
      try {
        expect(parseHealthEvent(JSON.parse(JSON.stringify(encodeHealthEvent(parseHealthEvent(value)))))).toEqual(parseHealthEvent(value));
      } catch (error) {
        expect(isHealthpassError(error) && error.code).toBe('claims-invalid');
      }
    }));
  });
});
