// Dates as people of six languages write them, and the same day for everybody.
import { describe, expect, test } from 'vitest';
import { createDates } from '#faces/words/dates.ts';
import { localeOf } from '#faces/words/language.ts';
import { LANGUAGES } from '#passport';

describe('createDates', () => {
  test.each([...LANGUAGES])('%s writes a day of the civil calendar in the digits of passports', (language) => {
    const { day, date, dateTime, relative } = createDates(language);
    for (const text of [day('2027-05-03'), date(1_809_302_400), dateTime(1_809_302_400)]) expect([text, /2027/.test(text)]).toEqual([text, true]);
    expect(/\p{Nd}/u.test(relative(0, 200_000).replace(/[0-9]/g, ''))).toBe(false);
  });
  test('a day is the same day wherever the reader is', () => expect(createDates('en').day('2027-01-01')).toContain('2027'));
  test('says as much of a birth date as is known', () => {
    const { day } = createDates('en');
    expect([day('1985'), day('1985-04'), day('not known')]).toEqual(['1985', 'April 1985', 'not known']);
  });
  test.each([[30, '30 seconds ago'], [150, '2 minutes ago'], [7200, '2 hours ago'], [86_400, 'yesterday'], [-86_400 * 3, 'in 3 days'], [0, 'now']])('%i seconds back is %s', (age, expected) => {
    expect(createDates('en').relative(1_000_000_000 - age, 1_000_000_000)).toBe(expected);
  });
  test('puts the day before the month in English of no region', () => expect([createDates('en').day('2027-05-03'), createDates('en-US').day('2027-05-03')]).toEqual(['3 May 2027', 'May 3, 2027']));
  test('names the time of a day unless it is midnight', () => {
    const midnight = new Date(2027, 4, 3).getTime() / 1000;
    const { moment, date, dateTime } = createDates('en');
    expect([moment(midnight), moment(midnight + 3600)]).toEqual([date(midnight), dateTime(midnight + 3600)]);
  });
  test('joins names as the language does', () => expect([createDates('en').list(['a', 'b', 'c']), createDates('de').list(['a', 'b'], 'disjunction')]).toEqual(['a, b and c', 'a oder b']));
});

describe('localeOf', () => {
  test.each([['en', ['de-AT', 'en-US'], 'en-US'], ['en', ['de-AT'], 'en'], ['de', ['de-AT', 'de'], 'de-AT'], ['ar', [], 'ar'], ['es', ['en-ES'], 'es']] as const)('%s for a browser of %j writes as %s', (language, tags, locale) => {
    expect(localeOf(language, tags)).toBe(locale);
  });
});
