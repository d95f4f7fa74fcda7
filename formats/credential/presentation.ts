// What binds a presentation to its moment: for whom, in answer to what, and when. The same for a VP-JWT and a KB-JWT.
import type { UnixSeconds } from '#passport/time.ts';
import type { Reason } from '#passport/verdict.ts';
import { CLOCK_SKEW } from './checks.ts';

/** Seconds after which a signed answer is a replay. */
export const PRESENTATION_MAX_AGE = 300;

/** What the verifier asked with. Both are compared, always. */
export type PresentationAsk = {
  /** The verifier's own name, as its request gave it. */
  readonly audience: string;
  /** The random text of its request, used once. */
  readonly challenge: string;
  readonly now: UnixSeconds;
};

export type PresentationClaims = {
  readonly aud: string;
  readonly nonce: string;
  /** Some wallets leave it out of a VP-JWT: then the challenge alone, which is always compared, says that it is no replay. */
  readonly iat?: number | undefined;
  readonly nbf?: number | undefined;
  readonly exp?: number | undefined;
};

export function checkPresentation({ aud, nonce, iat, nbf = 0, exp = Infinity }: PresentationClaims, { audience, challenge, now }: PresentationAsk): Reason | undefined {
  if (aud !== audience) return 'audience-wrong';
  if (nonce !== challenge) return 'challenge-wrong';
  if (Math.max(iat ?? 0, nbf) > now + CLOCK_SKEW) return 'code-from-future';
  return now - (iat ?? now) > PRESENTATION_MAX_AGE + CLOCK_SKEW || now >= exp + CLOCK_SKEW ? 'code-expired' : undefined;
}
