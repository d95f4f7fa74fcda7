// A health event as JSON, for whoever keeps it: every event has one form, and what is read is what was written.
import { z } from 'zod';
import { KINDS, RESULTS, type Kind, type Result } from './claims.ts';
import { HealthpassError } from './errors.ts';
import type { HealthEvent } from './event.ts';
import { PRODUCT_LIMIT, TEST_LIMIT } from './limits.ts';
import { SECONDS_1900_LIMIT, SECONDS_1900_TO_1970, type UnixSeconds } from './time.ts';

const integer = (min: number, max: number) => z.int().min(min).max(max).transform((value) => value + 0); // -0, which JSON can spell, is 0
const below = (limit: number) => integer(0, limit - 1);
const text = z.string().max(1000).optional();

const schema = z.strictObject({
  kind: z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]),
  disease: z.string().regex(/^(?:0|[1-9]\d{0,18})$/),
  product: below(PRODUCT_LIMIT),
  dose: below(256),
  series: below(256),
  time: integer(-SECONDS_1900_TO_1970, SECONDS_1900_LIMIT - SECONDS_1900_TO_1970 - 1),
  test: below(TEST_LIMIT),
  result: z.enum(Object.keys(RESULTS) as [Result, ...Result[]]),
  country: z.string().regex(/^(?:[A-Z]{2})?$/),
  lot: text,
  performer: text,
  person: z.strictObject({ family: z.string().max(1000), given: z.array(z.string().max(1000)).max(100), birthDate: z.string().max(10).optional() }).optional(),
});

/** The disease as a decimal string; what is unknown is left out. */
export const encodeHealthEvent = (event: HealthEvent): unknown => JSON.parse(JSON.stringify({ ...event, disease: event.disease.toString() }));

/** Reads the JSON form. Left inverse of {@link encodeHealthEvent}. @throws HealthpassError `claims-invalid` */
export function parseHealthEvent(input: unknown): HealthEvent {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const field = parsed.error.issues[0]!.path.filter((step) => typeof step === 'string').join('.') || 'event';
    throw new HealthpassError('claims-invalid', `the health event has a wrong or missing ${field}`, { field });
  }
  const { disease, time, lot, performer, person, ...rest } = parsed.data;
  return {
    ...rest, disease: BigInt(disease), time: time as UnixSeconds, // in its range
    lot, performer, person: person && { ...person, birthDate: person.birthDate },
  };
}
