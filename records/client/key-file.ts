// The key file: the root of a member's keys under a passphrase of its own. Whoever has both is that member, so it says so where it is made.
import { bytesToHex, hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HealthpassError, parseJson } from '#passport';
import { createCipher, KEY_BYTES } from '#vault/cipher.ts';
import { createSlot, openSlot, slotSchema, type PassphraseCost } from '#vault/key-slot.ts';
import { openJson, sealJson } from '#vault/sealed-json.ts';

const FORMAT = 'healthpass-member-keys';
const CONTEXT = 'member-keys';
const MAX_BYTES = 50_000;
const fileSchema = z.strictObject({ format: z.literal(FORMAT), version: z.literal(1), id: z.string().regex(/^[0-9a-f]{32}$/), slot: slotSchema, sealed: z.string().regex(/^[0-9a-f]+$/) });
const contentSchema = z.strictObject({ root: z.string().regex(/^[0-9a-f]{64}$/) });

/** @throws HealthpassError `request-invalid` for a passphrase too short to mean anything */
export async function encodeKeyFile(root: Uint8Array, passphrase: string, cost?: PassphraseCost): Promise<Uint8Array> {
  const [dataKey, id] = [randomBytes(KEY_BYTES), bytesToHex(randomBytes(16))];
  const slot = await createSlot(id, dataKey, { kind: 'passphrase', passphrase }, cost);
  const sealed = bytesToHex(await sealJson(await createCipher(dataKey), CONTEXT, { root: bytesToHex(root) }));
  return new TextEncoder().encode(`${JSON.stringify({ format: FORMAT, version: 1, id, slot, sealed })}\n`);
}

/** @throws HealthpassError `backup-invalid` for another file, `wallet-locked` for another passphrase */
export async function openKeyFile(bytes: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const file = fileSchema.safeParse(readJson(bytes));
  if (!file.success) throw invalid();
  const { id, slot, sealed } = file.data;
  const dataKey = await openSlot(id, slot, { kind: 'passphrase', passphrase });
  if (!dataKey) throw new HealthpassError('wallet-locked', 'this passphrase does not open the key file', { field: 'passphrase' });
  const content = contentSchema.safeParse(await openJson(await createCipher(dataKey), CONTEXT, hexToBytes(sealed)));
  if (!content.success) throw invalid();
  return hexToBytes(content.data.root);
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes, { maxBytes: MAX_BYTES, maxDepth: 4 });
  } catch {
    throw invalid();
  }
}

const invalid = () => new HealthpassError('backup-invalid', 'the file is no key file that can be read here', { field: 'file' });
