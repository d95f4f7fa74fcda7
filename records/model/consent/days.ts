// FHIR's dates as consents use them: days, and stretches of time. A date whose precision or zone leaves open what is meant is not taken.
import type { UnixSeconds } from '#passport';
import type { FhirDay } from '../record.ts';

const DAY_SECONDS = 86_400;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** A day that the calendar has: 30 February would be read as 2 March. */
export const isDay = (text: unknown): text is FhirDay => typeof text === 'string' && DAY.test(text) && new Date(`${text}T00:00:00Z`).getUTCDate() === Number(text.slice(8));

/** What a dateTime stands for, half-open: a second, or a day of UTC. Undefined for months, years, fractions, and times without a zone. */
export function stretchOf(dateTime: string): { readonly from: UnixSeconds; readonly until: UnixSeconds } | undefined {
  const isInstant = INSTANT.test(dateTime) && isDay(dateTime.slice(0, 10));
  if (!isInstant && !isDay(dateTime)) return undefined;
  const from = Date.parse(isInstant ? dateTime : `${dateTime}T00:00:00Z`) / 1000;
  return from < 0 ? undefined : { from: from as UnixSeconds, until: (from + (isInstant ? 1 : DAY_SECONDS)) as UnixSeconds };
}

/** To the second, in UTC. */
export const toInstant = (time: number): string => `${new Date(time * 1000).toISOString().slice(0, 19)}Z`;
