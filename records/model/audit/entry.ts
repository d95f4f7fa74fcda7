// An entry of a patient's log, as EIP-712 writes it (Receipt): its digest is at once what the gateway signs and what the next entry names as the
// one before it, so that whoever holds a signature holds the whole history before it.
import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { UnixSeconds } from '#passport/time.ts';
import type { Address } from '../members.ts';
import { recoverSigner, statementDigest, type Signature } from '../signing.ts';
import { offChain } from '../typed-data.ts';
import { isBytes32, keccak, toBytes, toHex, ZERO, type Hex } from './hex.ts';

/** What the hash of an entry covers. */
export type EntryHead = {
  /** Secret and random, one a patient. */
  readonly log: Hex;
  /** From 1. */
  readonly sequence: number;
  /** Hash of the entry before; zeros for the first. */
  readonly previous: Hex;
  /** Digest of the event with its salt. */
  readonly event: Hex;
  readonly time: UnixSeconds;
};
/** As the patient gets it. `document` is the AuditEvent as it was digested, to the byte. */
export type LogEntry = Omit<EntryHead, 'log'> & { readonly signature: Signature; readonly salt: Hex; readonly document: string };

export const FIRST_PREVIOUS: Hex = ZERO;
const EVENT = utf8ToBytes('healthpass audit event/1');

export const createSalt = (): Hex => toHex(randomBytes(32));

/** Nobody finds the event from it: it is salted with 32 random bytes. */
export const eventDigest = (salt: Hex, document: string): Hex => toHex(keccak(EVENT, toBytes(salt), utf8ToBytes(document)));

export const entryHash = (entry: EntryHead, chainId: number): Hex => toHex(statementDigest(offChain(chainId), 'Receipt', headOf(entry)));

/** @param expected as `recoverSigner` has it @throws HealthpassError `request-invalid` for what is no signature */
export const entrySigner = (entry: EntryHead, signature: string, chainId: number, expected: Address) => recoverSigner(offChain(chainId), 'Receipt', headOf(entry), signature, expected);

const headOf = ({ log, sequence, previous, event, time }: EntryHead): EntryHead => ({ log, sequence, previous, event, time });

export const bytes32Schema = z.custom<Hex>(isBytes32);
export const signatureSchema = z.custom<Signature>((value) => typeof value === 'string' && /^0x[0-9a-f]{130}$/.test(value));
/** As far as `Receipt` goes: a year of five digits, which calendars still write. */
export const timeSchema = z.custom<UnixSeconds>((value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 40);
export const countSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Characters of one event: some thousand records at once. */
const MAX_DOCUMENT = 1_000_000;

export const entrySchema = z.strictObject({
  sequence: countSchema.min(1), previous: bytes32Schema, event: bytes32Schema, time: timeSchema, signature: signatureSchema, salt: bytes32Schema, document: z.string().max(MAX_DOCUMENT),
});
