// What a verdict or an error says to people.
import { isHealthpassError, REASONS, type Reason } from '#passport';
import type { Sentences } from './types.ts';

export type ReasonInWords = { readonly says: string; readonly next: string; readonly who: string };

export const reasonInWords = (reason: Reason, { verdict: { reasons, fixers } }: Sentences): ReasonInWords => ({ ...reasons[reason], who: fixers[REASONS[reason].fixer] });

/** The sentence for a code of passport/errors.ts, or of a problem response; one for all that people cannot do anything about. */
export const errorInWords = (code: string | undefined, { errors }: Sentences): string =>
  (code !== undefined && Object.hasOwn(errors, code) ? errors[code as keyof typeof errors] : errors.unexpected);

/** The same for whatever was thrown. */
export const thrownInWords = (error: unknown, sentences: Sentences): string => errorInWords(isHealthpassError(error) ? error.code : undefined, sentences);
