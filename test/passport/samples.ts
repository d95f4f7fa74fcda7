// Values that several tests of the domain start from.
import fc from 'fast-check';
import type { Claims, FieldElement, HealthEvent, Kind, Result, Seconds1900 } from '#passport';
import { FIELD_ORDER, LIST_SIZE, toSeconds1900, toUnixSeconds } from '#passport';

/** 2026-11-22T12:00:00Z */
export const NOON = 1_795_348_800;

export const sampleClaims: Claims = {
  kind: 'vaccination', disease: 840539006n, product: 7, dose: 2, series: 2, eventTime: toSeconds1900(NOON - 30 * 86_400), test: 0, result: 'none',
  country: 'ES', birthDate: 19800229, nameDigest: 5n as FieldElement, holder: 6n as FieldElement, list: 1, index: 1000,
  validUntil: toSeconds1900(NOON + 365 * 86_400), salt: 7n as FieldElement,
};

export const anyField = fc.bigInt({ min: 0n, max: FIELD_ORDER - 1n }).map((value) => value as FieldElement);
const anyTime = fc.integer({ min: 0, max: 2 ** 34 - 1 }).map((value) => value as Seconds1900);
const letters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ');

const anyCountry = fc.oneof(fc.constant(''), fc.tuple(letters, letters).map((pair) => pair.join('')));

export const anyClaims: fc.Arbitrary<Claims> = fc.record({
  kind: fc.constantFrom<Kind>('vaccination', 'test', 'recovery'),
  disease: fc.bigInt({ min: 0n, max: (1n << 60n) - 1n }),
  product: fc.nat(247),
  dose: fc.nat(255),
  series: fc.nat(255),
  eventTime: anyTime,
  test: fc.nat(15),
  result: fc.constantFrom<Result>('none', 'notDetected', 'detected'),
  country: anyCountry,
  birthDate: fc.tuple(fc.integer({ min: 1850, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
    .map(([year, month, day]) => year * 10_000 + month * 100 + day),
  nameDigest: anyField,
  holder: anyField,
  list: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  index: fc.nat(LIST_SIZE - 1),
  validUntil: anyTime,
  salt: fc.bigInt({ min: 0n, max: (1n << 248n) - 1n }).map((value) => value as FieldElement),
});

const anyText = fc.option(fc.string({ unit: 'binary', maxLength: 40 }), { nil: undefined });
export const anyHealthEvent: fc.Arbitrary<HealthEvent> = fc.record({
  kind: fc.constantFrom<Kind>('vaccination', 'test', 'recovery'),
  disease: fc.bigInt({ min: 0n, max: (1n << 60n) - 1n }),
  product: fc.nat(247), dose: fc.nat(255), series: fc.nat(255),
  time: anyTime.map(toUnixSeconds),
  test: fc.nat(15),
  result: fc.constantFrom<Result>('none', 'notDetected', 'detected'),
  country: anyCountry, lot: anyText, performer: anyText,
  person: fc.option(fc.record({
    family: fc.string({ unit: 'binary', maxLength: 40 }), given: fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 3 }),
    birthDate: fc.option(fc.constantFrom('1980', '1980-02', '1980-02-29'), { nil: undefined }),
  }), { nil: undefined }),
});
