import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELD_ORDER, decodeClaims, encodeClaims, hashClaims, type Claims, type FieldElement, type Seconds1900 } from '#passport';
import { anyClaims, sampleClaims } from './samples.ts';

const encodeWith = (change: Partial<Claims>) => () => encodeClaims({ ...sampleClaims, ...change });

describe('encodeClaims', () => {
  test('is inverted by decodeClaims for every vector in range', () => {
    fc.assert(fc.property(anyClaims, (claims) => {
      expect(decodeClaims(encodeClaims(claims))).toEqual(claims);
    }));
  });

  test('writes two different claims as two different vectors', () => {
    fc.assert(fc.property(anyClaims, anyClaims, (a, b) => {
      fc.pre(JSON.stringify(Object.values(a).map(String)) !== JSON.stringify(Object.values(b).map(String)));
      expect(encodeClaims(a)).not.toEqual(encodeClaims(b));
    }));
  });

  test.each([
    ['disease', { disease: 1n << 60n }],
    ['product', { product: 248 }],
    ['dose', { dose: 256 }],
    ['dose', { dose: -1 }],
    ['series', { series: 1.5 }],
    ['eventTime', { eventTime: 2 ** 34 as Seconds1900 }],
    ['test', { test: 16 }],
    ['country', { country: 'es' }],
    ['birthDate', { birthDate: 20001301 }],
    ['birthDate', { birthDate: 20000100 }],
    ['nameDigest', { nameDigest: FIELD_ORDER as FieldElement }],
    ['list', { list: 0 }],
    ['index', { index: 1_015_808 }],
    ['salt', { salt: (1n << 248n) as FieldElement }],
  ] as const)('refuses %s out of its range', (field, change) => {
    expect(encodeWith(change)).toThrowError(expect.objectContaining({ code: 'claims-invalid', field }));
  });
});

describe('decodeClaims', () => {
  test('refuses the kind of another version', () => {
    const vector = encodeClaims(sampleClaims);
    expect(() => decodeClaims([1n, ...vector.slice(1)])).toThrowError(expect.objectContaining({ code: 'claims-invalid', field: 'kind' }));
  });

  test('refuses a vector of fifteen elements', () => {
    expect(() => decodeClaims(encodeClaims(sampleClaims).slice(1))).toThrowError(expect.objectContaining({ code: 'claims-invalid' }));
  });

  test('refuses the alias of an element that is r larger', () => {
    const vector = encodeClaims(sampleClaims).map((value, i) => (i === 10 ? value + FIELD_ORDER : value));
    expect(() => decodeClaims(vector)).toThrowError(expect.objectContaining({ code: 'claims-invalid', field: 'nameDigest' }));
  });
});

describe('hashClaims', () => {
  test('changes with every claim', () => {
    const hash = hashClaims(sampleClaims);
    expect(hashClaims({ ...sampleClaims, index: sampleClaims.index + 1 })).not.toBe(hash);
    expect(hashClaims({ ...sampleClaims, salt: 8n as FieldElement })).not.toBe(hash);
  });
});
