// What is told of an access, before it is written as FHIR has it and after it was read from there.
import type { UnixSeconds } from '#passport/time.ts';
import type { DenyReason } from '../consent/decide.ts';
import type { Address, Role } from '../members.ts';
import type { Purpose } from '../purposes.ts';
import type { Category, FhirDay, RecordId } from '../record.ts';
import type { Hex } from './hex.ts';

/** A member, by address and as the directory names it at that moment. */
export type AuditPerson = { readonly address: Address; readonly name?: string; readonly role?: Role };
/** Who did it: a member, alone or for an organisation; the patient; or whoever acts for the patient. */
export type AuditActor =
  | { readonly kind: 'member'; readonly person: AuditPerson; readonly organisation?: Omit<AuditPerson, 'role'> }
  | { readonly kind: 'patient' }
  | { readonly kind: 'delegate'; readonly person: AuditPerson };

/** What was asked for. Categories and days, never codes or values: the account of accesses is no second health record. */
export type Asked = { readonly categories?: readonly Category[]; readonly from?: FhirDay; readonly until?: FhirDay; readonly records?: readonly RecordId[] };
export type Touched = { readonly id: RecordId; readonly category: Category };

export const CONSENT_CHANGES = ['granted', 'changed', 'withdrawn'] as const;
export const EMERGENCY_STEPS = ['asked', 'approved', 'opened', 'ended', 'reviewed'] as const;
export type ConsentChange = (typeof CONSENT_CHANGES)[number];
export type EmergencyStep = (typeof EMERGENCY_STEPS)[number];

export type Access =
  /** `withheld`: what fitted the question and was not given. The patient may know of it; the reader never learns of it. */
  | { readonly kind: 'read'; readonly actor: AuditActor; readonly purpose: Purpose; readonly asked: Asked; readonly released: readonly Touched[]; readonly withheld?: readonly Touched[];
      readonly grant?: Hex; readonly emergency?: Hex;
      /** A number that the reader drew for this one read: whose receipt belongs to which entry. */ readonly request?: Hex }
  | { readonly kind: 'denied'; readonly actor: AuditActor; readonly purpose: Purpose; readonly action: 'read' | 'write'; readonly asked: Asked; readonly grant?: Hex; readonly reason: DenyReason }
  | { readonly kind: 'written'; readonly actor: AuditActor; readonly purpose?: Purpose; readonly record: Touched; readonly grant?: Hex }
  | { readonly kind: 'consent'; readonly change: ConsentChange; readonly actor: AuditActor; readonly grant: Hex; readonly recipient: AuditPerson; readonly categories?: readonly Category[] }
  /** `reason`: why, of the closed list of emergencies. */
  | { readonly kind: 'emergency'; readonly step: EmergencyStep; readonly actor: AuditActor; readonly emergency: Hex; readonly reason?: string }
  | { readonly kind: 'disclosed'; readonly actor: AuditActor; readonly to: 'delegate' | 'guardian'; readonly recipient: AuditPerson; readonly categories: readonly Category[] };

/** Where and when it was entered. */
export type AccessPlace = {
  readonly gateway: { readonly address: Address; readonly url: string };
  readonly chainId: number;
  /** Pseudonym of the patient: the id of the relationship, or what else the gateway knows the patient by. */
  readonly patient: string;
  readonly time: UnixSeconds;
};

/** An access as it stands in the log. */
export type AccessRead = { readonly access: Access; readonly place: AccessPlace };
