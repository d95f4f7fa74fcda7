// Statements of one account that are signed at once, by several of its desks: each carries the next number, and a contract takes one of each.
import { isHealthpassError } from '#passport/errors.ts';

/** What a contract says of a number that was used. */
const OUTDATED = 'InvalidAccountNonce';
/** Statements that may be faster. */
const MOST_FASTER = 8;

/** Signs and sends, and anew where another statement of the account was faster. @throws HealthpassError as `send`, which signs with the number of that moment */
export async function inTurn<T>(send: () => Promise<T>): Promise<T> {
  for (let faster = 0; ; faster++) {
    try {
      return await send();
    } catch (error) {
      if (faster === MOST_FASTER || !isHealthpassError(error) || error.code !== 'transaction-failed' || error.field !== OUTDATED) throw error;
    }
  }
}
