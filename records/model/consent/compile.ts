// From what a Consent says to the policy of a grant: it must be of this patient, this recipient, this grant, and given by who may.
import { HealthpassError, type ErrorCode } from '#passport';
import type { Address } from '../members.ts';
import { canonicalPolicy, GRANT_SECONDS_MAX } from './canonical.ts';
import type { ConsentContext } from './create.ts';
import { mayDelegate, type Mandate } from './mandate.ts';
import type { Consent } from './parse.ts';
import type { Policy } from './policy.ts';

export type Expected = Omit<ConsentContext, 'performer'> & {
  readonly recipient: Address;
  /** Of the delegate who gave it, as the chain has it. */
  readonly mandate?: Mandate;
};

/**
 * @throws HealthpassError `fhir-patient-mismatch` for the consent of another patient; `not-authorised` when neither the patient nor a delegate gave it;
 * `policy-invalid` for another recipient, gateway or grant, and for a consent that contradicts itself or is over
 */
export function compile(consent: Consent, expected: Expected): Policy {
  const { now, mandate, patient } = expected;
  assertSame(consent.patient, patient, 'Consent.patient', 'fhir-patient-mismatch');
  for (const [said, meant, element] of [
    [consent.chainId, expected.chainId, 'Consent.sourceReference'],
    [consent.registry, expected.registry, 'Consent.sourceReference'],
    [consent.grant, expected.grant, 'Consent.sourceReference'],
    [consent.gateway, expected.gateway, 'Consent.organization'],
    [consent.choices.recipient, expected.recipient, 'Consent.provision.actor'],
  ] as const) assertSame(said, meant, element, 'policy-invalid');
  if (consent.performer !== patient && !(mandate && mayDelegate(mandate, 'grant', { by: consent.performer, now }))) {
    throw new HealthpassError('not-authorised', 'Consent.performer may not give this consent', { field: 'Consent.performer' });
  }
  const policy = canonicalPolicy({ ...consent.choices, version: 1 });
  // as the contract has it
  if (policy.until <= now || policy.until > now + GRANT_SECONDS_MAX) throw new HealthpassError('policy-invalid', 'Consent.provision.period is over, or ends in more than ten years', { field: 'Consent.provision.period' });
  return policy;
}

function assertSame(said: string | number, meant: string | number, field: string, code: ErrorCode): void {
  if (said !== meant) throw new HealthpassError(code, `${field} is another`, { field });
}
