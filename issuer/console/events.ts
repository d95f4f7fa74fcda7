// Health events in words, and from what is filled in.
import { parseHealthEvent, type HealthEvent, type UnixSeconds } from '#passport';
import { productByIndex, snomedOf } from '#passport/codes/index.ts';
import { diseaseName, kindName, resultName, testName, vaccineName, type Sentences } from '#faces/words/sentences/index.ts';
import type { Issuance, Kind, Person } from './api.ts';
import { plain } from '#faces/words/plain.ts';

const DAY = 86_400;

export function eventOf(issuance: Pick<Issuance, 'event'>): HealthEvent | undefined {
  try {
    return issuance.event === undefined ? undefined : parseHealthEvent(issuance.event);
  } catch {
    return undefined;
  }
}

/** What it is, in a line. */
export function titleOf(event: Pick<HealthEvent, 'kind' | 'product' | 'test' | 'disease' | 'result'>, sentences: Sentences): string {
  const disease = diseaseName(event.disease, sentences);
  if (event.kind === 'vaccination') return vaccineName(event.product, sentences) ?? kindName(event.kind, sentences);
  if (event.kind === 'test') return [disease, testName(event.test, sentences), resultName(event.result, sentences)].filter(Boolean).join(' · ');
  return [kindName(event.kind, sentences), disease].filter(Boolean).join(' · ');
}

export const kindInWords = (kind: string | undefined, sentences: Sentences): string => (kind === 'vaccination' || kind === 'test' || kind === 'recovery' ? kindName(kind, sentences) : '');

/** As registers write it, so that lists sort in the head: family name first. */
export const nameOf = (person: Person | undefined): string => (person ? plain([person.family, person.given.join(' ')].filter(Boolean).join(', ')) : '');

/** Today where the person stands. */
export function today(): string {
  const date = new Date();
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

export type Filled = {
  readonly kind: Kind; readonly product?: number | undefined; readonly disease?: string | undefined; readonly test?: number | undefined; readonly result?: 'detected' | 'notDetected' | undefined;
  readonly date: string; readonly time?: string | undefined; readonly dose: number; readonly series: number; readonly lot: string; readonly performer: string; readonly country: string;
  readonly person: Person;
};

/** A day without a time is its end, and of a negative test its beginning, as records without one are read (formats/fhir/event-time.ts). */
function momentOf({ date, time, kind, result }: Filled): UnixSeconds {
  if (time) return Math.floor(new Date(`${date}T${time}`).getTime() / 1000) as UnixSeconds;
  return (Date.parse(`${date}T00:00:00Z`) / 1000 + (kind === 'test' && result === 'notDetected' ? 0 : DAY - 1)) as UnixSeconds;
}

export function toEvent(filled: Filled): HealthEvent {
  const { kind, dose, series, lot, performer, country, person } = filled;
  const product = kind === 'vaccination' ? productByIndex(filled.product ?? 0) : undefined;
  const against = product && (product.against.length === 1 ? snomedOf(product.against[0]!) : 0n);
  return {
    kind, disease: against ?? BigInt(filled.disease ?? 0), product: product?.index ?? 0, dose: product ? dose : 0, series: product ? series : 0,
    time: momentOf(filled), test: kind === 'test' ? filled.test ?? 0 : 0, result: kind === 'test' ? filled.result ?? 'none' : 'none', country,
    lot: product && lot !== '' ? lot : undefined, performer: performer === '' ? undefined : performer, person: { ...person, birthDate: person.birthDate },
  };
}
