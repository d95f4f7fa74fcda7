// Afterwards a professional body looks at each access: who asked, why, who approved, how much was read. Whom it was about it does not learn here.
import type { z } from 'zod';
import { HealthpassError, isHealthpassError } from '#passport';
import { carry, signerOf } from '#contracts/care/statements.ts';
import { findingDigest } from '#records/model/emergency/statement.ts';
import type { reviewableSchema, reviewRequestSchema } from '#records/model/emergency/wire.ts';
import type { Caller } from '../caller.ts';
import { recordUnknown } from '../unknown.ts';
import type { Case } from './cases.ts';
import { enter, type Emergencies } from './emergencies.ts';

type Hex = `0x${string}`;

export function createReviewing(emergencies: Emergencies) {
  const { database, care, relay, cases, onChain, now } = emergencies;
  const assertBody = ({ decides }: Caller): void => {
    if (!decides.includes('hospital')) throw new HealthpassError('forbidden', 'another body is responsible for hospitals', { field: 'account' });
  };
  /** As the contract has it: released once, or over. */
  const isReviewable = async (one: Case): Promise<boolean> => one.state !== 'failed' && one.state !== 'reviewed' && (one.until <= now() || one.openedAt !== null || (await onChain.isReleased(one.id)));

  return {
    async list(caller: Caller): Promise<z.input<typeof reviewableSchema>> {
      assertBody(caller);
      const all = await cases.all(database);
      const open: Case[] = [];
      for (const one of all) if (one.state === 'reviewed' || (await isReviewable(one))) open.push(one);
      return { reviews: await Promise.all(open.map(async (one) => ({ ...(await cases.view(database, one)), reads: one.reads }))), nonce: await onChain.nonceOf(caller.account) };
    },

    /** Ends the access too. @throws HealthpassError `forbidden`, `record-unknown`, `signature-invalid`, `transaction-failed` */
    async review(caller: Caller, id: Hex, { review, statement: { nonce, deadline, signature } }: z.output<typeof reviewRequestSchema>): Promise<void> {
      assertBody(caller);
      const one = await cases.find(database, id);
      if (!one || !(await isReviewable(one))) throw recordUnknown();
      const value = { id, body: caller.account, finding: findingDigest(id, review), nonce, deadline };
      if (signerOf(care, 'ReviewEmergency', value, signature) !== caller.account) throw new HealthpassError('signature-invalid', 'it is signed by somebody else, or something else was signed', { field: 'statement.signature' });
      try {
        await relay(carry(care, 'ReviewEmergency', value, signature), `emergency/${id}/review/${review.salt}`, { account: caller.account, pot: 'safety' });
      } catch (error) {
        if (isHealthpassError(error) && error.code === 'transaction-failed' && error.field === 'NotReviewable') throw recordUnknown(); // reviewed by another body meanwhile
        throw error;
      }
      await database.transaction(async (tx) => {
        if (await cases.reviewed(tx, id, review)) await enter(emergencies, tx, one, 'reviewed', { kind: 'member', person: { address: caller.account } }, review.finding);
      });
    },
  };
}
