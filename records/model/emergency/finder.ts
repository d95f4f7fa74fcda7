// By what a hospital finds a patient in an emergency: the code of a card, which is random and says nothing, or an identifier that the patient chose to
// be found by. What travels is a digest; that of an identifier is slow to make, since there are few numbers and names in a country.
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport';
import { derive } from '../keys/derive.ts';
import type { Root } from '../keys/root.ts';
import type { FhirDay } from '../record.ts';

type Hex = `0x${string}`;
/** An insured person's number, or a name with the day of birth. */
export type EmergencyIdentifier = { readonly kind: 'insurance'; readonly number: string } | { readonly kind: 'person'; readonly name: string; readonly birthDate: FhirDay };
export type Finder = { readonly by: 'card' | 'identifier'; readonly digest: Hex };

/** Crockford's: no letter that is read as a digit. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_BYTES = 16;
const CODE_LETTERS = 26;
/** About a third of a second and 32 MiB a guess. */
const COST = { N: 2 ** 15, r: 8, p: 1, dkLen: 32 } as const;

/** The code of a patient's card. @param card counts up: a new card is another code */
export const cardCode = (root: Root, card: number): string => encodeCode(derive(root, `emergency-card/${card}`).subarray(0, CODE_BYTES));

/** In groups, to be read aloud. */
export function encodeCode(bytes: Uint8Array): string {
  let value = BigInt(`0x${bytesToHex(bytes)}`) << 2n; // 128 bits in 26 letters of 5
  const letters: string[] = [];
  for (let i = 0; i < CODE_LETTERS; i++) {
    letters.unshift(LETTERS[Number(value & 31n)]!); // five bits
    value >>= 5n;
  }
  return letters.join('').replace(/(.{5})(?=.)/g, '$1-');
}

/** Takes what people type: small letters, spaces, O for 0, I and L for 1. @throws HealthpassError `request-invalid` */
export function parseCode(text: string): Uint8Array {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const digits = [...plain].map((letter) => LETTERS.indexOf(letter));
  if (digits.length !== CODE_LETTERS || digits.includes(-1)) throw new HealthpassError('request-invalid', 'this is no code of an emergency card', { field: 'code' });
  const value = digits.reduce((sum, digit) => (sum << 5n) | BigInt(digit), 0n);
  if (value & 3n) throw new HealthpassError('request-invalid', 'this is no code of an emergency card', { field: 'code' });
  return hexToBytes((value >> 2n).toString(16).padStart(2 * CODE_BYTES, '0'));
}

export function isCode(text: string): boolean {
  try {
    return parseCode(text).length === CODE_BYTES;
  } catch {
    return false;
  }
}

/** @throws HealthpassError `request-invalid` */
export const finderOfCode = (code: string): Finder => ({ by: 'card', digest: tagged('card', parseCode(code)) });

/** Slow on purpose. @throws HealthpassError `request-invalid` for an identifier that says nothing */
export async function finderOfIdentifier(identifier: EmergencyIdentifier, chainId: number): Promise<Finder> {
  const text = identifier.kind === 'insurance' ? plainNumber(identifier.number) : `${plainName(identifier.name)}|${identifier.birthDate}`;
  const slow = await scryptAsync(utf8ToBytes(`${identifier.kind}|${text}`), utf8ToBytes(`healthpass emergency identifier/1/${chainId}`), { ...COST, asyncTick: 10 });
  return { by: 'identifier', digest: tagged('identifier', slow) };
}

/** What the approvals of hospitals are bound to: they learn for whom a share is, and not how to find that patient. */
export const subjectOf = ({ digest }: Finder): Hex => tagged('subject', hexToBytes(digest.slice(2)));

const tagged = (kind: string, bytes: Uint8Array): Hex => `0x${bytesToHex(sha256(concatBytes(utf8ToBytes(`healthpass/emergency-${kind}/1`), bytes)))}`;

function plainNumber(number: string): string {
  const plain = number.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (plain.length < 6) throw new HealthpassError('request-invalid', 'the number is too short', { field: 'number' });
  return plain;
}

/** The same for everybody who writes the name: without accents, in small letters, its words in order of the alphabet. */
function plainName(name: string): string {
  const words = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  if (words.length < 2) throw new HealthpassError('request-invalid', 'a name has two words at least', { field: 'name' });
  return words.sort().join(' ');
}
