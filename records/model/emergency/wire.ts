// What wallets, hospitals and bodies send to the gateway about emergencies, and what they are answered. One schema for both ends.
import { z } from 'zod';
import { addressText, bytes32Text, categoryText, dayText, entrySchema, publicKeyText, receiptSchema, recordIdText, requestNumber, statementSchema, unixSeconds } from '../exchange/wire.ts';
import { CATEGORIES } from '../record.ts';
import { EMERGENCY_FINDINGS, EMERGENCY_REASONS, EMERGENCY_STATES } from './codes.ts';
import { keyHeadSchema, shareSchema } from './shares.ts';
import { askedEmergencySchema, reviewSchema } from './statement.ts';

const sealed = (most: number) => z.string().min(40).max(most).regex(/^[A-Za-z0-9_-]+$/);
const epochPlace = { category: categoryText, epoch: z.int().min(1).max(2 ** 32 - 1) };
export const finderSchema = z.strictObject({ by: z.enum(['card', 'identifier']), digest: bytes32Text });

export const emergencyWrapSchema = z.strictObject({ ...epochPlace, wrap: sealed(300) });
export type EmergencyWrap = z.infer<typeof emergencyWrapSchema>;
const settings = {
  number: z.int().min(0).max(2 ** 31).meta({ description: 'Which of the patient’s emergency keys it is' }), card: z.int().min(0).max(2 ** 31).meta({ description: 'Which card finds it' }),
  categories: z.array(categoryText).min(1).max(CATEGORIES.length), head: keyHeadSchema,
  mark: bytes32Text.meta({ description: 'By which the wallet knows its own choice again; tells nobody else anything' }),
};
/** Everything at once: a setting is replaced, never patched. */
export const newSettingSchema = z.strictObject({
  ...settings, shares: z.array(shareSchema).min(2).max(16), finders: z.array(finderSchema).min(1).max(2), about: sealed(60_000), wraps: z.array(emergencyWrapSchema).max(400),
  renews: bytes32Text.optional().meta({ description: 'The key that it follows after an access: then it waits for what runs, instead of ending it' }),
});
export type NewSetting = z.infer<typeof newSettingSchema>;
export const settingSchema = z.strictObject({
  ...settings, custodians: z.array(addressText), since: unixSeconds, isUsed: z.boolean(), isIdentifiable: z.boolean(), identifier: bytes32Text.optional(), about: z.string(), wrapped: z.array(z.strictObject(epochPlace)),
});
export const settingAnswerSchema = z.strictObject({ setting: settingSchema.optional() });
export type KeptSetting = z.infer<typeof settingSchema>;
export const wrapsSchema = z.strictObject({ id: bytes32Text, wraps: z.array(emergencyWrapSchema).min(1).max(400) });

export const askSchema = z.strictObject({
  asked: askedEmergencySchema, finder: finderSchema, statement: statementSchema,
  kept: sealed(400).meta({ description: 'The secret of the one-time key, sealed to the institution itself' }),
});
/** As patients see an access; `institution` and those who approved are members. */
export const accessSchema = z.strictObject({
  id: bytes32Text, institution: addressText, reason: z.enum(EMERGENCY_REASONS), state: z.enum(EMERGENCY_STATES), askedAt: unixSeconds, until: unixSeconds, approvals: z.array(addressText),
  openedAt: unixSeconds.optional(), endedAt: unixSeconds.optional(), finding: z.enum(EMERGENCY_FINDINGS).optional(),
});
export type EmergencyAccessOf = z.infer<typeof accessSchema>;
export const accessesSchema = z.strictObject({ accesses: z.array(accessSchema) });
/** As the institution sees its own: with what opens the records, once it is released. */
export const ownAccessSchema = accessSchema.extend({
  needed: z.int(), kept: z.string(), salt: bytes32Text, key: publicKeyText, subject: bytes32Text,
  opening: z.strictObject({ head: keyHeadSchema, about: z.string(), categories: z.array(categoryText), shares: z.array(shareSchema.omit({ sealed: true }).extend({ passed: z.string() })) }).optional(),
});
/** As a hospital that holds a part sees one that waits for approvals. Nothing of the patient is in it. */
export const waitingSchema = z.strictObject({ asked: askedEmergencySchema, askedAt: unixSeconds, approvals: z.int(), needed: z.int(), hasApproved: z.boolean(), hasPassed: z.boolean() });
export const waitingListSchema = z.strictObject({ waiting: z.array(waitingSchema), nonce: z.int() });
export const packageSchema = z.strictObject({ head: keyHeadSchema, share: shareSchema });
export const passSchema = z.strictObject({ passed: sealed(400) });
export const reviewRequestSchema = z.strictObject({ review: reviewSchema, statement: statementSchema });
export const reviewableSchema = z.strictObject({ reviews: z.array(accessSchema.extend({ reads: z.int().meta({ description: 'How often records were asked for' }) })), nonce: z.int() });

export const emergencyReadSchema = z.strictObject({
  request: requestNumber, categories: z.array(categoryText).min(1).max(CATEGORIES.length).optional(), from: dayText.optional(), until: dayText.optional(), records: z.array(recordIdText).min(1).max(200).optional(),
  limit: z.int().min(1).max(200).default(50), cursor: z.string().max(400).optional(),
});
export type EmergencyAsked = Omit<z.input<typeof emergencyReadSchema>, 'request'>;
export const emergencyAnswerSchema = z.strictObject({
  receipt: receiptSchema, entries: z.array(entrySchema), wraps: z.array(emergencyWrapSchema.extend({ key: publicKeyText })), next: z.string().optional(),
});
