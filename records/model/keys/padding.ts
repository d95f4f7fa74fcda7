// Lengths of ciphertexts are seen by storage and gateway. Records are padded to a few sizes, so that a length tells little: up to 512 KiB to
// powers of two of a Swarm chunk, above that to steps of at most an eighth.
import { HealthpassError } from '#passport';

/** The longest record, in bytes. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024;
const LENGTH_BYTES = 4;
const CHUNK_BYTES = 4096;
/** What a container adds: with it, the smallest record fills one chunk to the byte. */
const ADDED_BYTES = 29;
const DOUBLES_UNTIL = 512 * 1024;

/** Length (4 bytes, big-endian) ‖ plaintext ‖ zeros. @throws HealthpassError `text-too-long` */
export function pad(plaintext: Uint8Array): Uint8Array<ArrayBuffer> {
  if (plaintext.length > MAX_RECORD_BYTES) throw new HealthpassError('text-too-long', `a record has at most ${MAX_RECORD_BYTES} bytes`, { field: 'record' });
  const padded = new Uint8Array(bucketOf(plaintext.length));
  new DataView(padded.buffer).setUint32(0, plaintext.length);
  padded.set(plaintext, LENGTH_BYTES);
  return padded;
}

/** @returns undefined for bytes that `pad` did not make: there is one padding for each plaintext */
export function unpad(padded: Uint8Array<ArrayBuffer>): Uint8Array | undefined {
  if (padded.length < LENGTH_BYTES) return undefined;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length > MAX_RECORD_BYTES || bucketOf(length) !== padded.length) return undefined;
  return padded.subarray(LENGTH_BYTES + length).some((byte) => byte !== 0) ? undefined : padded.slice(LENGTH_BYTES, LENGTH_BYTES + length);
}

/** Bytes of a padded record of so many bytes. */
export function bucketOf(length: number): number {
  const needed = LENGTH_BYTES + length + ADDED_BYTES;
  const doubled = CHUNK_BYTES * 2 ** Math.max(0, Math.ceil(Math.log2(needed / CHUNK_BYTES)));
  if (doubled <= DOUBLES_UNTIL) return doubled - ADDED_BYTES;
  const step = doubled / 16;
  return Math.ceil(needed / step) * step - ADDED_BYTES;
}

export const MAX_PADDED_BYTES = bucketOf(MAX_RECORD_BYTES);
