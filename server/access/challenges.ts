// Challenges of passkeys: random, for one purpose and one subject, for a short time, taken once, whatever comes of it.
import type { Queryable } from '../database/database.ts';
import { digestOf, newSecret } from './secrets.ts';

/** Seconds that somebody has to touch a key. */
export const CHALLENGE_LIFETIME = 300;
/** Open at once; above it the oldest is given up. Whoever asks for more only spoils his own. */
const MOST_OPEN = 10_000;

export type Purpose = 'join' | 'sign-in' | 'step-up' | 'add';

export function createChallenges(database: Queryable) {
  return {
    /** @param subject whose it is: a member, a session, an invitation; empty where nobody is known yet */
    async create(purpose: Purpose, subject: string, now: number): Promise<string> {
      const challenge = newSecret();
      await database.query('DELETE FROM access_challenge WHERE expires_at <= $1', [now]);
      await database.query('DELETE FROM access_challenge WHERE digest IN (SELECT digest FROM access_challenge ORDER BY expires_at DESC OFFSET $1)', [MOST_OPEN]);
      await database.query('INSERT INTO access_challenge (digest, purpose, subject, expires_at) VALUES ($1, $2, $3, $4)', [digestOf(challenge), purpose, subject, now + CHALLENGE_LIFETIME]);
      return challenge;
    },
    /** Whether it was open for just that. It is not afterwards. */
    async take(purpose: Purpose, subject: string, challenge: string, now: number): Promise<boolean> {
      const [row] = await database.query<{ purpose: string; subject: string; expiresAt: number }>(
        'DELETE FROM access_challenge WHERE digest = $1 RETURNING purpose, subject, expires_at::int8 AS "expiresAt"', [digestOf(challenge)]);
      return row !== undefined && row.purpose === purpose && row.subject === subject && row.expiresAt > now;
    },
  };
}
export type Challenges = ReturnType<typeof createChallenges>;
