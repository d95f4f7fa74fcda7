// Elements of the BN254 scalar field, the numbers of which claims, trees and proofs are made.
import { HealthpassError } from './errors.ts';

declare const brand: unique symbol;
/** An integer in [0, r). */
export type FieldElement = bigint & { readonly [brand]: 'FieldElement' };

/** r: order of the BN254 scalar field (EIP-197). */
export const FIELD_ORDER = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;

export const isFieldElement = (value: unknown): value is FieldElement =>
  typeof value === 'bigint' && value >= 0n && value < FIELD_ORDER;

/** @throws HealthpassError `field-not-canonical` unless 0 <= value < r. `field` names the value in the message. */
export function assertFieldElement(value: bigint, field = 'value'): FieldElement {
  if (!isFieldElement(value)) throw new HealthpassError('field-not-canonical', `${field} is not a canonical field element`, { field });
  return value;
}

/** Reads a canonical decimal string (no sign, no leading zero, no exponent). */
export function parseFieldElement(text: unknown, field = 'value'): FieldElement {
  if (typeof text !== 'string' || !/^(0|[1-9][0-9]{0,76})$/.test(text)) {
    throw new HealthpassError('field-not-canonical', `${field} is not a canonical decimal field element`, { field });
  }
  return assertFieldElement(BigInt(text), field);
}

/** Big-endian bytes as an integer. */
export function bytesToInteger(bytes: Uint8Array): bigint {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex === '' ? 0n : BigInt(`0x${hex}`);
}

/** Big-endian, exactly `length` bytes. @throws RangeError when the value does not fit. */
export function integerToBytes(value: bigint, length: number): Uint8Array {
  if (value < 0n || value >> BigInt(8 * length) !== 0n) throw new RangeError(`the integer does not fit ${length} bytes`);
  const bytes = new Uint8Array(length);
  for (let i = length - 1, rest = value; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}

/** The first 31 bytes of a SHA-256 digest as a field element (always below r). */
export const fieldFromDigest = (digest: Uint8Array): FieldElement => bytesToInteger(digest.subarray(0, 31)) as FieldElement;
