// Bytes as they travel in JSON and on chain, and the one hash of everything here: Keccak-256, as the chain has it.
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** `0x` and an even number of lower-case digits. */
export type Hex = `0x${string}`;

export const toHex = (bytes: Uint8Array): Hex => `0x${bytesToHex(bytes)}`;
export const toBytes = (hex: Hex): Uint8Array => hexToBytes(hex.slice(2));
export const isBytes32 = (value: unknown): value is Hex => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value);
export const ZERO: Hex = `0x${'00'.repeat(32)}`;

export function keccak(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = keccak_256.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** A whole number in eight bytes, the highest first. */
export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
