import { describe, expect, test } from 'vitest';
import { BASE_FIELD_ORDER } from '#circuits/curve.ts';
import { parseVerifyingKey } from '#circuits/verify/index.ts';
import { HealthpassError } from '#passport/errors.ts';
import { COFACTOR_PRIMES, pointOfOrder, toCoordinates, toPoint } from './cofactor.ts';
import { createToyKey, g2, type SnarkjsKey, toG2Strings } from './toy-key.ts';

const { key } = createToyKey(3);
const codeOf = (input: unknown): string => {
  try {
    parseVerifyingKey(input);
  } catch (error) {
    if (error instanceof HealthpassError) return error.code;
    throw error;
  }
  return 'accepted';
};
const altered = (change: (copy: SnarkjsKey) => void): SnarkjsKey => {
  const copy = structuredClone(key);
  change(copy);
  return copy;
};
const generator = toG2Strings(g2(1n));

describe('parseVerifyingKey', () => {
  test('reads a key as snarkjs writes it', () => {
    const parsed = parseVerifyingKey({ ...key, vk_alphabeta_12: [] });
    expect(parsed.ic).toHaveLength(4);
    expect(parsed.alpha.map(String)).toEqual(key.vk_alpha_1.slice(0, 2));
    expect(parsed.delta.map((pair) => pair.map(String))).toEqual(key.vk_delta_2.slice(0, 2));
  });
  test('takes gamma to be the generator, as snarkjs leaves it', () => {
    expect(codeOf(altered((copy) => (copy.vk_gamma_2 = generator)))).toBe('accepted');
  });

  test.each<[string, (copy: SnarkjsKey) => void]>([
    ['phase 2 skipped: delta is gamma', (copy) => (copy.vk_delta_2 = copy.vk_gamma_2)],
    ['phase 2 skipped: delta is the generator', (copy) => (copy.vk_delta_2 = generator)],
    ['phase 2 skipped: delta and gamma are both the generator', (copy) => (copy.vk_delta_2 = copy.vk_gamma_2 = generator)],
    ['a point of IC too few', (copy) => void copy.IC.pop()],
    ['a point of IC too many', (copy) => void copy.IC.push(copy.IC[0]!)],
    ['a count that is not that of IC', (copy) => void copy.nPublic++],
    ['a count of another type', (copy) => void ((copy.nPublic as unknown) = '3')],
    ['a negative count', (copy) => void Object.assign(copy, { nPublic: -1, IC: [] })],
    ['a count without end', (copy) => void Object.assign(copy, { nPublic: 2 ** 31 })],
    ['another proof system', (copy) => (copy.protocol = 'plonk')],
    ['another curve', (copy) => (copy.curve = 'bls12381')],
    ['an unknown member', (copy) => void Object.assign(copy, { vk_epsilon_2: generator })],
    ['a missing point', (copy) => void Reflect.deleteProperty(copy, 'vk_beta_2')],
    ['a G1 point where a G2 point belongs', (copy) => ((copy.vk_beta_2 as unknown) = copy.vk_alpha_1)],
    ['a point of two coordinates', (copy) => void copy.vk_alpha_1.pop()],
  ])('refuses %s', (_, change) => expect(codeOf(altered(change))).toBe('artifact-mismatch'));

  test.each<[string, unknown]>([['null', null], ['an array', [key]], ['a string', JSON.stringify(key)], ['nothing', undefined], ['an empty object', {}]])(
    'refuses %s', (_, input) => expect(codeOf(input)).toBe('artifact-mismatch'),
  );

  const badCoordinates: [string, (x: string) => unknown][] = [
    ['that is not below q', (x) => `${BigInt(x) + BASE_FIELD_ORDER}`],
    ['in hexadecimal', (x) => `0x${BigInt(x).toString(16)}`],
    ['with a leading zero', (x) => `0${x}`],
    ['with a sign', (x) => `+${x}`],
    ['that is negative', (x) => `${BigInt(x) - BASE_FIELD_ORDER}`],
    ['with an exponent', () => '1e3'],
    ['that is a number', (x) => Number(x)],
    ['that is a bigint', (x) => BigInt(x)],
    ['that leads off the curve', (x) => `${BigInt(x) ^ 1n}`],
    ['of ten thousand digits', () => '1'.repeat(10_000)],
  ];
  test.each(badCoordinates)('refuses a coordinate %s, in G1 and in G2', (_, change) => {
    expect(codeOf(altered((copy) => ((copy.IC[2]![0] as unknown) = change(copy.IC[2]![0]!))))).toBe('point-invalid');
    expect(codeOf(altered((copy) => ((copy.vk_beta_2[1]![0] as unknown) = change(copy.vk_beta_2[1]![0]!))))).toBe('point-invalid');
  });
  test('refuses the point at infinity', () => {
    expect(codeOf(altered((copy) => (copy.vk_alpha_1 = ['0', '1', '0'])))).toBe('point-invalid');
    expect(codeOf(altered((copy) => (copy.IC[1] = ['0', '0', '1'])))).toBe('point-invalid');
    expect(codeOf(altered((copy) => (copy.vk_beta_2 = [['0', '0'], ['1', '0'], ['0', '0']])))).toBe('point-invalid');
  });
  test.each(COFACTOR_PRIMES)('refuses a G2 point off by one of order %d', (prime) => {
    const { x, y } = { x: key.vk_delta_2[0]!.map(BigInt) as [bigint, bigint], y: key.vk_delta_2[1]!.map(BigInt) as [bigint, bigint] };
    const off = toPoint([x, y]).add(pointOfOrder([prime], 3n));
    expect(codeOf(altered((copy) => (copy.vk_delta_2 = toG2Strings(toCoordinates(off)))))).toBe('point-invalid');
  });
});
