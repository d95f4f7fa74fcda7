// Keys as a patient, a reader and a guardian use them, and as somebody meets them who has the wrong ones.
import fc from 'fast-check';
import { Wallet, hexlify, verifyTypedData } from 'ethers';
import { describe, expect, test } from 'vitest';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { MAX_CONTAINER_BYTES, openRecord, sealRecord } from '#records/model/keys/container.ts';
import { LABELS, accountKey, derive, emergencyKeys, epochKeys, readingKeys, relationshipKey } from '#records/model/keys/derive.ts';
import { epochFor, planEpochs } from '#records/model/keys/epochs.ts';
import { isPublicKey, openWith, sealTo, type PublicKey } from '#records/model/keys/hpke.ts';
import { MAX_RECORD_BYTES, bucketOf } from '#records/model/keys/padding.ts';
import { createRoot, parseRoot, rootFromSignature, type SignTypedData } from '#records/model/keys/root.ts';
import { openRecordKey, sealRecordKey, unwrapEpochKey, unwrapRecordKey, wrapEpochKey, wrapRecordKey, type GrantBinding, type RecordPlace } from '#records/model/keys/wraps.ts';
import type { Address } from '#records/model/members.ts';
import type { RecordId, RecordMeta, Reference } from '#records/model/record.ts';
import { TYPES, offChain } from '#records/model/typed-data.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const root = parseRoot(new Uint8Array(32).fill(1));
const MEMBER = `0x${'44'.repeat(20)}` as Address;
const META: RecordMeta = { id: '0123456789abcdef0123456789abcdef' as RecordId, category: 'results', date: '2026-03-01', author: accountKey(root).address };
const PLACE: RecordPlace = { record: META.id, category: 'results', epoch: 4, reference: 'ab'.repeat(32) as Reference };
const GRANT: GrantBinding = {
  chainId: 31_337, registry: `0x${'11'.repeat(20)}` as Address, owner: relationshipKey(root, 0, MEMBER).address, grant: `0x${'22'.repeat(32)}`, word: `0x${'33'.repeat(32)}`, category: 'results', epoch: 4,
};
const reader = readingKeys(parseRoot(new Uint8Array(32).fill(2)));
const epoch = epochKeys(root, 'results', 4);
const note = utf8ToBytes('potassium 4.1 mmol/L');

describe('rootFromSignature', () => {
  const wallet = new Wallet(accountKey(root).secretKey);
  const sign: SignTypedData = (domain, types, message) => wallet.signTypedData(domain, types as Record<string, { name: string; type: string }[]>, message);

  test('a wallet that signs deterministically has the same root each time, whatever its v is', async () => {
    const first = await rootFromSignature(sign, 1);
    const withLowV: SignTypedData = async (...asked) => (await sign(...asked)).replace(/1b$/, '00').replace(/1c$/, '01');
    expect(await rootFromSignature(withLowV, 1)).toEqual(first);
    expect(await rootFromSignature(sign, 2)).not.toEqual(first);
  });

  test('signs what is meant for this and nothing else', async () => {
    const asked: unknown[] = [];
    await rootFromSignature(async (domain, types, message) => {
      asked.push([domain, Object.keys(types)]);
      const signature = await sign(domain, types, message);
      expect(verifyTypedData(domain, { DeriveKeys: [...TYPES.DeriveKeys] }, message, signature)).toBe(wallet.address);
      return signature;
    }, 1);
    expect(asked).toEqual([[offChain(1), ['DeriveKeys']], [offChain(1), ['DeriveKeys']]]);
  });

  test('a wallet that signs differently each time is refused before its owner is locked out', async () => {
    let turn = 0;
    const unsteady: SignTypedData = async () => hexlify(new Uint8Array(65).fill(++turn));
    await expect(rootFromSignature(unsteady, 1)).rejects.toEqual(code('wallet-unsuitable'));
  });

  test('the signature of a contract is no secret to make keys of', async () => {
    await expect(rootFromSignature(async () => `0x${'ab'.repeat(200)}`, 1)).rejects.toEqual(code('wallet-unsuitable'));
  });
});

describe('derive', () => {
  test('gives each use a key of its own', () => {
    const labels = [LABELS.account, LABELS.reading, LABELS.relationship(0, MEMBER), LABELS.relationship(1, MEMBER), LABELS.relationship(0, `0x${'45'.repeat(20)}` as Address), LABELS.epoch('results', 0), LABELS.epoch('imaging', 0), LABELS.epoch('results', 1), LABELS.emergency(0)];
    expect(new Set(labels.map((label) => bytesToHex(derive(root, label)))).size).toBe(labels.length);
    expect(emergencyKeys(root, 0).publicKey).not.toBe(readingKeys(root).publicKey);
  });

  test('names the addresses that Ethereum names', () => {
    for (const key of [accountKey(root), relationshipKey(root, 3, MEMBER)]) expect(new Wallet(key.secretKey).address.toLowerCase()).toBe(key.address);
  });

  test('is pinned: a change here would lock everybody out', () => {
    expect(accountKey(root).address).toMatchInlineSnapshot(`"0x851fcf7aa8c022874965035c349f446c20f12d42"`);
    expect(relationshipKey(root, 4, MEMBER).address).toMatchInlineSnapshot(`"0xa3c6a8d9c04c0a5c17b73c940d8ac280455081d7"`);
    expect(epochKeys(root, 'results', 4).publicKey).toMatchInlineSnapshot(`"0x72f1402e6f3d24f9cbbf556d4d3b6d54c4be9d53a4290702034ae1bc451b500e"`);
  });
});

describe('sealTo', () => {
  test('opens for whom and for what it was sealed', async () => {
    const sealed = await sealTo(reader.publicKey, note, { kind: 'card', relationship: 'a' }, { more: 1 });
    expect(await openWith(reader, sealed, { relationship: 'a', kind: 'card' }, { more: 1 })).toEqual(note);
    await expect(openWith(epoch, sealed, { kind: 'card', relationship: 'a' }, { more: 1 })).rejects.toEqual(code('sealed-invalid'));
    await expect(openWith(reader, sealed, { kind: 'card', relationship: 'b' }, { more: 1 })).rejects.toEqual(code('sealed-invalid'));
    await expect(openWith(reader, sealed, { kind: 'card', relationship: 'a' })).rejects.toEqual(code('sealed-invalid'));
  });

  test('a key that is no point, or the neutral one, is not sealed to', async () => {
    await expect(sealTo(`0x${'00'.repeat(32)}` as PublicKey, note, 'test')).rejects.toEqual(code('sealed-invalid'));
    await expect(sealTo('0x12' as PublicKey, note, 'test')).rejects.toEqual(code('sealed-invalid'));
    expect(isPublicKey('0x12')).toBe(false);
    expect(isPublicKey(reader.publicKey)).toBe(true);
  });

  test('rubbish does not open', async () => {
    for (const rubbish of ['', 'AAAA', '%', 'A'.repeat(200)]) await expect(openWith(reader, rubbish, 'test')).rejects.toEqual(code('sealed-invalid'));
  });
});

describe('sealRecord', () => {
  test('opens to the same bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 6000 }), async (plaintext) => {
      const { key, container } = await sealRecord(META, plaintext);
      expect(await openRecord(key, META, container)).toEqual(plaintext);
    }), { numRuns: 25 });
  });

  test('a nonce cannot be used twice under one key: both are made anew for each record', async () => {
    const [one, other] = [await sealRecord(META, note), await sealRecord(META, note)];
    expect(one.key).not.toEqual(other.key);
    expect(one.container.slice(1, 13)).not.toEqual(other.container.slice(1, 13));
    expect(sealRecord).toHaveLength(2);
  });

  test('tells of its length only a step', async () => {
    const lengths = await Promise.all([0, 1, 1500, 4063, 4064, 8159, 8160].map(async (size) => (await sealRecord(META, new Uint8Array(size))).container.length));
    expect(lengths).toEqual([4096, 4096, 4096, 4096, 8192, 8192, 16_384]);
    fc.assert(fc.property(fc.integer({ min: 0, max: MAX_RECORD_BYTES }), (size) => {
      expect(bucketOf(size)).toBeGreaterThanOrEqual(size + 4);
      if (size > 600_000) expect(bucketOf(size) / size).toBeLessThan(1.13);
    }));
    expect(MAX_CONTAINER_BYTES).toBeLessThan(MAX_RECORD_BYTES * 1.13);
  });

  test('a record that is too long is not sealed', async () => {
    await expect(sealRecord(META, new Uint8Array(MAX_RECORD_BYTES + 1))).rejects.toEqual(code('text-too-long'));
  });

  test('ciphertexts that are swapped between records, categories, dates or authors do not open', async () => {
    const { key, container } = await sealRecord(META, note);
    const elsewhere: readonly Partial<RecordMeta>[] = [{ id: 'f'.repeat(32) as RecordId }, { category: 'sensitive' }, { date: '2026-03-02' }, { author: 'patient' }];
    for (const other of elsewhere) await expect(openRecord(key, { ...META, ...other }, container)).rejects.toEqual(code('sealed-invalid'));
  });

  test('ciphertexts that are swapped between patients do not open: each record has a key of its own', async () => {
    const [mine, theirs] = [await sealRecord(META, note), await sealRecord(META, note)];
    await expect(openRecord(mine.key, META, theirs.container)).rejects.toEqual(code('sealed-invalid'));
  });

  test('a truncated container, and one with a flipped tag, do not open', async () => {
    const { key, container } = await sealRecord(META, note);
    for (const length of [0, 1, 12, 28, 29, container.length - 1]) await expect(openRecord(key, META, container.subarray(0, length))).rejects.toEqual(code('sealed-invalid'));
    for (const place of [1, 13, 2000, container.length - 1]) {
      const flipped = container.slice();
      flipped[place]! ^= 1;
      await expect(openRecord(key, META, flipped)).rejects.toEqual(code('sealed-invalid'));
    }
  });

  test('a container of a newer version is told from a damaged one', async () => {
    const { key, container } = await sealRecord(META, note);
    container[0] = 2;
    await expect(openRecord(key, META, container)).rejects.toEqual(code('record-newer'));
    container[0] = 0;
    await expect(openRecord(key, META, container)).rejects.toEqual(code('sealed-invalid'));
  });
});

describe('wraps', () => {
  test('who writes needs no key to read; who is given the epoch reads', async () => {
    const { key, container } = await sealRecord(META, note);
    const sealedKey = await sealRecordKey(epoch.publicKey, key, PLACE);
    const wrap = await wrapEpochKey(reader.publicKey, epoch, GRANT);
    const unwrapped = await unwrapEpochKey(reader, wrap, GRANT, epoch.publicKey);
    expect(await openRecord(await openRecordKey(unwrapped, sealedKey, PLACE), META, container)).toEqual(note);
  });

  test('the key of one record opens that record alone', async () => {
    const { key, container } = await sealRecord(META, note);
    const wrap = await wrapRecordKey(reader.publicKey, key, GRANT, META.id);
    expect(await openRecord(await unwrapRecordKey(reader, wrap, GRANT, META.id), META, container)).toEqual(note);
    await expect(unwrapRecordKey(reader, wrap, GRANT, 'f'.repeat(32) as RecordId)).rejects.toEqual(code('sealed-invalid'));
  });

  test('a wrap that is replayed for another grant, word, owner, chain, category or epoch does not open', async () => {
    const { key } = await sealRecord(META, note);
    const [wrap, recordWrap] = [await wrapEpochKey(reader.publicKey, epoch, GRANT), await wrapRecordKey(reader.publicKey, key, GRANT, META.id)];
    const others: readonly Partial<GrantBinding>[] = [
      { grant: `0x${'23'.repeat(32)}` }, { word: `0x${'34'.repeat(32)}` }, { owner: relationshipKey(root, 1, MEMBER).address }, { chainId: 1 }, { registry: GRANT.owner }, { category: 'imaging' }, { epoch: 5 },
    ];
    for (const other of others) {
      await expect(unwrapEpochKey(reader, wrap, { ...GRANT, ...other }, epoch.publicKey)).rejects.toEqual(code('sealed-invalid'));
      await expect(unwrapRecordKey(reader, recordWrap, { ...GRANT, ...other }, META.id)).rejects.toEqual(code('sealed-invalid'));
    }
    await expect(unwrapRecordKey(reader, wrap, GRANT, META.id)).rejects.toEqual(code('sealed-invalid'));
  });

  test('a record key that is moved to another record, epoch or ciphertext does not open', async () => {
    const { key } = await sealRecord(META, note);
    const sealedKey = await sealRecordKey(epoch.publicKey, key, PLACE);
    for (const other of [{ record: 'f'.repeat(32) as RecordId }, { epoch: 5 }, { category: 'imaging' as const }, { reference: 'cd'.repeat(32) as Reference }]) {
      await expect(openRecordKey(epoch, sealedKey, { ...PLACE, ...other })).rejects.toEqual(code('sealed-invalid'));
    }
  });

  test('a revoked reader with the old epoch key cannot open a newer record', async () => {
    const next = epochKeys(root, 'results', 5);
    const { key } = await sealRecord(META, note);
    const sealedKey = await sealRecordKey(next.publicKey, key, { ...PLACE, epoch: 5 });
    const old = await unwrapEpochKey(reader, await wrapEpochKey(reader.publicKey, epoch, GRANT), GRANT, epoch.publicKey);
    await expect(openRecordKey(old, sealedKey, { ...PLACE, epoch: 5 })).rejects.toEqual(code('sealed-invalid'));
    await expect(openRecordKey(old, sealedKey, PLACE)).rejects.toEqual(code('sealed-invalid'));
  });

  test('an epoch key that is not the one its owner published is refused', async () => {
    const wrap = await wrapEpochKey(reader.publicKey, epochKeys(root, 'results', 5), GRANT);
    await expect(unwrapEpochKey(reader, wrap, GRANT, epoch.publicKey)).rejects.toEqual(code('sealed-invalid'));
  });
});

describe('epochFor', () => {
  const at = (number: number, since: number) => ({ category: 'results' as const, epoch: number, since, key: epoch.publicKey });

  test('is the highest that has begun', () => {
    const published = [at(1, 100), at(3, 300), at(2, 200)];
    expect(epochFor(published, 'results', 99)).toBeUndefined();
    expect([100, 250, 300].map((now) => epochFor(published, 'results', now)?.epoch)).toEqual([1, 2, 3]);
    expect(epochFor(published, 'imaging', 300)).toBeUndefined();
  });

  test('an epoch published ahead that a revoked reader knows does not come back after the revocation', () => {
    expect(epochFor([at(1, 100), at(2, 500), at(3, 200)], 'results', 600)?.epoch).toBe(3);
  });
});

describe('planEpochs', () => {
  test('nobody holds the key of anything that is written after their access ended', () => {
    const readers = fc.array(fc.record({ reader: fc.nat(99), until: fc.integer({ min: 0, max: 1000 }) }), { maxLength: 8 });
    fc.assert(fc.property(readers, fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1200 }), fc.nat(9), fc.nat(12), (all, now, later, last, least) => {
      const plan = planEpochs({ last, least, now, readers: all });
      expect(plan[0]).toMatchObject({ epoch: Math.max(last + 1, least), since: now });
      const time = now + later;
      const current = epochFor(plan.map((one) => ({ ...one, category: 'results' as const, key: epoch.publicKey })), 'results', time)!;
      expect(current.readers).toEqual(all.filter(({ until }) => until > time).map(({ reader }) => reader));
    }));
  });
});

test('a new root is as random as it is long', () => {
  expect(createRoot()).toHaveLength(32);
  expect(createRoot()).not.toEqual(createRoot());
  expect(() => parseRoot(new Uint8Array(31))).toThrow(TypeError);
});
