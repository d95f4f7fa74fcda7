// The storage over HTTP: of Bee's routes those that records need, so that Bee's own client works with it, and a Bee can stand in its place.
// It knows nobody, and what it holds is ciphertext: whoever knows an address may fetch, whoever likes may upload, within limits.
import type { Hono } from 'hono';
import { z } from 'zod';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport';
import type { Address } from '#records/model/members.ts';
import { SPAN_BYTES } from '#records/model/swarm/bmt.ts';
import { MAX_CHUNK_DATA, encodeChunk, parseChunk } from '#records/model/swarm/chunk.ts';
import { openData, type Data } from '#records/model/swarm/join.ts';
import { MAX_SOC_DATA, SIGNATURE_BYTES, SOC_ID_BYTES, parseSoc, socReference, verifySoc } from '#records/model/swarm/soc.ts';
import { NO_ACCESS, createRouter, route, type Route, type RouterOptions } from '#server';
import { STORE_INFO } from './api-info.ts';
import { BEE_API_VERSION, BEE_VERSION, asBee, assertPlain, beeErrorSchema, parseReference, referenceSchema } from './bee.ts';
import type { ChunkStore } from './chunk-store.ts';
import { isKnown, rangeOf } from './range.ts';
import { keepData, readPieces, readWhole } from './upload.ts';

/** The longest data that are taken at once, in bytes: a record of the greatest length, padded and sealed, and a little more. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;

export type StoreDeps = { readonly store: ChunkStore };

export const createStoreApp = (deps: StoreDeps, options: Omit<RouterOptions, 'access'> = {}): Hono =>
  createRouter([...aboutRoutes(), ...bytesRoutes(deps), ...chunkRoutes(deps)], { info: STORE_INFO, ...options, access: NO_ACCESS });

const FOREVER = { 'cache-control': 'public, max-age=31536000, immutable' };
const wrong = { 400: { description: 'Something is wrong with it', schema: beeErrorSchema }, 413: { description: 'It is too long', schema: beeErrorSchema }, 507: { description: 'There is no room left', schema: beeErrorSchema } };
const missing = { 400: { description: 'This is no address', schema: beeErrorSchema }, 404: { description: 'There is no such chunk here', schema: beeErrorSchema }, 500: { description: 'A chunk is spoilt', schema: beeErrorSchema } };
const parts = { 206: { description: 'A part of the data', mediaType: 'application/octet-stream' }, 304: { description: 'The data are known already' }, 416: { description: 'None of these bytes are there', schema: beeErrorSchema } };
/** What pages of other origins may see of an answer, as of Bee's. */
const EXPOSED = 'accept-ranges, content-length, content-range, etag, swarm-soc-signature, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset';

function aboutRoutes(): Route[] {
  return [
    route({
      method: 'get', path: '/', summary: 'Say what this is', tag: 'operations', permission: null, surface: 'public',
      answers: { 200: { description: 'A line of text', mediaType: 'text/plain' } },
      run: ({ context }) => context.text('healthpass storage, with routes of Ethereum Swarm Bee\n'),
    }),
    route({
      method: 'get', path: '/health', summary: 'Say that the service is up', tag: 'operations', permission: null, surface: 'public',
      answers: { 200: { description: 'It is', schema: z.strictObject({ status: z.literal('ok'), version: z.string(), apiVersion: z.string() }) } },
      run: () => ({ status: 'ok', version: BEE_VERSION, apiVersion: BEE_API_VERSION }),
    }),
  ];
}

function bytesRoutes({ store }: StoreDeps): Route[] {
  return [
    route({
      method: 'post', path: '/bytes', summary: 'Keep data', tag: 'bytes', permission: null, surface: 'wallet', limit: 'uploads',
      answers: { 201: { description: 'The address of the data', schema: referenceSchema }, ...wrong },
      run: ({ context }) => asBee(context, async () => {
        assertPlain(context);
        return context.json({ reference: await keepData(store, readPieces(context.req.raw, MAX_UPLOAD_BYTES)) }, 201);
      }),
    }),
    route({
      method: 'get', path: '/bytes/:reference', summary: 'Give data', tag: 'bytes', permission: null, surface: 'public',
      params: z.object({ reference: z.string() }),
      answers: { 200: { description: 'The data', mediaType: 'application/octet-stream' }, ...parts, ...missing, 413: wrong[413] },
      run: ({ params, context }) => asBee(context, async () => {
        assertPlain(context);
        const reference = parseReference(params.reference);
        return sendData(context.req.raw, await openData(reference, store.get), { ...FOREVER, etag: `"${reference}"` });
      }),
    }),
  ];
}

/** @throws HealthpassError `text-too-long` */
function sendData({ method, headers: asked }: Request, { length, pieces }: Data, own: Readonly<Record<string, string>>): Response {
  // A few chunks that name each other stand for petabytes: longer than what can be uploaded, nobody is sent data.
  if (length > MAX_UPLOAD_BYTES) throw new HealthpassError('text-too-long', 'the data are longer than what is kept here as a whole', { field: 'reference' });
  const headers = { ...own, 'accept-ranges': 'bytes', 'access-control-expose-headers': EXPOSED };
  if (own['etag'] !== undefined && isKnown(asked.get('if-none-match'), own['etag'])) return new Response(null, { status: 304, headers });
  const part = asked.has('if-range') && asked.get('if-range') !== own['etag'] ? undefined : rangeOf(asked.get('range'), length);
  if (part === 'beyond') return Response.json({ code: 416, message: 'Range Not Satisfiable' }, { status: 416, headers: { ...headers, 'cache-control': 'no-store', 'content-range': `bytes */${length}` } });
  const { from, to } = part ?? { from: 0, to: length };
  // The head of an answer needs the root only; the rest is read from the disk as it is sent.
  return new Response(method === 'HEAD' ? null : streamOf(pieces(from, to)), {
    status: part ? 206 : 200, headers: { ...headers, 'content-type': 'application/octet-stream', 'content-length': String(to - from), ...(part && { 'content-range': `bytes ${from}-${to - 1}/${length}` }) },
  });
}

const socParams = z.object({ owner: z.string().regex(/^(0x)?[0-9a-fA-F]{40}$/), id: z.string().regex(/^(0x)?[0-9a-fA-F]{64}$/) });

function chunkRoutes({ store }: StoreDeps): Route[] {
  return [
    route({
      method: 'post', path: '/chunks', summary: 'Keep a chunk', tag: 'chunks', permission: null, surface: 'wallet',
      answers: { 201: { description: 'Its address', schema: referenceSchema }, ...wrong },
      run: ({ context }) => asBee(context, async () => {
        assertPlain(context);
        const data = await readWhole(context.req.raw, MAX_SOC_DATA);
        if (data.length > MAX_CHUNK_DATA) {
          const soc = parseSoc(data);
          await store.putSoc(soc);
          return context.json({ reference: soc.reference }, 201);
        }
        const chunk = parseChunk(data);
        await store.put([chunk]);
        return context.json({ reference: chunk.reference }, 201);
      }),
    }),
    route({
      method: 'get', path: '/chunks/:reference', summary: 'Give a chunk, or a single-owner chunk', tag: 'chunks', permission: null, surface: 'public',
      params: z.object({ reference: z.string() }),
      answers: { 200: { description: 'Span and payload; before them, for a single-owner chunk, its id and signature', mediaType: 'binary/octet-stream' }, ...missing },
      run: ({ params, context }) => asBee(context, async () => {
        const data = await store.get(parseReference(params.reference));
        return context.body(Uint8Array.from(data), 200, { ...FOREVER, 'content-type': 'binary/octet-stream', 'content-length': String(data.length) });
      }),
    }),
    route({
      method: 'post', path: '/soc/:owner/:id', summary: 'Keep a single-owner chunk', tag: 'chunks', permission: null, surface: 'wallet',
      params: socParams, query: z.object({ sig: z.string().regex(/^(0x)?[0-9a-fA-F]{130}$/) }),
      answers: { 201: { description: 'Its address', schema: referenceSchema }, ...wrong, 401: { description: 'It is not signed by its owner', schema: beeErrorSchema }, 409: { description: 'There is another one', schema: beeErrorSchema } },
      run: ({ params, query, context }) => asBee(context, async () => {
        assertPlain(context);
        const chunk = await readWhole(context.req.raw, MAX_CHUNK_DATA);
        if (chunk.length < SPAN_BYTES) throw new HealthpassError('chunk-invalid', 'a chunk has 8 bytes at least', { field: 'body' });
        const soc = parseSoc(joined(bytesOf(params.id, SOC_ID_BYTES), bytesOf(query.sig, SIGNATURE_BYTES), chunk));
        if (soc.owner !== ownerOf(params.owner)) throw new HealthpassError('not-authorised', 'somebody else signed this chunk', { field: 'sig' });
        await store.putSoc(soc);
        return context.json({ reference: soc.reference }, 201);
      }),
    }),
    route({
      method: 'get', path: '/soc/:owner/:id', summary: 'Give what a single-owner chunk holds', tag: 'chunks', permission: null, surface: 'public',
      params: socParams,
      answers: { 200: { description: 'The data below the chunk, with its signature in a header', mediaType: 'application/octet-stream' }, ...parts, ...missing, 413: wrong[413] },
      run: ({ params, context }) => asBee(context, async () => {
        assertPlain(context);
        const reference = socReference(bytesOf(params.id, SOC_ID_BYTES), ownerOf(params.owner));
        const { chunk, signature } = verifySoc(reference, await store.get(reference));
        const data = await openData(chunk.reference, async (wanted) => (wanted === chunk.reference ? encodeChunk(chunk) : store.get(wanted)));
        return sendData(context.req.raw, data, { ...FOREVER, etag: `"${chunk.reference}"`, 'swarm-soc-signature': bytesToHex(signature) });
      }),
    }),
  ];
}

/** What comes from the disk is not shared memory, which alone the types of a response exclude. */
const streamOf = (pieces: AsyncIterable<Uint8Array>) => ReadableStream.from(pieces) as ReadableStream<Uint8Array<ArrayBuffer>>;
const bytesOf = (hex: string, length: number): Uint8Array => hexToBytes(hex.slice(-2 * length));
const ownerOf = (hex: string): Address => `0x${hex.toLowerCase().slice(-40)}` as Address; // as the schema has it
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
