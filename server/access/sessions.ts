// Sessions of staff: an opaque random id in a cookie that scripts cannot read and other sites do not send, of which the digest is kept.
import type { Context } from 'hono';
import { getCookie, setCookie, deleteCookie } from 'hono/cookie';
import { randomUUID } from 'node:crypto';
import { HealthpassError } from '#passport';
import type { Queryable } from '../database/database.ts';
import type { RelyingParty } from './relying-party.ts';
import type { Role } from './roles.ts';
import { digestOf, newSecret } from './secrets.ts';

/** Seconds: without a request; in all; for which a verified user counts as present. */
export const [SESSION_IDLE, SESSION_LIFETIME, STEP_UP_LIFETIME] = [1800, 43_200, 300];
/** Seen again within so many seconds, nothing is written. */
const SEEN_EVERY = 60;
/** What our own pages send with every change. A form cannot, and a script of another origin would have to ask first. */
export const CSRF_HEADER = 'healthpass-csrf';

export type Session = {
  readonly id: string;
  readonly member: string;
  readonly organisation: string;
  readonly roles: readonly Role[];
  readonly createdAt: number;
  readonly seenAt: number;
  /** When the user was last verified. */
  readonly verifiedAt: number;
};
type SessionDeps = { readonly database: Queryable; readonly relyingParty: RelyingParty; readonly now: () => number };

const COLUMNS = 's.id, s.member, m.organisation, m.roles, s.created_at::int8 AS "createdAt", s.seen_at::int8 AS "seenAt", s.verified_at::int8 AS "verifiedAt"';
const ALIVE = 's.seen_at > $2 AND s.created_at > $3 AND m.status = \'active\'';

export function createSessions({ database, relyingParty, now }: SessionDeps) {
  const { cookie, isHttps } = relyingParty;
  const attributes = { path: '/', httpOnly: true, secure: isHttps, sameSite: 'Strict' } as const;
  const limits = () => [now() - SESSION_IDLE, now() - SESSION_LIFETIME];

  async function find(context: Context): Promise<Session | undefined> {
    const secret = getCookie(context, cookie);
    if (secret === undefined) return undefined;
    const [session] = await database.query<Session>(`SELECT ${COLUMNS} FROM access_session s JOIN access_member m ON m.id = s.member WHERE s.digest = $1 AND ${ALIVE}`, [digestOf(secret), ...limits()]);
    if (session && session.seenAt <= now() - SEEN_EVERY) await database.query('UPDATE access_session SET seen_at = $2 WHERE id = $1', [session.id, now()]);
    return session;
  }

  return {
    /** The session of a request. @throws HealthpassError `not-authorised`, `forbidden` (a change that none of our pages sent) */
    async require(context: Context): Promise<Session> {
      const session = await find(context);
      if (!session) throw new HealthpassError('not-authorised', 'nobody is signed in', { field: 'cookie' });
      if (!['GET', 'HEAD'].includes(context.req.method) && context.req.header(CSRF_HEADER) === undefined) {
        throw new HealthpassError('forbidden', `a change needs the header ${CSRF_HEADER}`, { field: CSRF_HEADER });
      }
      return session;
    },

    has: (context: Context): boolean => getCookie(context, cookie) !== undefined,

    /** A session with an id of its own: whatever id the browser had before is worth nothing afterwards (fixation). @returns the secret for its cookie */
    async start(tx: Queryable, context: Context, member: string): Promise<{ readonly id: string; readonly secret: string }> {
      const [before, secret, id] = [getCookie(context, cookie), newSecret(), randomUUID()];
      if (before !== undefined) await tx.query('DELETE FROM access_session WHERE digest = $1', [digestOf(before)]);
      await tx.query('DELETE FROM access_session WHERE seen_at <= $1 OR created_at <= $2', limits());
      await tx.query('INSERT INTO access_session (digest, id, member, created_at, seen_at, verified_at) VALUES ($1, $2, $3, $4, $4, $4)', [digestOf(secret), id, member, now()]);
      return { id, secret };
    },

    /** The user was verified anew; the secret changes with the power that it has. */
    async stepUp(tx: Queryable, id: string): Promise<string> {
      const secret = newSecret();
      const renewed = await tx.query('UPDATE access_session SET digest = $2, verified_at = $3, seen_at = $3 WHERE id = $1 RETURNING id', [id, digestOf(secret), now()]);
      if (renewed.length === 0) throw new HealthpassError('not-authorised', 'the session has ended', { field: 'cookie' });
      return secret;
    },

    /** Hands the secret to the browser, once what it stands for is written down. */
    remember: (context: Context, secret: string) => setCookie(context, cookie, secret, { ...attributes, maxAge: SESSION_LIFETIME }),

    list: (member: string) => database.query<Session>(`SELECT ${COLUMNS} FROM access_session s JOIN access_member m ON m.id = s.member WHERE s.member = $1 AND ${ALIVE} ORDER BY s.created_at, s.id`, [member, ...limits()]),

    /** @returns whether there was one */
    end: async (tx: Queryable, member: string, id: string): Promise<boolean> => (await tx.query('DELETE FROM access_session WHERE member = $1 AND id = $2 RETURNING id', [member, id])).length > 0,

    endAll: async (tx: Queryable, member: string): Promise<number> => (await tx.query('DELETE FROM access_session WHERE member = $1 RETURNING id', [member])).length,

    forget: (context: Context) => void deleteCookie(context, cookie, attributes),
  };
}
export type Sessions = ReturnType<typeof createSessions>;
