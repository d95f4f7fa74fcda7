// Birth dates: FHIR dates of any precision as the integer YYYYMMDD, unknown parts encoded late. docs/protocol.md, "Units".
import { HealthpassError } from './errors.ts';
import { dayOf } from './time.ts';

/** Wholly unknown: later than any day, so nobody of unknown birth passes a minimum age. */
export const UNKNOWN_BIRTH_DATE = 99991231;

const LATEST_ZONE = 14 * 3600; // the day begins first at UTC+14
const FORM = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;

/**
 * `YYYY`, `YYYY-MM` or `YYYY-MM-DD` as YYYYMMDD; an unknown day is 31, an unknown month 12. `now` in Unix seconds: a birth of the future is refused.
 * @throws HealthpassError `claims-invalid`, field `birthDate`
 */
export function parseBirthDate(text: unknown, { now }: { readonly now: number }): number {
  const parts = typeof text === 'string' ? FORM.exec(text) : null;
  if (!parts) throw invalid('is not a date YYYY, YYYY-MM or YYYY-MM-DD');
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  if (year < 1800 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) throw invalid('is not a day of the calendar since 1800');
  if (year * 10_000 + month * 100 + day > dayOf(now + LATEST_ZONE)) throw invalid('lies in the future');
  return year * 10_000 + (parts[2] ? month : 12) * 100 + (parts[3] ? day : 31);
}

/** Days of a month of the Gregorian calendar. */
export const daysIn = (year: number, month: number): number => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();

const invalid = (what: string) => new HealthpassError('claims-invalid', `the birth date ${what}`, { field: 'birthDate' });
