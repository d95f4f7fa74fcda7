// Reads a verifying key strictly: a key from an unfinished set-up or for another number of signals would accept what it must not.
import { bn254 } from '@noble/curves/bn254.js';
import { HealthpassError } from '#passport/errors.ts';
import type { VerifyingKey as UncheckedKey } from '../zkey.ts';
import { BASE_FIELD_ORDER, type Fp2, type G1Point, type G2Point, isOnG1, isOnTwist } from '../curve.ts';

declare const brand: unique symbol;
/** Points on their curves and in the subgroups, as {@link parseVerifyingKey} leaves them. */
export type VerifyingKey = UncheckedKey & { readonly [brand]: 'VerifyingKey' };

/** Public signals of a key at most: far above any circuit here, low enough that a hostile file costs nothing. */
const PUBLIC_LIMIT = 256;
const KEY_NAMES = ['protocol', 'curve', 'nPublic', 'vk_alpha_1', 'vk_beta_2', 'vk_gamma_2', 'vk_delta_2', 'vk_alphabeta_12', 'IC'];

/**
 * Reads `verification_key.json` as snarkjs writes it. `vk_alphabeta_12` is ignored: it follows from the rest.
 * @throws HealthpassError `artifact-mismatch` (shape, count, set-up not finished), `point-invalid` (not canonical, off the curve or outside the subgroup)
 */
export function parseVerifyingKey(input: unknown): VerifyingKey {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw mismatch('verifying key', 'is not an object');
  const raw = input as Record<string, unknown>;
  for (const name of Object.keys(raw)) if (!KEY_NAMES.includes(name)) throw mismatch('verifying key', 'has an unknown member');
  if (raw['protocol'] !== 'groth16') throw mismatch('protocol', 'is not groth16');
  if (raw['curve'] !== 'bn128') throw mismatch('curve', 'is not bn128');
  const count = raw['nPublic'];
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > PUBLIC_LIMIT) throw mismatch('nPublic', 'is not a number of signals');
  const ic = raw['IC'];
  if (!Array.isArray(ic) || ic.length !== count + 1) throw mismatch('IC', 'does not have a point for every public signal and one more');
  const key = {
    alpha: readG1(raw['vk_alpha_1'], 'vk_alpha_1'),
    beta: readG2(raw['vk_beta_2'], 'vk_beta_2'),
    gamma: readG2(raw['vk_gamma_2'], 'vk_gamma_2'),
    delta: readG2(raw['vk_delta_2'], 'vk_delta_2'),
    ic: ic.map((point: unknown, i) => readG1(point, `IC[${i}]`)),
  };
  assertSetupFinished(key.gamma, key.delta);
  return key as unknown as VerifyingKey;
}

/** Phase 2 gives delta a secret factor. Without it delta is the generator, or gamma, and anyone can write proofs. */
function assertSetupFinished(gamma: G2Point, delta: G2Point): void {
  const { x, y } = bn254.G2.Point.BASE.toAffine();
  if (isSamePoint(delta, [[x.c0, x.c1], [y.c0, y.c1]])) throw mismatch('vk_delta_2', 'is the generator: the set-up is not finished');
  if (isSamePoint(gamma, delta)) throw mismatch('vk_delta_2', 'equals gamma: the set-up is not finished');
}

const isSamePoint = (p: G2Point, q: G2Point): boolean => p.flat().every((part, i) => part === q.flat()[i]);

function readG1(value: unknown, field: string): G1Point {
  const [x, y, z] = readTuple(value, 3, field).map((part) => readCoordinate(part, field)) as [bigint, bigint, bigint];
  if (z !== 1n || !isOnG1([x, y])) throw invalid(field);
  return [x, y];
}

function readG2(value: unknown, field: string): G2Point {
  const [x, y, z] = readTuple(value, 3, field).map((part) => readTuple(part, 2, field).map((each) => readCoordinate(each, field))) as unknown as [Fp2, Fp2, Fp2];
  if (z[0] !== 1n || z[1] !== 0n || !isOnTwist([x, y])) throw invalid(field);
  const point = bn254.G2.Point.fromAffine({ x: { c0: x[0], c1: x[1] }, y: { c0: y[0], c1: y[1] } });
  if (!point.isTorsionFree()) throw invalid(field);
  return [x, y];
}

function readTuple(value: unknown, length: number, field: string): unknown[] {
  if (!Array.isArray(value) || value.length !== length) throw mismatch(field, 'is not a point');
  return value;
}

function readCoordinate(value: unknown, field: string): bigint {
  if (typeof value !== 'string' || !/^(0|[1-9][0-9]{0,76})$/.test(value)) throw invalid(field);
  const number = BigInt(value);
  if (number >= BASE_FIELD_ORDER) throw invalid(field);
  return number;
}

const mismatch = (field: string, what: string) => new HealthpassError('artifact-mismatch', `${field} ${what}`, { field });
const invalid = (field: string) => new HealthpassError('point-invalid', `${field} is not a point in canonical form on the curve and in the subgroup`, { field });
