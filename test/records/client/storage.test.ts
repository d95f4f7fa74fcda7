// What a client takes from a storage that it does not trust.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fetch } from '#records/client/fetch.ts';
import { createStorage } from '#records/client/storage.ts';
import { signingKey } from '#records/model/keys/derive.ts';
import type { Reference } from '#records/model/record.ts';
import { encodeSoc, createSoc } from '#records/model/swarm/soc.ts';
import { referenceOf } from '#records/model/swarm/split.ts';
import { assembleStore } from '#records/store/assemble.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const data = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251);
const id = new Uint8Array(32).fill(3);
const key = signingKey(new Uint8Array(32).fill(4));

let folder: string;
let store: Awaited<ReturnType<typeof assembleStore>>;
const asked: Record<string, string>[] = [];
let honest: Fetch;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'storage-'));
  store = await assembleStore({ folder, reserve: 0, onTrouble: () => {} });
  honest = async (url, init = {}) => {
    asked.push(init.headers ?? {});
    return store.app.request(url, init as RequestInit);
  };
});
afterAll(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

async function serve(answer: RequestListener) {
  const server = createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
const storageOf = (fetch: Fetch, batch?: string) => createStorage({ url: 'http://localhost/', fetch, batch });
/** A storage that answers each time with this. */
const answering = (body: Uint8Array | object | string, status = 200) =>
  storageOf(async () => (body instanceof Uint8Array ? new Response(Uint8Array.from(body), { status }) : typeof body === 'string' ? new Response(body, { status }) : Response.json(body, { status })));

describe('createStorage', () => {
  test('keeps data and gets them back', async () => {
    const storage = storageOf(honest);
    const reference = await storage.upload(data);
    expect(reference).toBe(referenceOf(data));
    expect(await storage.download(reference, { maxBytes: data.length })).toEqual(data);
    await storage.uploadSoc(key, id, data.subarray(0, 99));
    expect(await storage.downloadSoc(key.address, id)).toEqual(data.slice(0, 99));
    await expect(storage.uploadSoc(key, id, data.subarray(0, 98))).rejects.toEqual(code('status-conflict'));
    await expect(storage.downloadSoc(key.address, new Uint8Array(32))).rejects.toEqual(code('chunk-unknown'));
  });

  test('asks each time, also for what it fetches, for no redundancy, never for encryption, and for a postage batch where one is given', async () => {
    asked.length = 0;
    const storage = storageOf(honest);
    await storage.download(await storage.upload(data), { maxBytes: data.length });
    await storageOf(honest, 'ab'.repeat(32)).uploadSoc(key, new Uint8Array(32).fill(9), data.subarray(0, 5));
    expect(asked).toEqual([
      { 'swarm-redundancy-level': '0', 'content-type': 'application/octet-stream' },
      { 'swarm-redundancy-level': '0' },
      { 'content-type': 'application/octet-stream', 'swarm-redundancy-level': '0', 'swarm-postage-batch-id': 'ab'.repeat(32) },
    ]);
  });

  test('ATTACK: a storage that answers an upload without end is not listened to', async () => {
    let sent = 0;
    const endless = () => new ReadableStream({ pull(stream) { stream.enqueue(new Uint8Array(65_536).fill(0x20)); if (++sent > 2000) stream.close(); } });
    await expect(storageOf(async () => new Response(endless(), { status: 201 })).upload(data)).rejects.toEqual(code('chunk-invalid'));
    expect(sent).toBeLessThan(10);
  });

  test('ATTACK: a storage that sends its client on to another server does not reach it', async () => {
    let reached = 0;
    const inner = await serve((_, answer) => { reached += 1; answer.end(data); });
    const outer = await serve((_, answer) => { answer.writeHead(307, { location: inner.url }).end(); });
    try {
      const storage = createStorage({ url: outer.url, fetch: (url, init) => fetch(url, init as RequestInit) });
      await expect(storage.download(referenceOf(data), { maxBytes: data.length })).rejects.toEqual(code('service-unavailable'));
      await expect(storage.upload(data)).rejects.toEqual(code('service-unavailable'));
      expect(reached).toBe(0);
    } finally {
      inner.close();
      outer.close();
    }
  });

  test('a storage that says another address than the data have is refused', async () => {
    for (const answer of [{ reference: '0'.repeat(64) }, {}, { reference: [referenceOf(data)] }, 'no json']) await expect(answering(answer, 201).upload(data)).rejects.toEqual(code('chunk-invalid'));
  });

  test('a storage that gives other data, fewer or more than were asked for is refused', async () => {
    const changed = data.slice();
    changed[5000]! ^= 1;
    for (const other of [changed, data.subarray(1), data.subarray(0, 9999), new Uint8Array([...data, 0]), new Uint8Array()]) {
      await expect(answering(other).download(referenceOf(data), { maxBytes: 20_000 })).rejects.toEqual(code('chunk-invalid'));
    }
  });

  test('a storage that never stops giving is cut off', async () => {
    let given = 0;
    const endless = storageOf(async () => new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1000).fill(given++)) })));
    await expect(endless.download(referenceOf(data), { maxBytes: 5000 })).rejects.toEqual(code('text-too-long'));
    expect(given).toBeLessThan(9);
  });

  test('a single-owner chunk of somebody else, or one that holds a tree, is refused', async () => {
    const foreign = createSoc(signingKey(new Uint8Array(32).fill(8)), id, data.subarray(0, 9));
    await expect(answering(encodeSoc(foreign)).downloadSoc(key.address, id)).rejects.toEqual(code('chunk-invalid'));
  });

  test('what the storage refuses, and that it is away, is told apart', async () => {
    for (const [status, expected] of [[404, 'chunk-unknown'], [413, 'text-too-long'], [429, 'rate-limited'], [402, 'storage-full'], [507, 'storage-full'], [500, 'service-unavailable']] as const) {
      await expect(answering({ message: 'no' }, status).upload(data)).rejects.toEqual(code(expected));
    }
    await expect(storageOf(() => Promise.reject(new TypeError('refused'))).upload(data)).rejects.toEqual(code('service-unavailable'));
    await expect(storageOf(honest).download('../lock' as Reference, { maxBytes: 1 })).rejects.toEqual(code('request-invalid'));
  });
});
