// Requests of a counter: a challenge that one presentation may answer, once, within a short time. They stand in the database, so that a
// restart or another replica knows them. Nobody's name waits here: what a document reads is told with the answer.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { HealthpassError, type UnixSeconds } from '#passport';
import type { Database, Migration } from '#server';
import type { Ask } from '#verifier/checks/index.ts';

/** Seconds that a request may be answered. */
export const REQUEST_LIFETIME = 300;
const MOST_OPEN = 100_000;

export const REQUEST_MIGRATION: Migration = {
  name: 'requests',
  sql: `CREATE TABLE request (id text PRIMARY KEY, ask text NOT NULL, match boolean NOT NULL, expires_at bigint NOT NULL);
   CREATE INDEX request_expiry ON request (expires_at);`,
};

export type OpenRequest = {
  readonly id: string;
  readonly ask: Ask & { readonly challenge: Uint8Array };
  /** Whether the answer is to be compared with a document. */
  readonly match: boolean;
  readonly expiresAt: UnixSeconds;
};

type Row = { readonly id: string; readonly ask: string; readonly match: boolean; readonly expires_at: number };

const askSchema = z.object({
  policy: z.string().optional(), audience: z.string().optional(), challenge: z.string(),
  scope: z.object({ verifier: z.string(), event: z.string() }).optional(),
});

export function createRequestBook(database: Database, { mostOpen = MOST_OPEN }: { readonly mostOpen?: number } = {}) {
  const first = (rows: readonly Row[]): OpenRequest => {
    if (!rows[0]) throw new HealthpassError('request-invalid', 'there is no such request, or it was answered or has run out', { field: 'request' });
    return toRequest(rows[0]);
  };
  return {
    /** @throws HealthpassError `service-unavailable` when too many are open */
    async create(ask: Omit<Ask, 'challenge' | 'match'>, match: boolean, now: UnixSeconds): Promise<OpenRequest> {
      const request = { id: randomBytes(16).toString('base64url'), ask: { ...ask, challenge: new Uint8Array(randomBytes(16)) }, match, expiresAt: (now + REQUEST_LIFETIME) as UnixSeconds };
      const written = JSON.stringify({ ...request.ask, challenge: Buffer.from(request.ask.challenge).toString('hex') });
      await database.query('DELETE FROM request WHERE expires_at <= $1', [now]);
      const rows = await database.query(
        'INSERT INTO request (id, ask, match, expires_at) SELECT $1, $2, $3::boolean, $4::bigint WHERE (SELECT count(*) FROM request) < $5::bigint RETURNING 1',
        [request.id, written, match, request.expiresAt, mostOpen],
      );
      if (rows.length === 0) throw new HealthpassError('service-unavailable', 'too many requests are open', { field: 'requests' });
      return request;
    },
    /** @throws HealthpassError `request-invalid` */
    find: async (id: string, now: UnixSeconds): Promise<OpenRequest> =>
      first(await database.query<Row>('SELECT id, ask, match, expires_at::int8 AS expires_at FROM request WHERE id = $1 AND expires_at > $2', [id, now])),
    /** Takes a request out: whatever the answer, it cannot be used again. @throws HealthpassError `request-invalid` */
    take: async (id: string, now: UnixSeconds): Promise<OpenRequest> =>
      first(await database.query<Row>('DELETE FROM request WHERE id = $1 AND expires_at > $2 RETURNING id, ask, match, expires_at::int8 AS expires_at', [id, now])),
  };
}
export type RequestBook = ReturnType<typeof createRequestBook>;

function toRequest({ id, ask, match, expires_at: expiresAt }: Row): OpenRequest {
  const { challenge, ...asked } = askSchema.parse(JSON.parse(ask));
  return { id, ask: { ...asked, challenge: new Uint8Array(Buffer.from(challenge, 'hex')) }, match, expiresAt: expiresAt as UnixSeconds };
}
