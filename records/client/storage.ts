// Where ciphertexts lie: a storage with Bee's routes, ours or a Bee. It is not trusted: what is put there has an address that was computed here
// first, and what comes back is data of the address that was asked for, or an error.
import { bytesToHex } from '@noble/hashes/utils.js';
import { HealthpassError, parseJson } from '#passport';
import type { SigningKey } from '#records/model/keys/derive.ts';
import type { Address } from '#records/model/members.ts';
import { isReference, type Reference } from '#records/model/record.ts';
import { encodeChunk } from '#records/model/swarm/chunk.ts';
import { childrenOf } from '#records/model/swarm/join.ts';
import { MAX_SOC_DATA, createSoc, socReference, verifySoc } from '#records/model/swarm/soc.ts';
import { referenceOf } from '#records/model/swarm/split.ts';
import type { Fetch } from './fetch.ts';

/** All reject with HealthpassError: `service-unavailable`, `chunk-unknown`, `chunk-invalid` for an answer that is not what was put there or asked for. */
export type Storage = {
  /** @returns the address of the data, once they are kept. `storage-full` or `text-too-long` when the storage takes no more */
  readonly upload: (bytes: Uint8Array) => Promise<Reference>;
  /** `text-too-long` above `maxBytes`, of which no more is read. */
  readonly download: (reference: Reference, limits: { readonly maxBytes: number }) => Promise<Uint8Array>;
  /** Fills the place of `owner` with this id (32 bytes); at most 4096 bytes. `status-conflict` when something else is there. */
  readonly uploadSoc: (owner: SigningKey, id: Uint8Array, payload: Uint8Array) => Promise<Reference>;
  readonly downloadSoc: (owner: Address, id: Uint8Array) => Promise<Uint8Array>;
};

export type StorageOptions = {
  readonly url: string;
  readonly fetch: Fetch;
  /** Postage batch, 64 hexadecimal digits; a Bee wants one, our storage none. */
  readonly batch?: string | undefined;
  /** Milliseconds that a request has. */
  readonly patience?: number;
};

/** An address in JSON, and whatever else a Bee may say with it. */
const MAX_ANSWER_BYTES = 4096;

export function createStorage({ url, fetch, batch, patience = 60_000 }: StorageOptions): Storage {
  const base = url.replace(/\/+$/, '');
  // Bee adds redundancy by itself where nothing is said: the reference would be another, and what is fetched would be looked for where nobody put it.
  const common = { 'swarm-redundancy-level': '0' };
  // Its encryption is not asked for: these are ciphertexts.
  const headers = { 'content-type': 'application/octet-stream', ...(batch === undefined ? {} : { 'swarm-postage-batch-id': batch }) };

  const ask = async (path: string, init: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: Uint8Array } = {}): Promise<Response> => {
    const response = await fetch(`${base}${path}`, { ...init, headers: { ...common, ...init.headers }, redirect: 'error', signal: AbortSignal.timeout(patience) }).catch(() => undefined);
    if (!response) throw unavailable('the storage cannot be reached');
    if (response.ok) return response;
    await response.body?.cancel().catch(() => {}); // why it refuses, its status says
    throw refusalOf(response.status);
  };
  const put = async (path: string, body: Uint8Array, expected: Reference): Promise<Reference> => {
    const answer = await readBody(await ask(path, { method: 'POST', headers, body }), MAX_ANSWER_BYTES).then((bytes) => parseJson(bytes)).catch(() => undefined);
    if ((answer as { reference?: unknown } | null | undefined)?.reference !== expected) throw invalid('the storage says another address than its data have');
    return expected;
  };
  return {
    upload: (bytes) => put('/bytes', bytes, referenceOf(bytes)),
    async download(reference, { maxBytes }) {
      assertReference(reference);
      const bytes = await readBody(await ask(`/bytes/${reference}`), maxBytes);
      if (referenceOf(bytes) !== reference) throw invalid('the storage gave other data than were asked for');
      return bytes;
    },
    uploadSoc(owner, id, payload) {
      const soc = createSoc(owner, id, payload);
      return put(`/soc/${soc.owner.slice(2)}/${bytesToHex(id)}?sig=${bytesToHex(soc.signature)}`, encodeChunk(soc.chunk), soc.reference);
    },
    async downloadSoc(owner, id) {
      const reference = socReference(id, owner);
      const { chunk } = verifySoc(reference, await readBody(await ask(`/chunks/${reference}`), MAX_SOC_DATA));
      if (childrenOf(chunk)) throw invalid('the single-owner chunk holds no data of its own');
      return chunk.payload;
    },
  };
}

/** Reads a body as far as it may go: its length is what the other side says, and is not believed. */
async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read().catch(() => { throw unavailable('the storage broke off'); })) ?? { done: true, value: undefined };
    if (done) break;
    length += value.length;
    if (length > maxBytes) {
      await reader?.cancel().catch(() => {}); // nothing of it is used
      throw new HealthpassError('text-too-long', `the data are longer than ${maxBytes} bytes`, { field: 'reference' });
    }
    pieces.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function assertReference(reference: string): asserts reference is Reference {
  if (!isReference(reference)) throw new HealthpassError('request-invalid', 'this is no address', { field: 'reference' });
}

function refusalOf(status: number): HealthpassError {
  if (status === 404) return new HealthpassError('chunk-unknown', 'the storage has no such data', { field: 'reference' });
  if (status === 409) return new HealthpassError('status-conflict', 'there is another single-owner chunk at this address', { field: 'id' });
  if (status === 413) return new HealthpassError('text-too-long', 'the data are longer than the storage takes', { field: 'bytes' });
  if (status === 429) return new HealthpassError('rate-limited', 'the storage was asked too often', { field: 'storage' });
  if (status === 402 || status === 507) return new HealthpassError('storage-full', 'the storage takes no more', { field: 'storage' });
  return unavailable('the storage refused');
}

const invalid = (message: string) => new HealthpassError('chunk-invalid', message, { field: 'storage' });
const unavailable = (message: string) => new HealthpassError('service-unavailable', message, { field: 'storage' });
