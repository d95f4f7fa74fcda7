// The storage as its clients meet it, as its disk may fail it, and as somebody meets it who wants other data in the place of some.
import { mkdtemp, open, readdir, readFile, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bytesToHex } from '@noble/hashes/utils.js';
import { signingKey } from '#records/model/keys/derive.ts';
import { chunkAddress } from '#records/model/swarm/bmt.ts';
import { encodeChunk, parseChunk } from '#records/model/swarm/chunk.ts';
import { createSoc, encodeSoc } from '#records/model/swarm/soc.ts';
import { referenceOf } from '#records/model/swarm/split.ts';
import { MAX_UPLOAD_BYTES, createStoreApp } from '#records/store/app.ts';
import { assembleStore, type StoreParts } from '#records/store/assemble.ts';
import { createChunkStore } from '#records/store/chunk-store.ts';
import { createLimiter, listen } from '#server';

const pattern = (length: number, step = 255) => Uint8Array.from({ length }, (_, index) => index % step);
const folders: string[] = [];
const closing: (() => unknown)[] = [];

async function openStore(parts: Partial<StoreParts> = {}) {
  const folder = parts.folder ?? await mkdtemp(join(tmpdir(), 'storage-'));
  folders.push(folder);
  const { app, close } = await assembleStore({ folder, reserve: 0, onTrouble: () => {}, ...parts });
  closing.push(close);
  return { app, folder, close, fileOf: (reference: string) => join(folder, 'chunks', reference.slice(0, 2), reference) };
}
const post = (app: Hono, path: string, body: Uint8Array, headers: Record<string, string> = {}) => app.request(path, { method: 'POST', body: Uint8Array.from(body), headers });
const json = async (response: Response | Promise<Response>) => [(await response).status, await (await response).json()] as const;
const bytes = async (response: Response | Promise<Response>) => new Uint8Array(await (await response).arrayBuffer());

let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  store = await openStore();
});
afterAll(async () => {
  for (const close of closing) await close();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

describe('POST /bytes', () => {
  test.each([0, 31, 4096, 4097, 300_000])('keeps %i bytes and gives them back, with length and no more', async (length) => {
    const data = pattern(length);
    const reference = referenceOf(data);
    expect(await json(post(store.app, '/bytes', data))).toEqual([201, { reference }]);
    const answer = await store.app.request(`/bytes/${reference}`);
    expect([answer.status, answer.headers.get('content-length'), answer.headers.get('content-type')]).toEqual([200, String(length), 'application/octet-stream']);
    expect(Buffer.from(await bytes(answer)).equals(Buffer.from(data))).toBe(true);
    const head = await store.app.request(`/bytes/${reference}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(length), '']);
  });

  test('data that are too long are refused, also when they do not say how long they are', async () => {
    const tooLong = { code: 413, message: 'payload too large' };
    expect(await json(post(store.app, '/bytes', new Uint8Array(1), { 'content-length': String(MAX_UPLOAD_BYTES + 1) }))).toEqual([413, tooLong]);
    expect(await json(post(store.app, '/chunks', new Uint8Array(4202)))).toEqual([413, tooLong]);
  });

  test('what Bee would add by itself is refused instead of left out', async () => {
    for (const [name, value] of [['swarm-encrypt', 'true'], ['swarm-act', 'true'], ['swarm-redundancy-level', '2']] as const) {
      expect(await json(post(store.app, '/bytes', new Uint8Array(1), { [name]: value }))).toEqual([400, { code: 400, message: 'invalid params' }]);
    }
    expect((await post(store.app, '/bytes', new Uint8Array(1), { 'swarm-encrypt': 'false', 'swarm-redundancy-level': '0', 'swarm-postage-batch-id': 'ab'.repeat(32) })).status).toBe(201);
  });
});

describe('GET /bytes/:reference', () => {
  test('says that it has nothing, and that an address is none', async () => {
    expect(await json(store.app.request(`/bytes/${'0'.repeat(64)}`))).toEqual([404, { code: 404, message: 'Not Found' }]);
    expect(await json(store.app.request(`/chunks/${'0'.repeat(64)}`))).toEqual([404, { code: 404, message: 'Not Found' }]);
    for (const path of ['/bytes/zz', `/chunks/${'0'.repeat(63)}`, `/chunks/..%2F..%2Flock`, '/bytes/..%2Flock']) expect([400, 404]).toContain((await store.app.request(path)).status);
  });

  test('ATTACK: a few chunks that name each other again and again are not sent as the gigabytes that they stand for', async () => {
    let [span, payload] = [4096, pattern(4096)];
    for (let level = 0; level < 4; level++) {
      expect((await post(store.app, '/chunks', encodeChunk({ span, payload }))).status).toBe(201);
      const address = chunkAddress(span, payload);
      [span, payload] = [span * 128, Uint8Array.from({ length: 4096 }, (_, index) => address[index % 32]!)];
    }
    expect((await post(store.app, '/chunks', encodeChunk({ span, payload }))).status).toBe(201);
    const answer = await store.app.request(`/bytes/${bytesToHex(chunkAddress(span, payload))}`);
    expect(answer.status).toBe(413);
    await answer.body?.cancel();
  });

  test('a root that claims more than it holds has no answer', async () => {
    const payload = new Uint8Array(64);
    const reference = bytesToHex(chunkAddress(1e12, payload));
    expect((await post(store.app, '/chunks', encodeChunk({ span: 1e12, payload }))).status).toBe(201);
    expect(await json(store.app.request(`/bytes/${reference}`))).toEqual([400, { code: 400, message: 'invalid chunk' }]);
  });

  test('data of which a chunk is lost break off and are not taken for whole', async () => {
    const lossy = await openStore();
    const data = pattern(20_000);
    await post(lossy.app, '/bytes', data);
    await rm(lossy.fileOf(referenceOf(data.subarray(8192, 12_288))));
    const service = await listen(lossy.app, 0);
    closing.push(() => service.stop(0));
    const answer = await fetch(`${service.url}/bytes/${referenceOf(data)}`);
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });

  test.each([
    ['bytes=0-0', 0, 1], ['bytes=4090-4105', 4090, 4106], ['bytes=299000-', 299_000, 300_000], ['bytes=-5', 299_995, 300_000], ['bytes=1-999999', 1, 300_000], ['bytes=-999999', 0, 300_000],
  ])('gives a part: %s', async (range, from, to) => {
    const data = pattern(300_000);
    const { reference } = (await (await post(store.app, '/bytes', data)).json()) as { reference: string };
    const ask = (method: string) => store.app.request(`/bytes/${reference}`, { method, headers: { range } });
    const answer = await ask('GET');
    expect([answer.status, answer.headers.get('content-range'), answer.headers.get('content-length')]).toEqual([206, `bytes ${from}-${to - 1}/300000`, String(to - from)]);
    expect(Buffer.from(await bytes(answer)).equals(Buffer.from(data.subarray(from, to)))).toBe(true);
    expect((await ask('HEAD')).headers.get('content-length')).toBe(String(to - from));
  });

  test('says where no part is, gives the whole where none can be read, and nothing to whoever has it', async () => {
    const { reference } = (await (await post(store.app, '/bytes', pattern(10))).json()) as { reference: string };
    const ask = (headers: Record<string, string>) => store.app.request(`/bytes/${reference}`, { headers });
    const beyond = await ask({ range: 'bytes=10-' });
    expect([beyond.status, beyond.headers.get('content-range'), await beyond.json()]).toEqual([416, 'bytes */10', { code: 416, message: 'Range Not Satisfiable' }]);
    for (const range of ['bytes=5-2', 'bytes=0-1,3-4', 'items=0-1', 'bytes=-']) expect([(await ask({ range })).status, (await ask({ range })).headers.get('accept-ranges')]).toEqual([200, 'bytes']);
    expect((await ask({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
    expect([(await ask({ 'if-none-match': `"${reference}"` })).status, (await ask({ 'if-none-match': '"other"' })).status]).toEqual([304, 200]);
  });

  test('no data are given whole to whoever asks for a part of them, as Bee does', async () => {
    const { reference } = (await (await post(store.app, '/bytes', pattern(0))).json()) as { reference: string };
    const answer = await store.app.request(`/bytes/${reference}`, { headers: { range: 'bytes=0-' } });
    expect([answer.status, answer.headers.get('content-length'), answer.headers.get('content-range')]).toEqual([200, '0', null]);
  });

  test('a part is given without what lies outside, and what Bee would decrypt is refused', async () => {
    const lossy = await openStore();
    const data = pattern(20_000);
    await post(lossy.app, '/bytes', data);
    await rm(lossy.fileOf(referenceOf(data.subarray(8192, 12_288))));
    expect((await bytes(lossy.app.request(`/bytes/${referenceOf(data)}`, { headers: { range: 'bytes=12288-12300' } }))).length).toBe(13);
    expect((await lossy.app.request(`/bytes/${referenceOf(data)}`, { headers: { 'swarm-act': 'true' } })).status).toBe(400);
    expect((await lossy.app.request(`/bytes/${referenceOf(data)}${'0'.repeat(64)}`)).status).toBe(400);
  });

  test('may be kept for ever, and read by any page', async () => {
    const { reference } = (await (await post(store.app, '/bytes', pattern(10))).json()) as { reference: string };
    const { headers } = await store.app.request(`/bytes/${reference}`);
    expect([headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual(['public, max-age=31536000, immutable', '*']);
    const preflight = await store.app.request('/bytes', { method: 'OPTIONS', headers: { origin: 'https://wallet.example' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, expect.stringMatching(/\brange\b.*swarm-postage-batch-id.*swarm-redundancy-level.*swarm-deferred-upload.*swarm-encrypt, swarm-pin, swarm-tag/)]);
  });
});

describe('a chunk on the disk', () => {
  test('that has rotted is an error and not data, and heals when it is brought again', async () => {
    const data = pattern(500);
    const reference = referenceOf(data);
    await post(store.app, '/bytes', data);
    const file = store.fileOf(reference);
    const rotten = await readFile(file);
    rotten[100]! ^= 1;
    await writeFile(file, rotten);
    expect(await json(store.app.request(`/bytes/${reference}`))).toEqual([500, { code: 500, message: 'chunk read error' }]);
    expect(await json(store.app.request(`/chunks/${reference}`))).toEqual([500, { code: 500, message: 'chunk read error' }]);
    await post(store.app, '/bytes', data);
    expect(await bytes(store.app.request(`/bytes/${reference}`))).toEqual(data);
  });

  test('that is another’s is refused when it is read', async () => {
    const [one, other] = [pattern(600), pattern(600, 7)];
    await post(store.app, '/bytes', one);
    await post(store.app, '/bytes', other);
    await writeFile(store.fileOf(referenceOf(one)), await readFile(store.fileOf(referenceOf(other))));
    expect((await store.app.request(`/bytes/${referenceOf(one)}`)).status).toBe(500);
  });

  test('that a crash left half written is cleared at the next start', async () => {
    const crashed = await openStore();
    await writeFile(join(crashed.folder, 'incoming', 'half'), 'ha');
    crashed.close();
    closing.splice(closing.indexOf(crashed.close), 1);
    const again = await openStore({ folder: crashed.folder });
    expect(await readdir(join(again.folder, 'incoming'))).toEqual([]);
  });

  test('is not written where the disk is to be left free', async () => {
    const full = await openStore({ reserve: 2 ** 60 });
    expect(await json(post(full.app, '/bytes', pattern(1)))).toEqual([507, { code: 507, message: 'no space left' }]);
  });

  test('on a disk that fills up meanwhile is refused as where there is no room, and leaves nothing half written', async () => {
    const filling = await openStore();
    const handle = await open(filling.folder);
    const writing = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'writeFile').mockRejectedValueOnce(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }));
    await handle.close();
    expect(await json(post(filling.app, '/bytes', pattern(700)))).toEqual([507, { code: 507, message: 'no space left' }]);
    writing.mockRestore();
    expect(await readdir(join(filling.folder, 'incoming'))).toEqual([]);
    expect((await post(filling.app, '/bytes', pattern(700))).status).toBe(201);
  });

  test('that another upload has not flushed yet is confirmed to nobody, and written again where that upload fails', async () => {
    const [disk, ends] = [new Map<string, Uint8Array>(), [] as PromiseWithResolvers<void>[]];
    const slow = createChunkStore({
      read: async (reference) => disk.get(reference),
      async write(files) {
        for (const { reference, data } of files) disk.set(reference, data);
        const end = Promise.withResolvers<void>();
        ends.push(end);
        await end.promise;
      },
    });
    const told: string[] = [];
    const put = (name: string) => slow.put([parseChunk(encodeChunk({ span: 3, payload: pattern(3) }))]).then(() => told.push(name), () => told.push(`not ${name}`));
    const first = put('first');
    await pause(1);
    const second = put('second');
    await pause(1);
    expect([told, ends.length]).toEqual([[], 1]);
    ends[0]!.reject(new Error('EIO'));
    await first;
    await pause(1);
    expect([told, ends.length]).toEqual([['not first'], 2]);
    ends[1]!.resolve();
    await second;
    expect(told).toEqual(['not first', 'second']);
  });
});

test('two processes never have one folder', async () => {
  await expect(openStore({ folder: store.folder })).rejects.toEqual(expect.objectContaining({ code: 'service-unavailable' }));
});

describe('POST /chunks', () => {
  test('names a chunk by what it is, whatever anybody says', async () => {
    const data = encodeChunk({ span: 3, payload: pattern(3) });
    expect(await json(post(store.app, '/chunks', data))).toEqual([201, { reference: referenceOf(pattern(3)) }]);
    expect(await bytes(store.app.request(`/chunks/${referenceOf(pattern(3))}`))).toEqual(data);
    expect(await json(post(store.app, '/chunks', new Uint8Array(7)))).toEqual([400, { code: 400, message: 'invalid chunk' }]);
  });

  test('ATTACK: zeros more or less behind a chunk, which leave its address as it is, do not take the place of the data', async () => {
    const [data, zeros] = [pattern(5000, 13), new Uint8Array(200)];
    const leaf = data.subarray(4096);
    for (const [span, payload, wanted] of [[leaf.length, Uint8Array.from([...leaf, 0, 0]), data], [zeros.length, zeros.subarray(0, 1), zeros]] as const) {
      expect((await post(store.app, '/chunks', encodeChunk({ span, payload }))).status).toBe(201);
      expect((await post(store.app, '/bytes', wanted)).status).toBe(201);
      expect((await post(store.app, '/chunks', encodeChunk({ span, payload }))).status).toBe(201);
      expect(await bytes(store.app.request(`/bytes/${referenceOf(wanted)}`))).toEqual(wanted);
    }
  });
});

describe('POST /soc/:owner/:id', () => {
  const key = signingKey(new Uint8Array(32).fill(5));
  const socOf = (id: number, payload: Uint8Array) => createSoc(key, new Uint8Array(32).fill(id), payload);
  const send = ({ id, owner, signature, chunk }: ReturnType<typeof socOf>) => json(post(store.app, `/soc/${owner.slice(2)}/${bytesToHex(id)}?sig=${bytesToHex(signature)}`, encodeChunk(chunk)));

  test('keeps what its owner signed', async () => {
    const soc = socOf(1, pattern(40));
    expect(await send(soc)).toEqual([201, { reference: soc.reference }]);
    expect(await send(soc)).toEqual([201, { reference: soc.reference }]);
    expect(await bytes(store.app.request(`/chunks/${soc.reference}`))).toEqual(encodeSoc(soc));
    const held = await store.app.request(`/soc/${soc.owner}/${bytesToHex(soc.id)}`);
    expect([held.status, held.headers.get('swarm-soc-signature'), await bytes(held)]).toEqual([200, bytesToHex(soc.signature), pattern(40)]);
    expect(await json(store.app.request(`/soc/${soc.owner}/${'0'.repeat(64)}`))).toEqual([404, { code: 404, message: 'Not Found' }]);
  });

  test('takes whole ones at /chunks', async () => {
    const soc = socOf(2, pattern(4096));
    expect(await json(post(store.app, '/chunks', encodeSoc(soc)))).toEqual([201, { reference: soc.reference }]);
  });

  test('the chunk of an owner cannot be filled by somebody else', async () => {
    const soc = socOf(3, pattern(40));
    const stranger = createSoc(signingKey(new Uint8Array(32).fill(6)), soc.id, pattern(40));
    expect(await send({ ...soc, signature: stranger.signature })).toEqual([401, { code: 401, message: 'invalid address' }]);
    expect((await send({ ...soc, signature: new Uint8Array(65) }))[0]).toBe(400);
    expect((await store.app.request(`/chunks/${soc.reference}`)).status).toBe(404);
  });

  test('of several that come at once the first is kept, and the others are told so', async () => {
    const socs = [50, 51, 52].map((length) => socOf(5, pattern(length)));
    expect((await Promise.all(socs.map(send))).map(([status]) => status)).toEqual([201, 409, 409]);
    expect(await bytes(store.app.request(`/chunks/${socs[0]!.reference}`))).toEqual(encodeSoc(socs[0]!));
  });

  test('ATTACK: what somebody else made longer by zeros, which the signature does not cover, gives way to what its owner brings', async () => {
    const soc = socOf(6, pattern(40, 7));
    expect(await send({ ...soc, chunk: { ...soc.chunk, payload: Uint8Array.from([...soc.chunk.payload, 0]) } })).toEqual([201, { reference: soc.reference }]);
    expect(await send(soc)).toEqual([201, { reference: soc.reference }]);
    expect(await bytes(store.app.request(`/soc/${soc.owner}/${bytesToHex(soc.id)}`))).toEqual(pattern(40, 7));
  });

  test('an earlier chunk that is replayed over a later one is refused', async () => {
    const [first, second] = [socOf(4, pattern(40)), socOf(4, pattern(41))];
    await send(first);
    expect(await send(second)).toEqual([409, { code: 409, message: 'chunk already exists' }]);
    expect(await bytes(store.app.request(`/chunks/${first.reference}`))).toEqual(encodeSoc(first));
  });
});

test('who asks too often is told to wait', async () => {
  const limited = createStoreApp({ store: createChunkStore({ read: async () => undefined, write: async () => {} }) }, { limiter: createLimiter({ limits: { public: 2 } }) });
  const statuses = [];
  for (let turn = 0; turn < 3; turn++) statuses.push((await limited.request(`/bytes/${'0'.repeat(64)}`)).status);
  expect(statuses).toEqual([404, 404, 429]);
  expect((await store.app.request('/health')).headers.get('ratelimit-limit')).toBe('60000');
  expect((await post(store.app, '/bytes', pattern(2))).headers.get('ratelimit-limit')).toBe('1200');
});

test('describes every route, in words', async () => {
  const { paths } = (await (await store.app.request('/openapi.json')).json()) as { paths: Record<string, unknown> };
  expect(Object.keys(paths).sort()).toEqual(['/', '/bytes', '/bytes/{reference}', '/chunks', '/chunks/{reference}', '/docs', '/health', '/openapi.json', '/ready', '/soc/{owner}/{id}']);
  expect((await store.app.request('/docs')).status).toBe(200);
});
