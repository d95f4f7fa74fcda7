// Whether the store has what an entry refers to: its root chunk is fetched and compared with its address, and says how long the whole is.
import { HealthpassError } from '#passport';
import { chunkAddress } from '#records/model/swarm/bmt.ts';
import type { Reference } from '#records/model/record.ts';

/** Bytes of a ciphertext: the longest record, padded, with its head. */
const MOST_BYTES = 17 * 2 ** 20;
const MOST_CHUNK = 8 + 4096;
/** Milliseconds. */
const PATIENCE = 5000;

/** @throws HealthpassError `chunk-unknown`, `chunk-invalid` (not what the address says), `text-too-long`, `service-unavailable` */
export async function assertStored(storage: string, reference: Reference): Promise<void> {
  const chunk = await fetchChunk(storage, reference);
  if (chunk.length < 8 || chunk.length > MOST_CHUNK) throw foreign();
  const span = Number(new DataView(chunk.buffer, chunk.byteOffset, 8).getBigUint64(0, true));
  if (!Number.isSafeInteger(span) || Buffer.from(chunkAddress(span, chunk.subarray(8))).toString('hex') !== reference) throw foreign();
  if (span > MOST_BYTES) throw new HealthpassError('text-too-long', 'the ciphertext is too long', { field: 'reference' });
}

async function fetchChunk(storage: string, reference: Reference): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(`${storage}/chunks/${reference}`, { signal: AbortSignal.timeout(PATIENCE), redirect: 'error' });
  } catch (cause) {
    throw new HealthpassError('service-unavailable', 'the store does not answer', { field: 'storage', cause });
  }
  if (response.status === 404) throw new HealthpassError('chunk-unknown', 'the store has nothing at this address', { field: 'reference' });
  if (!response.ok || Number(response.headers.get('content-length') ?? 0) > MOST_CHUNK) throw new HealthpassError('service-unavailable', 'the store does not answer', { field: 'storage' });
  return new Uint8Array(await response.arrayBuffer());
}

const foreign = () => new HealthpassError('chunk-invalid', 'the store gives something else than the address says', { field: 'reference' });
