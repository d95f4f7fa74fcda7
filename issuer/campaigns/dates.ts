// Dates of cells. Which number is the day is said once for a whole file and never guessed: 03/04 has two meanings.
import { HealthpassError } from '#passport';

export const DATE_FORMATS = ['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY', 'YYYY/MM/DD', 'YYYYMMDD'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2}))?$/;
const SHAPES: Readonly<Record<Exclude<DateFormat, 'YYYY-MM-DD'>, RegExp>> = {
  'DD.MM.YYYY': /^(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{4})$/,
  'DD/MM/YYYY': /^(?<day>\d{2})\/(?<month>\d{2})\/(?<year>\d{4})$/,
  'MM/DD/YYYY': /^(?<month>\d{2})\/(?<day>\d{2})\/(?<year>\d{4})$/,
  'YYYY/MM/DD': /^(?<year>\d{4})\/(?<month>\d{2})\/(?<day>\d{2})$/,
  YYYYMMDD: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
};

/**
 * The date as FHIR writes it; in ISO files also a moment with its zone, and a birth date of a year or a month alone. Whether it is a day of
 * the calendar the record's own checks say.
 * @throws HealthpassError `fhir-invalid`, field: the column
 */
export function isoDate(text: string, format: DateFormat, column: 'date' | 'birthDate'): string {
  if (format === 'YYYY-MM-DD') {
    if (ISO.test(text) || (column === 'birthDate' && /^\d{4}(-\d{2})?$/.test(text))) return text;
  } else {
    const { year, month, day } = SHAPES[format].exec(text)?.groups ?? {};
    if (year !== undefined) return `${year}-${month}-${day}`;
  }
  throw new HealthpassError('fhir-invalid', `${column} is not a date ${format}`, { field: column });
}
