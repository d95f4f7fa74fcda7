// What an institution commits to on chain when it asks: salted, so that the chain says neither why nor about whom, and complete, so that whoever
// approves can check that nobody changed the key that the parts are passed on to.
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { addressText, bytes32Text, publicKeyText, unixSeconds } from '../exchange/wire.ts';
import { EMERGENCY_FINDINGS, EMERGENCY_REASONS } from './codes.ts';

type Hex = `0x${string}`;

export const askedEmergencySchema = z.strictObject({
  id: bytes32Text, institution: addressText, reason: z.enum(EMERGENCY_REASONS), until: unixSeconds, salt: bytes32Text,
  key: publicKeyText.meta({ description: 'Made for this emergency alone: parts of the patient’s key are passed on to it' }),
  subject: bytes32Text.meta({ description: 'Whom it is about, to whoever holds a part of that patient’s key; nobody is found by it' }),
});
/** What is asked for, and of whom. */
export type AskedEmergency = z.infer<typeof askedEmergencySchema>;

/** `commitment` of the contract. */
export const commitmentOf = ({ salt, ...asked }: AskedEmergency): Hex => digest(salt, { version: 1, kind: 'emergency', ...asked });

export const reviewSchema = z.strictObject({ finding: z.enum(EMERGENCY_FINDINGS), salt: bytes32Text });
export type Review = z.infer<typeof reviewSchema>;

/** `finding` of the contract. */
export const findingDigest = (emergency: Hex, { finding, salt }: Review): Hex => digest(salt, { version: 1, kind: 'review', emergency, finding });

const digest = (salt: Hex, value: unknown): Hex => `0x${bytesToHex(keccak_256(concatBytes(hexToBytes(salt.slice(2)), utf8ToBytes(canonicalize(value)!))))}`; // an object has a text
