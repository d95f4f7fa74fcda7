// Single-owner chunks: a place that one key names ahead (identifier and owner) and only it can fill: id (32 bytes) ‖ signature (65) ‖ chunk.
// The signature is over Keccak-256(id ‖ address of the chunk), as a personal message of Ethereum (EIP-191), as Bee checks it.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { concatBytes } from '#passport';
import { addressOf, type SigningKey } from '../keys/derive.ts';
import type { Address } from '../members.ts';
import type { Reference } from '../record.ts';
import { SPAN_BYTES } from './bmt.ts';
import { MAX_CHUNK_DATA, addressFrom, encodeChunk, invalid, parseChunk, referenceFrom, type Chunk } from './chunk.ts';

export const SOC_ID_BYTES = 32;
export const SIGNATURE_BYTES = 65;
const CHUNK_AT = SOC_ID_BYTES + SIGNATURE_BYTES;
export const MAX_SOC_DATA = CHUNK_AT + MAX_CHUNK_DATA;
const PREFIX = utf8ToBytes('\x19Ethereum Signed Message:\n32');

/** `signature`: r ‖ s ‖ v, v being 27 or 28. */
export type SingleOwnerChunk = { readonly reference: Reference; readonly id: Uint8Array; readonly owner: Address; readonly signature: Uint8Array; readonly chunk: Chunk };

/** Where the chunk of an owner with this id (32 bytes) lies. */
export const socReference = (id: Uint8Array, owner: Address): Reference => referenceFrom(keccak_256(concatBytes([id, hexToBytes(owner.slice(2))])));

/** @param id 32 bytes @param payload 0 to 4096 bytes @throws TypeError for another id, HealthpassError `chunk-invalid` for more */
export function createSoc({ secretKey, address: owner }: SigningKey, id: Uint8Array, payload: Uint8Array): SingleOwnerChunk {
  if (id.length !== SOC_ID_BYTES) throw new TypeError('the id of a single-owner chunk has 32 bytes');
  const chunk = parseChunk(encodeChunk({ span: payload.length, payload }));
  const [recovery, ...point] = secp256k1.sign(digestOf(id, chunk), hexToBytes(secretKey.slice(2)), { prehash: false, format: 'recovered' });
  return { reference: socReference(id, owner), id, owner, signature: Uint8Array.of(...point, 27 + recovery!), chunk }; // recovery byte first, then r ‖ s
}

export const encodeSoc = ({ id, signature, chunk }: SingleOwnerChunk): Uint8Array => concatBytes([id, signature, encodeChunk(chunk)]);

/** Reads what somebody says is a single-owner chunk; its owner is who signed it. @throws HealthpassError `chunk-invalid` */
export function parseSoc(data: Uint8Array): SingleOwnerChunk {
  if (data.length < CHUNK_AT + SPAN_BYTES || data.length > MAX_SOC_DATA) throw invalid('a single-owner chunk has 105 to 4201 bytes');
  const id = data.slice(0, SOC_ID_BYTES);
  const signature = data.slice(SOC_ID_BYTES, CHUNK_AT);
  const chunk = parseChunk(data.subarray(CHUNK_AT));
  const owner = signerOf(digestOf(id, chunk), signature);
  return { reference: socReference(id, owner), id, owner, signature, chunk };
}

/** @throws HealthpassError `chunk-invalid` for anything else than what the owner of this address signed */
export function verifySoc(reference: Reference, data: Uint8Array): SingleOwnerChunk {
  const soc = parseSoc(data);
  if (soc.reference !== reference) throw invalid('the single-owner chunk does not match its address');
  return soc;
}

const digestOf = (id: Uint8Array, { reference }: Chunk): Uint8Array => keccak_256(concatBytes([PREFIX, keccak_256(concatBytes([id, addressFrom(reference)]))]));

function signerOf(digest: Uint8Array, signature: Uint8Array): Address {
  try {
    const recovery = signature[SIGNATURE_BYTES - 1]! - 27;
    const point = secp256k1.recoverPublicKey(Uint8Array.of(recovery, ...signature.subarray(0, SIGNATURE_BYTES - 1)), digest, { prehash: false });
    return addressOf(secp256k1.Point.fromBytes(point).toBytes(false));
  } catch {
    throw invalid('the signature of a single-owner chunk is none');
  }
}

