import { describe, expect, test } from 'vitest';
import { HealthpassError } from '#passport';
import { REFUSAL_SLICE, refusingEvenly } from '#records/gateway/refusals.ts';
import { recordUnknown } from '#records/gateway/unknown.ts';

/** A clock that goes on by what is worked and waited, and by nothing else. */
function clockOf(work: number, outcome: () => unknown) {
  let time = 5000.25;
  const clock = { now: () => time, sleep: async (milliseconds: number) => void (time += milliseconds) };
  const working = async () => {
    time += work;
    return outcome();
  };
  return { clock, working, spent: () => time - 5000.25 };
}
const throwing = (error: Error) => () => { throw error; };

describe('refusingEvenly', () => {
  test.each([
    [0, 1], [0.25, 1], [1, 1], [12, 1], [99.75, 1], [100, 2], [101, 2], [250, 3],
  ])('a refusal after %d ms of work comes at the end of slice %d', async (work, slices) => {
    const { clock, working, spent } = clockOf(work, throwing(recordUnknown()));
    await expect(refusingEvenly(working, clock)).rejects.toMatchObject({ code: 'record-unknown' });
    expect(spent()).toBe(slices * REFUSAL_SLICE);
  });
  test.each<[string, () => unknown, object]>([
    ['an answer', () => 1, { value: 1 }], ['another error', throwing(new HealthpassError('forbidden', 'no')), { reason: expect.objectContaining({ code: 'forbidden' }) }],
  ])('%s comes at once', async (_name, outcome, expected) => {
    const { clock, working, spent } = clockOf(12, outcome);
    expect((await Promise.allSettled([refusingEvenly(working, clock)]))[0]).toMatchObject(expected);
    expect(spent()).toBe(12);
  });
});
