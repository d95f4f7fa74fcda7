// What a gateway answered, held to its form.
import type { z } from 'zod';
import { HealthpassError } from '#passport/errors.ts';

/** @throws HealthpassError `service-unavailable`, naming the field */
export function read<T extends z.ZodType>(schema: T, answer: unknown): z.infer<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new HealthpassError('service-unavailable', 'the gateway answers in another form', { field: parsed.error.issues[0]!.path.join('.') });
}
