// A hospital that holds a part of a patient's key: approves, and passes its part on. What the gateway says of a question is believed only as far as the
// chain says the same: who asks, and the key that the part is passed on to.
import { hexToBytes } from '@noble/hashes/utils.js';
import { HealthpassError, isHealthpassError } from '#passport';
import { createCareViews, domainOf } from '#contracts/care/index.ts';
import { forwardShare, openShare } from '#records/model/emergency/shares.ts';
import { commitmentOf, type AskedEmergency } from '#records/model/emergency/statement.ts';
import { packageSchema, waitingListSchema } from '#records/model/emergency/wire.ts';
import { createSigner } from '#records/model/signing.ts';
import type { z } from 'zod';
import { read } from '../answer.ts';
import type { InstitutionDeps } from './institution.ts';

type Hex = `0x${string}`;
export type WaitingEmergency = z.infer<typeof waitingListSchema>['waiting'][number];
export type CustodianDesk = {
  readonly waiting: () => Promise<readonly WaitingEmergency[]>;
  /** Signs what was shown, and passes the part on. Again for one that was approved: passes on what was not yet. @throws HealthpassError `emergency-over`, `offer-untrusted` (the gateway says otherwise than the chain) */
  readonly approve: (asked: AskedEmergency) => Promise<void>;
};

/** Seconds for a statement to be carried to the chain. */
const CARRY_WITHIN = 600;

export function createCustodianDesk({ gateway, config, account, readingKeys, now }: InstitutionDeps): CustodianDesk {
  const views = createCareViews({ endpoints: config.rpc, deployment: config });
  const signer = createSigner(hexToBytes(account.secretKey.slice(2)));

  /** What stands on chain under an id never changes: an approval of the id is one of what was shown. */
  async function assertShown(asked: AskedEmergency): Promise<void> {
    const { institution, commitment, until } = await views.emergencyOf(asked.id as Hex);
    if (asked.institution !== institution || commitmentOf(asked) !== commitment || asked.until !== until) throw untrusted();
  }

  async function sign(id: Hex): Promise<void> {
    const value = { id, institution: account.address, nonce: await views.nonceOf('EmergencyAccess', account.address), deadline: now() + CARRY_WITHIN };
    await gateway.post(`/emergencies/${id}/approvals`, { nonce: value.nonce, deadline: value.deadline, signature: signer.sign(domainOf(config, 'ApproveEmergency'), 'ApproveEmergency', value) });
  }

  async function passOn({ id, subject, key }: AskedEmergency): Promise<void> {
    const { head, share } = read(packageSchema, await gateway.get(`/emergencies/${id}/share`));
    const { until, reviewed } = await views.emergencyOf(id as Hex);
    if (reviewed || until <= now() || !head.subjects.includes(subject)) throw untrusted();
    for (const keys of readingKeys) {
      try {
        const part = await openShare(keys, head, share);
        return void (await gateway.post(`/emergencies/${id}/share`, { passed: await forwardShare(part, key, id, head, account.address) }));
      } catch (error) {
        if (!isHealthpassError(error) || (error.code !== 'sealed-invalid' && error.code !== 'share-invalid')) throw error;
      }
    }
    throw new HealthpassError('sealed-invalid', 'the part opens with no key of this hospital', { field: 'share' });
  }

  return {
    waiting: async () => read(waitingListSchema, await gateway.get('/emergencies/waiting')).waiting,
    async approve(asked) {
      await assertShown(asked);
      const id = asked.id as Hex;
      if (!(await views.hasApproved(id, account.address))) await sign(id);
      await passOn(asked);
    },
  };
}

const untrusted = () => new HealthpassError('offer-untrusted', 'the gateway says otherwise than the chain', { field: 'asked' });
