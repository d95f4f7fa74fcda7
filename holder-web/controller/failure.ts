// What went wrong, as a page is told it: a code of the closed list and the field it concerns, never a message or a value.
import { isHealthpassError, type ErrorCode } from '#passport';

export type Failure = {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  /** How often a number may still be tried, where somebody counts. */
  readonly attemptsLeft?: number | undefined;
};

/** Errors of ours by their code; anything else is a fault of the program, and goes on after `undo`. */
export function failureOf(error: unknown, undo: () => void = () => {}): Failure {
  if (!isHealthpassError(error)) {
    undo();
    throw error;
  }
  const { attemptsLeft } = error as { attemptsLeft?: unknown };
  return { code: error.code, field: error.field, ...(typeof attemptsLeft === 'number' && { attemptsLeft }) };
}
