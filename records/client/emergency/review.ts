// A professional body looks at accesses afterwards, and signs what it found: the chain gets a salted digest, the patient the finding.
import { bytesToHex, hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import { createCareViews, domainOf } from '#contracts/care/index.ts';
import type { EmergencyFinding } from '#records/model/emergency/codes.ts';
import { findingDigest } from '#records/model/emergency/statement.ts';
import { reviewableSchema } from '#records/model/emergency/wire.ts';
import { createSigner } from '#records/model/signing.ts';
import type { z } from 'zod';
import { read } from '../answer.ts';
import type { InstitutionDeps } from './institution.ts';

type Hex = `0x${string}`;
export type ReviewableEmergency = z.infer<typeof reviewableSchema>['reviews'][number];
export type ReviewDesk = {
  readonly list: () => Promise<readonly ReviewableEmergency[]>;
  /** Ends the access. @throws HealthpassError `record-unknown` for one that was reviewed meanwhile */
  readonly review: (id: string, finding: EmergencyFinding) => Promise<void>;
};

/** Seconds for a statement to be carried to the chain. */
const CARRY_WITHIN = 600;

export function createReviewDesk({ gateway, config, account, now }: Pick<InstitutionDeps, 'gateway' | 'config' | 'account' | 'now'>): ReviewDesk {
  const views = createCareViews({ endpoints: config.rpc, deployment: config });
  return {
    list: async () => read(reviewableSchema, await gateway.get('/emergencies/reviews')).reviews,
    async review(id, finding) {
      const review = { finding, salt: `0x${bytesToHex(randomBytes(32))}` as const };
      const value = { id: id as Hex, body: account.address, finding: findingDigest(id as Hex, review), nonce: await views.nonceOf('EmergencyAccess', account.address), deadline: now() + CARRY_WITHIN };
      const signature = createSigner(hexToBytes(account.secretKey.slice(2))).sign(domainOf(config, 'ReviewEmergency'), 'ReviewEmergency', value);
      await gateway.post(`/emergencies/${id}/review`, { review, statement: { nonce: value.nonce, deadline: value.deadline, signature } });
    },
  };
}
