// Input that a schema describes: what does not fit is told by its field.
import type { z } from 'zod';
import { HealthpassError } from '#passport';

/** @throws HealthpassError `request-invalid`, naming the field and never its value */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  // The names in a path are those of the schema, or positions; an unknown name is input, and not ours to repeat.
  const path = issue.path.join('.') || 'body';
  const what = issue.code === 'unrecognized_keys' ? 'has a field that is unknown' : 'is wrong or missing';
  throw new HealthpassError('request-invalid', `${path} ${what}`, { field: path });
}
