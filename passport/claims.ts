// The claims vector: sixteen field elements that the issuer signs and the circuit reads. docs/protocol.md, "Claims vector".
import { HealthpassError } from './errors.ts';
import { isFieldElement, type FieldElement } from './field.ts';
import { LIST_SIZE, PRODUCT_LIMIT, TEST_LIMIT } from './limits.ts';
import { P16 } from './poseidon.ts';
import type { Seconds1900 } from './time.ts';

export const CLAIMS_VERSION = 1;

/** Kinds of health event, by the number that stands in claim 0. */
export const KINDS = { vaccination: 1, test: 2, recovery: 3 } as const;
export type Kind = keyof typeof KINDS;
export const RESULTS = { none: 0, notDetected: 1, detected: 2 } as const;
export type Result = keyof typeof RESULTS;

/** What an issuer states, decoded. Codes are numbers; their tables are in passport/codes. */
export type Claims = {
  readonly kind: Kind;
  /** SNOMED CT identifier; 0n none. */
  readonly disease: bigint;
  /** Index in the product table; 0 none or unknown. */
  readonly product: number;
  /** 0 unknown. */
  readonly dose: number;
  /** 0 unknown. */
  readonly series: number;
  readonly eventTime: Seconds1900;
  /** Index in the test table; 0 none. */
  readonly test: number;
  readonly result: Result;
  /** ISO 3166-1 alpha-2, or '' when unknown. */
  readonly country: string;
  /** YYYYMMDD, unknown parts encoded late. */
  readonly birthDate: number;
  /** 0n when no name is attested. */
  readonly nameDigest: FieldElement;
  readonly holder: FieldElement;
  readonly list: number;
  readonly index: number;
  readonly validUntil: Seconds1900;
  readonly salt: FieldElement;
};

/** One entry a claim, in signing order: its range and its encoding. Each encoding is injective on its range. */
const CLAIM_TABLE: readonly { name: keyof Claims; limit: bigint; encode: (claims: Claims) => bigint; decode: (value: bigint) => unknown }[] = [
  { name: 'kind', limit: 16n, encode: (c) => BigInt(KINDS[c.kind] + 8 * CLAIMS_VERSION), decode: decodeKind },
  { name: 'disease', limit: 1n << 60n, encode: (c) => c.disease, decode: (v) => v },
  { name: 'product', limit: BigInt(PRODUCT_LIMIT), encode: (c) => BigInt(c.product), decode: Number },
  { name: 'dose', limit: 256n, encode: (c) => BigInt(c.dose), decode: Number },
  { name: 'series', limit: 256n, encode: (c) => BigInt(c.series), decode: Number },
  { name: 'eventTime', limit: 1n << 34n, encode: (c) => BigInt(c.eventTime), decode: Number },
  { name: 'test', limit: BigInt(TEST_LIMIT), encode: (c) => BigInt(c.test), decode: Number },
  { name: 'result', limit: 8n, encode: (c) => BigInt(RESULTS[c.result]), decode: decodeResult },
  { name: 'country', limit: 1n << 16n, encode: (c) => encodeCountry(c.country), decode: decodeCountry },
  { name: 'birthDate', limit: 1n << 27n, encode: (c) => BigInt(c.birthDate), decode: decodeBirthDate },
  { name: 'nameDigest', limit: 1n << 256n, encode: (c) => c.nameDigest, decode: (v) => v },
  { name: 'holder', limit: 1n << 256n, encode: (c) => c.holder, decode: (v) => v },
  { name: 'list', limit: 1n << 32n, encode: (c) => BigInt(c.list), decode: decodeList },
  { name: 'index', limit: BigInt(LIST_SIZE), encode: (c) => BigInt(c.index), decode: Number },
  { name: 'validUntil', limit: 1n << 34n, encode: (c) => BigInt(c.validUntil), decode: Number },
  { name: 'salt', limit: 1n << 248n, encode: (c) => c.salt, decode: (v) => v },
];

export const CLAIM_NAMES: readonly (keyof Claims)[] = CLAIM_TABLE.map((row) => row.name);

/**
 * The sixteen field elements of a claims object.
 * @throws HealthpassError `claims-invalid`, naming the claim that is out of its range.
 */
export function encodeClaims(claims: Claims): FieldElement[] {
  return CLAIM_TABLE.map(({ name, limit, encode, decode }) => {
    let value: bigint;
    try {
      value = encode(claims);
    } catch (cause) {
      throw new HealthpassError('claims-invalid', `claim ${name} is not an integer`, { field: name, cause });
    }
    inRange(name, value, limit);
    decode(value);
    return value as FieldElement;
  });
}

/**
 * The claims that a vector of sixteen field elements stands for. Left inverse of {@link encodeClaims}.
 * @throws HealthpassError `claims-invalid`
 */
export function decodeClaims(vector: readonly bigint[]): Claims {
  if (vector.length !== CLAIM_TABLE.length) throw new HealthpassError('claims-invalid', 'a claims vector has sixteen elements', { field: 'length' });
  const entries = CLAIM_TABLE.map(({ name, limit, decode }, i) => {
    const value = vector[i]!;
    inRange(name, value, limit);
    return [name, decode(value)];
  });
  return Object.fromEntries(entries) as Claims; // every name of the table is there, decoded by its own row
}

/** M = Poseidon(16 claims): what the issuer signs. */
export const hashClaims = (claims: Claims): FieldElement => P16(encodeClaims(claims));

function inRange(name: string, value: bigint, limit: bigint): void {
  if (typeof value !== 'bigint' || value < 0n || value >= limit || !isFieldElement(value)) {
    throw new HealthpassError('claims-invalid', `claim ${name} is out of its range`, { field: name });
  }
}

function decodeKind(value: bigint): Kind {
  const kind = (Object.keys(KINDS) as Kind[]).find((k) => BigInt(KINDS[k] + 8 * CLAIMS_VERSION) === value);
  if (!kind) throw new HealthpassError('claims-invalid', 'claim kind is of no known kind and version', { field: 'kind' });
  return kind;
}

function decodeResult(value: bigint): Result {
  const result = (Object.keys(RESULTS) as Result[]).find((k) => BigInt(RESULTS[k]) === value);
  if (!result) throw new HealthpassError('claims-invalid', 'claim result is of no known value', { field: 'result' });
  return result;
}

function encodeCountry(country: string): bigint {
  if (country === '') return 0n;
  if (!/^[A-Z]{2}$/.test(country)) throw new HealthpassError('claims-invalid', 'claim country is not ISO 3166-1 alpha-2', { field: 'country' });
  return BigInt(country.charCodeAt(0) * 256 + country.charCodeAt(1));
}

function decodeCountry(value: bigint): string {
  if (value === 0n) return '';
  const country = String.fromCharCode(Number(value >> 8n), Number(value & 0xffn));
  encodeCountry(country);
  return country;
}

function decodeBirthDate(value: bigint): number {
  const number = Number(value);
  const month = Math.floor(number / 100) % 100;
  const day = number % 100;
  if (number < 18000101 || month < 1 || month > 12 || day < 1 || day > 31) {
    throw new HealthpassError('claims-invalid', 'claim birthDate is not a date YYYYMMDD', { field: 'birthDate' });
  }
  return number;
}

function decodeList(value: bigint): number {
  if (value === 0n) throw new HealthpassError('claims-invalid', 'claim list is 0', { field: 'list' });
  return Number(value);
}
