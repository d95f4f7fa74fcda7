import { buildPoseidonReference } from 'circomlibjs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELD_ORDER } from '#passport';
import { P16, P2, P3, P4, P5, P8 } from '#passport/poseidon.ts';
import { createPoseidon } from '#passport/poseidon/hash.ts';
import { anyField } from './samples.ts';

const reference = await buildPoseidonReference();
const expected = (inputs: readonly bigint[]) => reference.F.toObject(reference(inputs));
const TOP = FIELD_ORDER - 1n;
const counted = (inputs: number) => Array.from({ length: inputs }, (_, i) => BigInt(i + 1));
const widths = Array.from({ length: 16 }, (_, i) => i + 1);

describe('createPoseidon', () => {
  test.each(widths)('is circomlib’s hash of %i inputs, the outermost elements included', (inputs) => {
    const hash = createPoseidon(inputs);
    for (const fill of [0n, 1n, TOP]) expect(hash(Array<bigint>(inputs).fill(fill))).toBe(expected(Array<bigint>(inputs).fill(fill)));
    expect(hash(counted(inputs))).toBe(expected(counted(inputs)));
    fc.assert(fc.property(fc.array(anyField, { minLength: inputs, maxLength: inputs }), (values) => {
      expect(hash(values)).toBe(expected(values));
    }), { numRuns: 5 });
  });

  test('gives the numbers that circomlib’s own tests have', () => {
    expect(P2(1n, 2n)).toBe(7853200120776062878684798364095072458815029376092732009249414926327459813530n);
    expect(P16(counted(16))).toBe(9989051620750914585850546081941653841776809718687451684622678807385399211877n);
  });

  test('the named hashes take the inputs in order', () => {
    expect(P3(1n, 2n, 3n)).toBe(expected([1n, 2n, 3n]));
    expect(P4(1n, 2n, 3n, 4n)).toBe(expected([1n, 2n, 3n, 4n]));
    expect(P5(1n, 2n, 3n, 4n, 5n)).toBe(expected([1n, 2n, 3n, 4n, 5n]));
    expect(P8(counted(8))).toBe(expected(counted(8)));
  });

  test('refuses another number of inputs: zeros at the end are no padding', () => {
    expect(() => P8(counted(7))).toThrow(TypeError);
    expect(() => P8(counted(9))).toThrow(TypeError);
    expect(() => createPoseidon(0)).toThrow(TypeError);
    expect(() => createPoseidon(17)).toThrow(TypeError);
  });
});
