// Clocks: Unix seconds outside, seconds since 1900 inside claims and circuit, days as YYYYMMDD.
declare const brand: unique symbol;
export type UnixSeconds = number & { readonly [brand]: 'UnixSeconds' };
/** Seconds since 1900-01-01T00:00:00Z, in [0, 2^34). */
export type Seconds1900 = number & { readonly [brand]: 'Seconds1900' };
/** The integer YYYYMMDD of a UTC day. */
export type Day = number & { readonly [brand]: 'Day' };

/** Seconds from 1900-01-01 to 1970-01-01. */
export const SECONDS_1900_TO_1970 = 2_208_988_800;
export const SECONDS_1900_LIMIT = 2 ** 34;

export const isSeconds1900 = (value: number): value is Seconds1900 =>
  Number.isInteger(value) && value >= 0 && value < SECONDS_1900_LIMIT;

/** @throws RangeError outside 1900-01-01 .. 2444. */
export function toSeconds1900(unix: number): Seconds1900 {
  const value = Math.floor(unix) + SECONDS_1900_TO_1970;
  if (!isSeconds1900(value)) throw new RangeError('the time lies outside 1900..2444');
  return value;
}

export const toUnixSeconds = (value: Seconds1900): UnixSeconds => (value - SECONDS_1900_TO_1970) as UnixSeconds;

/** UTC day of a Unix time. */
export function dayOf(unix: number): Day {
  const date = new Date(unix * 1000);
  return (date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate()) as Day;
}
