// What makes a prescription good once for each of its uses. From one random secret comes one for each use; a pharmacy is handed that of one use alone: it
// can neither use up the others, nor see on chain when they are used.
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Address } from '../members.ts';

type Hex = `0x${string}`;
/** Where uses are counted. */
export type DispensePlace = { readonly chainId: number; readonly registry: Address };

export const createPrescriptionSecret = (): Hex => `0x${bytesToHex(randomBytes(32))}`;

/** @param number from 0, the first dispensing */
export const useSecret = (secret: Hex, number: number): Hex => digest(`healthpass/prescription-use/1/${number}`, secret);

/** What the credential says of a use: that its secret exists, and nothing by which it is known on chain. */
export const useCommitment = (secretOfUse: Hex): Hex => digest('healthpass/prescription-commitment/1', secretOfUse);

/** What its prescriber withdraws a use by. In anybody else's name the registry makes another nullifier of it. */
export const innerOf = (secretOfUse: Hex, { chainId, registry }: DispensePlace): Hex => digest(`healthpass/prescription-nullifier/1/${chainId}/${registry}`, secretOfUse);

/** What the DispenseRegistry takes once, as it makes it itself: who was handed a use, and knows all of it, still cannot withdraw it. */
export const nullifierOf = (secretOfUse: Hex, prescriber: Address, place: DispensePlace): Hex =>
  `0x${bytesToHex(keccak_256(concatBytes(hexToBytes(prescriber.slice(2)), hexToBytes(innerOf(secretOfUse, place).slice(2)))))}`;

const digest = (domain: string, secret: Hex): Hex => `0x${bytesToHex(keccak_256(concatBytes(utf8ToBytes(domain), hexToBytes(secret.slice(2)))))}`;
