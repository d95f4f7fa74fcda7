import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport';
import { signingKey } from '#records/model/keys/derive.ts';
import type { Address } from '#records/model/members.ts';
import type { Reference } from '#records/model/record.ts';
import { chunkAddress, createBmt } from '#records/model/swarm/bmt.ts';
import { encodeChunk, verifyChunk } from '#records/model/swarm/chunk.ts';
import { openData, type FetchChunk } from '#records/model/swarm/join.ts';
import { createFastKeccak, createKeccak, createPlainKeccak } from '#records/model/swarm/keccak.ts';
import { createSoc, encodeSoc, parseSoc, socReference, verifySoc } from '#records/model/swarm/soc.ts';
import { createSplitter, referenceOf } from '#records/model/swarm/split.ts';

const pattern = (length: number) => Uint8Array.from({ length }, (_, index) => index % 255);
const invalid = expect.objectContaining({ code: 'chunk-invalid' });

/** A storage in memory, as honest as its test lets it be. */
function stored(bytes: Uint8Array) {
  const chunks = new Map<Reference, Uint8Array>();
  const splitter = createSplitter((chunk) => chunks.set(chunk.reference, encodeChunk(chunk)));
  splitter.write(bytes);
  const reference = splitter.finish();
  const asked: Reference[] = [];
  const fetchChunk = async (one: Reference) => {
    asked.push(one);
    const found = chunks.get(one);
    if (!found) throw new HealthpassError('chunk-unknown', 'it is not here');
    return found;
  };
  return { reference, chunks, asked, fetchChunk };
}
async function joined(reference: Reference, fetchChunk: FetchChunk): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await openData(reference, fetchChunk)).pieces()) pieces.push(piece);
  return Buffer.concat(pieces);
}
/** Puts a chunk of any span and payload in, under the address that it has. */
function plant(chunks: Map<Reference, Uint8Array>, span: number, payload: Uint8Array): Reference {
  const reference = bytesToHex(chunkAddress(span, payload)) as Reference;
  chunks.set(reference, encodeChunk({ span, payload }));
  return reference;
}

describe('referenceOf', () => {
  test.each([
    ['hello world', utf8ToBytes('hello world'), '92672a471f4419b255d7cb0cf313474a6f5856fb347c5ece85fb706d644b630f'],
    ['nothing', new Uint8Array(), 'b34ca8c22b9e982354f9c7f50b470d66db428d880c8a904d5fe4ec9713171526'],
    ['31 bytes', pattern(31), 'ece86edb20669cc60d142789d464d57bdf5e33cb789d443f608cbd81cfa5697d'],
    ['one chunk', pattern(4096), 'c10090961e7682a10890c334d759a28426647141213abda93b096b892824d2ef'],
    ['a chunk and 31 bytes', pattern(4127), '91699c83ed93a1f87e326a29ccd8cc775323f9e7260035a5f014c975c5f3cd28'],
    ['128 chunks', pattern(128 * 4096), '3047d841077898c26bbe6be652a2ec590a5d9bd7cd45d290ea42511b48753c09'],
    ['129 chunks, of which the last dangles', pattern(129 * 4096), 'b8e1804e37a064d28d161ab5f256cc482b1423d5cd0a6b30fde7b0f51ece9199'],
  ])('is the published one for %s', (_, bytes, reference) => {
    expect(referenceOf(bytes)).toBe(reference);
  });
});

/** Worked out plainly, from the definition. */
function plainAddress(span: number, payload: Uint8Array): Uint8Array {
  let level = Array.from({ length: 128 }, (_, index) => Uint8Array.from({ length: 32 }, (__, at) => payload[index * 32 + at] ?? 0));
  while (level.length > 1) level = Array.from({ length: level.length / 2 }, (_, index) => keccak_256(Uint8Array.of(...level[2 * index]!, ...level[2 * index + 1]!)));
  return keccak_256(Uint8Array.of(...encodeChunk({ span, payload: new Uint8Array() }), ...level[0]!));
}

describe.each([['WebAssembly', createFastKeccak()], ['JavaScript', createPlainKeccak()]])('chunkAddress in %s', (_, keccak) => {
  test('is that of the definition for every length and span, one after the other in the same room', () => {
    const address = createBmt(keccak!);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 4096 }), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (payload, span) => {
      expect(address(span, payload)).toEqual(plainAddress(span, payload));
    }), { numRuns: 30, examples: [0, 1, 32, 33, 64, 65, 96, 2048, 2049, 4064, 4095, 4096].map((length) => [new Uint8Array(length).fill(255), length] as [Uint8Array<ArrayBuffer>, number]) });
  });

  test('takes no more than a chunk', () => {
    expect(() => createBmt(keccak!)(4097, new Uint8Array(4097))).toThrow(RangeError);
  });
});

test('where a page may not use WebAssembly, JavaScript takes its place', () => {
  vi.stubGlobal('WebAssembly', { Module() { throw new Error('refused by the policy of the page'); } });
  try {
    expect(createFastKeccak()).toBeUndefined();
    expect(createBmt(createKeccak())(0, new Uint8Array())).toEqual(plainAddress(0, new Uint8Array()));
  } finally {
    vi.unstubAllGlobals();
  }
});

describe('createSplitter', () => {
  test('comes to the same reference however the data arrive, and its chunks join to the same data', async () => {
    const sizes = fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(4096, 4097, 128 * 4096 - 1, 128 * 4096 + 1, 129 * 4096, 257 * 4096));
    await fc.assert(fc.asyncProperty(sizes, fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 6 }), async (size, steps) => {
      const bytes = pattern(size);
      const chunks = new Map<Reference, Uint8Array>();
      const splitter = createSplitter((chunk) => chunks.set(chunk.reference, encodeChunk(chunk)));
      for (let from = 0, turn = 0; from < size; turn++) {
        const to = from + steps[turn % steps.length]!;
        splitter.write(bytes.subarray(from, to));
        from = to;
      }
      const reference = splitter.finish();
      expect(reference).toBe(referenceOf(bytes));
      expect((await joined(reference, async (one) => chunks.get(one)!)).equals(Buffer.from(bytes))).toBe(true);
    }), { numRuns: 25 });
  });
});

describe('openData', () => {
  test('a storage that swaps two chunks is noticed', async () => {
    const { reference, chunks, fetchChunk } = stored(Uint8Array.from({ length: 3 * 4096 }, (_, index) => index >> 8));
    const [one, other] = [...chunks.keys()];
    const [first, second] = [chunks.get(one!)!, chunks.get(other!)!];
    chunks.set(one!, second).set(other!, first);
    await expect(joined(reference, fetchChunk)).rejects.toEqual(invalid);
  });

  test('a storage that has lost a chunk gives no part for the whole', async () => {
    const { reference, chunks, fetchChunk } = stored(pattern(20_000));
    chunks.delete([...chunks.keys()][2]!);
    await expect(joined(reference, fetchChunk)).rejects.toEqual(expect.objectContaining({ code: 'chunk-unknown' }));
  });

  test('a storage that flips any bit of a chunk is noticed', async () => {
    const { reference, chunks, fetchChunk } = stored(pattern(5000));
    await fc.assert(fc.asyncProperty(fc.constantFrom(...chunks.keys()), fc.nat(), fc.nat(7), async (victim, place, bit) => {
      const good = chunks.get(victim)!;
      const bad = good.slice();
      bad[place % bad.length]! ^= 1 << bit;
      chunks.set(victim, bad);
      await expect(joined(reference, fetchChunk)).rejects.toEqual(invalid);
      chunks.set(victim, good);
    }), { numRuns: 40 });
  });

  test('an oversize span is seen before a second chunk is asked for', async () => {
    const { reference, asked, fetchChunk } = stored(pattern(50_000));
    expect((await openData(reference, fetchChunk)).length).toBe(50_000);
    expect(asked).toEqual([reference]);
  });

  test('a span that the children do not bear out is refused, whoever made the tree', async () => {
    const { chunks, fetchChunk } = stored(pattern(4096));
    const leaf = hexToBytes([...chunks.keys()][0]!);
    const lies = [
      plant(chunks, 8192, leaf), // one child where two must be
      plant(chunks, 4097, Uint8Array.of(...leaf, ...leaf)), // the second holds more than is left
      plant(chunks, 4096, leaf), // a leaf that is shorter than its span
      plant(chunks, 4097, new Uint8Array(33)), // half an address
      plant(chunks, 10, new Uint8Array(11)),
      plant(chunks, 2 ** 52, new Uint8Array()),
    ];
    for (const lie of lies) await expect(joined(lie, fetchChunk)).rejects.toEqual(invalid);
  });

  test('a chunk of a span that no number holds is refused', () => {
    const data = new Uint8Array(12).fill(255);
    expect(() => verifyChunk('00'.repeat(32) as Reference, data)).toThrow(invalid);
  });
});

describe('single-owner chunks', () => {
  const key = signingKey(new Uint8Array(32).fill(7));
  const id = new Uint8Array(32).fill(9);

  test('lie where id and owner say', () => {
    expect(socReference(new Uint8Array(32), '0x8d3766440f0d7b949a5e32995d09619a7f86e632' as Address)).toBe('9d453ebb73b2fedaaf44ceddcf7a0aa37f3e3d6453fea5841c31f0ea6d61dc85');
  });

  test('open to what their owner put in', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 4096 }), (payload) => {
      const soc = createSoc(key, id, payload);
      const read = verifySoc(socReference(id, key.address), encodeSoc(soc));
      expect(read).toEqual(soc);
      expect(read.owner).toBe(key.address);
    }), { numRuns: 10 });
  });

  test('somebody else’s chunk in the place of an owner is refused', () => {
    const foreign = createSoc(signingKey(new Uint8Array(32).fill(8)), id, utf8ToBytes('mine'));
    expect(() => verifySoc(socReference(id, key.address), encodeSoc(foreign))).toThrow(invalid);
  });

  test('another payload under the owner’s signature is refused', () => {
    const data = encodeSoc(createSoc(key, id, utf8ToBytes('mine')));
    for (const place of [0, 40, 96, 97, data.length - 1]) {
      const bad = data.slice();
      bad[place]! ^= 1;
      expect(() => verifySoc(socReference(id, key.address), bad)).toThrow(invalid);
    }
    expect(() => parseSoc(data.subarray(0, 100))).toThrow(invalid);
    expect(() => createSoc(key, new Uint8Array(31), new Uint8Array())).toThrow(TypeError);
    expect(() => createSoc(key, id, new Uint8Array(4097))).toThrow(invalid);
  });
});
