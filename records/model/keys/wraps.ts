// How the key of a record reaches who may read it. Whoever writes seals it to the public key of the epoch, and need not be able to read; the
// patient wraps the epoch's secret key for each reader, or single record keys where a consent is narrower than a category.
import { HealthpassError } from '#passport';
import type { Address } from '../members.ts';
import type { Category, RecordId, Reference } from '../record.ts';
import { parseRecordKey, type RecordKey } from './container.ts';
import { sealingKeys } from './derive.ts';
import { openWith, sealTo, type PublicKey, type Sealed, type SealingKeys } from './hpke.ts';

/** Where a record lies: its key opens for this record, in this epoch, with this ciphertext. */
export type RecordPlace = { readonly record: RecordId; readonly category: Category; readonly epoch: number; readonly reference: Reference };

/** What a wrap is for: one grant as it stands on chain, word included, so that a changed grant needs new wraps. `grant` and `word` are 32 bytes in hexadecimal, with 0x. */
export type GrantBinding = {
  readonly chainId: number; readonly registry: Address; readonly owner: Address; readonly grant: string; readonly word: string; readonly category: Category; readonly epoch: number;
};

const RECORD_KEY = 'healthpass/record-key/1';

export const sealRecordKey = (epochKey: PublicKey, key: RecordKey, place: RecordPlace): Promise<Sealed> => sealTo(epochKey, key, RECORD_KEY, placeOf(place));

/** @throws HealthpassError `sealed-invalid` */
export const openRecordKey = async (epoch: SealingKeys, sealed: string, place: RecordPlace): Promise<RecordKey> => asKey(await openWith(epoch, sealed, RECORD_KEY, placeOf(place)));

export const wrapEpochKey = (reader: PublicKey, epoch: SealingKeys, binding: GrantBinding): Promise<Sealed> =>
  sealTo(reader, epoch.secretKey, { kind: 'healthpass/epoch-wrap/1', ...grantOf(binding) });

/**
 * @param published the public key that the relationship's owner signed for this epoch
 * @throws HealthpassError `sealed-invalid`, also for a key that is not the published one
 */
export async function unwrapEpochKey(reader: SealingKeys, wrap: string, binding: GrantBinding, published: PublicKey): Promise<SealingKeys> {
  const secret = await openWith(reader, wrap, { kind: 'healthpass/epoch-wrap/1', ...grantOf(binding) });
  if (secret.length !== 32) throw foreign();
  const keys = sealingKeys(secret);
  if (keys.publicKey !== published) throw foreign();
  return keys;
}

export const wrapRecordKey = (reader: PublicKey, key: RecordKey, binding: GrantBinding, record: RecordId): Promise<Sealed> =>
  sealTo(reader, key, { kind: 'healthpass/record-wrap/1', ...grantOf(binding), record });

/** @throws HealthpassError `sealed-invalid` */
export const unwrapRecordKey = async (reader: SealingKeys, wrap: string, binding: GrantBinding, record: RecordId): Promise<RecordKey> =>
  asKey(await openWith(reader, wrap, { kind: 'healthpass/record-wrap/1', ...grantOf(binding), record }));

/** Field by field, so that nothing else that a caller's object carries is bound. */
const placeOf = ({ record, category, epoch, reference }: RecordPlace) => ({ record, category, epoch, reference });
const grantOf = ({ chainId, registry, owner, grant, word, category, epoch }: GrantBinding) => ({ chainId, registry, owner, grant, word, category, epoch });

function asKey(bytes: Uint8Array): RecordKey {
  if (bytes.length !== 32) throw foreign();
  return parseRecordKey(bytes);
}

const foreign = () => new HealthpassError('sealed-invalid', 'what was wrapped is not the key that belongs here', { field: 'wrap' });
