// The account of accesses as a file: what a wallet saves, and what anybody to whom the patient gives it can verify without the gateway and without the wallet.
import { z } from 'zod';
import { HealthpassError } from '#passport/errors.ts';
import type { UnixSeconds } from '#passport/time.ts';
import { isAddress, type Address } from '../members.ts';
import { bytes32Schema, countSchema, entrySchema, timeSchema, type LogEntry } from './entry.ts';
import type { Hex } from './hex.ts';
import { receiptSchema, type AccessReceipt } from './receipt.ts';
import type { AnchorProof } from './verify.ts';

export const ACCESS_LOG_FORMAT = 'healthpass-access-log';

export type AccessLogFile = {
  readonly format: typeof ACCESS_LOG_FORMAT;
  readonly version: 1;
  readonly chainId: number;
  /** Where the anchors stand, for whoever looks for them; what is right is known otherwise. */
  readonly accessLog: Address;
  readonly gateway: Address;
  readonly log: Hex;
  /** The block up to which the chain was read before the rest was fetched. */
  readonly chain: { readonly block: number; readonly time: UnixSeconds };
  readonly fetchedAt: UnixSeconds;
  readonly entries: readonly LogEntry[];
  readonly proofs: readonly AnchorProof[];
  readonly receipts?: readonly AccessReceipt[] | undefined;
};

const addressSchema = z.custom<Address>(isAddress);
const proofTextSchema = z.custom<Hex>((text) => typeof text === 'string' && /^0x(?:[0-9a-f]{2})+$/.test(text) && text.length <= 20_000);
export const proofSchema = z.strictObject({ anchor: countSchema.min(1), entries: countSchema, head: bytes32Schema, proof: proofTextSchema });
const fileSchema = z.strictObject({
  format: z.literal(ACCESS_LOG_FORMAT), version: z.literal(1), chainId: countSchema.min(1), accessLog: addressSchema, gateway: addressSchema, log: bytes32Schema,
  chain: z.strictObject({ block: countSchema, time: timeSchema }), fetchedAt: timeSchema, entries: z.array(entrySchema), proofs: z.array(proofSchema), receipts: z.array(receiptSchema).optional(),
});

/** @throws HealthpassError `log-malformed`, naming the field */
export function parseAccessLogFile(json: unknown): AccessLogFile {
  const { success, data, error } = fileSchema.safeParse(json);
  if (success) return data;
  throw new HealthpassError('log-malformed', 'the file is no account of accesses', { field: error.issues[0]!.path.join('.') || 'format' });
}
