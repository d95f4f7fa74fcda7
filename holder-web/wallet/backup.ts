// A backup: everything of a wallet that cannot be had again, in one file under a passphrase of its own. Passes that were made ahead are not in it:
// from an older state they could be shown a second time, and the two showings would be known for one person's.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { concatBytes, HealthpassError, parseJson, type UnixSeconds } from '#passport';
import { createCipher, KEY_BYTES } from '#vault/cipher.ts';
import { createSlot, openSlot, slotSchema, type PassphraseCost } from '#vault/key-slot.ts';
import { CARE, type Care } from './care.ts';
import { peopleOf, walletOf } from './people.ts';
import { CREDENTIALS, HISTORY, HOLDER, type Credentials, type Holder, type Showing } from './records.ts';
import { openJson, sealJson } from '#vault/sealed-json.ts';
import { holderOf, type Wallet } from './wallet.ts';

export type BackedUpPerson = { readonly name: string; readonly holder: Holder; readonly credentials: Credentials; readonly history: readonly Showing[]; readonly care: Care | undefined };
export type Backup = { readonly madeAt: UnixSeconds; readonly people: readonly BackedUpPerson[] };

const FORMAT = 'healthpass-backup';
const CHECKSUM_BYTES = 32;
const HEADER_MAX = 2000;
const FILE_MAX = 64_000_000;
const CONTEXT = 'backup';

const headerSchema = z.strictObject({ format: z.literal(FORMAT), version: z.literal(1), id: z.string().regex(/^[0-9a-f]{32}$/), slot: slotSchema });
const contentSchema = z.strictObject({
  madeAt: z.int().min(0).transform((value) => value as UnixSeconds),
  people: z.array(z.strictObject({ name: z.string().max(80), holder: z.unknown(), credentials: z.unknown(), history: z.unknown(), care: z.unknown().optional() })).min(1).max(16),
});

/** @throws HealthpassError `request-invalid` (passphrase too short), `wallet-locked`, `wallet-corrupt` */
export async function makeBackup(wallet: Wallet, passphrase: string, now: UnixSeconds, cost?: PassphraseCost): Promise<Uint8Array> {
  const people = [];
  for (const { id, name } of await peopleOf(wallet)) {
    const own = walletOf(wallet, id);
    people.push({ name, holder: HOLDER.encode(await holderOf(own)), credentials: CREDENTIALS.encode(await own.read(CREDENTIALS)), history: HISTORY.encode(await own.read(HISTORY)), care: CARE.encode(await own.read(CARE)) });
  }
  const [dataKey, id] = [randomBytes(KEY_BYTES), bytesToHex(randomBytes(16))];
  const slot = await createSlot(id, dataKey, { kind: 'passphrase', passphrase }, cost);
  const header = utf8ToBytes(JSON.stringify({ format: FORMAT, version: 1, id, slot }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length);
  const body = concatBytes([length, header, await sealJson(await createCipher(dataKey), CONTEXT, { madeAt: now, people })]);
  return concatBytes([sha256(body), body]);
}

/**
 * Reads a backup whole; nothing of it is taken over here.
 * @throws HealthpassError `backup-invalid` (damaged, no backup, or of a newer version: `version`), `wallet-locked` for another passphrase
 */
export async function openBackup(file: Uint8Array, passphrase: string): Promise<Backup> {
  const { header, sealed } = divide(file);
  const dataKey = await openSlot(header.id, header.slot, { kind: 'passphrase', passphrase });
  if (!dataKey) throw new HealthpassError('wallet-locked', 'this passphrase does not open the backup', { field: 'passphrase' });
  const content = contentSchema.safeParse(await openJson(await createCipher(dataKey), CONTEXT, sealed));
  if (!content.success) throw invalid('content');
  try {
    const people = content.data.people.map(({ name, ...records }) => {
      const holder = HOLDER.parse(records.holder);
      if (!holder) throw invalid('content');
      return { name, holder, credentials: CREDENTIALS.parse(records.credentials), history: HISTORY.parse(records.history), care: records.care === undefined ? undefined : CARE.parse(records.care) };
    });
    return { madeAt: content.data.madeAt, people };
  } catch {
    throw invalid('content'); // authentic, but of no version that is known here; the cause could quote what it says
  }
}

function divide(file: Uint8Array): { header: z.infer<typeof headerSchema>; sealed: Uint8Array } {
  const body = file.subarray(CHECKSUM_BYTES);
  if (file.length > FILE_MAX || body.length < 4) throw invalid('file');
  const length = new DataView(body.buffer, body.byteOffset).getUint32(0);
  if (length > HEADER_MAX || length > body.length - 4) throw invalid('file');
  const checksum = sha256(body);
  if (checksum.some((byte, i) => byte !== file[i])) throw invalid('checksum');
  const json = readHeader(body.subarray(4, 4 + length));
  const header = headerSchema.safeParse(json);
  if (!header.success) throw invalid(z.looseObject({ format: z.literal(FORMAT), version: z.int().min(2) }).safeParse(json).success ? 'version' : 'header');
  return { header: header.data, sealed: body.slice(4 + length) };
}

function readHeader(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes, { maxBytes: HEADER_MAX, maxDepth: 4 });
  } catch {
    throw invalid('header');
  }
}

const invalid = (field: string) => new HealthpassError('backup-invalid', 'the file is no backup of a wallet that can be read here', { field });
