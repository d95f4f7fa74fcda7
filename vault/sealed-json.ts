// JSON under a cipher, padded, and bound to the name that it stands under: what is opened under another name does not open.
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { parseJson } from '#passport';
import type { Cipher } from './cipher.ts';

const TEXT_MAX_BYTES = 50_000_000;
const PAD_MIN = 4096;

/** Length, text, and zeros up to a power of two: how much a wallet holds shows only coarsely. */
export async function sealJson(cipher: Cipher, name: string, json: unknown): Promise<Uint8Array> {
  const text = utf8ToBytes(JSON.stringify(json));
  let size = PAD_MIN;
  while (size < text.length + 4) size *= 2;
  const padded = new Uint8Array(size);
  new DataView(padded.buffer).setUint32(0, text.length);
  padded.set(text, 4);
  return cipher.seal(contextOf(name), padded);
}

/** Undefined when the bytes are not what was sealed under this name. */
export async function openJson(cipher: Cipher, name: string, sealed: Uint8Array): Promise<unknown> {
  const padded = await cipher.open(contextOf(name), sealed);
  if (!padded) return undefined;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  return parseJson(padded.subarray(4, 4 + length), { maxBytes: TEXT_MAX_BYTES });
}

const contextOf = (name: string): Uint8Array => utf8ToBytes(`healthpass/vault/record/v1\0${name}`);
