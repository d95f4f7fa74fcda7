import fc from 'fast-check';
import { buildEddsa } from 'circomlibjs';
import { describe, expect, test } from 'vitest';
import { FIELD_ORDER, SUBGROUP_ORDER, assertClaimsKey, createClaimsKeyPair, signClaims, verifyClaimsSignature, type FieldElement } from '#passport';
import { anyField } from './samples.ts';

const pair = createClaimsKeyPair(new Uint8Array(32).fill(7));
const message = 1234567890123456789n as FieldElement;
const signature = signClaims(message, pair);

describe('signClaims', () => {
  test('makes signatures that circomlibjs accepts', async () => {
    const eddsa = await buildEddsa();
    const F = eddsa.F;
    await fc.assert(fc.asyncProperty(anyField, async (m) => {
      const s = signClaims(m, pair);
      expect(eddsa.verifyPoseidon(F.e(m), { R8: [F.e(s.R8x), F.e(s.R8y)], S: s.S }, [F.e(pair.publicKey.x), F.e(pair.publicKey.y)])).toBe(true);
    }), { numRuns: 10 });
  });

  test('is deterministic, and its nonce differs between messages', () => {
    expect(signClaims(message, pair)).toEqual(signature);
    expect(signClaims((message + 1n) as FieldElement, pair).R8x).not.toBe(signature.R8x);
  });
});

describe('verifyClaimsSignature', () => {
  const verify = (change: object, m = message) => verifyClaimsSignature(m, { ...signature, ...change }, pair.publicKey);

  test('accepts the signature', () => expect(verify({})).toBe(true));
  test('refuses another message', () => expect(verify({}, (message + 1n) as FieldElement)).toBe(false));
  test('refuses the alias of the message that is r larger', () => expect(() => verify({}, (message + FIELD_ORDER) as FieldElement)).not.toThrow());
  test('refuses S + l, the malleable twin', () => expect(verify({ S: signature.S + SUBGROUP_ORDER })).toBe(false));
  test('refuses a negative S', () => expect(verify({ S: signature.S - SUBGROUP_ORDER })).toBe(false));
  test('refuses R8 = (0, 0), which is not on the curve', () => expect(verify({ R8x: 0n, R8y: 0n })).toBe(false));
  test('refuses R8 moved by the point of order 2', () => expect(verify({ R8x: FIELD_ORDER - signature.R8x, R8y: FIELD_ORDER - signature.R8y })).toBe(false));
  test('refuses another key', () => {
    const other = createClaimsKeyPair(new Uint8Array(32).fill(8));
    expect(verifyClaimsSignature(message, signature, other.publicKey)).toBe(false);
  });
  test('refuses the identity as key', () => {
    expect(verifyClaimsSignature(message, { R8x: 0n as FieldElement, R8y: 1n as FieldElement, S: 0n }, { x: 0n as FieldElement, y: 1n as FieldElement })).toBe(false);
  });
});

describe('assertClaimsKey', () => {
  test('accepts a key', () => expect(() => assertClaimsKey(pair.publicKey)).not.toThrow());
  test.each([
    ['(0, 0), off the curve', 0n, 0n],
    ['the identity', 0n, 1n],
    ['the point of order 2', 0n, FIELD_ORDER - 1n],
    ['a key moved by the point of order 2', FIELD_ORDER - pair.publicKey.x, FIELD_ORDER - pair.publicKey.y],
  ])('refuses %s', (_name, x, y) => {
    expect(() => assertClaimsKey({ x: x as FieldElement, y: y as FieldElement })).toThrowError(expect.objectContaining({ code: 'point-invalid' }));
  });
});
