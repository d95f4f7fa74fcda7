// Base45 (RFC 9285), strict: bytes to the characters that a QR code stores most densely, and back.
import { HealthpassError } from './errors.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const VALUES = new Map([...ALPHABET].map((c, i) => [c, i]));

export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length;
    let value = pair ? bytes[i]! * 256 + bytes[i + 1]! : bytes[i]!;
    for (let digit = 0; digit < (pair ? 3 : 2); digit++, value = Math.floor(value / 45)) text += ALPHABET[value % 45];
  }
  return text;
}

/** @throws HealthpassError `pass-malformed` for characters, lengths or groups outside RFC 9285 */
export function decodeBase45(text: string): Uint8Array {
  if (text.length % 3 === 1) throw new HealthpassError('pass-malformed', 'the base45 text has an impossible length', { field: 'base45' });
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 3) {
    const digits = Array.from(text.slice(i, i + 3), (c) => VALUES.get(c));
    if (digits.includes(undefined)) throw new HealthpassError('pass-malformed', 'the text has a character outside base45', { field: 'base45' });
    const value = digits.reduceRight<number>((sum, digit) => sum * 45 + digit!, 0);
    if (value >= (digits.length === 3 ? 65536 : 256)) throw new HealthpassError('pass-malformed', 'the text has a group outside base45', { field: 'base45' });
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}
