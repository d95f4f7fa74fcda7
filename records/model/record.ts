// What is known of a record without opening it: enough to decide who may, and no more.
import type { Address } from './members.ts';

/**
 * Consent is given by category, and each has keys of its own. A resource with a label of sensitivity (psychiatry, sexual health, addiction, genetics …)
 * is `sensitive`, whatever else it is: it is shared only where that is said.
 */
export const CATEGORIES = [
  'allergies', 'conditions', 'medications', 'immunizations', 'results', 'imaging', 'procedures', 'vitals', 'encounters', 'documents', 'devices', 'social', 'plans', 'sensitive',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** What a consent that names no category covers. */
export const ORDINARY_CATEGORIES: readonly Category[] = CATEGORIES.filter((category) => category !== 'sensitive');

declare const RECORD_ID: unique symbol;
/** 32 random hexadecimal digits, given by the writer. */
export type RecordId = string & { readonly [RECORD_ID]: true };
export const isRecordId = (text: unknown): text is RecordId => typeof text === 'string' && /^[0-9a-f]{32}$/.test(text);

declare const REFERENCE: unique symbol;
/** A Swarm content address: 64 hexadecimal digits, lower case. */
export type Reference = string & { readonly [REFERENCE]: true };
export const isReference = (text: unknown): text is Reference => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);

/** A day as FHIR writes it, YYYY-MM-DD. */
export type FhirDay = string;

export type RecordMeta = {
  readonly id: RecordId;
  readonly category: Category;
  /** When what it tells was so: the clinical date. */
  readonly date: FhirDay;
  /** Who wrote it and signed its Provenance: a member, or `patient`. */
  readonly author: Address | 'patient';
};
