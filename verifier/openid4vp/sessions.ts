// Sessions in the database: what was asked and how it ended, sealed. An answer is taken once; what was asked, with the key that answers are
// encrypted to, is erased with it.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { JWK } from 'jose';
import { HealthpassError, type FieldElement, type UnixSeconds } from '#passport';
import { parseDcqlQuery } from '#formats/openid4vp/index.ts';
import { recordAudit, type Database, type Migration, type Principal, type Queryable, type Sealer } from '#server';
import type { Asked } from './ask.ts';
import type { ClientIdPrefix } from './identity.ts';

/** Seconds that a result can be fetched. */
export const RESULT_KEPT = 600;
const MOST_KEPT = 100_000;

export const SESSION_MIGRATION: Migration = {
  name: 'presentations',
  sql: `CREATE TABLE presentation (
     id text PRIMARY KEY, request text NOT NULL UNIQUE, secret text NOT NULL, creator text NOT NULL, status text NOT NULL, version integer NOT NULL,
     opened boolean NOT NULL, response_code text, expires_at bigint NOT NULL, keep_until bigint NOT NULL, asked bytea, result bytea
   );
   CREATE INDEX presentation_end ON presentation (keep_until);`,
};

export type ResponseMode = 'direct_post.jwt' | 'direct_post';
/** What a session asks, and the secrets of its request. */
export type Request = Asked & {
  readonly clientId: ClientIdPrefix;
  readonly responseMode: ResponseMode;
  /** In hex, 256 bits. */
  readonly nonce: string;
  readonly state: string;
  readonly encryptionKey: JWK;
  readonly redirectUri: string | undefined;
};
export type SessionStatus = 'open' | 'answered' | 'declined' | 'expired';
export type Session = {
  readonly id: string;
  /** Its name in the URLs that wallets see. */
  readonly request: string;
  readonly status: SessionStatus;
  readonly version: number;
  /** Whether a wallet has fetched the request. */
  readonly opened: boolean;
  readonly expiresAt: UnixSeconds;
  readonly creator: string;
  /** SHA-256 of what lets go on with a result on the same device. */
  readonly responseCode: string | null;
  readonly sealedAsked: Uint8Array | null;
  readonly sealedResult: Uint8Array | null;
};
export type Ending = { readonly status: 'answered' | 'declined'; readonly result: unknown; readonly detail: Readonly<Record<string, string | number>> };

type Row = Omit<Session, 'expiresAt' | 'responseCode' | 'sealedAsked' | 'sealedResult'> & {
  readonly expires_at: number; readonly secret: string; readonly response_code: string | null; readonly asked: Uint8Array | null; readonly result: Uint8Array | null;
};
const COLUMNS = 'id, request, secret, creator, status, version, opened, response_code, expires_at::int8 AS expires_at, asked, result';
const NOBODY: Pick<Principal, 'kind' | 'id' | 'organisation'> = { kind: 'nobody', id: 'wallet', organisation: '' };

export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
export const newSecret = (bytes = 32): string => randomBytes(bytes).toString('base64url');
export const creatorOf = ({ kind, id, organisation }: Pick<Principal, 'kind' | 'id' | 'organisation'>): string => JSON.stringify([kind, organisation, id]);

export function createSessions(database: Database, sealer: Sealer, { mostKept = MOST_KEPT }: { readonly mostKept?: number } = {}) {
  const sealing = (id: string) => ({ asked: `presentation/${id}`, result: `presentation-result/${id}` });
  const find = async (column: 'id' | 'request', value: string, now: UnixSeconds): Promise<(Session & { readonly secret: string }) | undefined> => {
    const [row] = await database.query<Row>(`SELECT ${COLUMNS} FROM presentation WHERE ${column} = $1 AND keep_until > $2`, [value, now]);
    return row && toSession(row, now);
  };
  return {
    /** @throws HealthpassError `service-unavailable` when too many are kept */
    async create(asked: Request, principal: Principal, { now, expiresIn }: { now: UnixSeconds; expiresIn: number }): Promise<{ session: Pick<Session, 'id' | 'request' | 'expiresAt'>; secret: string }> {
      const [session, secret] = [{ id: newSecret(16), request: newSecret(16), expiresAt: (now + expiresIn) as UnixSeconds }, newSecret()];
      const sealed = await sealer.seal(sealing(session.id).asked, toJson(asked));
      await database.transaction(async (tx) => {
        await purge(tx, now);
        const rows = await tx.query(
          `INSERT INTO presentation (id, request, secret, creator, status, version, opened, expires_at, keep_until, asked)
           SELECT $1, $2, $3, $4, 'open', 1, false, $5::bigint, $6::bigint, $7::bytea WHERE (SELECT count(*) FROM presentation) < $8::bigint RETURNING 1`,
          [session.id, session.request, digestOf(secret), creatorOf(principal), session.expiresAt, session.expiresAt + RESULT_KEPT, sealed, mostKept],
        );
        if (rows.length === 0) throw new HealthpassError('service-unavailable', 'too many sessions are kept', { field: 'presentations' });
        await recordAudit(tx, principal, { action: 'presentation.create', target: session.id, detail: { clientId: asked.clientId, credentials: asked.query.credentials.length } }, now);
      });
      return { session, secret };
    },
    find,
    /** Whether a secret is that of a session. */
    isSecret: (session: { readonly secret: string }, secret: string): boolean => timingSafeEqual(Buffer.from(session.secret, 'hex'), Buffer.from(digestOf(secret), 'hex')),
    asked: async ({ id, sealedAsked }: Session): Promise<Request> => fromJson(await sealer.open(sealing(id).asked, sealedAsked!)), // an open session has it
    result: async ({ id, sealedResult }: Session): Promise<unknown> => (sealedResult ? sealer.open(sealing(id).result, sealedResult) : undefined),
    /** Notes that a wallet has fetched the request. */
    async open({ id }: Session, now: UnixSeconds): Promise<void> {
      await database.transaction(async (tx) => {
        const rows = await tx.query("UPDATE presentation SET opened = true, version = version + 1 WHERE id = $1 AND status = 'open' AND NOT opened RETURNING 1", [id]);
        if (rows.length > 0) await recordAudit(tx, NOBODY, { action: 'presentation.open', target: id }, now);
      });
    },
    /**
     * Ends an open session, once: of two answers at the same moment one is taken. `end` runs in the transaction that takes it.
     * @returns whether this answer was the one
     */
    finish: ({ id }: Session, now: UnixSeconds, responseCode: string | undefined, end: (tx: Queryable) => Promise<Ending>): Promise<boolean> =>
      database.transaction(async (tx) => {
        const taken = await tx.query(
          "UPDATE presentation SET status = 'answered', version = version + 1, asked = NULL, keep_until = $2::bigint, response_code = $3 WHERE id = $1 AND status = 'open' AND expires_at > $4::bigint RETURNING 1",
          [id, now + RESULT_KEPT, responseCode === undefined ? null : digestOf(responseCode), now],
        );
        if (taken.length === 0) return false;
        const { status, result, detail } = await end(tx);
        await tx.query('UPDATE presentation SET status = $2, result = $3 WHERE id = $1', [id, status, await sealer.seal(sealing(id).result, result)]);
        await recordAudit(tx, NOBODY, { action: status === 'declined' ? 'presentation.decline' : 'presentation.answer', target: id, detail }, now);
        return true;
      }),
    async remove({ id }: Session, principal: Pick<Principal, 'kind' | 'id' | 'organisation'>, now: UnixSeconds): Promise<void> {
      await database.transaction(async (tx) => {
        const rows = await tx.query('DELETE FROM presentation WHERE id = $1 RETURNING 1', [id]);
        if (rows.length > 0) await recordAudit(tx, principal, { action: 'presentation.delete', target: id }, now);
      });
    },
  };
}

/** Deletes what has been kept long enough. */
export async function purge(tx: Queryable, now: UnixSeconds): Promise<void> {
  const rows = await tx.query('DELETE FROM presentation WHERE keep_until <= $1 RETURNING 1', [now]);
  if (rows.length > 0) await recordAudit(tx, { kind: 'nobody', id: 'retention', organisation: '' }, { action: 'presentation.purge', target: '', detail: { sessions: rows.length } }, now);
}

const toSession = ({ expires_at: expiresAt, response_code: responseCode, asked, result, ...row }: Row, now: UnixSeconds) => ({
  ...row, expiresAt: expiresAt as UnixSeconds, responseCode, sealedAsked: asked, sealedResult: result,
  ...(row.status === 'open' && expiresAt <= now ? { status: 'expired', version: row.version + 1 } as const : {}),
});

const toJson = ({ document, ...rest }: Request): unknown => ({ ...rest, document: document && { ...document, nameDigest: document.nameDigest.toString() } });

function fromJson(json: unknown): Request {
  const { document, query, ...rest } = json as Omit<Request, 'document'> & { document?: { nameDigest: string; birthDate: number } }; // sealed by toJson, so unchanged
  return { ...rest, query: parseDcqlQuery(query), document: document && { birthDate: document.birthDate, nameDigest: BigInt(document.nameDigest) as FieldElement } };
}
