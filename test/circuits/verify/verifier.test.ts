import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BASE_FIELD_ORDER } from '#circuits/curve.ts';
import { encodeProof, type Proof } from '#circuits/proof.ts';
import { createProofVerifier, parseVerifyingKey } from '#circuits/verify/index.ts';
import { loadEngine } from '#circuits/verify/engine.ts';
import { FIELD_ORDER } from '#passport/field.ts';
import { COFACTOR_PRIMES, pointOfOrder, toCoordinates, toPoint } from './cofactor.ts';
import { createNumbers, createToyKey, g2, passSignals, rerandomise, toG1Strings, toG2Strings } from './toy-key.ts';

const q = BASE_FIELD_ORDER;
const r = FIELD_ORDER;
const number = createNumbers(42n);
const { key, prove } = createToyKey(9);
const verifier = await createProofVerifier(parseVerifyingKey(key), { repeatingSignals: [2, 3, 4, 5, 6, 7] });
const signals = passSignals(number);
const proof = prove(signals);
const bytes = encodeProof(proof);

const changed = (change: (copy: Uint8Array) => void): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  change(copy);
  return copy;
};
const withSignal = (index: number, value: bigint): bigint[] => signals.with(index, value);
const negative = ([x, y]: Proof['a']): Proof['a'] => [x, q - y];

describe('verify', () => {
  test('accepts true proofs, as bytes and as points', () => {
    for (let i = 0; i < 10; i++) {
      const statement = passSignals(number);
      const other = prove(statement);
      expect(verifier.verify(encodeProof(other), statement)).toBe(true);
      expect(verifier.verify(other, statement)).toBe(true);
    }
  });
  test('accepts any signals below r: zero, one, r - 1, all alike', async () => {
    for (const value of [0n, 1n, 31n, 32n, 33n, 63n, 64n, 2n ** 48n - 1n, 2n ** 253n, r - 1n, r - 32n]) {
      const statement = signals.map(() => value);
      expect(verifier.verify(prove(statement), statement)).toBe(true);
      expect(verifier.verify(proof, statement)).toBe(false);
    }
  });
  test.each([0, 1, 2, 15, 16, 17, 40])('accepts a true proof of %d signals and refuses one of others', async (count) => {
    const toy = createToyKey(count, BigInt(count));
    const own = await createProofVerifier(parseVerifyingKey(toy.key));
    const statements = Array.from({ length: 5 }, () => {
      const values = Array.from({ length: count }, number);
      return { proof: toy.prove(values), signals: values };
    });
    expect(own.verify(statements[0]!.proof, statements[0]!.signals)).toBe(true);
    expect(own.verifyBatch(statements)).toEqual(statements.map(() => true));
    const shifted = statements.map(({ proof }, i) => ({ proof, signals: statements[(i + 1) % 5]!.signals }));
    expect(own.verifyBatch(shifted)).toEqual(shifted.map(() => count === 0));
    own.free();
  });
  test('accepts signals whose sum is the point at infinity', async () => {
    const toy = createToyKey(1, 9n);
    const own = await createProofVerifier(parseVerifyingKey(toy.key));
    const inverse = (value: bigint): bigint => {
      let result = 1n;
      for (const bit of (r - 2n).toString(2)) result = ((result * result) % r) * (bit === '1' ? value : 1n) % r;
      return result;
    };
    const signal = ((r - toy.ic[0]!) * inverse(toy.ic[1]!)) % r;
    const statement = { proof: toy.prove([signal]), signals: [signal] };
    expect(own.verify(statement.proof, [signal])).toBe(true);
    expect(own.verify(statement.proof, [signal + 1n])).toBe(false);
    expect(own.verifyBatch([statement, statement, statement, statement, statement])).toEqual([true, true, true, true, true]);
    own.free();
  });
  test('accepts the re-randomised proof that anyone can make of a true one: proofs are not identifiers', () => {
    const other = rerandomise(proof, 0xabcdefn);
    expect(encodeProof(other)).not.toEqual(bytes);
    expect(verifier.verify(other, signals)).toBe(true);
  });
});

describe('verify refuses points', () => {
  test.each<[string, Proof]>([
    ['A negated', { ...proof, a: negative(proof.a) }],
    ['C negated', { ...proof, c: negative(proof.c) }],
    ['B negated', { ...proof, b: [proof.b[0], [q - proof.b[1][0], q - proof.b[1][1]]] }],
    ['A and C swapped', { ...proof, a: proof.c, c: proof.a }],
    ['A of another proof', { ...proof, a: prove(signals).a }],
    ['B of another proof', { ...proof, b: prove(signals).b }],
    ['C of another proof', { ...proof, c: prove(signals).c }],
    ['x and y of A swapped', { ...proof, a: [proof.a[1], proof.a[0]] }],
    ['c0 and c1 of B swapped', { ...proof, b: [[proof.b[0][1], proof.b[0][0]], [proof.b[1][1], proof.b[1][0]]] }],
    ['x and y of B swapped', { ...proof, b: [proof.b[1], proof.b[0]] }],
    ['A at infinity', { ...proof, a: [0n, 0n] }],
    ['B at infinity', { ...proof, b: [[0n, 0n], [0n, 0n]] }],
    ['C at infinity', { ...proof, c: [0n, 0n] }],
    ['C at infinity as (0, 1)', { ...proof, c: [0n, 1n] }],
    ['all at infinity', { a: [0n, 0n], b: [[0n, 0n], [0n, 0n]], c: [0n, 0n] }],
    ['A off the curve', { ...proof, a: [proof.a[0], proof.a[1] ^ 1n] }],
    ['B off the twist', { ...proof, b: [proof.b[0], [proof.b[1][0] ^ 1n, proof.b[1][1]]] }],
    ['C off the curve', { ...proof, c: [proof.c[0] ^ 1n, proof.c[1]] }],
    ['x of A not below q (another encoding of the same point)', { ...proof, a: [proof.a[0] + q, proof.a[1]] }],
    ['y of A not below q', { ...proof, a: [proof.a[0], proof.a[1] + q] }],
    ['x.c0 of B not below q', { ...proof, b: [[proof.b[0][0] + q, proof.b[0][1]], proof.b[1]] }],
    ['y.c1 of B not below q', { ...proof, b: [proof.b[0], [proof.b[1][0], proof.b[1][1] + q]] }],
    ['y of C beyond 256 bits', { ...proof, c: [proof.c[0], proof.c[1] + (q << 8n)] }],
    ['a negative x', { ...proof, a: [proof.a[0] - q, proof.a[1]] }],
    ['a negative y', { ...proof, c: [proof.c[0], -proof.c[1]] }],
  ])('%s', (_, bad) => {
    expect(verifier.verify(bad, signals)).toBe(false);
    expect(verifier.verifyBatch([{ proof: bad, signals }, { proof, signals }])).toEqual([false, true]);
  });
  test.each(COFACTOR_PRIMES)('B off by a point of order %d: on the twist, outside the subgroup', (prime) => {
    const off = toCoordinates(toPoint(proof.b).add(pointOfOrder([prime], 8n)));
    expect(verifier.verify({ ...proof, b: off }, signals)).toBe(false);
    expect(verifier.verify(encodeProof({ ...proof, b: off }), signals)).toBe(false);
  });
  test('B of small order', () => {
    for (const prime of COFACTOR_PRIMES) expect(verifier.verify({ ...proof, b: toCoordinates(pointOfOrder([prime], 2n)) }, signals)).toBe(false);
  });
  test.each<[string, unknown]>([
    ['nothing in it', {}],
    ['B missing', { a: proof.a, c: proof.c }],
    ['null for a point', { ...proof, a: null }],
    ['a string for a point', { ...proof, c: '12' }],
    ['one coordinate', { ...proof, a: [proof.a[0]] }],
    ['three coordinates, as snarkjs writes them', { ...proof, a: [...proof.a, 1n] }],
    ['B flattened', { ...proof, b: proof.b.flat() }],
    ['B nested deeper', { ...proof, b: [proof.b] }],
    ['decimal strings', { ...proof, a: proof.a.map(String) }],
    ['hexadecimal strings', { ...proof, a: proof.a.map((x) => `0x${x.toString(16)}`) }],
    ['numbers', { ...proof, a: [1, 2] }],
    ['not a number', { ...proof, a: [Number.NaN, 2n] }],
    ['coordinates of another type', { ...proof, b: [[null, undefined], [{}, []]] }],
    ['an ordinary array of bytes', [...bytes]],
  ])('%s', (_, bad) => expect(verifier.verify(bad as Proof, signals)).toBe(false));
});

describe('verify refuses bytes', () => {
  const put = (offset: number, value: bigint) => changed((copy) => copy.set(Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex')), offset));
  test.each<[string, Uint8Array]>([
    ['empty', new Uint8Array()],
    ['truncated', bytes.subarray(0, 127)],
    ['one too many', Uint8Array.from([...bytes, 0])],
    ['all zero', new Uint8Array(128)],
    ['all ones', new Uint8Array(128).fill(255)],
    ['the sign of A flipped', changed((copy) => (copy[0]! ^= 0x80))],
    ['the sign of B flipped', changed((copy) => (copy[32]! ^= 0x80))],
    ['the sign of C flipped', changed((copy) => (copy[96]! ^= 0x80))],
    ['the bit for infinity set on A', changed((copy) => (copy[0]! |= 0x40))],
    ['the bit for infinity set on B', changed((copy) => (copy[32]! |= 0x40))],
    ['the bit for infinity set on C', changed((copy) => (copy[96]! |= 0x40))],
    ['a sign on the second half of B', changed((copy) => (copy[64]! |= 0x80))],
    ['the other flag on the second half of B', changed((copy) => (copy[64]! |= 0x40))],
    ['A at infinity', changed((copy) => copy.fill(0, 0, 32).fill(0x40, 0, 1))],
    ['B at infinity', changed((copy) => copy.fill(0, 32, 96).fill(0x40, 32, 33))],
    ['halves of B swapped', changed((copy) => copy.set([...bytes.subarray(64, 96), ...bytes.subarray(32, 64)], 32))],
    ['A and C swapped', changed((copy) => copy.set([...bytes.subarray(96), ...bytes.subarray(32, 96), ...bytes.subarray(0, 32)]))],
    ['little endian', bytes.toReversed()],
    ['x of A equal to q', put(0, q)],
    ['x.c1 of B equal to q', put(32, q)],
    ['x.c0 of B equal to q', put(64, q)],
    ['x of C the greatest of 254 bits', put(96, 2n ** 254n - 1n)],
  ])('%s', (_, bad) => expect(verifier.verify(bad, signals)).toBe(false));

  test('any change of any bits', () => {
    const flips = fc.uniqueArray(fc.nat(8 * 128 - 1), { minLength: 1, maxLength: 6 });
    fc.assert(fc.property(flips, (positions) => {
      const mutated = changed((copy) => positions.forEach((position) => (copy[position >> 3]! ^= 1 << (position & 7))));
      expect(verifier.verify(mutated, signals)).toBe(false);
    }), { numRuns: 300 });
  });
  test('any other 128 bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 128, maxLength: 128 }), (random) => {
      for (const offset of [0, 32, 64, 96]) random[offset]! &= offset === 64 ? 0x3f : 0xbf;
      expect(verifier.verify(random, signals)).toBe(false);
    }), { numRuns: 300 });
  });
});

describe('verify refuses signals', () => {
  const small = 6;
  test.each<[string, readonly bigint[]]>([
    ['another value', withSignal(8, signals[8]! + 1n)],
    ['zero for a value', withSignal(8, 0n)],
    ['a value for zero', withSignal(0, 1n)],
    ['alias + r', withSignal(small, signals[small]! + r)],
    ['alias + 2r', withSignal(small, signals[small]! + 2n * r)],
    ['alias - r', withSignal(small, signals[small]! - r)],
    ['alias of zero: r', withSignal(0, r)],
    ['beyond 256 bits', withSignal(small, signals[small]! + (r << 10n))],
    ['alias + 2^256', withSignal(small, signals[small]! + 2n ** 256n)],
    ['negative', withSignal(small, -signals[small]!)],
    ['one too few', signals.slice(0, -1)],
    ['one too many', [...signals, 0n]],
    ['none', []],
    ['another order', signals.toReversed()],
    ['two neighbours swapped', signals.with(2, signals[3]!).with(3, signals[2]!)],
  ])('%s', (_, bad) => {
    expect(verifier.verify(bytes, bad)).toBe(false);
    expect(verifier.verifyBatch([{ proof: bytes, signals: bad }, { proof: bytes, signals }])).toEqual([false, true]);
  });
  test('any other number in any place', () => {
    fc.assert(fc.property(fc.nat(8), fc.bigInt({ min: 0n, max: r - 1n }), (index, value) => {
      expect(verifier.verify(bytes, withSignal(index, value))).toBe(value === signals[index]);
    }), { numRuns: 150 });
  });
});

describe('a verifying key of another set-up', () => {
  const verifyUnder = async (change: (copy: typeof key) => void): Promise<boolean> => {
    const copy = structuredClone(key);
    change(copy);
    const other = await createProofVerifier(parseVerifyingKey(copy));
    const answer = other.verify(proof, signals);
    expect(other.verifyBatch([{ proof, signals }, { proof, signals }, { proof, signals }, { proof, signals }])).toEqual(Array.from({ length: 4 }, () => answer));
    other.free();
    return answer;
  };
  test('unchanged, accepts', async () => expect(await verifyUnder(() => undefined)).toBe(true));
  test.each<[string, (copy: typeof key) => void]>([
    ['of another circuit', (copy) => Object.assign(copy, createToyKey(9, 2n).key)],
    ['with another alpha', (copy) => (copy.vk_alpha_1 = toG1Strings([1n, 2n]))],
    ['with another beta', (copy) => (copy.vk_beta_2 = toG2Strings(g2(5n)))],
    ['with another gamma', (copy) => (copy.vk_gamma_2 = toG2Strings(g2(5n)))],
    ['with another delta', (copy) => (copy.vk_delta_2 = toG2Strings(g2(5n)))],
    ['with gamma and delta exchanged', (copy) => ([copy.vk_gamma_2, copy.vk_delta_2] = [copy.vk_delta_2, copy.vk_gamma_2])],
    ['with another constant point', (copy) => (copy.IC[0] = toG1Strings([1n, 2n]))],
    ['with another point for one signal', (copy) => (copy.IC[9] = toG1Strings([1n, 2n]))],
    ['with two points exchanged', (copy) => ([copy.IC[3], copy.IC[4]] = [copy.IC[4]!, copy.IC[3]!])],
  ])('%s, refuses', async (_, change) => expect(await verifyUnder(change)).toBe(false));
});

describe('remembered signals', () => {
  test('give the same answers when more values come than are remembered', async () => {
    const own = await createProofVerifier(parseVerifyingKey(key), { repeatingSignals: [0, 1, 2, 3, 4, 5, 6, 7, 8] });
    const statements = Array.from({ length: 12 }, () => passSignals(number)).map((values) => ({ proof: prove(values), signals: values }));
    for (let round = 0; round < 2; round++) for (const statement of statements) expect(own.verify(statement.proof, statement.signals)).toBe(true);
    for (const [i, { proof }] of statements.entries()) expect(own.verify(proof, statements[(i + 1) % 12]!.signals)).toBe(false);
    own.free();
  });
});

describe('mistakes of the caller', () => {
  test.each<[string, unknown, unknown]>([
    ['no proof', undefined, signals],
    ['null for a proof', null, signals],
    ['text for a proof', 'proof', signals],
    ['no signals', bytes, undefined],
    ['numbers for signals', bytes, signals.map(Number)],
    ['text for signals', bytes, signals.map(String)],
  ])('%s: TypeError', (_, badProof, badSignals) => {
    expect(() => verifier.verify(badProof as Proof, badSignals as bigint[])).toThrow(TypeError);
    expect(() => verifier.verifyBatch([{ proof: badProof as Proof, signals: badSignals as bigint[] }])).toThrow(TypeError);
  });
  test('statements that are no array: TypeError', () => expect(() => verifier.verifyBatch({} as never)).toThrow(TypeError));
  test('use after free: TypeError', async () => {
    const own = await createProofVerifier(parseVerifyingKey(key));
    own.free();
    own.free();
    expect(() => own.verify(proof, signals)).toThrow(TypeError);
    expect(() => own.verifyBatch([])).toThrow(TypeError);
  });
});

describe('memory', () => {
  test('of freed verifiers is used again', async () => {
    const { mcl } = await loadEngine();
    const parsed = parseVerifyingKey(key);
    const cycle = async () => {
      const own = await createProofVerifier(parsed, { repeatingSignals: [2, 3] });
      expect(own.verify(proof, signals)).toBe(true);
      own.free();
    };
    // Where the next large block goes shows whether anything before it is still taken.
    const nextBlock = () => {
      const address = mcl.allocate(2 ** 20);
      mcl.free(address);
      return address;
    };
    for (let i = 0; i < 2; i++) await cycle();
    const before = nextBlock();
    for (let i = 0; i < 8; i++) await cycle();
    expect(nextBlock()).toBe(before);
  });
  test('does not grow with the number of verifications', async () => {
    const { mcl } = await loadEngine();
    const statements = Array.from({ length: 10 }, () => ({ proof: bytes, signals }));
    verifier.verifyBatch(statements);
    const size = mcl.memory().length;
    for (let i = 0; i < 10; i++) verifier.verifyBatch(statements);
    expect(mcl.memory().length).toBe(size);
  });
});
