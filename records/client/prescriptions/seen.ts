// What the chain says of a use that somebody else says it has taken: the node that is asked may be a moment behind the one that carried it.
import { isHealthpassError } from '#passport';
import type { UseOfPrescription } from '#contracts/care/index.ts';

/** Milliseconds between two looks. */
export const LOOK_EVERY = 700;
const MOST_LOOKS = 12;

/** Undefined where the chain does not have it after some seconds either. @throws HealthpassError as `look` */
export async function seenUse(look: () => Promise<UseOfPrescription | undefined>): Promise<UseOfPrescription | undefined> {
  for (let left = MOST_LOOKS - 1; ; left--) {
    const use = await look().catch((error: unknown) => {
      if (left === 0 || !isHealthpassError(error) || error.code !== 'chain-inconsistent') throw error; // nodes that are a block apart disagree
    });
    if (use !== undefined || left === 0) return use ?? undefined;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
