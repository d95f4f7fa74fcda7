// Errors as OAuth 2.0 (RFC 6749, 5.2) and the OpenID specifications on top of it write them. The description names the field or the rule,
// never a value.
import { isHealthpassError } from '#passport';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { framesOf, nameOfError } from '../operations/errors.ts';
import { HTTP_STATUS, type Report } from './problem.ts';

export class ProtocolError extends Error {
  /** Code of the specification: `invalid_grant`. */
  readonly error: string;
  readonly status: number;
  /** Members and headers that the code asks for, such as `WWW-Authenticate` or `DPoP-Nonce`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Further members of the body, for software that knows them. */
  readonly members: Readonly<Record<string, unknown>>;
  constructor(error: string, description: string, { status = 400, headers = {}, members = {} }: { status?: number; headers?: Readonly<Record<string, string>>; members?: Readonly<Record<string, unknown>> } = {}) {
    super(description);
    this.name = 'ProtocolError';
    this.error = error;
    this.status = status;
    this.headers = headers;
    this.members = members;
  }
}

/** `{error, error_description}`, never cached. What is none of our errors is `server_error`, by name only. */
export function protocolResponse(error: unknown, context: Context, report: Report = () => {}, malformed = 'invalid_request'): Response {
  const { error: code, status, headers, members, message } = error instanceof ProtocolError ? error : toProtocolError(error, report, malformed);
  return context.json({ ...members, error: code, error_description: message }, status as ContentfulStatusCode, { 'cache-control': 'no-store', ...headers });
}

function toProtocolError(error: unknown, report: Report, malformed: string): ProtocolError {
  if (isHealthpassError(error)) {
    const status = HTTP_STATUS[error.code];
    if (status === 403) return new ProtocolError('access_denied', error.message, { status });
    if (status === 429) return new ProtocolError('temporarily_unavailable', error.message, { status });
    if (status < 500) return new ProtocolError(malformed, error.message, { status: status === 413 ? 413 : 400 });
    return new ProtocolError('temporarily_unavailable', error.message, { status: 503 });
  }
  report(nameOfError(error), framesOf(error));
  return new ProtocolError('server_error', 'Something unforeseen went wrong here.', { status: 500 });
}
