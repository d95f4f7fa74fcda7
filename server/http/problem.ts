// Errors on the wire: problem details (RFC 9457) with our code. A new code does not compile until it has a status here.
import { isHealthpassError, type ErrorCode } from '#passport';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { framesOf, nameOfError } from '../operations/errors.ts';

export const HTTP_STATUS = {
  'text-malformed': 400, 'text-too-long': 413, 'image-unreadable': 400, 'json-malformed': 400, 'json-duplicate-key': 400, 'jwt-malformed': 400,
  'sd-jwt-malformed': 400, 'pass-malformed': 400, 'field-not-canonical': 400, 'point-invalid': 400, 'proof-malformed': 400,
  'fhir-invalid': 422, 'fhir-unsupported': 422, 'fhir-status': 422, 'fhir-code-unknown': 422, 'fhir-patient-mismatch': 422, 'fhir-no-event': 422,
  'claims-invalid': 422, 'policy-invalid': 422, 'bundle-invalid': 422, 'request-invalid': 400, 'index-out-of-range': 400, 'artifact-mismatch': 500,
  'issuer-not-accredited': 409, 'list-full': 409, 'credential-unknown': 404, 'patient-unknown': 404, 'patient-erased': 410, 'status-conflict': 409, 'key-unknown': 409, 'not-authorised': 401, 'forbidden': 403, 'rate-limited': 429,
  'campaign-unknown': 404, 'campaign-conflict': 409, 'row-repeated': 409, 'row-issued': 409,
  'rule-malformed': 400, 'rule-signature-invalid': 422, 'rule-unknown': 404, 'rule-conflict': 409, 'rule-retired': 410, 'event-unknown': 404, 'event-over': 410, 'entry-conflict': 409, 'lane-foreign': 403,
  'wallet-exists': 409, 'wallet-missing': 404, 'wallet-locked': 401, 'wallet-corrupt': 500, 'credential-rejected': 409, 'nothing-fits': 409, 'no-trust-data': 503, 'presentation-over': 410,
  'log-malformed': 422, 'receipt-invalid': 502, 'record-unknown': 404, 'consent-conflict': 409, 'consent-over': 410, 'epoch-over': 409, 'emergency-waiting': 409, 'emergency-over': 410, 'challenge-over': 410, 'member-unknown': 404, 'member-suspended': 403, 'application-unknown': 404, 'application-conflict': 409,
  'signature-invalid': 422,
  'wallet-newer': 500, 'person-unknown': 404, 'pin-wrong': 400, 'offer-over': 410, 'offer-untrusted': 403, 'storage-full': 507, 'storage-unavailable': 500,
  'passkey-refused': 403, 'passkey-unsupported': 400, 'backup-invalid': 422,
  'chunk-invalid': 422, 'chunk-unknown': 404, 'record-newer': 422, 'share-invalid': 422, 'wallet-unsuitable': 400,
  'chain-unavailable': 503, 'chain-inconsistent': 503, 'transaction-failed': 503, 'service-unavailable': 503, 'sealed-invalid': 500, 'development-keys': 500,
  'configuration-invalid': 500, 'cancelled': 499, 'usage': 400,
} as const satisfies Record<ErrorCode, number>;

/** Told the name of an unforeseen error and where it happened, never its message. */
export type Report = (name: string, at: readonly string[]) => void;

export type Problem = { readonly type: string; readonly title: string; readonly status: number; readonly code: ErrorCode | 'not-found' | 'internal'; readonly field?: string };

/** Turns whatever a route threw into a problem response. An unforeseen error is reported by name only: its message may hold anything. */
export function problemResponse(error: unknown, context: Context, report: Report = () => {}): Response {
  if (!isHealthpassError(error)) report(nameOfError(error), framesOf(error));
  const problem: Problem = isHealthpassError(error)
    ? { type: 'about:blank', title: error.message, status: HTTP_STATUS[error.code], code: error.code, ...(error.field === undefined ? {} : { field: error.field }) }
    : { type: 'about:blank', title: 'Something unforeseen went wrong here.', status: error instanceof HTTPException ? error.status : 500, code: 'internal' };
  return context.json(problem, problem.status as ContentfulStatusCode, { 'content-type': 'application/problem+json' });
}
