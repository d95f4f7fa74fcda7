// What a member asks for, as the signature over it has it.
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { Address } from '../members.ts';
import type { AskedTerms } from './wire.ts';

/** keccak256 of the canonical JSON (RFC 8785) of for whom it is asked, and what. */
export const termsDigest = (recipient: Address, terms: AskedTerms): `0x${string}` =>
  `0x${bytesToHex(keccak_256(utf8ToBytes(canonicalize({ recipient, terms })!)))}`; // an object has a text
