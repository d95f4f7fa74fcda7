// What @sd-jwt asks for and does not bring.
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** @throws TypeError for another hash than SHA-256, which nothing here asks for */
export function hashBytes(data: string | ArrayBuffer, algorithm: string): Uint8Array {
  if (algorithm !== 'sha-256') throw new TypeError('only sha-256 is used');
  return sha256(typeof data === 'string' ? utf8ToBytes(data) : new Uint8Array(data));
}
