import fc from 'fast-check';
import { bn254 } from '@noble/curves/bn254.js';
import { describe, expect, test } from 'vitest';
import { BASE_FIELD_ORDER as q, isOnG1, isOnTwist } from '#circuits/curve.ts';
import { assertProofPoints, decodeProof, encodeProof, parseSnarkjsProof, toSnarkjsProof, type Proof } from '#circuits/proof.ts';

const scalar = fc.bigInt({ min: 1n, max: bn254.fields.Fr.ORDER - 1n });

/** A proof's points, made by another library. */
function proofOf(a: bigint, b: bigint, c: bigint): Proof {
  const [pa, pc] = [a, c].map((k) => bn254.G1.Point.BASE.multiply(k).toAffine());
  const pb = bn254.G2.Point.BASE.multiply(b).toAffine();
  return { a: [pa!.x, pa!.y], b: [[pb.x.c0, pb.x.c1], [pb.y.c0, pb.y.c1]], c: [pc!.x, pc!.y] };
}
const PROOF = proofOf(11n, 22n, 33n);
const BYTES = encodeProof(PROOF);
const changed = (change: (bytes: Uint8Array) => void): Uint8Array => {
  const bytes = BYTES.slice();
  change(bytes);
  return bytes;
};
const numberAt = (bytes: Uint8Array, offset: number, value: bigint) => {
  for (let i = 31; i >= 0; i--, value >>= 8n) bytes[offset + i] = Number(value & 0xffn);
};

describe('encodeProof and decodeProof', () => {
  test('give back every proof', () => {
    fc.assert(fc.property(scalar, scalar, scalar, (a, b, c) => {
      const proof = proofOf(a, b, c);
      const bytes = encodeProof(proof);
      expect(bytes).toHaveLength(128);
      expect(decodeProof(bytes)).toEqual(proof);
    }), { numRuns: 40 });
  });

  test('tell a point from its negative by one bit', () => {
    const negated = encodeProof({ ...PROOF, a: [PROOF.a[0], q - PROOF.a[1]] });
    expect(negated.map((byte, i) => byte ^ BYTES[i]!)).toEqual(Uint8Array.from({ length: 128 }, (_, i) => (i === 0 ? 0x80 : 0)));
  });

  test('have one form for a proof: whatever decodes, encodes to the same bytes', () => {
    fc.assert(fc.property(fc.nat(127), fc.integer({ min: 1, max: 255 }), (at, difference) => {
      const bytes = changed((b) => { b[at]! ^= difference; });
      let proof: Proof;
      try {
        proof = decodeProof(bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^(point-invalid|proof-malformed)$/) });
        return;
      }
      expect(encodeProof(proof)).toEqual(bytes);
      expect(proof).not.toEqual(PROOF);
    }), { numRuns: 150 });
  });

  test.each([
    ['a byte short', BYTES.slice(1), 'proof-malformed'],
    ['a byte long', new Uint8Array(129), 'proof-malformed'],
    ['the unused bit of A', changed((b) => { b[0]! |= 0x40; }), 'proof-malformed'],
    ['the unused bit of B\'s imaginary part', changed((b) => { b[32]! |= 0x40; }), 'proof-malformed'],
    ['the sign bit of B\'s real part', changed((b) => { b[64]! |= 0x80; }), 'proof-malformed'],
    ['x = q', changed((b) => numberAt(b, 0, q)), 'point-invalid'],
    ['x + q, the same point in other bytes', changed((b) => numberAt(b, 96, q + 1n)), 'point-invalid'],
    ['all zero: no point at infinity', new Uint8Array(128), 'point-invalid'],
  ])('decodeProof refuses %s', (_, bytes, code) => {
    expect(() => decodeProof(bytes)).toThrow(expect.objectContaining({ code }));
  });

  test('decodeProof refuses an x that no point has', () => {
    const none = Array.from({ length: 20 }, (_, i) => BigInt(i)).filter((x) => {
      try {
        decodeProof(changed((b) => numberAt(b, 96, x)));
        return false;
      } catch {
        return true;
      }
    });
    expect(none.length).toBeGreaterThan(3);
    expect(none).not.toContain(1n); // (1, 2) is the generator
  });

  test('encodeProof refuses a coordinate of x + q and a point off the curve', () => {
    expect(() => encodeProof({ ...PROOF, a: [PROOF.a[0] + q, PROOF.a[1]] })).toThrow(expect.objectContaining({ code: 'point-invalid', field: 'proof.a' }));
    expect(() => encodeProof({ ...PROOF, c: [PROOF.c[0], PROOF.c[1] + 1n] })).toThrow(expect.objectContaining({ code: 'point-invalid', field: 'proof.c' }));
    const [[x0, x1], y] = PROOF.b;
    expect(() => assertProofPoints({ ...PROOF, b: [[x1, x0], y] })).toThrow(expect.objectContaining({ code: 'point-invalid', field: 'proof.b' }));
  });
});

describe('parseSnarkjsProof', () => {
  test('reads what toSnarkjsProof writes', () => {
    expect(parseSnarkjsProof(toSnarkjsProof(PROOF))).toEqual(PROOF);
  });

  test.each([
    ['hexadecimal', { pi_a: ['0x1', '2', '1'] }], ['leading zeros', { pi_a: ['01', '2', '1'] }], ['an exponent', { pi_a: ['1e3', '2', '1'] }],
    ['a negative', { pi_a: ['-1', '2', '1'] }], ['a number', { pi_a: [1, 2, 1] }], ['no B', { pi_b: undefined }], ['nothing', undefined],
  ])('refuses %s', (_, change) => {
    const input = change === undefined ? null : { ...toSnarkjsProof(PROOF), ...change };
    expect(() => parseSnarkjsProof(input)).toThrow(expect.objectContaining({ code: 'proof-malformed' }));
  });

  test('refuses a coordinate that is not below q', () => {
    const input = { ...toSnarkjsProof(PROOF), pi_a: [`${PROOF.a[0] + q}`, `${PROOF.a[1]}`, '1'] };
    expect(() => parseSnarkjsProof(input)).toThrow(expect.objectContaining({ code: 'point-invalid' }));
  });
});

describe('isOnG1 and isOnTwist', () => {
  test('agree with another library on its multiples of the generators', () => {
    fc.assert(fc.property(scalar, (k) => {
      const { a, b } = proofOf(k, k, 1n);
      expect(isOnG1(a) && isOnTwist(b)).toBe(true);
      expect(isOnG1([a[1], a[0]]) || isOnTwist([b[1], b[0]])).toBe(false);
    }), { numRuns: 20 });
  });
});
