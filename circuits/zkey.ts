// Reads what is public in a Groth16 proving key (iden3 zkey format): its verifying key and who contributed to it.
import { blake2b } from '@noble/hashes/blake2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport/errors.ts';
import { integerToBytes } from '#passport/field.ts';
import { BASE_FIELD_ORDER, type G1Point, type G2Point } from './curve.ts';

export type VerifyingKey = {
  readonly alpha: G1Point;
  readonly beta: G2Point;
  readonly gamma: G2Point;
  readonly delta: G2Point;
  /** One point for the constant, then one for each public signal. */
  readonly ic: readonly G1Point[];
};

export type Contribution = {
  readonly kind: 'contribution' | 'beacon';
  readonly name: string;
  /** Blake2b-512 of the contribution's public part: what its maker publishes. */
  readonly hash: string;
  /** Of a beacon: its public randomness and the power of two of its iterations. */
  readonly beacon?: { readonly hex: string; readonly iterationsExponent: number };
};

export type Transcript = { readonly circuitHash: string; readonly contributions: readonly Contribution[] };

/** Generator of G2 (EIP-197). */
export const G2_GENERATOR: G2Point = [
  [
    10857046999023057135944570762232829481370756359578518086990519993285655852781n,
    11559732032986387107991004021392285783925812861821192530917403151452391805634n,
  ],
  [
    8495653923123431417604973247489272438418190587263600148770280649306958101930n,
    4082367875863433681332203403145435568316851327593401208105741076214120093531n,
  ],
];

const HEADER = 2;
const IC = 3;
const CONTRIBUTIONS = 10;
/** Coordinates are stored in Montgomery form: multiplied by 2^256. */
const MONTGOMERY_INVERSE = inverseOf((1n << 256n) % BASE_FIELD_ORDER);

/** @throws HealthpassError `artifact-mismatch` when the bytes are not a Groth16 key on BN254 */
export function readVerifyingKey(zkey: Uint8Array): VerifyingKey {
  const header = createReader(section(zkey, HEADER));
  if (header.number() !== 32 || header.integer() !== BASE_FIELD_ORDER || header.number() !== 32) throw malformed();
  header.integer(); // r
  header.number(); // signals
  const signals = header.number();
  header.number(); // domain
  const alpha = header.g1();
  header.g1(); // beta on G1
  const beta = header.g2();
  const gamma = header.g2();
  header.g1(); // delta on G1
  const delta = header.g2();
  const ic = createReader(section(zkey, IC));
  return { alpha, beta, gamma, delta, ic: Array.from({ length: signals + 1 }, () => ic.g1()) };
}

/** Who contributed, in order. Says what the file says: whether it is true, `verifyTranscript` finds out. */
export function readTranscript(zkey: Uint8Array): Transcript {
  const reader = createReader(section(zkey, CONTRIBUTIONS));
  const circuitHash = bytesToHex(reader.bytes(64));
  const contributions = Array.from({ length: reader.number() }, () => readContribution(reader));
  return { circuitHash, contributions };
}

type Reader = ReturnType<typeof createReader>;

function readContribution(reader: Reader): Contribution {
  const publicPart = [reader.g1(), reader.g1(), reader.g1()].map(([x, y]) => [x, y]);
  const [x, y] = reader.g2();
  const hash = blake2b.create({ dkLen: 64 });
  for (const coordinate of [...publicPart.flat(), x[1], x[0], y[1], y[0]]) hash.update(integerToBytes(coordinate, 32));
  hash.update(reader.bytes(64)); // hash of the transcript so far
  const kind = reader.number() === 1 ? 'beacon' : 'contribution';
  const fields = readFields(reader.bytes(reader.number()));
  const base = { kind, name: fields.name, hash: bytesToHex(hash.digest()) } as const;
  return kind === 'beacon' ? { ...base, beacon: { hex: fields.hex, iterationsExponent: fields.iterationsExponent } } : base;
}

function readFields(bytes: Uint8Array): { name: string; hex: string; iterationsExponent: number } {
  const fields = { name: '', hex: '', iterationsExponent: 0 };
  for (let at = 0; at + 1 < bytes.length;) {
    const type = bytes[at]!;
    const value = bytes[at + 1]!;
    at += 2;
    if (type === 2) {
      fields.iterationsExponent = value;
      continue;
    }
    const content = bytes.subarray(at, at + value);
    if (type === 1) fields.name = new TextDecoder().decode(content);
    else if (type === 3) fields.hex = bytesToHex(content);
    else throw malformed();
    at += value;
  }
  return fields;
}

/**
 * That phase 2 was done: with delta equal to gamma, or still the generator, anybody can forge proofs.
 * @throws HealthpassError `artifact-mismatch`
 */
export function assertSetUpFinished(key: VerifyingKey): void {
  const same = ([a, b]: G2Point, [c, d]: G2Point) => a[0] === c[0] && a[1] === c[1] && b[0] === d[0] && b[1] === d[1];
  if (same(key.gamma, key.delta)) throw new HealthpassError('artifact-mismatch', 'gamma equals delta in the verifying key: the set-up was not finished', { field: 'vk_delta_2' });
  if (same(key.delta, G2_GENERATOR)) throw new HealthpassError('artifact-mismatch', 'delta is the generator in the verifying key: nobody contributed', { field: 'vk_delta_2' });
}

/** The key as snarkjs' JSON writes its points, for comparison. */
export const verifyingKeyJson = (key: VerifyingKey) => {
  const g1 = ([x, y]: G1Point) => [`${x}`, `${y}`, '1'];
  const g2 = ([x, y]: G2Point) => [[`${x[0]}`, `${x[1]}`], [`${y[0]}`, `${y[1]}`], ['1', '0']];
  return { vk_alpha_1: g1(key.alpha), vk_beta_2: g2(key.beta), vk_gamma_2: g2(key.gamma), vk_delta_2: g2(key.delta), IC: key.ic.map(g1) };
};

function section(zkey: Uint8Array, wanted: number): Uint8Array {
  const view = new DataView(zkey.buffer, zkey.byteOffset, zkey.byteLength);
  if (zkey.length < 12 || view.getUint32(0, false) !== 0x7a6b6579) throw malformed();
  for (let at = 12; at + 12 <= zkey.length;) {
    const length = Number(view.getBigUint64(at + 4, true));
    if (view.getUint32(at, true) === wanted) return zkey.subarray(at + 12, at + 12 + length);
    at += 12 + length;
  }
  throw malformed();
}

function createReader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw malformed();
    at += length;
    return bytes.subarray(at - length, at);
  };
  const integer = (): bigint => take(32).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const coordinate = (): bigint => (integer() * MONTGOMERY_INVERSE) % BASE_FIELD_ORDER;
  const fp2 = () => [coordinate(), coordinate()] as const;
  return {
    bytes: take,
    integer,
    number: (): number => (take(4), view.getUint32(at - 4, true)),
    g1: (): G1Point => [coordinate(), coordinate()],
    g2: (): G2Point => [fp2(), fp2()],
  };
}

function inverseOf(value: bigint): bigint {
  let [a, b, x, y] = [value, BASE_FIELD_ORDER, 1n, 0n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % BASE_FIELD_ORDER) + BASE_FIELD_ORDER) % BASE_FIELD_ORDER;
}

const malformed = () => new HealthpassError('artifact-mismatch', 'pass.zkey is not a Groth16 key on BN254', { field: 'pass.zkey' });
