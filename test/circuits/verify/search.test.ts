import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findTrue } from '#circuits/verify/search.ts';

/** Searches 0..count-1 for what is not wrong, counting checks. */
function search(count: number, wrong: ReadonlySet<number>) {
  const items = Array.from({ length: count }, (_, i) => i);
  const spent = { alone: 0, together: 0, lanes: 0 };
  const found = findTrue(items, (item) => {
    spent.alone++;
    return !wrong.has(item);
  }, (part) => {
    spent.together++;
    spent.lanes += part.length;
    return part.every((item) => !wrong.has(item));
  });
  return { found, expected: items.filter((item) => !wrong.has(item)), ...spent };
}

describe('findTrue', () => {
  test('finds exactly the true ones, in their order', () => {
    fc.assert(fc.property(fc.nat(80), fc.uniqueArray(fc.nat(79)), (count, wrong) => {
      const { found, expected } = search(count, new Set(wrong));
      expect(found).toEqual(expected);
    }));
  });
  test('checks a batch of true ones once', () => expect(search(64, new Set())).toMatchObject({ alone: 0, together: 1 }));
  test('finds one wrong one among 64 with few checks', () => {
    for (let i = 0; i < 64; i++) {
      const { alone, lanes } = search(64, new Set([i]));
      expect(alone).toBeLessThanOrEqual(4);
      expect(lanes).toBeLessThanOrEqual(3 * 64);
    }
  });
  test('never checks one alone twice, and bounds what someone who spoils proofs can make it cost', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(63)), (wrong) => {
      const { alone, lanes } = search(64, new Set(wrong));
      expect(alone).toBeLessThanOrEqual(64);
      expect(lanes).toBeLessThanOrEqual(3 * 64 + 32);
    }));
  });
});
