import { describe, expect, test } from 'vitest';
import { formatEventTime, parseEventTime, type DayEnd } from '../../../formats/fhir/event-time.ts';
import { HealthpassError } from '#passport/errors.ts';
import { toSeconds1900 } from '#passport/time.ts';

const now = Date.UTC(2026, 10, 22, 12) / 1000;
const read = (text: string, dayEnd: DayEnd = 'last-second') => parseEventTime(text, 'x', { now, dayEnd });
const fault = (text: string) => {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof HealthpassError) return error.message;
    throw error;
  }
};
const utc = (...parts: [number, number, number, number?, number?, number?]) => Date.UTC(...parts) / 1000;

describe('parseEventTime', () => {
  test('reads moments with their zone', () => {
    expect(read('2026-05-04T10:30:00+02:00')).toBe(utc(2026, 4, 4, 8, 30));
    expect(read('2026-05-04T10:30:00.987-05:30')).toBe(utc(2026, 4, 4, 16));
    expect(read('2026-05-04T00:00:00Z')).toBe(utc(2026, 4, 4));
    expect(read('2016-12-31T23:59:60Z')).toBe(utc(2017, 0, 1)); // a leap second
    expect(read('1969-12-31T23:59:59.999Z')).toBe(-1);
  });
  test('gives a day without time its first or its last second, on that very day in UTC', () => {
    expect(read('2026-05-04', 'first-second')).toBe(utc(2026, 4, 4));
    expect(read('2026-05-04', 'last-second')).toBe(utc(2026, 4, 4, 23, 59, 59));
    expect(read('2024-02-29', 'first-second')).toBe(utc(2024, 1, 29));
  });
  test('never gives a moment after now', () => {
    expect(read('2026-11-22', 'last-second')).toBe(now);
    expect(read('2026-11-22', 'first-second')).toBe(utc(2026, 10, 22));
    expect(read('2026-11-23', 'first-second')).toBe(now); // it is the 23rd already where the day begins first
  });
  test('reaches back to 1900, and what it gives has a place in the claim', () => {
    expect(toSeconds1900(read('1900-01-01', 'first-second'))).toBe(0);
    expect(fault('1899-12-31')).toBe('x lies before 1900');
    expect(fault('1900-01-01T00:00:00+01:00')).toBe('x lies before 1900');
  });
  test.each([
    ['tomorrow', '2026-11-24', 'lies in the future'], ['the next second', '2026-11-22T12:00:01Z', 'lies in the future'], ['the year 9999', '9999-12-31', 'lies in the future'],
    ['a month', '2026-05', 'must be given to the day'], ['a year', '2026', 'must be given to the day'],
    ['February 30', '2026-02-30', 'is not a day of the calendar'], ['February 29 of 1900', '1900-02-29', 'is not a day of the calendar'], ['month 13', '2026-13-01', 'is not a day of the calendar'], ['day 0', '2026-01-00', 'is not a day of the calendar'],
    ['year 0', '0000-01-01', 'is not a day of the calendar'], ['hour 24', '2026-05-04T24:00:00Z', 'is not a time of day'], ['minute 60', '2026-05-04T10:60:00Z', 'is not a time of day'], ['a zone of 15 hours', '2026-05-04T10:00:00+15:00', 'is not a time of day'],
    ['a time without zone', '2026-05-04T10:30:00', 'is not a FHIR dateTime'], ['a time without seconds', '2026-05-04T10:30Z', 'is not a FHIR dateTime'], ['a negative year', '-2026-05-04', 'is not a FHIR dateTime'], ['a long year', '12026-05-04', 'is not a FHIR dateTime'],
    ['words', 'yesterday', 'is not a FHIR dateTime'], ['milliseconds since 1970', '1767225600000', 'is not a FHIR dateTime'], ['a line after it', '2026-05-04\n', 'is not a FHIR dateTime'],
  ])('refuses %s', (_, text, message) => expect(fault(text)).toBe(`x ${message}`));
});

describe('formatEventTime', () => {
  test('writes the day alone exactly where reading it gives the moment back', () => {
    expect(formatEventTime(read('2026-05-04'), 'last-second')).toBe('2026-05-04');
    expect(formatEventTime(read('2026-05-04', 'first-second'), 'first-second')).toBe('2026-05-04');
    expect(formatEventTime(read('2026-05-04', 'first-second'), 'last-second')).toBe('2026-05-04T00:00:00Z');
    expect(formatEventTime(read('1950-05-04', 'last-second'), 'last-second')).toBe('1950-05-04');
  });
});
