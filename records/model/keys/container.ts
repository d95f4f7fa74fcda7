// What lies in the storage instead of a record: version (1 byte) ‖ nonce (12) ‖ AES-256-GCM of the padded record (NIST SP 800-38D), bound to
// what the record is filed under. Key and nonce are made here, for one record: no caller can use either twice.
import { randomBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport';
import type { RecordMeta } from '../record.ts';
import { bytesOf } from './hpke.ts';
import { MAX_PADDED_BYTES, pad, unpad } from './padding.ts';

declare const brand: unique symbol;
/** 32 secret bytes that open one record. */
export type RecordKey = Uint8Array & { readonly [brand]: 'RecordKey' };

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Bytes that a container has beside its padded record. */
export const CONTAINER_OVERHEAD = 1 + NONCE_BYTES + TAG_BYTES;
/** The longest container, in bytes: nobody needs to fetch more. */
export const MAX_CONTAINER_BYTES = CONTAINER_OVERHEAD + MAX_PADDED_BYTES;

/** @throws TypeError for anything but 32 bytes */
export function parseRecordKey(bytes: Uint8Array): RecordKey {
  if (bytes.length !== 32) throw new TypeError('a record key has 32 bytes');
  return bytes as RecordKey;
}

/** @throws HealthpassError `text-too-long` */
export async function sealRecord(meta: RecordMeta, plaintext: Uint8Array): Promise<{ readonly key: RecordKey; readonly container: Uint8Array }> {
  const padded = pad(plaintext);
  const key = parseRecordKey(randomBytes(32));
  const container = new Uint8Array(CONTAINER_OVERHEAD + padded.length);
  const iv = randomBytes(NONCE_BYTES);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: contextOf(meta) }, await importKey(key, 'encrypt'), padded);
  container[0] = VERSION;
  container.set(iv, 1);
  container.set(new Uint8Array(sealed), 1 + NONCE_BYTES);
  return { key, container };
}

/**
 * @param meta as the index has it: whoever files a record elsewhere, or another ciphertext here, has one that does not open
 * @throws HealthpassError `record-newer` for a container of a later version, `sealed-invalid` for anything else that does not open
 */
export async function openRecord(key: RecordKey, meta: RecordMeta, container: Uint8Array): Promise<Uint8Array> {
  if (container.length < CONTAINER_OVERHEAD || container[0] === 0) throw unopened();
  if (container[0]! > VERSION) throw new HealthpassError('record-newer', 'the container has a later version', { field: 'container' });
  const iv = container.slice(1, 1 + NONCE_BYTES);
  const opened = await crypto.subtle
    .decrypt({ name: 'AES-GCM', iv, additionalData: contextOf(meta) }, await importKey(key, 'decrypt'), container.slice(1 + NONCE_BYTES))
    .catch(() => undefined); // the tag does not fit
  const plaintext = opened && unpad(new Uint8Array(opened));
  if (plaintext === undefined) throw unopened();
  return plaintext;
}

const importKey = (key: RecordKey, use: 'encrypt' | 'decrypt') => crypto.subtle.importKey('raw', key.slice(), 'AES-GCM', false, [use]);

/** Field by field, so that nothing else that a caller's object carries changes what is authenticated. */
const contextOf = ({ id, category, date, author }: RecordMeta) => bytesOf({ kind: 'healthpass/record/1', id, category, date, author }).slice();

const unopened = () => new HealthpassError('sealed-invalid', 'the record does not open with this key at this place', { field: 'container' });
