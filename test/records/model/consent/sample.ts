// People, records and a consent that the tests of consents share.
import { createConsent, grantWord, type Choices, type ConsentContext, type GrantId, type Policy, type StandingPolicy } from '#records/model/consent/index.ts';
import { isAddress, type Address } from '#records/model/members.ts';
import { isRecordId, type RecordId, type RecordMeta } from '#records/model/record.ts';
import type { UnixSeconds } from '#passport';

export function address(n: number): Address {
  const text = `0x${n.toString(16).padStart(40, '0')}`;
  if (!isAddress(text)) throw new TypeError('not an address');
  return text;
}
export function recordId(n: number): RecordId {
  const text = n.toString(16).padStart(32, '0');
  if (!isRecordId(text)) throw new TypeError('not a record id');
  return text;
}
export const at = (iso: string): UnixSeconds => (Date.parse(iso) / 1000) as UnixSeconds;

export const PATIENT = address(1);
export const HOSPITAL = address(2);
export const DOCTOR = address(3);
export const NURSE = address(4);
export const LABORATORY = address(5);
export const STRANGER = address(6);
export const GATEWAY = address(7);
export const REGISTRY = address(8);

export const NOW = at('2026-06-01T12:00:00Z');
export const FROM = at('2026-01-01T00:00:00Z');
export const UNTIL = at('2027-01-01T00:00:00Z');

export const GRANT = `0x${'a'.repeat(64)}` as GrantId;
export const CONTEXT: ConsentContext = { patient: PATIENT, gateway: GATEWAY, chainId: 31_337, registry: REGISTRY, grant: GRANT, now: NOW };

export const choices = (more: Partial<Choices> = {}): Choices => ({ effect: 'permit', recipient: HOSPITAL, actions: ['read'], from: FROM, until: UNTIL, exceptions: [], ...more });
export const policy = (more: Partial<Choices> = {}): Policy => ({ version: 1, ...choices(more) });
export const consentJson = (more: Partial<Choices> = {}): Record<string, unknown> => structuredClone(createConsent(choices(more), CONTEXT));

export const record = (more: Partial<RecordMeta> = {}): RecordMeta => ({ id: recordId(1), category: 'results', date: '2026-03-01', author: LABORATORY, ...more });

let salts = 0;
/** As the chain has it: granted and unchanged. */
export function standing(granted: Policy, grant: GrantId = GRANT): StandingPolicy {
  const salt = new Uint8Array(32).map((_, i) => (salts + i * 7) & 0xff);
  salts++;
  return { grant, policy: granted, salt, word: grantWord(granted, salt) };
}
