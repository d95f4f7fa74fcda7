// The curve library: instances of mcl of our own, one a curve, so that nobody else's choice of curve changes ours, and the part of
// its C interface (mcl/bn.h) that the verifier stands on. Elements live in WASM memory and are named by their address.
import createModule from 'mcl-wasm/dist/mcl_c.js';

/** Address of an element in WASM memory. */
export type Pointer = number;
type Unary = (result: Pointer, x: Pointer) => void;
type Binary = (result: Pointer, x: Pointer, y: Pointer) => void;
/** 0 for no. */
type Test = (x: Pointer) => number;
type Compare = (x: Pointer, y: Pointer) => number;
type Field = { readonly add: Binary; readonly sub: Binary; readonly neg: Unary; readonly mul: Binary; readonly sqr: Unary; readonly inv: Unary };

/** Sizes in bytes. An element of Fp2 is two of Fp (c0, c1); a point of G1 three (Jacobian x, y, z); one of Fp12 twelve. */
export const FP = 48;
export const FP2 = 2 * FP;
export const FR = 32;
export const G1 = 3 * FP;
export const FP12 = 12 * FP;

/** Functions of the C interface: the result comes first and may be one of the operands. */
export type Mcl = {
  readonly fp: Field & {
    readonly mulUnit: (result: Pointer, x: Pointer, factor: number) => void;
    readonly invVec: (result: Pointer, elements: Pointer, count: number) => number;
    readonly isZero: Test;
    /** Whether the element is above (q - 1) / 2. */
    readonly isNegative: Test;
    readonly isEqual: Compare;
    readonly setInt32: (result: Pointer, value: number) => void;
    /** Little endian; returns the length read, 0 when the number is not below q. */
    readonly deserialize: (result: Pointer, bytes: Pointer, length: number) => number;
    /** The reverse; returns the length written. */
    readonly serialize: (bytes: Pointer, maxLength: number, x: Pointer) => number;
    readonly isOdd: Test;
    /** Returns -1 when there is no root. */
    readonly squareRoot: Compare;
  };
  readonly fp2: Field & { readonly isZero: Test; readonly isEqual: Compare; readonly squareRoot: Compare };
  readonly fr: Pick<Mcl['fp'], 'deserialize'>;
  readonly g1: {
    readonly clear: (result: Pointer) => void;
    readonly isZero: Test;
    readonly add: Binary;
    readonly sub: Binary;
    readonly dbl: Unary;
    readonly mul: Binary;
    readonly mulVec: (result: Pointer, points: Pointer, scalars: Pointer, count: number) => void;
    readonly normalizeVec: (result: Pointer, points: Pointer, count: number) => void;
  };
  readonly fp12: {
    readonly mul: Binary;
    readonly sqr: Unary;
    readonly isEqual: Compare;
    readonly isOne: Test;
    readonly setInt32: (result: Pointer, value: number) => void;
  };
  readonly finalExponentiation: Unary;
  /** Zeroed memory, the caller's until `free`. @throws RangeError when there is none left. */
  readonly allocate: (bytes: number) => Pointer;
  readonly free: (address: Pointer) => void;
  /** All of the memory, for immediate use: an allocation that makes it grow detaches the view. */
  readonly memory: () => Uint8Array;
};

/** The functions taken from each group of the C interface. */
const GROUPS = {
  fp: ['Fp', ['add', 'sub', 'neg', 'mul', 'sqr', 'inv', 'mulUnit', 'invVec', 'isZero', 'isNegative', 'isEqual', 'isOdd', 'setInt32', 'deserialize', 'serialize', 'squareRoot']],
  fp2: ['Fp2', ['add', 'sub', 'neg', 'mul', 'sqr', 'inv', 'isZero', 'isEqual', 'squareRoot']],
  fr: ['Fr', ['deserialize']],
  g1: ['G1', ['clear', 'isZero', 'add', 'sub', 'dbl', 'mul', 'mulVec', 'normalizeVec']],
  fp12: ['GT', ['mul', 'sqr', 'isEqual', 'isOne', 'setInt32']],
} as const;
/** Their numbers in mcl/curve_type.h. Of P-256 there is G1 alone, and fp and fr are its fields. */
const CURVES = { bn254: 4, p256: 107 } as const;
/** What mclBn_init compares with the sizes that it was compiled for: 10 × words of Fr + words of Fp. */
const COMPILED_SIZES = 46;

type Module = { readonly wasmMemory: { readonly buffer: ArrayBuffer } } & Readonly<Record<string, (...values: number[]) => number>>;

/** Loads and initialises an instance (some 100 ms). */
export async function instantiateMcl(curve: keyof typeof CURVES): Promise<Mcl> {
  const module = (await createModule({ cryptoGetRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes) })) as Module;
  if (take(module, '_mclBn_init')(CURVES[curve], COMPILED_SIZES) !== 0) throw new Error('the curve library was built for other sizes');
  const groups = Object.entries(GROUPS).map(([group, [prefix, names]]) => [group, Object.fromEntries(names.map((name) => [name, take(module, `_mclBn${prefix}_${name}`)]))]);
  const malloc = take(module, '_malloc');
  const memory = () => new Uint8Array(module.wasmMemory.buffer);
  return {
    // The types say what mcl/bn.h says.
    ...(Object.fromEntries(groups) as Pick<Mcl, keyof typeof GROUPS>),
    finalExponentiation: take(module, '_mclBn_finalExp'),
    free: take(module, '_free'),
    memory,
    allocate(bytes) {
      const address = malloc(bytes);
      if (address === 0) throw new RangeError('no WASM memory left');
      memory().fill(0, address, address + bytes);
      return address;
    },
  };
}

function take(module: Module, name: string): (...values: number[]) => number {
  const value = module[name];
  if (value === undefined) throw new Error(`the curve library has no function ${name}`);
  return value;
}
