// The names that a Consent of this project uses: those of FHIR R4 and IHE PCF 1.1, and our own where PCF has none. PCF rules out provision.class, code
// and action, so categories and actions are modifier extensions: whoever does not know them must not act on the consent (FHIR R4, 2.1.0.2).
import type { Category } from '../record.ts';
import type { Action } from './policy.ts';

export const PCF_PROFILE = 'https://profiles.ihe.net/ITI/PCF/StructureDefinition/IHE.PCF.consentIntermediate';
export const SCOPE = { system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' } as const;
/** LOINC "Consent", as PCF files it. */
export const CONSENT_CATEGORY = { system: 'http://loinc.org', code: '59284-0' } as const;
/** Information recipient, the one role of an actor in PCF. */
export const RECIPIENT = { system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' } as const;

/** What a consent is given under: docs/decisions/consent.md says it in words. */
export const POLICY_URI = 'urn:healthpass:consent-policy:1';
export const CATEGORY_EXTENSION = 'urn:healthpass:consent:category';
export const ACTION_EXTENSION = 'urn:healthpass:consent:action';
export const CATEGORY_SYSTEM = 'urn:healthpass:record-category';
export const ACTION_SYSTEM = 'http://terminology.hl7.org/CodeSystem/consentaction';
export const ACTION_CODES = { read: 'access', write: 'collect' } as const satisfies Record<Action, string>;

export type Coding = { readonly system: string; readonly code: string };
export const categoryCoding = (category: Category): Coding => ({ system: CATEGORY_SYSTEM, code: category });
export const actionCoding = (action: Action): Coding => ({ system: ACTION_SYSTEM, code: ACTION_CODES[action] });
