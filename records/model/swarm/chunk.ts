// A chunk as it travels: span (8 bytes, little-endian) ‖ payload (at most 4096 bytes), named by its address.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport';
import type { Reference } from '../record.ts';
import { CHUNK_BYTES, SPAN_BYTES, chunkAddress } from './bmt.ts';

export const MAX_CHUNK_DATA = SPAN_BYTES + CHUNK_BYTES;

/** `span`: how many bytes of data lie below; for more than 4096, the payload is a list of addresses. */
export type Chunk = { readonly reference: Reference; readonly span: number; readonly payload: Uint8Array };

export const referenceFrom = (address: Uint8Array): Reference => bytesToHex(address) as Reference;
export const addressFrom = (reference: Reference): Uint8Array => hexToBytes(reference);

/** Reads what somebody says is a chunk, and computes its address. @throws HealthpassError `chunk-invalid` */
export function parseChunk(data: Uint8Array): Chunk {
  if (data.length < SPAN_BYTES || data.length > MAX_CHUNK_DATA) throw invalid('a chunk has 8 to 4104 bytes');
  const view = new DataView(data.buffer, data.byteOffset, SPAN_BYTES);
  const span = Number(view.getBigUint64(0, true));
  // Spans above are those of redundant or broken trees: nothing here writes them, and their address would be computed of a rounded number.
  if (!Number.isSafeInteger(span)) throw invalid('the span is too large');
  const payload = data.subarray(SPAN_BYTES);
  return { reference: referenceFrom(chunkAddress(span, payload)), span, payload };
}

/** @throws HealthpassError `chunk-invalid` for any other chunk than the one that was asked for */
export function verifyChunk(reference: Reference, data: Uint8Array): Chunk {
  const chunk = parseChunk(data);
  if (chunk.reference !== reference) throw invalid('the chunk does not match its address');
  return chunk;
}

export function encodeChunk({ span, payload }: Pick<Chunk, 'span' | 'payload'>): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(SPAN_BYTES + payload.length);
  new DataView(data.buffer).setBigUint64(0, BigInt(span), true);
  data.set(payload, SPAN_BYTES);
  return data;
}

export const invalid = (message: string): HealthpassError => new HealthpassError('chunk-invalid', message, { field: 'chunk' });
