// What is refused before the equation. Most of it the equation would refuse too; these tests are about not depending on that.
import { bn254 } from '@noble/curves/bn254.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BASE_FIELD_ORDER, type G2Point, isOnG1, isOnTwist, liftTwist } from '#circuits/curve.ts';
import { decodeProof, encodeProof, type Proof } from '#circuits/proof.ts';
import { admit } from '#circuits/verify/admission.ts';
import { loadEngine } from '#circuits/verify/engine.ts';
import { createEquation } from '#circuits/verify/equation.ts';
import { prepareKey } from '#circuits/verify/key-points.ts';
import { parseVerifyingKey } from '#circuits/verify/index.ts';
import { FIELD_ORDER } from '#passport/field.ts';
import { COFACTOR_PRIMES, pointOfOrder, toCoordinates, toPoint } from './cofactor.ts';
import { createNumbers, createToyKey, g1, g2, passSignals } from './toy-key.ts';

const q = BASE_FIELD_ORDER;
const engine = await loadEngine();
const number = createNumbers(3n);
const { key, prove } = createToyKey(9, 17n);
const signals = passSignals(number);
const proof = prove(signals);
const isAdmitted = (candidate: Proof | Uint8Array, values: readonly bigint[] = signals): boolean =>
  admit(engine, [{ proof: candidate, signals: values }], 9).length === 1;

describe('admit', () => {
  test('lets well formed statements pass, true or not', () => {
    expect(isAdmitted(proof)).toBe(true);
    expect(isAdmitted(encodeProof(proof))).toBe(true);
    expect(isAdmitted({ a: g1(1n), b: g2(2n), c: g1(3n) })).toBe(true);
    expect(isAdmitted(proof, signals.map(() => FIELD_ORDER - 1n))).toBe(true);
  });
  test('says where the admitted ones came from', () => {
    const bad = { proof: new Uint8Array(5), signals };
    const good = { proof, signals };
    expect(admit(engine, [bad, good, bad, bad, good], 9).map(({ position, lane }) => [position, lane])).toEqual([[1, 0], [4, 1]]);
    expect(admit(engine, [], 9)).toEqual([]);
    expect(admit(engine, [bad], 9)).toEqual([]);
  });
  test.each(COFACTOR_PRIMES)('refuses B off by a point of order %d, as points and as bytes', (prime) => {
    const off = { ...proof, b: toCoordinates(toPoint(proof.b).add(pointOfOrder([prime], 12n))) };
    expect(isAdmitted(off)).toBe(false);
    expect(isAdmitted(encodeProof(off))).toBe(false);
  });
  const aliases: [string, bigint][] = [['q', q], ['2q', 2n * q], ['2^256', 2n ** 256n], ['-q', -q], ['-2^256', -(2n ** 256n)], ['2^512', 2n ** 512n]];
  test.each(aliases)('refuses every coordinate plus %s', (_, shift) => {
    const { a, b, c } = proof;
    const shifted: Proof[] = [
      { ...proof, a: [a[0] + shift, a[1]] }, { ...proof, a: [a[0], a[1] + shift] },
      { ...proof, b: [[b[0][0] + shift, b[0][1]], b[1]] }, { ...proof, b: [[b[0][0], b[0][1] + shift], b[1]] },
      { ...proof, b: [b[0], [b[1][0] + shift, b[1][1]]] }, { ...proof, b: [b[0], [b[1][0], b[1][1] + shift]] },
      { ...proof, c: [c[0] + shift, c[1]] }, { ...proof, c: [c[0], c[1] + shift] },
    ];
    expect(shifted.map((each) => isAdmitted(each))).toEqual(shifted.map(() => false));
  });
  test.each([['r', FIELD_ORDER], ['2^256', 2n ** 256n], ['-r', -FIELD_ORDER]])('refuses every signal plus %s', (_, shift) => {
    expect(signals.map((signal, i) => isAdmitted(proof, signals.with(i, signal + shift)))).toEqual(signals.map(() => false));
  });
  test('refuses arbitrary points that are not on their curves', () => {
    const small = fc.bigInt({ min: 0n, max: 40n });
    const coordinate = fc.oneof(fc.bigInt({ min: 0n, max: q }), small);
    fc.assert(fc.property(fc.tuple(coordinate, coordinate), fc.tuple(small, small, small, small), (point, [x0, x1, y0, y1]) => {
      expect(isAdmitted({ ...proof, a: point })).toBe(isOnG1(point));
      expect(isAdmitted({ ...proof, c: point })).toBe(isOnG1(point));
      const twist = [[x0, x1], [y0, y1]] as const;
      if (!isOnTwist(twist)) expect(isAdmitted({ ...proof, b: twist })).toBe(false);
    }), { numRuns: 300 });
  });
  test('agrees with decodeProof on which bytes are a proof, but for the subgroup', () => {
    const bytes = encodeProof(proof);
    fc.assert(fc.property(fc.nat(127), fc.nat(255), (at, value) => {
      const mutated = bytes.with(at, value);
      let decoded: Proof | undefined;
      try {
        decoded = decodeProof(mutated);
      } catch {
        decoded = undefined;
      }
      const inSubgroup = decoded !== undefined && toPoint(decoded.b).isTorsionFree();
      expect(isAdmitted(mutated)).toBe(inSubgroup);
    }), { numRuns: 200 });
  });
});

describe('the sign of y', () => {
  const { Fp2 } = bn254.fields;
  /** w^(1/3) for one of the cubes: roots of the part of the order prime to 3, corrected by roots of unity. */
  function cubeRoot(w: ReturnType<typeof Fp2.create>): ReturnType<typeof Fp2.create> | undefined {
    if (!Fp2.eql(Fp2.pow(w, (q * q - 1n) / 3n), Fp2.ONE)) return undefined;
    let [rest, power] = [q * q - 1n, 1n];
    while (rest % 3n === 0n) [rest, power] = [rest / 3n, power * 3n];
    const inverse = rest % 3n === 1n ? (2n * rest + 1n) / 3n : (rest + 1n) / 3n;
    const start = Fp2.pow(w, inverse);
    for (let base = 2n; base < 40n; base++) {
      const unity = Fp2.pow(Fp2.create({ c0: base, c1: 1n }), rest);
      let candidate = start;
      for (let i = 0n; i < power; i++, candidate = Fp2.mul(candidate, unity)) {
        if (Fp2.eql(Fp2.mul(Fp2.sqr(candidate), candidate), w)) return candidate;
      }
    }
    return undefined;
  }
  test.each(['real', 'imaginary'])('is decided right where y is %s', (kind) => {
    const b = bn254.G2.Point.CURVE().b;
    let found = 0;
    for (let k = 2n; found < 10; k++) {
      const y = Fp2.create(kind === 'real' ? { c0: k, c1: 0n } : { c0: 0n, c1: k });
      const x = cubeRoot(Fp2.sub(Fp2.sqr(y), b));
      if (x === undefined) continue;
      found++;
      for (const part of [k, q - k]) {
        const point: G2Point = [[x.c0, x.c1], kind === 'real' ? [part, 0n] : [0n, part]];
        expect(isOnTwist(point)).toBe(true);
        const larger = part > q - part;
        expect(liftTwist(point[0], larger)).toEqual(point);
        const bytes = encodeProof({ ...proof, b: point }).subarray(32, 96);
        expect((bytes[0]! & 0x80) !== 0).toBe(larger);
        const { b: fromBytes } = engine.workspace;
        const fromNumbers = fromBytes + 4 * 48;
        expect(engine.reader.compressedTwist(fromBytes, bytes, 0)).toBe(true);
        expect(engine.reader.twist(fromNumbers, point)).toBe(true);
        const memory = engine.mcl.memory();
        expect(memory.slice(fromBytes, fromNumbers)).toEqual(memory.slice(fromNumbers, fromNumbers + 4 * 48));
      }
    }
  });
});

describe('the equation', () => {
  test('for many at once holds where it holds for each, and not otherwise', () => {
    const points = prepareKey(engine, parseVerifyingKey(key), new Set());
    const { holds, weigh, allHold } = createEquation(engine, points);
    const statements = Array.from({ length: 6 }, () => passSignals(number)).map((values) => ({ proof: prove(values), signals: values }));
    for (const wrong of [undefined, 0, 3, 5]) {
      const batch = statements.map((statement, i) => (i === wrong ? { ...statement, signals } : statement));
      const weighted = weigh(admit(engine, batch, 9));
      expect(weighted.map(holds)).toEqual(batch.map((_, i) => i !== wrong));
      expect(allHold(weighted)).toBe(wrong === undefined);
      expect(allHold(weighted.filter((_, i) => i !== wrong))).toBe(true);
    }
    points.free();
  });
});
