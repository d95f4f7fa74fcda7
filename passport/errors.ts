// The closed list of what can be wrong with input, with a request or with the surroundings. What can be wrong with a
// well-formed presentation is not an error but a verdict: see verdict.ts.

/** Codes of thrown errors. A code names a mistake; the message names the field, never the value. */
export const ERROR_CODES = [
  // input that cannot be read
  'text-malformed', 'text-too-long', 'image-unreadable', 'json-malformed', 'json-duplicate-key', 'jwt-malformed',
  'sd-jwt-malformed', 'pass-malformed', 'field-not-canonical', 'point-invalid', 'proof-malformed',
  // FHIR
  'fhir-invalid', 'fhir-unsupported', 'fhir-status', 'fhir-code-unknown', 'fhir-patient-mismatch', 'fhir-no-event',
  // domain values
  'claims-invalid', 'policy-invalid', 'bundle-invalid', 'request-invalid', 'index-out-of-range', 'artifact-mismatch',
  // issuing
  'issuer-not-accredited', 'list-full', 'credential-unknown', 'patient-unknown', 'patient-erased', 'status-conflict', 'key-unknown', 'not-authorised', 'forbidden', 'rate-limited',
  'campaign-unknown', 'campaign-conflict', 'row-repeated', 'row-issued',
  // rules and events of a verifier
  'rule-malformed', 'rule-signature-invalid', 'rule-unknown', 'rule-conflict', 'rule-retired', 'event-unknown', 'event-over', 'entry-conflict', 'lane-foreign',
  // holding
  'wallet-exists', 'wallet-missing', 'wallet-locked', 'wallet-corrupt', 'credential-rejected', 'nothing-fits', 'no-trust-data', 'presentation-over',
  'wallet-newer', 'person-unknown', 'pin-wrong', 'offer-over', 'offer-untrusted', 'storage-full', 'storage-unavailable', 'passkey-refused', 'passkey-unsupported',
  'backup-invalid',
  // records and who takes part in them
  'record-unknown', 'consent-conflict', 'consent-over', 'epoch-over', 'emergency-waiting', 'emergency-over', 'log-malformed', 'receipt-invalid', 'challenge-over', 'member-unknown', 'member-suspended', 'application-unknown', 'application-conflict',
  'chunk-invalid', 'chunk-unknown', 'record-newer', 'share-invalid', 'wallet-unsuitable',
  'signature-invalid',
  // surroundings
  'chain-unavailable', 'chain-inconsistent', 'transaction-failed', 'service-unavailable', 'sealed-invalid', 'development-keys', 'configuration-invalid',
  'cancelled', 'usage',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What went wrong, in a form that a caller can act on and a log may carry. */
export class HealthpassError extends Error {
  readonly code: ErrorCode;
  /** Path of the offending field, as the input's own format writes it (`Immunization.occurrenceDateTime`). */
  readonly field: string | undefined;
  constructor(code: ErrorCode, message: string, options: { field?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HealthpassError';
    this.code = code;
    this.field = options.field;
  }
}

export const isHealthpassError = (error: unknown): error is HealthpassError => error instanceof HealthpassError;
