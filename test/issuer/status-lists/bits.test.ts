import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StatusList } from '@sd-jwt/jwt-status-list';
import { deflateSync } from 'node:zlib';
import { blockedBits, suspendedBits, tokenStatuses } from '#issuer/status-lists/bits.ts';
import { LIST_SIZE, masksOf } from '#passport';

const index = fc.integer({ min: 0, max: LIST_SIZE - 1 });
const few = fc.uniqueArray(index, { maxLength: 12 });
const has = (bits: Uint8Array, at: number) => ((bits[at >> 3]! >> (7 - (at & 7))) & 1) === 1;

describe('bits of a status list', () => {
  test('are set for what the final or the latest block blocks, and for nothing else', () => {
    fc.assert(fc.property(few, few, (final, latest) => {
      const bits = blockedBits({ words: masksOf(final), latestWords: masksOf(latest) });
      for (const at of [...final, ...latest]) expect(has(bits, at)).toBe(true);
      expect(bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)).toBe(new Set([...final, ...latest]).size);
    }), { numRuns: 30 });
  });

  test('of a suspension: what is suspended, and what only the final block still blocks; never what is revoked', () => {
    const list = { words: masksOf([1, 2, 500_000]), latestWords: masksOf([2, 3, 4]), suspended: masksOf([3, 9]) };
    const bits = suspendedBits(list);
    expect([1, 2, 3, 4, 9, 500_000].map((at) => has(bits, at))).toEqual([true, false, true, false, false, true]);
  });

  test('as two bits an entry, as the library of others reads them', () => {
    const list = { words: masksOf([0, 5, LIST_SIZE - 1]), latestWords: masksOf([5, 6, LIST_SIZE - 1]), suspended: masksOf([6]) };
    const read = StatusList.decompressStatusList(deflateSync(tokenStatuses(list)).toString('base64url'), 2);
    expect([0, 4, 5, 6, LIST_SIZE - 1].map((at) => read.getStatus(at))).toEqual([2, 0, 1, 2, 1]);
  });
});
