// Dates, times and numbers as a language writes them. Times are UnixSeconds; a day is YYYY-MM-DD, and belongs to no time zone.

const AGO: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];

export type Dates = {
  /** 3 May 2027 */
  readonly date: (time: number) => string;
  /** 3 May 2027, 14:05 */
  readonly dateTime: (time: number) => string;
  /** The day, and the time of it unless that is midnight. */
  readonly moment: (time: number) => string;
  /** 14:05 */
  readonly time: (time: number) => string;
  /** Of `YYYY-MM-DD`, `YYYY-MM` or `YYYY`: as much as is known. */
  readonly day: (day: string) => string;
  /** "2 minutes ago", "in 3 days". */
  readonly relative: (time: number, now: number) => string;
  readonly number: (value: number, options?: Intl.NumberFormatOptions) => string;
  readonly list: (items: readonly string[], type?: 'conjunction' | 'disjunction') => string;
};

export function createDates(language: string): Dates {
  // English of no region puts the day before the month, as most of the world does. Latin digits and the civil calendar in every language: what is compared with a passport must look like it.
  const locale = new Intl.Locale(language === 'en' ? 'en-GB' : language, { calendar: 'gregory', numberingSystem: 'latn' }).toString();
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const date = format({ dateStyle: 'medium' });
  const dateTime = format({ dateStyle: 'medium', timeStyle: 'short' });
  const time = format({ timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    date: (value) => date.format(value * 1000),
    dateTime: (value) => dateTime.format(value * 1000),
    moment: (value) => (isMidnight(value) ? date : dateTime).format(value * 1000),
    time: (value) => time.format(value * 1000),
    day: (value) => dayIn(locale, value),
    relative: (value, now) => {
      const [unit, seconds] = AGO.find(([, length]) => Math.abs(value - now) >= length) ?? ['second', 1];
      return relative.format(Math.trunc((value - now) / seconds), unit);
    },
    number: (value, options) => new Intl.NumberFormat(locale, options).format(value),
    list: (items, type = 'conjunction') => new Intl.ListFormat(locale, { type }).format(items),
  };
}

/** Where the reader is. */
function isMidnight(time: number): boolean {
  const at = new Date(time * 1000);
  return at.getHours() === 0 && at.getMinutes() === 0;
}

function dayIn(locale: string, day: string): string {
  const parts = day.split('-').map(Number);
  if (parts.some((part) => !Number.isInteger(part))) return day;
  const [year, month = 1, date = 1] = parts as [number, number?, number?];
  const known: Intl.DateTimeFormatOptions = parts.length === 3 ? { dateStyle: 'medium' } : parts.length === 2 ? { year: 'numeric', month: 'long' } : { year: 'numeric' };
  return new Intl.DateTimeFormat(locale, { ...known, timeZone: 'UTC' }).format(Date.UTC(year, month - 1, date));
}
