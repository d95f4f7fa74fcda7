// Statements of one account about uses, when several desks of it sign at once: each carries the next number, and the chain takes one of each.
import { isHealthpassError } from '#passport';
import type { UseOfPrescription } from '#contracts/care/index.ts';
import { seenUse } from './seen.ts';

/** What DispenseRegistry says of a number that was used, and of a use that was taken. */
const OUTDATED = 'InvalidAccountNonce';
const TAKEN: readonly (string | undefined)[] = ['AlreadyDispensed', 'PrescriptionVoid'];
/** Statements that may be faster. */
const MOST_FASTER = 8;

/**
 * Signs and sends, and anew where another statement of the account was faster, as long as the use is not taken.
 * @returns what took the use instead; undefined once it was carried
 * @throws HealthpassError as `send`
 */
export async function carryInTurn(send: () => Promise<unknown>, taken: () => Promise<UseOfPrescription | undefined>): Promise<UseOfPrescription | undefined> {
  for (let faster = 0; ; faster++) {
    try {
      await send();
      return undefined;
    } catch (error) {
      if (!isHealthpassError(error) || error.code !== 'transaction-failed') throw error;
      const by = await (TAKEN.includes(error.field) ? seenUse(taken) : taken());
      if (by !== undefined) return by;
      if (error.field !== OUTDATED || faster === MOST_FASTER) throw error;
    }
  }
}
