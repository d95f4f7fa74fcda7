// When an event took place. FHIR dates may lack the time of day, the claim holds one moment: docs/decisions/event-times.md.
import type { UnixSeconds } from '#passport/time.ts';
import { daysIn } from '#passport/birth-date.ts';
import { failAt } from './element.ts';

const DAY = 86_400;
const LATEST_ZONE = 14 * 3600; // a day begins first at UTC+14
const EARLIEST = -2_208_988_800; // 1900-01-01T00:00:00Z, zero of the claim
const FORM = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?$/;

/** Which end of its day stands for an event whose time of day is unknown. */
export type DayEnd = 'first-second' | 'last-second';

/**
 * A FHIR dateTime of at least day precision as a moment that is not after `now`.
 * @throws HealthpassError `fhir-invalid`, naming the element at `at`
 */
export function parseEventTime(value: string, at: string, { now, dayEnd }: { readonly now: number; readonly dayEnd: DayEnd }): UnixSeconds {
  const parts = FORM.exec(value);
  if (!parts) throw failAt('fhir-invalid', at, 'is not a FHIR dateTime');
  if (parts[3] === undefined) throw failAt('fhir-invalid', at, 'must be given to the day');
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) throw failAt('fhir-invalid', at, 'is not a day of the calendar');
  if (year < 1900) throw failAt('fhir-invalid', at, 'lies before 1900');
  const midnight = Date.UTC(year, month - 1, day) / 1000;
  const [earliest, time] = parts[4] === undefined
    ? [midnight - LATEST_ZONE, Math.min(dayEnd === 'first-second' ? midnight : midnight + DAY - 1, now)]
    : Array<number>(2).fill(midnight + timeOfDay(parts, at)) as [number, number]; // two of the same
  if (earliest > now) throw failAt('fhir-invalid', at, 'lies in the future');
  if (time < EARLIEST) throw failAt('fhir-invalid', at, 'lies before 1900');
  return Math.floor(time) as UnixSeconds;
}

/** Seconds since midnight UTC of the written day. */
function timeOfDay(parts: RegExpExecArray, at: string): number {
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6])];
  const zone = parts[7]!;
  const [zoneHour, zoneMinute] = zone === 'Z' ? [0, 0] : [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  // 60 is a leap second
  if (hour > 23 || minute > 59 || second > 60 || zoneHour > 14 || zoneMinute > 59) throw failAt('fhir-invalid', at, 'is not a time of day');
  const offset = (zone.startsWith('-') ? -1 : 1) * (zoneHour * 3600 + zoneMinute * 60);
  return hour * 3600 + minute * 60 + second - offset;
}

/** The dateTime to write for a moment: the day alone where {@link parseEventTime} would give the moment back. */
export function formatEventTime(time: UnixSeconds, dayEnd: DayEnd): string {
  const iso = new Date(time * 1000).toISOString();
  const second = ((time % DAY) + DAY) % DAY;
  return second === (dayEnd === 'first-second' ? 0 : DAY - 1) ? iso.slice(0, 10) : `${iso.slice(0, 19)}Z`;
}
