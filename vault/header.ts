// The one entry of a vault that is not encrypted: which vault it is and the slots that wrap its data key. A checksum before it tells
// damage from a wrong passphrase.
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { concatBytes, HealthpassError, parseJson } from '#passport';
import { slotSchema } from './key-slot.ts';

const CHECKSUM_BYTES = 32;
export const SLOTS_MAX = 8;

const headerSchema = z.strictObject({
  format: z.literal('healthpass-vault'),
  version: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  slots: z.array(slotSchema).min(1).max(SLOTS_MAX),
});
const newerSchema = z.looseObject({ format: headerSchema.shape.format, version: z.int().min(2) });
export type VaultHeader = z.infer<typeof headerSchema>;

export function encodeHeader(header: VaultHeader): Uint8Array {
  const text = utf8ToBytes(JSON.stringify(header));
  return concatBytes([sha256(text), text]);
}

/** @throws HealthpassError `wallet-corrupt`, `wallet-newer` */
export function parseHeader(bytes: Uint8Array): VaultHeader {
  const text = bytes.subarray(CHECKSUM_BYTES);
  const checksum = sha256(text);
  if (bytes.length < CHECKSUM_BYTES || checksum.some((byte, i) => byte !== bytes[i])) throw damaged();
  const parsed = headerSchema.safeParse(readText(text));
  if (parsed.success) return parsed.data;
  if (newerSchema.safeParse(readText(text)).success) throw new HealthpassError('wallet-newer', 'the wallet was made by a newer version', { field: 'version' });
  throw damaged();
}

function readText(text: Uint8Array): unknown {
  try {
    return parseJson(text, { maxBytes: 20_000, maxDepth: 4 });
  } catch (cause) {
    throw damaged(cause);
  }
}

const damaged = (cause?: unknown) => new HealthpassError('wallet-corrupt', 'the header of the wallet cannot be read', { field: 'header', cause });
