// Statements of typed-data.ts, signed and read back: EIP-712 over secp256k1, as contracts and wallets do it. Our types are flat, so the
// encoder is short. In a bundle that has the rest of ethers and @noble/curves already, ethers' signer and encoder weigh 50.5 kB more (15.5 compressed), this 37 (10.7).
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport/errors.ts';
import { isByKnown, keepKey } from './known-keys.ts';
import { isAddress, type Address } from './members.ts';
import { TYPES, type Field, type Statement, type StatementName, type TypedDomain } from './typed-data.ts';

/** r ‖ s ‖ v, 65 bytes in lower-case hexadecimal with 0x; v is 27 or 28. */
export type Signature = `0x${string}`;

export type Signer = {
  readonly address: Address;
  /** The same statement always gives the same signature (RFC 6979). @throws HealthpassError `request-invalid` for a value that its field cannot hold */
  readonly sign: <Name extends StatementName>(domain: TypedDomain, name: Name, value: Statement<Name>) => Signature;
};

/** @param privateKey 32 bytes @throws TypeError unless it is a key of the curve */
export function createSigner(privateKey: Uint8Array): Signer {
  if (!secp256k1.utils.isValidSecretKey(privateKey)) throw new TypeError('no private key of secp256k1');
  const key = Uint8Array.from(privateKey);
  return {
    address: addressOf(secp256k1.getPublicKey(key, false)),
    sign(domain, name, value) {
      const signature = secp256k1.sign(statementDigest(domain, name, value), key, { prehash: false, format: 'recovered', lowS: true });
      return `0x${bytesToHex(signature.subarray(1))}${(27 + signature[0]!).toString(16)}`;
    },
  };
}

/**
 * Who signed. A signature of something else gives some other address: it is for the caller to compare.
 * @throws HealthpassError `request-invalid` for a value that its field cannot hold, and for a signature that is malformed or has a high s:
 * of the two signatures that anybody can make of one, only the signer's own counts
 * @param expected who should have signed: sooner known where that is somebody whose signature was seen before, and otherwise the same
 */
export function recoverSigner<Name extends StatementName>(domain: TypedDomain, name: Name, value: Statement<Name>, signature: string, expected?: Address): Address {
  if (!/^0x[0-9a-f]{128}1[bc]$/.test(signature)) throw malformed('signature');
  const bytes = hexToBytes(signature.slice(2));
  try {
    const parsed = secp256k1.Signature.fromBytes(concatBytes(Uint8Array.of(bytes[64]! - 27), bytes.subarray(0, 64)), 'recovered');
    if (parsed.hasHighS()) throw malformed('signature');
    const digest = statementDigest(domain, name, value);
    if (expected !== undefined && isByKnown(expected, parsed, digest, parsed.recovery)) return expected;
    const point = parsed.recoverPublicKey(digest);
    const signer = addressOf(point.toBytes(false));
    if (signer === expected) keepKey(signer, point);
    return signer;
  } catch (error) {
    throw error instanceof HealthpassError ? error : malformed('signature');
  }
}

/** What is signed: keccak256(0x1901 ‖ domain separator ‖ hash of the statement), 32 bytes. @throws HealthpassError `request-invalid` */
export const statementDigest = <Name extends StatementName>(domain: TypedDomain, name: Name, value: Statement<Name>): Uint8Array =>
  keccak_256(concatBytes(Uint8Array.of(0x19, 0x01), domainSeparator(domain), structHash(name, TYPES[name], value)));

function domainSeparator({ name, version, chainId, verifyingContract }: TypedDomain): Uint8Array {
  const fields = DOMAIN_FIELDS.filter((field) => field.name !== 'verifyingContract' || verifyingContract !== undefined);
  return structHash('EIP712Domain', fields, { name, version, chainId, verifyingContract });
}

const DOMAIN_FIELDS = [
  { name: 'name', type: 'string' }, { name: 'version', type: 'string' }, { name: 'chainId', type: 'uint256' }, { name: 'verifyingContract', type: 'address' },
] as const;

function structHash(name: string, fields: readonly Field[], value: Readonly<Record<string, unknown>>): Uint8Array {
  const type = `${name}(${fields.map((field) => `${field.type} ${field.name}`).join(',')})`;
  return keccak_256(concatBytes(keccak_256(utf8ToBytes(type)), ...fields.map((field) => encodeWord(field, value[field.name]))));
}

/** One field as a word of 32 bytes: numbers to the right, bytes to the left, text as its hash. */
function encodeWord({ name, type }: Field, value: unknown): Uint8Array {
  if (type === 'string' && typeof value === 'string' && value.isWellFormed()) return keccak_256(utf8ToBytes(value));
  if (type === 'address' && isAddress(value)) return numberWord(BigInt(value));
  if (type === 'bool' && typeof value === 'boolean') return numberWord(value ? 1n : 0n);
  const [, kind, size] = /^(uint|bytes)(\d+)$/.exec(type) ?? [];
  if (kind === 'uint' && isCount(value) && BigInt(value) < 1n << BigInt(size!)) return numberWord(BigInt(value));
  if (kind === 'bytes' && typeof value === 'string' && /^0x[0-9a-f]*$/.test(value) && value.length === 2 + 2 * Number(size)) return hexToBytes(value.slice(2).padEnd(64, '0'));
  throw malformed(name);
}

const isCount = (value: unknown): value is number | bigint => (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) && value >= 0;
const numberWord = (value: bigint): Uint8Array => hexToBytes(value.toString(16).padStart(64, '0'));
/** Last 20 bytes of the hash of the point, without the byte that says it is uncompressed. */
const addressOf = (publicKey: Uint8Array): Address => `0x${bytesToHex(keccak_256(publicKey.subarray(1)).subarray(12))}` as Address;
const malformed = (field: string) => new HealthpassError('request-invalid', 'a signed statement has no valid form', { field });
