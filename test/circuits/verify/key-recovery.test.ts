import { p256 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKeyRecovery } from '#circuits/verify/index.ts';
import { recoverKey } from '#passport';

const recover = await createKeyRecovery();
const ORDER = p256.Point.CURVE().n;
const digest = new Uint8Array(32).fill(7);
const secretKey = new Uint8Array(32).fill(9);
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const parities = [0, 1] as const;

const number = (value: bigint) => Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'));
const signature = (r: bigint, s: bigint) => Uint8Array.from([...number(r), ...number(s)]);
const sign = (message: Uint8Array, key = secretKey) => {
  const [parity, ...rest] = p256.sign(message, key, { prehash: false, lowS: true, format: 'recovered' });
  return { parity: parity as 0 | 1, signature: Uint8Array.from(rest) };
};

describe('createKeyRecovery', () => {
  test('finds the key of every signature', () => {
    fc.assert(fc.property(bytes, bytes.filter((key) => p256.utils.isValidSecretKey(key)), (message, key) => {
      const made = sign(message, key);
      expect(recover(made.signature, made.parity, message)).toEqual(p256.getPublicKey(key, true));
    }), { numRuns: 20 });
  });

  test('answers as the portable one does, whatever it is given', () => {
    fc.assert(fc.property(bytes, bytes, bytes, fc.constantFrom(...parities), (r, s, message, parity) => {
      const forged = Uint8Array.from([...r, ...s.with(0, s[0]! & 0x7f)]);
      expect(recover(forged, parity, message)).toEqual(recoverKey(forged, parity, message));
    }), { numRuns: 40 });
  });

  const { signature: good, parity } = sign(digest);
  const [r, s] = [BigInt(`0x${Buffer.from(good.subarray(0, 32)).toString('hex')}`), BigInt(`0x${Buffer.from(good.subarray(32)).toString('hex')}`)];
  const edges: [string, Uint8Array][] = [
    ['the malleable twin with a high s', signature(r, ORDER - s)], ['r = 0', signature(0n, s)], ['s = 0', signature(r, 0n)], ['r = n', signature(ORDER, s)],
    ['s = n', signature(r, ORDER)], ['r above the field', signature(2n ** 256n - 1n, s)], ['r between order and field', signature(ORDER + 5n, s)],
    ['a signature cut short', good.subarray(0, 63)], ['a signature with a byte more', Uint8Array.from([...good, 0])],
  ];
  test.each(edges)('finds no key for %s', (_name, forged) => {
    for (const side of parities) {
      expect(recover(forged, side, digest)).toBeUndefined();
      expect(recoverKey(forged, side, digest)).toBeUndefined();
    }
  });

  test('finds no key where r is the x of no point', () => {
    const hasPoint = (x: bigint) => recoverKey(signature(x, 1n), 0, digest) !== undefined;
    const pointless = Array.from({ length: 40 }, (_, i) => BigInt(i + 1)).filter((x) => !hasPoint(x));
    expect(pointless.length).toBeGreaterThan(5);
    for (const x of pointless) expect(recover(signature(x, 1n), 1, digest)).toBeUndefined();
  });

  test.each([0n, 1n, ORDER - 1n, ORDER, ORDER + 1n, 2n ** 256n - 1n])('takes the digest %d as the portable one does', (value) => {
    expect(recover(good, parity, number(value))).toEqual(recoverKey(good, parity, number(value)));
  });

  test('finds no key where it would be the point at infinity', () => {
    // With s·R = h·G, where R = G: s = h.
    const { x, y } = p256.Point.BASE.toAffine();
    const h = 12345n;
    expect(recover(signature(x, h), Number(y & 1n) as 0 | 1, number(h))).toBeUndefined();
    expect(recoverKey(signature(x, h), Number(y & 1n) as 0 | 1, number(h))).toBeUndefined();
  });

  test('doubles where both points are one', () => {
    const { x, y } = p256.Point.BASE.toAffine();
    const odd = Number(y & 1n) as 0 | 1;
    expect(recover(signature(x, 5n), odd, number(ORDER - 5n))).toEqual(recoverKey(signature(x, 5n), odd, number(ORDER - 5n)));
  });

  test('finds another key for the other parity', () => {
    expect(recover(good, parity === 0 ? 1 : 0, digest)).not.toEqual(p256.getPublicKey(secretKey, true));
  });
});
