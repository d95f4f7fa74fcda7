// What wallets and consoles send to the gateway about consents and records, and what they are answered. One schema for both ends.
import { z } from 'zod';
import { isAddress, type Address } from '../members.ts';
import { PURPOSES } from '../purposes.ts';
import { CATEGORIES, isRecordId, isReference, type RecordId, type Reference } from '../record.ts';
import { isPublicKey, type PublicKey } from '../keys/hpke.ts';

const described = <T>(is: (value: unknown) => value is T, description: string) => z.custom<T>(is).meta({ description, type: 'string' });

const hex = (bytes: number) => {
  const pattern = new RegExp(`^0x[0-9a-f]{${2 * bytes}}$`);
  return z.custom<`0x${string}`>((value) => typeof value === 'string' && pattern.test(value)).meta({ type: 'string', pattern: pattern.source });
};

export const addressText = described<Address>(isAddress, 'An Ethereum address: 0x and 40 hexadecimal digits, lower case');
export const recordIdText = described<RecordId>(isRecordId, '32 random hexadecimal digits');
export const referenceText = described<Reference>(isReference, 'A Swarm content address: 64 hexadecimal digits');
export const bytes32Text = hex(32);
export const signatureText = hex(65);
export const publicKeyText = described<PublicKey>(isPublicKey, 'A public key of X25519: 0x and 64 hexadecimal digits');
export const categoryText = z.enum(CATEGORIES);
export const purposeText = z.enum(PURPOSES);
export const dayText = z.iso.date();
export const unixSeconds = z.int().min(0).max(2 ** 40 - 1);
const epochNumber = z.int().min(1).max(2 ** 32 - 1);
/** HPKE, base64url: a wrap of a key is short, a card is not. */
const sealedText = (most: number) => z.string().min(64).max(most).regex(/^[A-Za-z0-9_-]+$/);
const wrapText = sealedText(300);

/** A relationship is named by 32 random bytes that the wallet chose: they tell nothing, and differ for every member. */
export const relationshipId = hex(32);

const epochSchema = z.strictObject({ category: categoryText, epoch: epochNumber, key: publicKeyText, since: unixSeconds });
const placedEpoch = { category: categoryText, epoch: epochNumber };

/** New epochs, and the wraps and signatures that become needed with them, flat. */
export const keyChangeSchema = z.strictObject({
  epochs: z.array(epochSchema).max(400),
  signatures: z.array(z.strictObject({ relationship: relationshipId, ...placedEpoch, signature: signatureText })).max(10_000),
  wraps: z.array(z.strictObject({ relationship: relationshipId, ...placedEpoch, wrap: wrapText })).max(10_000),
  records: z.array(z.strictObject({ relationship: relationshipId, record: recordIdText, wrap: wrapText })).max(20_000),
});
export type KeyChange = z.infer<typeof keyChangeSchema>;

/** A statement for the ConsentRegistry, carried by the gateway. */
export const statementSchema = z.strictObject({ nonce: z.int().min(0), deadline: unixSeconds, signature: signatureText });
export type CarriedStatement = z.infer<typeof statementSchema>;

/** `version` is that of the patient's consents as the wallet saw them: who decided by others decides again. */
const version = z.int().min(0);
const consentFields = { consent: z.looseObject({ resourceType: z.literal('Consent') }), salt: bytes32Text, statement: statementSchema, keys: keyChangeSchema, version };
const cardText = sealedText(100_000).meta({ description: 'Who the patient is, sealed to the recipient' });

export const newRelationshipSchema = z.strictObject({
  ...consentFields, id: relationshipId, number: z.int().min(0).max(1_000_000), owner: addressText, recipient: addressText, grant: bytes32Text, proof: signatureText,
  card: cardText.optional(), request: bytes32Text.optional(),
});
export const changedConsentSchema = z.strictObject({ ...consentFields, card: cardText.optional(), request: bytes32Text.optional().meta({ description: 'The request of the same recipient that the change answers' }) });
export const revocationSchema = z.strictObject({ statement: statementSchema, keys: keyChangeSchema, version });
export const epochsChangeSchema = z.strictObject({ keys: keyChangeSchema, version });
export const recordWrapsSchema = z.strictObject({ records: z.array(z.strictObject({ record: recordIdText, wrap: wrapText })).min(1).max(20_000) });

const keptEpochSchema = epochSchema.extend({ isUsed: z.boolean().meta({ description: 'Whether something was written under it' }) });
export const STATES = ['pending', 'active', 'revoked', 'failed'] as const;
export type RelationshipState = (typeof STATES)[number];

export const relationshipSchema = z.strictObject({
  id: relationshipId, number: z.int(), owner: addressText, recipient: addressText, grant: bytes32Text, word: bytes32Text, salt: bytes32Text.meta({ description: 'Of the word: with it the wallet sees that the policy is the one that stands on chain' }), policy: z.looseObject({}), consent: z.looseObject({}),
  state: z.enum(STATES), nonce: z.int().meta({ description: 'That of the next statement of its address for the ConsentRegistry' }), createdAt: unixSeconds, changedAt: unixSeconds, request: bytes32Text.optional(),
  missing: z.array(recordIdText).meta({ description: 'Records that it may read and no wrap was made of' }),
  lacksKeys: z.boolean().meta({ description: 'Whether keys of whole categories are to be wrapped or signed, as after a delegate changed it' }),
  owesRevocation: z.boolean().meta({ description: 'Revoked here, while the chain has it still: what was signed reached it too late or out of turn, and is to be signed again' }),
});
/** A patient's consents as they stand, with the epochs. */
export const consentsSchema = z.strictObject({
  version, now: unixSeconds, relationships: z.array(relationshipSchema), epochs: z.array(keptEpochSchema),
  bumpDue: z.array(categoryText).meta({ description: 'Categories that somebody lost, whose keys were not changed yet' }),
});
export type Consents = z.infer<typeof consentsSchema>;
export type KeptRelationship = z.infer<typeof relationshipSchema>;

/** What a consent gives, as its recipient is told: exceptions are not. */
export const termsSchema = z.strictObject({ actions: z.array(z.enum(['read', 'write'])), purposes: z.array(purposeText).optional(), categories: z.array(categoryText), from: unixSeconds, until: unixSeconds });
export const receivedSchema = z.strictObject({
  id: relationshipId, owner: addressText, grant: bytes32Text, word: bytes32Text, recipient: addressText, state: z.enum(['pending', 'active']), terms: termsSchema, card: z.string().optional(),
  createdAt: unixSeconds, request: bytes32Text.optional(),
});
export type Received = z.infer<typeof receivedSchema>;
export const receivedPageSchema = z.strictObject({ relationships: z.array(receivedSchema), next: relationshipId.optional() });

/** An epoch as its relationship's address signed it. */
export const signedEpochSchema = epochSchema.extend({ signature: signatureText });
export type SignedEpoch = z.infer<typeof signedEpochSchema>;

const wrapped = { wrap: z.string(), word: bytes32Text.optional().meta({ description: 'The word on chain that it was wrapped for, where a delegate has changed it since' }) };
export type Wrapped = { readonly wrap: string; readonly word?: `0x${string}` | undefined };

export const metaSchema = z.strictObject({ id: recordIdText, category: categoryText, date: dayText, author: z.union([addressText, z.literal('patient')]) });

/** A record as its author files it. */
export const newRecordSchema = z.strictObject({
  id: recordIdText, category: categoryText, date: dayText, epoch: epochNumber, reference: referenceText, sealedKey: wrapText, content: bytes32Text.meta({ description: 'SHA-256 of what it says' }), time: unixSeconds, signature: signatureText,
  purpose: purposeText.optional(),
});
export type NewRecord = z.infer<typeof newRecordSchema>;

export const entrySchema = z.strictObject({
  meta: metaSchema, epoch: epochNumber, reference: referenceText, sealedKey: z.string(), content: bytes32Text, time: unixSeconds, signature: signatureText, ...wrapped, wrap: wrapped.wrap.optional(),
});
export type Entry = z.infer<typeof entrySchema>;

const between = { categories: z.array(categoryText).min(1).max(CATEGORIES.length).optional(), from: dayText.optional(), until: dayText.optional() };
/** Drawn anew for each read: the receipt and the entry of the log carry it, so that one entry serves for one read. */
export const requestNumber = bytes32Text.meta({ description: 'Random, drawn by the reader for this one read; the receipt carries it' });
export const readSchema = z.strictObject({
  ...between, request: requestNumber, purpose: purposeText, records: z.array(recordIdText).min(1).max(200).optional(), limit: z.int().min(1).max(200).default(50), cursor: z.string().max(400).optional(),
});
export type ReadAsked = Omit<z.input<typeof readSchema>, 'request'>;

/** Compared by the client itself, which trusts the gateway in nothing. */
export const receiptSchema = z.looseObject({ relationship: bytes32Text, request: bytes32Text, event: bytes32Text, time: unixSeconds, signature: signatureText });
export const readAnswerSchema = z.strictObject({
  receipt: receiptSchema, entries: z.array(entrySchema), epochWraps: z.array(signedEpochSchema.extend(wrapped)), next: z.string().optional(),
});

/** A patient's own look at the index. In a query everything is text. */
export const ownSchema = z.strictObject({ ...between, records: z.array(recordIdText).min(1).max(20_000).optional(), limit: z.int().min(1).max(1000).default(500), cursor: z.string().max(400).optional() });
export type OwnAsked = z.input<typeof ownSchema>;
export const ownAnswerSchema = z.strictObject({ entries: z.array(entrySchema), next: z.string().optional() });

/** What a member asks a patient for. `terms` of the signed AccessRequest is keccak256 of their canonical JSON. */
export const askedTermsSchema = z.strictObject({
  actions: z.array(z.enum(['read', 'write'])).min(1).max(2), purposes: z.array(purposeText).min(1), categories: z.array(categoryText).min(1).optional(), until: unixSeconds, message: z.string().max(500).optional(),
});
export type AskedTerms = z.infer<typeof askedTermsSchema>;
export const askSchema = z.strictObject({ id: bytes32Text, terms: askedTermsSchema, expires: unixSeconds, signature: signatureText, recipient: addressText.meta({ description: 'The member, or the organisation that it acts for' }) });
export const askedSchema = askSchema.extend({ member: addressText });
