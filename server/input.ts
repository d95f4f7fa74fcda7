// Input that a schema describes: what does not fit is told by its field.
import type { z } from 'zod';
import { HealthpassError } from '#passport';

/** @throws HealthpassError `request-invalid`, naming the field and never its value */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const path = [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].join('.') || 'body';
  throw new HealthpassError('request-invalid', `${path} is wrong, missing or unknown`, { field: path });
}
