// What a form may be filled with in advance: what this organisation used last, and which dose comes next for somebody.
import type { HealthEvent } from '#passport';
import { diseasesOf } from './filter.ts';

/** As it was last used. `disease`: SNOMED CT, decimal. */
export type UsedProduct = { readonly product: number; readonly disease: string; readonly lot?: string; readonly country: string; readonly performer?: string; readonly series: number; readonly usedAt: number };
export type UsedTest = { readonly test: number; readonly disease: string; readonly country: string; readonly performer?: string; readonly usedAt: number };
export type NextDose = { readonly disease: string; readonly product: number; /** More than `series`: a further dose after a complete series. */ readonly dose: number; readonly series: number; readonly lastAt: number };
export type Suggestions = { readonly products: readonly UsedProduct[]; readonly tests: readonly UsedTest[]; readonly next: readonly NextDose[] };
/** An event and when it was recorded. */
export type Noted = { readonly event: HealthEvent; readonly at: number };

/** `used`: of the organisation; `own`: of the patient; the newest first. */
export const suggest = (used: readonly Noted[], own: readonly Noted[]): Suggestions => ({
  products: firstBy(used.filter(({ event }) => event.kind === 'vaccination'), ({ event }) => `${event.product}/${event.disease}`).map(({ event, at }) => ({
    product: event.product, disease: String(event.disease), ...known(event), series: event.series, usedAt: at, ...(event.lot !== undefined && { lot: event.lot }),
  })),
  tests: firstBy(used.filter(({ event }) => event.kind === 'test'), ({ event }) => `${event.test}/${event.disease}`).map(({ event, at }) => ({ test: event.test, disease: String(event.disease), ...known(event), usedAt: at })),
  next: nextDoses(own.map(({ event }) => event)),
});

const known = ({ country, performer }: HealthEvent) => ({ country, ...(performer !== undefined && { performer }) });

function nextDoses(events: readonly HealthEvent[]): NextDose[] {
  const doses = events.filter(({ kind }) => kind === 'vaccination').toSorted((a, b) => b.time - a.time || b.dose - a.dose);
  const latest = new Map<bigint, HealthEvent>();
  for (const event of doses) for (const disease of diseasesOf(event)) if (!latest.has(disease)) latest.set(disease, event);
  return [...latest].map(([disease, { product, dose, series, time }]) => ({ disease: String(disease), product, dose: dose + 1, series, lastAt: time }));
}

function firstBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(key(item)) && seen.add(key(item)));
}
