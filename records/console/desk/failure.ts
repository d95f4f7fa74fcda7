// What went wrong, as a page is told it: a code of the closed list and the field it concerns, never a message or a value.
import { isHealthpassError, type ErrorCode } from '#passport/errors.ts';

export type Failure = { readonly code: ErrorCode; readonly field: string | undefined };

/** Errors of ours by their code; anything else is a fault of the program, and goes on. */
export function failureOf(error: unknown): Failure {
  if (!isHealthpassError(error)) throw error;
  return { code: error.code, field: error.field };
}
