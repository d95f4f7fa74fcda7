// What a reader is given for each access, and without which its program opens nothing: the gateway's word that the access stands in the patient's
// log. It carries neither the log nor a place in it, and the digest of the event is salted: two readers cannot find out that they have the same patient.
// It answers one request by the number that the reader drew for it: no entry serves for two reads.
import { z } from 'zod';
import { HealthpassError } from '#passport/errors.ts';
import type { UnixSeconds } from '#passport/time.ts';
import type { Address } from '../members.ts';
import { recoverSigner, type Signature } from '../signing.ts';
import { offChain } from '../typed-data.ts';
import { bytes32Schema, createSalt, signatureSchema, timeSchema } from './entry.ts';
import type { Hex } from './hex.ts';

export type AccessReceipt = { readonly relationship: Hex; readonly request: Hex; readonly event: Hex; readonly time: UnixSeconds; readonly signature: Signature };

export const receiptSchema = z.strictObject({ relationship: bytes32Schema, request: bytes32Schema, event: bytes32Schema, time: timeSchema, signature: signatureSchema });

/** What a reader sends with one read, and finds in its receipt. At random: it ties no two reads together. */
export const createRequestNumber: () => Hex = createSalt;

/**
 * Checks a receipt before anything is opened, and gives it back to be kept.
 * @param request the number that was sent with the request
 * @param since from when on it may have been made: when the reader asked, less what the clocks may differ
 * @throws HealthpassError `receipt-invalid` for one of another gateway, relationship, request or time, or none at all
 */
export function parseAccessReceipt(json: unknown, { chainId, gateway, relationship, request, since, until }: { chainId: number; gateway: Address; relationship: Hex; request: Hex; since: UnixSeconds; until: UnixSeconds }): AccessReceipt {
  const { success, data } = receiptSchema.safeParse(json);
  if (!success || data.relationship !== relationship || data.request !== request || data.time < since || data.time > until || !isSignedBy(data, { chainId, gateway })) throw invalid();
  return data;
}

/** @throws HealthpassError `receipt-invalid` unless the gateway signed it */
export function assertSigned(receipt: AccessReceipt, by: { chainId: number; gateway: Address }): void {
  if (!isSignedBy(receipt, by)) throw invalid();
}

function isSignedBy({ relationship, request, event, time, signature }: AccessReceipt, { chainId, gateway }: { chainId: number; gateway: Address }): boolean {
  try {
    return recoverSigner(offChain(chainId), 'AccessReceipt', { relationship, request, event, time }, signature, gateway) === gateway;
  } catch {
    return false;
  }
}

const invalid = () => new HealthpassError('receipt-invalid', 'nothing shows that this access was entered in the account of accesses', { field: 'receipt' });
