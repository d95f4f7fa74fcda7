// Statements of one account about uses, when several desks of it sign at once: each carries the next number, and the chain takes one of each.
import { isHealthpassError } from '#passport';

/** What DispenseRegistry says of a number that was used. */
const OUTDATED = 'InvalidAccountNonce';
/** Statements that may be faster. */
const MOST_FASTER = 8;

/**
 * Signs and sends, and anew where another statement of the account was faster, as long as the use is not taken.
 * @returns what took the use instead; undefined once it was carried
 * @throws HealthpassError as `send`
 */
export async function carryInTurn<Taken>(send: () => Promise<unknown>, taken: () => Promise<Taken | undefined>): Promise<Taken | undefined> {
  for (let faster = 0; ; faster++) {
    try {
      await send();
      return undefined;
    } catch (error) {
      if (!isHealthpassError(error) || error.code !== 'transaction-failed') throw error;
      const by = await taken();
      if (by !== undefined) return by;
      if (error.field !== OUTDATED || faster === MOST_FASTER) throw error;
    }
  }
}
