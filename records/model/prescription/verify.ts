// Whether a pharmacy may hand out what it was shown. A refusal is a value, with a reason of a closed list; the first that fits is told.
import { isHealthpassError, type UnixSeconds } from '#passport';
import type { Address, Role } from '../members.ts';
import { readPrescription, type Prescription } from './credential.ts';
import { nullifierOf, useCommitment, type DispensePlace } from './secret.ts';

type Hex = `0x${string}`;
export const PRESCRIPTION_REFUSALS = ['malformed', 'signature-invalid', 'prescriber-unknown', 'not-yet', 'expired', 'use-unknown', 'void', 'already-dispensed'] as const;
export type PrescriptionRefusal = (typeof PRESCRIPTION_REFUSALS)[number];

/** What a patient hands over: the prescription, and the secret of one use. */
export type ShownUse = { readonly prescription: string; readonly number: number; readonly secret: Hex };
export type VerifiedUse = { readonly outcome: 'verified'; readonly prescription: Prescription; readonly number: number; readonly nullifier: Hex };
export type RefusedUse = { readonly outcome: 'refused'; readonly reason: PrescriptionRefusal; /** Where it could be read. */ readonly prescription?: Prescription };
export type PrescriptionVerdict = VerifiedUse | RefusedUse;

export type PrescriptionContext = DispensePlace & {
  readonly now: UnixSeconds;
  /** As the chain says now. */
  readonly hasRole: (member: Address, role: Role) => Promise<boolean>;
  readonly useOf: (nullifier: Hex) => Promise<{ readonly use: 'dispensed' | 'void' } | undefined>;
};

/** @throws HealthpassError only of the chain: without it nothing is known, and nothing handed out */
export async function verifyPrescription({ prescription: jwt, number, secret }: ShownUse, context: PrescriptionContext): Promise<PrescriptionVerdict> {
  const read = parse(jwt);
  if (typeof read === 'string') return { outcome: 'refused', reason: read };
  const refused = (reason: PrescriptionRefusal): RefusedUse => ({ outcome: 'refused', reason, prescription: read });
  if (read.chainId !== context.chainId || !(await mayPrescribe(read.prescriber, context))) return refused('prescriber-unknown');
  if (context.now < read.validFrom) return refused('not-yet');
  if (context.now >= read.validUntil) return refused('expired');
  if (read.uses[number] !== useCommitment(secret)) return refused('use-unknown');
  const nullifier = nullifierOf(secret, read.prescriber, context);
  const use = await context.useOf(nullifier);
  if (use) return refused(use.use === 'void' ? 'void' : 'already-dispensed');
  return { outcome: 'verified', prescription: read, number, nullifier };
}

const mayPrescribe = async (prescriber: Address, { hasRole }: PrescriptionContext): Promise<boolean> => (await hasRole(prescriber, 'doctor')) || hasRole(prescriber, 'hospital');

function parse(jwt: string): Prescription | 'malformed' | 'signature-invalid' {
  try {
    return readPrescription(jwt);
  } catch (error) {
    if (!isHealthpassError(error)) throw error;
    return error.code === 'signature-invalid' ? 'signature-invalid' : 'malformed';
  }
}
