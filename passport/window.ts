// The time window of a pass: it starts on the policy's grid and has the policy's length, so it says nothing about its holder.
import { dayOf, SECONDS_1900_TO_1970, toSeconds1900, toUnixSeconds, type Day, type Seconds1900, type UnixSeconds } from './time.ts';

/** Seconds; `grid` is a multiple of 3,600 and `length` a multiple of `grid`. */
export type WindowRule = { readonly grid: number; readonly length: number };

export type Window = {
  readonly start: Seconds1900;
  readonly end: Seconds1900;
  /** UTC day of the start. */
  readonly today: Day;
};

/** The window that starts at or last before a time. */
export const windowAt = (rule: WindowRule, unix: number): Window =>
  windowFrom(rule, toSeconds1900(Math.floor((unix + SECONDS_1900_TO_1970) / rule.grid) * rule.grid - SECONDS_1900_TO_1970));

export const windowFrom = (rule: WindowRule, start: Seconds1900): Window => ({
  start,
  end: toSeconds1900(toUnixSeconds(start) + rule.length),
  today: dayOf(toUnixSeconds(start)),
});

export const isOnGrid = (rule: WindowRule, start: Seconds1900): boolean => start % rule.grid === 0;

export const windowEndUnix = (window: Window): UnixSeconds => toUnixSeconds(window.end);
