import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIST_SIZE, masksOf, type TrustState } from '#passport';
import { publishedList } from '#issuer/status-lists/published.ts';

const trustWith = (words: ReadonlyMap<number, bigint>, latestWords = words) =>
  ({ finalized: { time: 7 }, lists: [{ id: 3, root: 255n, words, latestWords }] }) as unknown as TrustState; // what publishedList reads of it

const isSet = (encodedList: string, index: number): boolean => {
  const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'));
  expect(bits.length * 8).toBe(LIST_SIZE);
  return ((bits[index >> 3]! >> (7 - (index & 7))) & 1) === 1;
};

describe('publishedList', () => {
  test('sets the bits of the blocked entries and no others', async () => {
    await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.nat(LIST_SIZE - 1), { minLength: 1, maxLength: 4 }), fc.nat(LIST_SIZE - 1), async (blocked, other) => {
      const { encodedList } = (await publishedList(trustWith(masksOf(blocked)), 3))!;
      for (const index of blocked) expect(isSet(encodedList, index)).toBe(true);
      expect(isSet(encodedList, other)).toBe(blocked.includes(other));
    }), { numRuns: 10 });
  });

  test('shows an entry as blocked as soon as the latest block blocks it', async () => {
    const { encodedList, root, asOf } = (await publishedList(trustWith(new Map(), masksOf([1000])), 3))!;
    expect([isSet(encodedList, 1000), root, asOf]).toEqual([true, '0xff', 7]);
  });

  test('knows no other list', async () => expect(await publishedList(trustWith(new Map()), 4)).toBeUndefined());
});
