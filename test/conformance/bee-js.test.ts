// The official client of Ethereum Swarm Bee against our storage, and its own computation of addresses against ours.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bee, FeedIndex, MerkleTree, PrivateKey, Topic } from '@ethersphere/bee-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStorage } from '#records/client/storage.ts';
import { signingKey } from '#records/model/keys/derive.ts';
import { referenceOf } from '#records/model/swarm/split.ts';
import { assembleStore } from '#records/store/assemble.ts';
import { listen, type Listening } from '#server';

const BATCH = 'ab'.repeat(32);
const SECRET = '11'.repeat(32);
const pattern = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 7) % 253);

let folder: string;
let store: Awaited<ReturnType<typeof assembleStore>>;
let service: Listening;
let bee: Bee;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'storage-'));
  store = await assembleStore({ folder, reserve: 0, onTrouble: () => {} });
  service = await listen(store.app, 0);
  bee = new Bee(service.url);
});
afterAll(async () => {
  await service.stop(0);
  store.close();
  await rm(folder, { recursive: true });
});
const ours = () => createStorage({ url: service.url, fetch: (url, init) => fetch(url, init as RequestInit) });

describe('Bee', () => {
  test('finds a node that it supports', async () => {
    expect(await bee.isConnected()).toBe(true);
    expect(await bee.getHealth()).toMatchObject({ status: 'ok' });
    expect(await bee.isSupportedApiVersion()).toBe(true);
  });

  test.each([1, 31, 4096, 4097, 128 * 4096, 129 * 4096, 1024 * 1024])('uploads %i bytes, and both clients read what the other has written', async (length) => {
    const data = pattern(length);
    const { reference } = await bee.uploadData(BATCH, data);
    expect(reference.toHex()).toBe(referenceOf(data));
    expect(reference.toHex()).toBe(Buffer.from((await MerkleTree.root(data)).hash()).toString('hex'));
    expect(Buffer.from((await bee.downloadData(reference)).toUint8Array()).equals(Buffer.from(data))).toBe(true);
    expect(Buffer.from(await ours().download(referenceOf(data), { maxBytes: length })).equals(Buffer.from(data))).toBe(true);
    expect((await bee.probeData(reference)).contentLength).toBe(length);
  });

  test('reads what our client has uploaded, nothing at all included', async () => {
    for (const length of [0, 5000]) expect((await bee.downloadData(await ours().upload(pattern(length)))).toUint8Array()).toEqual(pattern(length));
  });

  test('uploads and reads chunks', async () => {
    const chunk = bee.makeContentAddressedChunk(pattern(1000));
    const { reference } = await bee.uploadChunk(BATCH, chunk);
    expect(reference.toHex()).toBe(chunk.address.toHex());
    expect(await bee.downloadChunk(reference)).toEqual(chunk.data);
  });

  test('writes single-owner chunks that our client reads, and reads those that ours writes', async () => {
    const writer = bee.makeSOCWriter(new PrivateKey(SECRET));
    const key = signingKey(Buffer.from(SECRET, 'hex'));
    await writer.upload(BATCH, 'aa'.repeat(32), pattern(77));
    expect(await ours().downloadSoc(key.address, Buffer.from('aa'.repeat(32), 'hex'))).toEqual(pattern(77));
    await ours().uploadSoc(key, Buffer.from('bb'.repeat(32), 'hex'), pattern(4096));
    const { payload, owner } = await bee.makeSOCReader(key.address).download('bb'.repeat(32));
    expect([payload.toUint8Array(), `0x${owner.toHex()}`]).toEqual([pattern(4096), key.address]);
  });

  test('sends its options, texts, many at once, and reads a stream', async () => {
    const { reference, tagUid } = await bee.uploadData(BATCH, 'Grüße', { pin: true, deferred: false, tag: 7, encrypt: false });
    expect([(await bee.downloadData(reference, { fallback: true, timeoutMs: 1000 })).toUtf8(), tagUid]).toEqual(['Grüße', undefined]);
    const many = await Promise.all(Array.from({ length: 20 }, (_, i) => bee.uploadData(BATCH, pattern(4096 * 3 + i))));
    expect(many.map(({ reference: one }) => one.toHex())).toEqual(Array.from({ length: 20 }, (_, i) => referenceOf(pattern(4096 * 3 + i))));
    const stream = (await bee.downloadReadableData(many[3]!.reference)) as unknown as AsyncIterable<Uint8Array>; // in Node, a stream of Node's
    const pieces: Uint8Array[] = [];
    for await (const piece of stream) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(Buffer.from(pattern(4096 * 3 + 3)))).toBe(true);
  });

  test('keeps a feed, of which it names each update', async () => {
    const key = new PrivateKey(SECRET);
    const topic = Topic.fromString('feed');
    const writer = bee.makeFeedWriter(topic, key);
    const { reference } = await bee.uploadData(BATCH, pattern(9000));
    await writer.uploadReference(BATCH, reference, { index: 0 });
    await writer.uploadPayload(BATCH, pattern(5000), { index: 1 });
    const reader = bee.makeFeedReader(topic, key.publicKey().address());
    expect((await reader.downloadReference({ index: 0 })).reference.toHex()).toBe(reference.toHex());
    expect((await reader.downloadPayload({ index: 1 })).payload.toUint8Array()).toEqual(pattern(5000));
    expect([await bee.isFeedRetrievable(key.publicKey().address(), topic, FeedIndex.fromBigInt(1n)), await bee.isFeedRetrievable(key.publicKey().address(), topic, FeedIndex.fromBigInt(2n))]).toEqual([true, false]);
  });

  test('is told that there is nothing', async () => {
    await expect(bee.downloadData('0'.repeat(64))).rejects.toMatchObject({ status: 404 });
    await expect(bee.downloadChunk('0'.repeat(64))).rejects.toMatchObject({ status: 404 });
  });

  test('is not told that something was encrypted or made redundant that was not', async () => {
    await expect(bee.uploadData(BATCH, pattern(10), { encrypt: true })).rejects.toMatchObject({ status: 400 });
    await expect(bee.uploadData(BATCH, pattern(10), { redundancyLevel: 1 })).rejects.toMatchObject({ status: 400 });
  });
});
