// The fields of a deployment as configuration gives them. Errors name the field. Browser-safe.
import { HealthpassError } from '#passport/errors.ts';

/** @throws HealthpassError `configuration-invalid` */
export function asRecord(input: unknown, field: string): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw invalid(field, 'is no object');
  return input as Record<string, unknown>; // the lines above say so
}

/** @throws HealthpassError `configuration-invalid` */
export function asInteger(input: unknown, least: number, field: string): number {
  if (typeof input !== 'number' || !Number.isSafeInteger(input) || input < least) throw invalid(field, 'is no whole number in range');
  return input;
}

/** In small letters. @throws HealthpassError `configuration-invalid` */
export function asAddress(input: unknown, field: string): `0x${string}` {
  if (typeof input !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(input)) throw invalid(field, 'is no address');
  return input.toLowerCase() as `0x${string}`; // the pattern above
}

const invalid = (field: string, what: string) => new HealthpassError('configuration-invalid', `${field} ${what}`, { field });
