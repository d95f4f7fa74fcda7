// Keccak-f[1600] (FIPS 202, 3.3) as a module of WebAssembly that is written here, instruction by instruction, at the first use: two permutations
// at once in 128-bit vectors, several times as fast as JavaScript, whose numbers have no 64 bits.

/** Where things lie in the memory of the module, in bytes. */
export const SPAN_AT = 8192;
const CONSTANTS_AT = 8448;
const ROUNDS = 24;

export type KeccakModule = {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** For each n below `count`, and one more where that is odd: hashes bytes 64n to 64n + 63 and puts the hash at 32n. */
  readonly hashPairs: (count: number) => void;
  /** Hashes the 8 bytes at SPAN_AT and the 32 bytes at 0, and puts the hash at 0. */
  readonly hashRoot: () => void;
};

/** Undefined where WebAssembly or its vectors are missing, or a page may not use them. */
export function createKeccakModule(): KeccakModule | undefined {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes()));
    const { memory, hashPairs, hashRoot } = exports as unknown as KeccakModule; // as they are exported below
    const constants = new DataView(memory.buffer, CONSTANTS_AT);
    roundConstants().forEach((constant, round) => constants.setBigUint64(8 * round, constant, true));
    return { memory, hashPairs, hashRoot };
  } catch {
    return undefined;
  }
}

/** How far each lane turns, by x + 5y: the path of ρ through the lanes, which is that of π too. */
function rotations(): number[] {
  const turns = Array.from({ length: 25 }, () => 0);
  for (let step = 0, x = 1, y = 0; step < 24; step++, [x, y] = [y, (2 * x + 3 * y) % 5]) turns[x + 5 * y] = (((step + 1) * (step + 2)) / 2) % 64;
  return turns;
}

/** Bits of a linear feedback shift register (FIPS 202, algorithm 5), at the places 2^j − 1. */
function roundConstants(): bigint[] {
  let register = 1;
  return Array.from({ length: ROUNDS }, () => {
    let constant = 0n;
    for (let place = 0; place <= 6; place++) {
      if (register & 1) constant |= 1n << BigInt(2 ** place - 1);
      register = register & 0x80 ? ((register << 1) ^ 0x171) & 0xff : register << 1;
    }
    return constant;
  });
}

// Instructions, as the core specification of WebAssembly numbers them.
type Code = readonly number[];
const unsigned = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]);
const signed = (value: number): number[] => (value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)]);
const vector = (number: number, ...rest: number[]): Code => [0xfd, ...unsigned(number), ...rest];
const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const tee = (local: number): Code => [0x22, local];
const constant = (value: number): Code => [0x41, ...signed(value)];
const at = (offset: number): number[] => [3, ...unsigned(offset)];
const XOR = vector(81);
const AND_NOT = vector(79);
const loop = (...body: Code[]): Code => [0x03, 0x40, ...body.flat(), 0x0b];
const ADD = [0x6a];
const TIMES_2_TO_THE = (power: number): Code => [...constant(power), 0x74];
const againIfBelow = (local: number, ...limit: Code[]): Code => [...get(local), ...limit.flat(), 0x49, 0x0d, 0];

// Locals of both functions: the parameter, the pair, the round's constant, then vectors.
const [COUNT, PAIR, ROUND, LANES, MOVED, COLUMNS, TEMPORARY] = [0, 1, 2, 3, 28, 53, 58] as const;
const lane = (x: number, y: number) => LANES + (x % 5) + 5 * (y % 5);
const moved = (x: number, y: number) => MOVED + (x % 5) + 5 * (y % 5);
const column = (x: number) => COLUMNS + (x % 5);
const EVERY = [0, 1, 2, 3, 4];

const turned = (bits: number): Code => (bits === 0 ? [] : [...tee(TEMPORARY), ...constant(bits), ...vector(203), ...get(TEMPORARY), ...constant(64 - bits), ...vector(205), ...vector(80)]);

/** One round after the other, over lanes in locals. */
function permutation(): Code {
  const turns = rotations();
  const theta = EVERY.flatMap((x) => [...EVERY.flatMap((y) => [...get(lane(x, y)), ...(y > 0 ? XOR : [])]), ...set(column(x))]);
  const rhoAndPi = EVERY.flatMap((x) => [
    ...get(column(x + 1)), ...turned(1), ...get(column(x + 4)), ...XOR, ...set(TEMPORARY + 1),
    ...EVERY.flatMap((y) => [...get(lane(x, y)), ...get(TEMPORARY + 1), ...XOR, ...turned(turns[x + 5 * y]!), ...set(moved(y, 2 * x + 3 * y))]),
  ]);
  const chi = EVERY.flatMap((y) => EVERY.flatMap((x) => [...get(moved(x, y)), ...get(moved(x + 2, y)), ...get(moved(x + 1, y)), ...AND_NOT, ...XOR, ...set(lane(x, y))]));
  const iota = [...get(LANES), ...get(ROUND), ...vector(10, ...at(0)), ...XOR, ...set(LANES)];
  return [
    ...constant(CONSTANTS_AT), ...set(ROUND),
    ...loop(theta, rhoAndPi, chi, iota, get(ROUND), constant(8), ADD, set(ROUND), againIfBelow(ROUND, constant(CONSTANTS_AT + 8 * ROUNDS))),
  ];
}

/** Lanes behind the input: Keccak's own padding, a first bit and one at the end of the rate (136 bytes), and zeros. */
const padding = (from: number): Code => Array.from({ length: 25 - from }, (_, index) => from + index)
  .flatMap((index) => [...vector(12, ...bytesOf(index === from ? 1n : index === 16 ? 1n << 63n : 0n)), ...set(LANES + index)]);
const bytesOf = (value: bigint): number[] => Array.from({ length: 16 }, (_, byte) => Number((value >> BigInt(8 * (byte % 8))) & 255n));

const pairAt = (power: number): Code => [...get(PAIR), ...TIMES_2_TO_THE(power)];
const hashPairs: Code = loop(
  Array.from({ length: 8 }, (_, index) => [...pairAt(6), ...pairAt(6), ...vector(93, ...at(8 * index)), ...vector(87, ...at(64 + 8 * index), 1), ...set(LANES + index)]).flat(),
  padding(8), permutation(),
  Array.from({ length: 4 }, (_, index) => [0, 1].flatMap((half) => [...pairAt(5), ...get(LANES + index), ...vector(91, ...at(32 * half + 8 * index), half)])).flat(),
  get(PAIR), constant(2), ADD, set(PAIR), againIfBelow(PAIR, get(COUNT)),
);
const hashRoot: Code = [
  ...[SPAN_AT, 0, 8, 16, 24].flatMap((from, index) => [...constant(from), ...vector(93, ...at(0)), ...set(LANES + index)]),
  ...padding(5), ...permutation(),
  ...Array.from({ length: 4 }, (_, index) => [...constant(8 * index), ...get(LANES + index), ...vector(91, ...at(0), 0)]).flat(),
];

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const sized = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes];
  const section = (id: number, ...parts: Code[]): Code => [id, ...sized([...unsigned(parts.length), ...parts.flat()])];
  const name = (text: string): Code => sized([...text].map((letter) => letter.charCodeAt(0)));
  /** Two numbers and 57 vectors beside the parameter; where there is none, a third number keeps the places. */
  const body = (numbers: number, code: Code): Code => sized([2, numbers, 0x7f, 57, 0x7b, ...code, 0x0b]);
  return Uint8Array.from([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [0x60, 1, 0x7f, 0], [0x60, 0, 0]),
    ...section(3, [0], [1]),
    ...section(5, [0, 1]),
    ...section(7, [...name('memory'), 2, 0], [...name('hashPairs'), 0, 0], [...name('hashRoot'), 0, 1]),
    ...section(10, body(2, hashPairs), body(3, hashRoot)),
  ]);
}
