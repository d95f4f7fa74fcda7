// Refusals that tell nothing: what does not exist, what is somebody else's and what was taken away are refused in the same words and at the same time.
// The time is a multiple of a fixed slice, longer than the longest of them takes, so that the work behind a refusal does not show.
import { setTimeout as sleep } from 'node:timers/promises';
import { isHealthpassError } from '#passport';

/** Milliseconds. */
export const REFUSAL_SLICE = 100;

const CLOCK = { now: () => performance.now(), sleep: (milliseconds: number): Promise<unknown> => sleep(milliseconds) };

/** Runs `work`; a `record-unknown` comes at the end of a slice. */
export async function refusingEvenly<T>(work: () => Promise<T>, clock = CLOCK): Promise<T> {
  const began = clock.now();
  try {
    return await work();
  } catch (error) {
    if (isHealthpassError(error) && error.code === 'record-unknown') {
      const spent = clock.now() - began;
      await clock.sleep((Math.floor(spent / REFUSAL_SLICE) + 1) * REFUSAL_SLICE - spent);
    }
    throw error;
  }
}
