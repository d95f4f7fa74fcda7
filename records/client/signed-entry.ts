// Whether the index says of a record what its author signed: its category and day, and where it lies. The gateway keeps the index, and is not believed.
import { isHealthpassError } from '#passport';
import type { Entry } from '#records/model/exchange/wire.ts';
import type { Address } from '#records/model/members.ts';
import { recoverSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';

/** @param patient whose file it is: signs the patient's own */
export function isSigned({ meta: { id, category, date, author: by }, epoch, reference, content, time, signature }: Entry, chainId: number, patient: Address): boolean {
  const author = by === 'patient' ? patient : by;
  const entry = { id: `0x${id}`, category, date, epoch, reference: `0x${reference}`, content, time } as const;
  try {
    return recoverSigner(offChain(chainId), 'RecordEntry', entry, signature, author) === author;
  } catch (error) {
    if (!isHealthpassError(error)) throw error;
    return false;
  }
}
