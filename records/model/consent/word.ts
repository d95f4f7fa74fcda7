// What of a policy stands on chain: uint40 from ‖ uint40 until ‖ the first 22 bytes of keccak256(salt ‖ canonical JSON), one storage slot. The salt keeps
// anybody from guessing the policy, and two grants of the same content from looking alike.
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { concatBytes, HealthpassError, type UnixSeconds } from '#passport';
import { encodePolicy } from './canonical.ts';
import type { Policy } from './policy.ts';

declare const WORD: unique symbol;
/** 0x and 64 hexadecimal digits, lower case. */
export type GrantWord = `0x${string}` & { readonly [WORD]: true };
declare const GRANT: unique symbol;
/** 0x and 64 hexadecimal digits, lower case. */
export type GrantId = `0x${string}` & { readonly [GRANT]: true };
/** 32 random bytes, for one policy under one grant. */
export type Salt = Uint8Array;

/** What stands in a slot that nobody granted or that was revoked. */
export const CLEARED_WORD = `0x${'0'.repeat(64)}` as GrantWord;
const SALT_BYTES = 32;
const DIGEST_BYTES = 22;
const TIME_DIGITS = 10;

const isBytes32 = (text: unknown): text is string => typeof text === 'string' && /^0x[0-9a-f]{64}$/.test(text);
export const isGrantId = (text: unknown): text is GrantId => isBytes32(text);
export const isGrantWord = (text: unknown): text is GrantWord => isBytes32(text);

export const createSalt = (): Salt => randomBytes(SALT_BYTES);

/** @throws HealthpassError `request-invalid` for a salt that is too short to hide anything, or that another grant has */
export function assertFreshSalt(salt: Salt, used: readonly Salt[]): void {
  assertSalt(salt);
  const text = bytesToHex(salt);
  if (used.some((other) => bytesToHex(other) === text)) throw new HealthpassError('request-invalid', 'the salt is that of another grant', { field: 'salt' });
}

function assertSalt(salt: Salt): void {
  if (salt.length !== SALT_BYTES || salt.every((byte) => byte === salt[0])) throw new HealthpassError('request-invalid', 'the salt is not 32 random bytes', { field: 'salt' });
}

export function grantWord(policy: Policy, salt: Salt): GrantWord {
  assertSalt(salt);
  const digest = keccak_256(concatBytes([salt, utf8ToBytes(encodePolicy(policy))])).subarray(0, DIGEST_BYTES);
  const time = (seconds: number) => seconds.toString(16).padStart(TIME_DIGITS, '0');
  return `0x${time(policy.from)}${time(policy.until)}${bytesToHex(digest)}` as GrantWord;
}

/** Undefined for a cleared slot. */
export function parseGrantWord(word: GrantWord): { readonly from: UnixSeconds; readonly until: UnixSeconds; readonly digest: string } | undefined {
  if (word === CLEARED_WORD) return undefined;
  const time = (at: number) => Number.parseInt(word.slice(at, at + TIME_DIGITS), 16) as UnixSeconds;
  return { from: time(2), until: time(2 + TIME_DIGITS), digest: `0x${word.slice(2 + 2 * TIME_DIGITS)}` };
}

export const wordMatches = (word: GrantWord, policy: Policy, salt: Salt): boolean => word === grantWord(policy, salt);

/** @throws HealthpassError `policy-invalid` unless the policy is the one that was granted */
export function assertWordMatches(word: GrantWord, policy: Policy, salt: Salt): void {
  if (!wordMatches(word, policy, salt)) throw new HealthpassError('policy-invalid', 'the policy is not the one that stands on chain', { field: 'word' });
}
