// A Groth16 proof: as numbers, as 128 bytes on the wire (docs/protocol.md, "The pass on the wire"), and as snarkjs writes it.
import { HealthpassError } from '#passport/errors.ts';
import { bytesToInteger, integerToBytes } from '#passport/field.ts';
import { isBaseFieldElement, isLargerRoot, isLargerRootFp2, isOnG1, isOnTwist, liftG1, liftTwist } from './curve.ts';

/** Affine points, canonical coordinates. Elements of Fp2 are [c0, c1] for c0 + c1·i. */
export type Proof = {
  readonly a: readonly [x: bigint, y: bigint];
  readonly b: readonly [x: readonly [c0: bigint, c1: bigint], y: readonly [c0: bigint, c1: bigint]];
  readonly c: readonly [x: bigint, y: bigint];
};

/** Proof as snarkjs and @zk-kit/groth16 write it: projective, decimal. */
export type SnarkjsProof = {
  pi_a: string[];
  pi_b: string[][];
  pi_c: string[];
  protocol: string;
  curve: string;
};

export const PROOF_BYTES = 128;
const SIGN_BIT = 0x80;
const UNUSED_BIT = 0x40;

/**
 * That every coordinate is below q and every point lies on its curve and is finite.
 * Whether B lies in the subgroup is the verifier's check.
 * @throws HealthpassError `point-invalid`
 */
export function assertProofPoints(proof: Proof): void {
  if (!isOnG1(proof.a)) throw invalidPoint('a');
  if (!isOnTwist(proof.b)) throw invalidPoint('b');
  if (!isOnG1(proof.c)) throw invalidPoint('c');
}

/** The compressed form: A (32), B (64), C (32). @throws HealthpassError `point-invalid` */
export function encodeProof(proof: Proof): Uint8Array {
  assertProofPoints(proof);
  const bytes = new Uint8Array(PROOF_BYTES);
  bytes.set(integerToBytes(proof.a[0], 32), 0);
  bytes.set(integerToBytes(proof.b[0][1], 32), 32);
  bytes.set(integerToBytes(proof.b[0][0], 32), 64);
  bytes.set(integerToBytes(proof.c[0], 32), 96);
  if (isLargerRoot(proof.a[1])) bytes[0]! |= SIGN_BIT;
  if (isLargerRootFp2(proof.b[1])) bytes[32]! |= SIGN_BIT;
  if (isLargerRoot(proof.c[1])) bytes[96]! |= SIGN_BIT;
  return bytes;
}

/**
 * Reads the compressed form; only what {@link encodeProof} can have written is accepted, so every proof has one form.
 * @throws HealthpassError `proof-malformed` (length, unused bits), `point-invalid` (coordinate >= q, no such point)
 */
export function decodeProof(bytes: Uint8Array): Proof {
  if (bytes.length !== PROOF_BYTES) throw new HealthpassError('proof-malformed', `a proof has ${PROOF_BYTES} bytes`, { field: 'proof' });
  const a = readCoordinate(bytes, 0, 'a');
  const bImaginary = readCoordinate(bytes, 32, 'b');
  const bReal = readCoordinate(bytes, 64, 'b');
  const c = readCoordinate(bytes, 96, 'c');
  if (bReal.larger) throw new HealthpassError('proof-malformed', 'proof.b has an unused bit set', { field: 'proof.b' });
  return {
    a: liftG1(a.x, a.larger) ?? raise('a'),
    b: liftTwist([bReal.x, bImaginary.x], bImaginary.larger) ?? raise('b'),
    c: liftG1(c.x, c.larger) ?? raise('c'),
  };
}

function readCoordinate(bytes: Uint8Array, offset: number, name: string): { x: bigint; larger: boolean } {
  const first = bytes[offset]!;
  if ((first & UNUSED_BIT) !== 0) {
    throw new HealthpassError('proof-malformed', `proof.${name} has an unused bit set`, { field: `proof.${name}` });
  }
  const coordinate = bytes.slice(offset, offset + 32);
  coordinate[0] = first & 0x3f;
  const x = bytesToInteger(coordinate);
  if (!isBaseFieldElement(x)) throw invalidPoint(name);
  return { x, larger: (first & SIGN_BIT) !== 0 };
}

export const toSnarkjsProof = ({ a, b, c }: Proof): SnarkjsProof => ({
  pi_a: [`${a[0]}`, `${a[1]}`, '1'],
  pi_b: [[`${b[0][0]}`, `${b[0][1]}`], [`${b[1][0]}`, `${b[1][1]}`], ['1', '0']],
  pi_c: [`${c[0]}`, `${c[1]}`, '1'],
  protocol: 'groth16',
  curve: 'bn128',
});

/** Reads a proof as snarkjs writes it. @throws HealthpassError `proof-malformed`, `point-invalid` */
export function parseSnarkjsProof(input: unknown): Proof {
  const raw = (typeof input === 'object' && input !== null ? input : {}) as Partial<Record<string, unknown>>;
  const pair = (value: unknown, name: string): [bigint, bigint] => {
    const items: unknown[] = Array.isArray(value) ? value : [];
    return [readDecimal(items[0], name), readDecimal(items[1], name)];
  };
  const b: unknown[] = Array.isArray(raw.pi_b) ? raw.pi_b : [];
  const proof: Proof = { a: pair(raw.pi_a, 'a'), b: [pair(b[0], 'b'), pair(b[1], 'b')], c: pair(raw.pi_c, 'c') };
  assertProofPoints(proof);
  return proof;
}

function readDecimal(value: unknown, name: string): bigint {
  if (typeof value !== 'string' || !/^(0|[1-9][0-9]{0,76})$/.test(value)) {
    throw new HealthpassError('proof-malformed', `proof.${name} is not a canonical decimal`, { field: `proof.${name}` });
  }
  return BigInt(value);
}

const invalidPoint = (name: string) =>
  new HealthpassError('point-invalid', `proof.${name} is not a point of the curve`, { field: `proof.${name}` });

function raise(name: string): never {
  throw invalidPoint(name);
}
