// Days as inputs of forms give them.
import type { FhirDay } from '#records/model/record.ts';

const dayOf = (date: Date): FhirDay => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** Today where the person stands. */
export const today = (): FhirDay => dayOf(new Date());
export const inYears = (years: number): FhirDay => dayOf(new Date(new Date().setFullYear(new Date().getFullYear() + years)));
/** The end of a day where the person stands, in Unix seconds; undefined for what is no day. */
export function endOfDay(day: FhirDay): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T23:59:59`).getTime() : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}
