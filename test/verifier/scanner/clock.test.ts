import { describe, expect, test } from 'vitest';
import { createClockWatch } from '#verifier/scanner/trust/clock.ts';

/** Seconds on the wall and since the start, as a test turns them. */
function watch(wallSeconds = 1_800_000_000) {
  const time = { wall: wallSeconds, steady: 0 };
  return { time, clock: createClockWatch({ wall: () => time.wall * 1000, steady: () => time.steady * 1000 }) };
}

describe('createClockWatch', () => {
  test('is right where the service has the same time, give or take a minute', () => {
    const { time, clock } = watch();
    expect(clock.state()).toEqual({ name: 'unchecked' });
    clock.compare(time.wall - 59);
    expect(clock.state()).toEqual({ name: 'right' });
  });

  test('a clock that is ahead or behind is wrong, by as much', () => {
    const { time, clock } = watch();
    clock.compare(time.wall - 300);
    expect(clock.state()).toEqual({ name: 'wrong', ahead: 300 });
    clock.compare(time.wall + 7200);
    expect(clock.state()).toEqual({ name: 'wrong', ahead: -7200 });
  });

  test('turned back after it was compared, so that old codes look young: wrong', () => {
    const { time, clock } = watch();
    clock.compare(time.wall);
    time.wall += 100 - 3600;
    time.steady += 100;
    expect(clock.state()).toEqual({ name: 'wrong', ahead: -3600 });
  });

  test('turned back offline, before anything was compared: wrong', () => {
    const { time, clock } = watch();
    time.wall -= 600;
    expect(clock.state()).toEqual({ name: 'wrong', ahead: undefined });
  });

  test('before the time of the last use: wrong, until the service says otherwise', () => {
    const { time, clock } = watch();
    clock.lastUsed(time.wall + 3600);
    expect(clock.state()).toEqual({ name: 'wrong', ahead: undefined });
    clock.compare(time.wall);
    expect(clock.state()).toEqual({ name: 'right' });
  });

  test('a device that has slept is not accused', () => {
    const { time, clock } = watch();
    clock.compare(time.wall);
    time.wall += 8 * 3600;
    expect(clock.state()).toEqual({ name: 'right' });
  });
});
