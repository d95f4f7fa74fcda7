// The errors that people meet. Others mean a fault of the installation, and one sentence is enough for them.
import type { ErrorCode } from '#passport';

export const TOLD_ERRORS = [
  'text-malformed', 'text-too-long', 'image-unreadable', 'json-malformed', 'jwt-malformed', 'sd-jwt-malformed', 'pass-malformed', 'proof-malformed',
  'fhir-invalid', 'fhir-unsupported', 'fhir-status', 'fhir-code-unknown', 'fhir-patient-mismatch', 'fhir-no-event',
  'claims-invalid', 'policy-invalid', 'bundle-invalid', 'request-invalid',
  'issuer-not-accredited', 'list-full', 'credential-unknown', 'patient-unknown', 'patient-erased', 'status-conflict', 'not-authorised', 'forbidden', 'rate-limited',
  'campaign-unknown', 'campaign-conflict', 'row-repeated', 'row-issued',
  'wallet-exists', 'wallet-missing', 'wallet-locked', 'wallet-corrupt', 'credential-rejected', 'nothing-fits', 'no-trust-data', 'presentation-over',
  'wallet-newer', 'person-unknown', 'pin-wrong', 'offer-over', 'offer-untrusted', 'storage-full', 'storage-unavailable', 'passkey-refused', 'passkey-unsupported', 'backup-invalid',
  'rule-malformed', 'rule-signature-invalid', 'rule-unknown', 'rule-conflict', 'rule-retired', 'event-unknown', 'event-over', 'entry-conflict', 'lane-foreign',
  'record-unknown', 'consent-conflict', 'consent-over', 'epoch-over', 'emergency-waiting', 'emergency-over', 'log-malformed', 'receipt-invalid', 'challenge-over', 'member-unknown', 'member-suspended', 'application-unknown', 'application-conflict',
  'chunk-invalid', 'chunk-unknown', 'record-newer', 'share-invalid', 'wallet-unsuitable', 'sealed-invalid',
  'signature-invalid',
  'chain-unavailable', 'service-unavailable', 'cancelled',
] as const satisfies readonly ErrorCode[];
export type ToldError = (typeof TOLD_ERRORS)[number];
