// What prescribers, wallets and pharmacies send to the gateway about prescriptions. All that says something is sealed; the gateway sees nullifiers, which
// stand on chain anyway.
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { addressText, bytes32Text, dayText, publicKeyText, signatureText, statementSchema, unixSeconds } from '../exchange/wire.ts';
import type { Binding } from '../keys/hpke.ts';
import type { Address } from '../members.ts';
import { PRESCRIPTION_REFUSALS } from './verify.ts';

type Hex = `0x${string}`;
const sealed = (most: number) => z.string().min(40).max(most).regex(/^[A-Za-z0-9_-]+$/);
/** Sealed to the patient, and once more to the prescriber, who may withdraw it. */
export const newPrescriptionSchema = z.strictObject({ id: bytes32Text, sealed: sealed(80_000), own: sealed(4000) });
export const keptPrescriptionSchema = z.strictObject({ id: bytes32Text, relationship: bytes32Text, sealed: z.string(), at: unixSeconds });
export const prescriptionsSchema = z.strictObject({ prescriptions: z.array(keptPrescriptionSchema) });
export const issuedSchema = z.strictObject({ issued: z.array(z.strictObject({ id: bytes32Text, own: z.string(), at: unixSeconds })), next: bytes32Text.optional() });
/** `attempt`: the same call again has the same outcome, another one finds the use taken. */
export const dispenseRequestSchema = z.strictObject({ nullifier: bytes32Text, attempt: bytes32Text, statement: statementSchema });
export const voidRequestSchema = z.strictObject({ inner: bytes32Text, attempt: bytes32Text, statement: statementSchema });
export const usedSchema = z.strictObject({ transaction: bytes32Text });

/** A pharmacy's open desk: whoever has its link may hand one prescription over. */
export const deskSchema = z.strictObject({ id: bytes32Text, pharmacy: addressText, expires: unixSeconds, signature: signatureText });
export type OpenDesk = z.infer<typeof deskSchema>;
export const handoverSchema = z.strictObject({ sealed: sealed(80_000) });
export const mailSchema = z.strictObject({ sealed: z.string().optional() });
/** Seconds that a desk may be open. */
export const LONGEST_DESK = 3600;

/** `terms` of the AccessRequest that a pharmacy signs for a desk. */
export const deskTerms = (pharmacy: Address): Hex => `0x${bytesToHex(keccak_256(utf8ToBytes(`healthpass/pharmacy-desk/1/${pharmacy}`)))}`;

/** What is within, for the patient; for the prescriber; for the pharmacy; and back. */
export const patientPartSchema = z.strictObject({ prescription: z.string(), secret: bytes32Text });
export const ownPartSchema = z.strictObject({ secret: bytes32Text, uses: z.int().min(1), title: z.string(), relationship: bytes32Text, validUntil: unixSeconds, prescription: z.string().meta({ description: 'Its urn:uuid' }) });
export const handedPartSchema = z.strictObject({
  prescription: z.string(), number: z.int().min(0), secret: bytes32Text, reply: publicKeyText, relationship: bytes32Text.optional(),
  card: z.strictObject({ name: z.string().min(1).max(200), birthDate: dayText.optional() }).optional(),
});
export const replyPartSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('dispensed'), dispense: z.looseObject({ resourceType: z.literal('MedicationDispense') }).optional() }),
  z.strictObject({ outcome: z.literal('refused'), reason: z.enum(PRESCRIPTION_REFUSALS) }),
]);
export type DeskReply = z.infer<typeof replyPartSchema>;

export const BINDINGS = {
  patient: (relationship: string, id: string): Binding => ({ kind: 'healthpass/prescription/1', relationship, id }),
  prescriber: (id: string): Binding => ({ kind: 'healthpass/prescription-issued/1', id }),
  handed: ({ id, pharmacy, expires }: { readonly id: string; readonly pharmacy: Address; readonly expires: number }): Binding => ({ kind: 'healthpass/prescription-handed/1', id, pharmacy, expires }),
  reply: (desk: string): Binding => ({ kind: 'healthpass/prescription-reply/1', desk }),
} as const;
