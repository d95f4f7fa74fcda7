// Statements about uses, which another statement may have taken meanwhile.
import { isHealthpassError } from '#passport';
import type { UseOfPrescription } from '#contracts/care/index.ts';
import { inTurn } from '../in-turn.ts';
import { seenUse } from './seen.ts';

/** What DispenseRegistry says of a use that was taken. */
const TAKEN: readonly (string | undefined)[] = ['AlreadyDispensed', 'PrescriptionVoid'];

/**
 * Sends in turn, as long as the use is not taken.
 * @returns what took the use instead; undefined once it was carried
 * @throws HealthpassError as `send`
 */
export const carryInTurn = (send: () => Promise<unknown>, taken: () => Promise<UseOfPrescription | undefined>): Promise<UseOfPrescription | undefined> => inTurn(async () => {
  try {
    await send();
    return undefined;
  } catch (error) {
    if (!isHealthpassError(error) || error.code !== 'transaction-failed') throw error;
    const by = await (TAKEN.includes(error.field) ? seenUse(taken) : taken());
    if (by === undefined) throw error;
    return by;
  }
});
