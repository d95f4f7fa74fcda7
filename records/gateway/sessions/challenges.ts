// Challenges that accounts sign to begin a session: random, for one account, for a short time, taken once, whatever comes of it. Anybody gets
// one for any account: the answer tells nothing of who is known here.
import { createHash, randomBytes } from 'node:crypto';
import type { Address } from '#records/model/members.ts';
import { accountIndex } from '../account-index.ts';
import type { CoreDeps } from '../deps.ts';

/** Seconds in which somebody has to sign. */
export const CHALLENGE_LIFETIME = 300;
/** Open at once, beyond which the oldest gives way, so that asking fills no disk. None of one account: a stranger could push out the account's own. */
const MOST_OPEN = 100_000;

const digestOf = (challenge: string): Uint8Array => new Uint8Array(createHash('sha256').update(challenge).digest());

export type Challenge = { /** 0x and 64 hexadecimal digits. */ readonly challenge: string; readonly expires: number };

export function createChallenges({ database, blind, now }: Pick<CoreDeps, 'database' | 'blind' | 'now'>) {
  return {
    async create(account: Address): Promise<Challenge> {
      const [challenge, expires, index] = [`0x${randomBytes(32).toString('hex')}`, now() + CHALLENGE_LIFETIME, blind(accountIndex(account))];
      await database.transaction(async (tx) => {
        await tx.query('DELETE FROM session_challenge WHERE expires_at <= $1', [now()]);
        await tx.query('DELETE FROM session_challenge WHERE digest IN (SELECT digest FROM session_challenge ORDER BY expires_at DESC OFFSET $1)', [MOST_OPEN]);
        await tx.query('INSERT INTO session_challenge (digest, account, expires_at) VALUES ($1, $2, $3)', [digestOf(challenge), index, expires]);
      });
      return { challenge, expires };
    },
    /** When it ends, if it was open for this account. It is not afterwards. */
    async take(account: Address, challenge: string): Promise<number | undefined> {
      const [row] = await database.query<{ own: boolean; expires: number }>(
        'DELETE FROM session_challenge WHERE digest = $1 RETURNING account = $2 AS own, expires_at::int8 AS expires', [digestOf(challenge), blind(accountIndex(account))]);
      return row && row.own && row.expires > now() ? row.expires : undefined;
    },
  };
}
