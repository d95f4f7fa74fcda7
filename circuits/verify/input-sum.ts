// The G1 point of the public signals, IC[0] + Σ signal·IC[i+1]: tables of multiples where every pass brings a new signal, remembered
// products where the same few values come again and again (roots, window, day).
import type { G1Point } from '../curve.ts';
import { FR, G1, type Mcl, type Pointer } from './mcl.ts';
import type { PointReader } from './points.ts';

const WINDOW_BITS = 6;
const WINDOWS = Math.ceil(254 / WINDOW_BITS);
/** Digits run from -31 to 32, so a window needs the multiples 1 to 32. */
const MULTIPLES = 2 ** (WINDOW_BITS - 1);
/** Digits taken from a number at a time, within 53 bits. */
const DIGITS_PER_CHUNK = 8;
/** Values remembered for each repeating signal: the roots that are accepted at one time are few. */
const REMEMBERED = 8;

export interface InputSum {
  /** For signals in [0, r), one for each of IC[1..]. */
  readonly write: (result: Pointer, signals: readonly bigint[]) => void;
  /** Σ scalars[i]·IC[i], scalars in [0, r), one for each of IC[0..]. */
  readonly writeWeighted: (result: Pointer, scalars: readonly bigint[]) => void;
  /** Gives the memory back. */
  readonly free: () => void;
}

export function createInputSum(mcl: Mcl, reader: PointReader, ic: readonly G1Point[], repeating: ReadonlySet<number>): InputSum {
  const { add, sub } = mcl.g1;
  const points = mcl.allocate(ic.length * G1);
  const scalars = mcl.allocate(ic.length * FR);
  for (const [i, point] of ic.entries()) {
    if (!reader.g1(points + i * G1, point)) throw new TypeError('the verifying key was not made by parseVerifyingKey');
  }
  const addSignal = ic.slice(1).map((_, i) => (repeating.has(i) ? createMemory(points + (i + 1) * G1) : createTable(points + (i + 1) * G1)));

  /** Adds value × point from the multiples 1..32 of 64^window × point. */
  function createTable(point: Pointer): Adder {
    const table = mcl.allocate(WINDOWS * MULTIPLES * G1);
    for (let window = 0, base = point; window < WINDOWS; window++) {
      const row = table + window * MULTIPLES * G1;
      // From the second row on the base, twice the row before's last entry, is put in place first.
      if (window === 0) mcl.memory().copyWithin(row, base, base + G1);
      else mcl.g1.dbl(row, base);
      mcl.g1.dbl(row + G1, row);
      for (let k = 2; k < MULTIPLES; k++) add(row + k * G1, row + (k - 1) * G1, row);
      base = row + (MULTIPLES - 1) * G1;
    }
    mcl.g1.normalizeVec(table, table, WINDOWS * MULTIPLES);
    const addTo = (sum: Pointer, value: bigint): void => {
      let rest = value;
      let carry = 0;
      for (let window = 0; rest > 0n || carry > 0; ) {
        let chunk = Number(BigInt.asUintN(WINDOW_BITS * DIGITS_PER_CHUNK, rest));
        rest >>= BigInt(WINDOW_BITS * DIGITS_PER_CHUNK);
        for (let i = 0; i < DIGITS_PER_CHUNK && window < WINDOWS; i++, window++) {
          const digit = (chunk % (2 * MULTIPLES)) + carry;
          chunk = Math.floor(chunk / (2 * MULTIPLES));
          carry = digit > MULTIPLES ? 1 : 0;
          const multiple = carry === 1 ? 2 * MULTIPLES - digit : digit;
          if (multiple === 0) continue;
          (carry === 1 ? sub : add)(sum, sum, table + (window * MULTIPLES + multiple - 1) * G1);
        }
      }
    };
    return { addTo, free: () => mcl.free(table) };
  }

  /** Adds value × point, which it keeps for the values seen last. */
  function createMemory(point: Pointer): Adder {
    const products = mcl.allocate(REMEMBERED * G1);
    const scalar = mcl.allocate(FR);
    const values: bigint[] = [];
    let next = 0;
    const addTo = (sum: Pointer, value: bigint): void => {
      let place = values.indexOf(value);
      if (place < 0) {
        place = next;
        next = (next + 1) % REMEMBERED;
        values[place] = value;
        reader.scalar(scalar, value);
        mcl.g1.mul(products + place * G1, point, scalar);
        mcl.g1.normalizeVec(products + place * G1, products + place * G1, 1);
      }
      add(sum, sum, products + place * G1);
    };
    return {
      addTo,
      free: () => {
        mcl.free(products);
        mcl.free(scalar);
      },
    };
  }

  return {
    write(result, signals) {
      mcl.memory().copyWithin(result, points, points + G1);
      for (const [i, adder] of addSignal.entries()) {
        const signal = signals[i]!;
        if (signal !== 0n) adder.addTo(result, signal);
      }
    },
    writeWeighted(result, weights) {
      for (const [i, weight] of weights.entries()) reader.scalar(scalars + i * FR, weight);
      mcl.g1.mulVec(result, points, scalars, ic.length);
    },
    free() {
      for (const adder of addSignal) adder.free();
      mcl.free(points);
      mcl.free(scalars);
    },
  };
}

type Adder = { readonly addTo: (sum: Pointer, value: bigint) => void; readonly free: () => void };
