// Campaigns and their rows in the database. Whoever works on rows leases them; what was made of a page is written in one transaction that holds
// only while the lease does, so a row is done once whatever dies in between.
import { HealthpassError, type ErrorCode } from '#passport';
import type { Database, Principal, Queryable } from '#server';
import { settingsSchema, type Campaign, type CampaignKind, type State } from './campaign.ts';
import type { SealedSourceRow } from './upload.ts';

const COLUMNS = `id, organisation, actor_kind AS "actorKind", actor, kind, format, state, reason, settings, same_as AS "sameAs", created_at::int8 AS "createdAt",
  started_at::int8 AS "startedAt", finished_at::int8 AS "finishedAt", erased_at::int8 AS "erasedAt", run_at::int8 AS "runAt", run_done AS "runDone", total, checked, ready, done, refused`;

type CampaignRow = Omit<Campaign, 'settings'> & { readonly settings: string };
const toCampaign = ({ settings, ...row }: CampaignRow): Campaign => ({ ...row, settings: settingsSchema.parse(JSON.parse(settings)) });

export type NewCampaign = {
  readonly id: string; readonly principal: Principal; readonly kind: CampaignKind; readonly format: string; readonly settings: unknown;
  readonly idempotencyKey?: Uint8Array | undefined; readonly at: number;
};
/** Which of an organisation's campaigns somebody may see; the operator of one machine sees all. */
export type Reader = Pick<Principal, 'kind' | 'organisation'>;

export type LeasedRow = { readonly row: number; readonly sealed: Uint8Array; readonly ids: readonly string[] | null; readonly mark: Uint8Array | null; readonly warningCode: ErrorCode | null; readonly warningField: string | null };
export type Lease = { readonly campaign: string; readonly worker: string };

export type CampaignStore = ReturnType<typeof createCampaignStore>;

export function createCampaignStore(database: Database) {
  const one = async (on: Queryable, where: string, parameters: readonly unknown[]): Promise<Campaign | undefined> => {
    const [row] = await on.query<CampaignRow>(`SELECT ${COLUMNS} FROM campaign WHERE ${where}`, parameters);
    return row && toCampaign(row);
  };
  return {
    transaction: database.transaction,

    /** Answers false when the organisation used the idempotency key before. */
    async begin(tx: Queryable, { id, principal, kind, format, settings, idempotencyKey, at }: NewCampaign): Promise<boolean> {
      const rows = await tx.query(
        `INSERT INTO campaign (id, organisation, actor_kind, actor, kind, format, state, settings, idempotency_key, created_at, touched_at)
          VALUES ($1, $2, $3, $4, $5, $6, 'uploading', $7, $8, $9, $9) ON CONFLICT DO NOTHING RETURNING id`,
        [id, principal.organisation, principal.kind, principal.id, kind, format, JSON.stringify(settings), idempotencyKey ?? null, at],
      );
      return rows.length > 0;
    },

    /** Adds rows to a campaign whose upload goes on. @throws HealthpassError `campaign-conflict` when it was given up meanwhile */
    async addPage(id: string, page: readonly SealedSourceRow[], at: number): Promise<void> {
      const rows = page.filter((row) => row.type !== 'resource');
      const resources = page.filter((row) => row.type === 'resource').flatMap(({ names, sealed }) => names.map((name) => ({ name, sealed })));
      const refusals = rows.map((row) => (row.type === 'refused' ? row.refusal : undefined));
      await database.transaction(async (tx) => {
        const there = await tx.query(
          `UPDATE campaign SET touched_at = $2, total = total + $3, checked = checked + $4, refused = refused + $4 WHERE id = $1 AND state = 'uploading' RETURNING id`,
          [id, at, rows.length, refusals.filter((refusal) => refusal).length]);
        if (there.length === 0) throw new HealthpassError('campaign-conflict', 'the upload was given up', { field: 'state' });
        await tx.query(
          `INSERT INTO campaign_row (campaign, row, state, sealed, code, field, credentials)
            SELECT $1, row, state, sealed, code, field, string_to_array(ids, ' ') FROM unnest($2::int[], $3::text[], $4::bytea[], $5::text[], $6::text[], $7::text[]) AS n (row, state, sealed, code, field, ids)`,
          [id, rows.map(({ row }) => row), refusals.map((refusal) => (refusal ? 'refused' : 'new')), rows.map(({ sealed }) => sealed ?? null), refusals.map((refusal) => refusal?.code ?? null), refusals.map((refusal) => refusal?.field ?? null), rows.map((row) => (row.type === 'ids' ? row.ids.join(' ') : null))]);
        // A name that two resources bear leads nowhere: whose would it be?
        for (const { name, sealed } of resources) {
          await tx.query('INSERT INTO campaign_resource (campaign, name, sealed) VALUES ($1, $2, $3) ON CONFLICT (campaign, name) DO UPDATE SET sealed = NULL', [id, name, sealed]);
        }
      });
    },

    async finishUpload(tx: Queryable, id: string, digest: Uint8Array, at: number): Promise<Campaign> {
      await tx.query(
        `UPDATE campaign SET state = 'checking', digest = $2, touched_at = $3, same_as = (
            SELECT earlier.id FROM campaign earlier WHERE earlier.organisation = campaign.organisation AND earlier.digest = $2 AND earlier.state <> 'cancelled' ORDER BY earlier.created_at LIMIT 1)
          WHERE id = $1 AND state = 'uploading'`, [id, digest, at]);
      return (await one(tx, 'id = $1', [id]))!; // it is there: its rows refer to it
    },
    /** The same for one whose rows a filter gave. */
    async finishFilter(tx: Queryable, id: string, total: number, at: number): Promise<Campaign> {
      await tx.query(`UPDATE campaign SET state = 'checking', total = $2, touched_at = $3 WHERE id = $1`, [id, total, at]);
      return (await one(tx, 'id = $1', [id]))!; // begun in the same transaction
    },
    /** Which ids are those of credentials or issuances of the organisation; what nobody's patient book knows is the machine operator's alone. */
    async knownIds({ organisation, actorKind }: Campaign, ids: readonly string[]): Promise<Set<string>> {
      const rows = await database.query<{ name: string }>(
        `SELECT name FROM unnest($1::text[]) AS t (name) WHERE EXISTS (
            SELECT 1 FROM credential c LEFT JOIN issuance i ON i.id = c.issuance WHERE (c.id = name OR c.issuance = name) AND ($2 OR i.organisation = $3))`,
        [ids, actorKind === 'operator', organisation]);
      return new Set(rows.map(({ name }) => name));
    },
    remove: (tx: Queryable, id: string) => tx.query(`DELETE FROM campaign WHERE id = $1 AND state = 'uploading'`, [id]),
    /** Uploads that nobody has added to since. */
    abandoned: async (before: number) => (await database.query<{ id: string }>(`SELECT id FROM campaign WHERE state = 'uploading' AND touched_at < $1`, [before])).map(({ id }) => id),

    find: (id: string, { kind, organisation }: Reader, on: Queryable = database) => one(on, 'id = $1 AND ($2 OR organisation = $3)', [id, kind === 'operator', organisation]),
    list: async ({ kind, organisation }: Reader, limit: number) =>
      (await database.query<CampaignRow>(`SELECT ${COLUMNS} FROM campaign WHERE ($1 OR organisation = $2) AND state <> 'uploading' ORDER BY created_at DESC, id LIMIT $3`, [kind === 'operator', organisation, limit])).map(toCampaign),
    async byIdempotencyKey(organisation: string, key: Uint8Array): Promise<{ campaign: Campaign; digest: Uint8Array | null } | undefined> {
      const [row] = await database.query<{ id: string; digest: Uint8Array | null }>('SELECT id, digest FROM campaign WHERE organisation = $1 AND idempotency_key = $2', [organisation, key]);
      return row && { campaign: (await one(database, 'id = $1', [row.id]))!, digest: row.digest };
    },

    /** Takes a campaign from one of some states to another. Answers it as it is then; undefined when it was in none of them. */
    async move(tx: Queryable, id: string, from: readonly State[], to: State, at: number): Promise<Campaign | undefined> {
      const moved = await tx.query(
        `UPDATE campaign SET state = $3, reason = NULL, retry_at = 0, touched_at = $4,
            started_at = CASE WHEN $3 = 'running' THEN coalesce(started_at, $4) ELSE started_at END,
            run_at = CASE WHEN $3 = 'running' THEN $4 ELSE run_at END, run_done = CASE WHEN $3 = 'running' THEN 0 ELSE run_done END,
            finished_at = CASE WHEN $3 IN ('done', 'cancelled') THEN $4 ELSE finished_at END
          WHERE id = $1 AND state = ANY($2::text[]) RETURNING id`, [id, from, to, at]);
      return moved.length > 0 ? one(tx, 'id = $1', [id]) : undefined;
    },
    /** Ends a running campaign that has no row left to do. What explained its rows goes. */
    async finish(tx: Queryable, id: string, at: number): Promise<boolean> {
      const done = await tx.query(
        `UPDATE campaign SET state = 'done', reason = NULL, finished_at = $2, touched_at = $2 WHERE id = $1 AND state = 'running'
          AND NOT EXISTS (SELECT 1 FROM campaign_row WHERE campaign = $1 AND state = 'ready') RETURNING id`, [id, at]);
      if (done.length > 0) await tx.query('DELETE FROM campaign_resource WHERE campaign = $1', [id]);
      return done.length > 0;
    },
    pause: async (tx: Queryable, id: string, reason: string, at: number) =>
      (await tx.query(`UPDATE campaign SET state = 'paused', reason = $2, touched_at = $3 WHERE id = $1 AND state = 'running' RETURNING id`, [id, reason, at])).length > 0,
    retryLater: async (id: string, reason: string, at: number) => void (await database.query(`UPDATE campaign SET reason = $2, retry_at = $3 WHERE id = $1 AND state IN ('checking', 'running')`, [id, reason, at])),
    /** Lets others come first; unless the campaign went on meanwhile. */
    touch: ({ id, state }: Campaign, at: number, retryAt: number) => database.query('UPDATE campaign SET touched_at = $3, retry_at = $4 WHERE id = $1 AND state = $2', [id, state, at, retryAt]),
    /** Rows that are not done and never will be: what they say goes at once. */
    async dropOpenRows(tx: Queryable, id: string): Promise<void> {
      const dropped = await tx.query(`UPDATE campaign_row SET state = 'refused', code = 'cancelled', field = NULL, sealed = NULL, lease = 0 WHERE campaign = $1 AND state IN ('new', 'ready') RETURNING row`, [id]);
      await tx.query('DELETE FROM campaign_resource WHERE campaign = $1', [id]);
      await tx.query('UPDATE campaign SET refused = refused + $2, ready = 0, checked = total WHERE id = $1', [id, dropped.length]);
    },
    /** Everything that rows say of people; outcomes and ids stay. */
    async eraseRows(tx: Queryable, id: string, at: number): Promise<void> {
      await tx.query(`UPDATE campaign_row SET sealed = NULL, sealed_label = NULL, sealed_made = NULL, sealed_pin = NULL, mark = NULL, content = NULL WHERE campaign = $1`, [id]);
      await tx.query('DELETE FROM campaign_resource WHERE campaign = $1', [id]);
      await tx.query('UPDATE campaign SET erased_at = $2 WHERE id = $1', [id, at]);
    },

    /** The campaign that waits longest for somebody to work on it. */
    next: (states: readonly State[], at: number) => one(database, `id = (SELECT id FROM campaign WHERE state = ANY($1::text[]) AND retry_at <= $2 ORDER BY touched_at, id LIMIT 1)`, [states, at]),

    /** Leases rows of a state to a worker, in order; no two get the same. Times in milliseconds. */
    async lease({ campaign, worker }: Lease, state: 'new' | 'ready', count: number, { now, until, after = -1 }: { now: number; until: number; after?: number }): Promise<LeasedRow[]> {
      const rows = await database.query<LeasedRow>(
        `UPDATE campaign_row SET worker = $2, lease = $5 FROM (
            SELECT row FROM campaign_row WHERE campaign = $1 AND state = $3 AND lease < $4 AND row > $7 ORDER BY row LIMIT $6 FOR UPDATE SKIP LOCKED
          ) AS free WHERE campaign_row.campaign = $1 AND campaign_row.row = free.row
          RETURNING campaign_row.row, sealed, credentials AS ids, mark, code AS "warningCode", field AS "warningField"`,
        [campaign, worker, state, now, until, count, after]);
      if (rows.length === 0 && after >= 0) return this.lease({ campaign, worker }, state, count, { now, until });
      return rows.toSorted((a, b) => a.row - b.row);
    },
    /** Holds on to what a worker has leased. */
    extend: ({ campaign, worker }: Lease, until: number) => database.query(`UPDATE campaign_row SET lease = $3 WHERE campaign = $1 AND worker = $2 AND lease > 0 AND state IN ('new', 'ready')`, [campaign, worker, until]),
    /** Frees what workers had leased that are no more. For the start of the only process. */
    releaseAll: () => database.query(`UPDATE campaign_row SET lease = 0 WHERE lease > 0 AND state IN ('new', 'ready')`),
    release: ({ campaign, worker }: Lease) => database.query(`UPDATE campaign_row SET lease = 0 WHERE campaign = $1 AND worker = $2 AND state IN ('new', 'ready')`, [campaign, worker]),

    async resources(id: string, names: readonly Uint8Array[]): Promise<Map<string, Uint8Array>> {
      if (names.length === 0) return new Map();
      const rows = await database.query<{ name: Uint8Array; sealed: Uint8Array | null }>('SELECT name, sealed FROM campaign_resource WHERE campaign = $1 AND name = ANY($2::bytea[])', [id, names]);
      return new Map(rows.flatMap(({ name, sealed }) => (sealed ? [[Buffer.from(name).toString('hex'), sealed] as const] : [])));
    },
    /** Which of these an earlier campaign of the organisation has issued. */
    async issuedMarks(organisation: string, marks: readonly Uint8Array[], on: Queryable = database): Promise<Set<string>> {
      const rows = await on.query<{ mark: Uint8Array }>('SELECT mark FROM campaign_mark WHERE organisation = $1 AND mark = ANY($2::bytea[])', [organisation, marks]);
      return new Set(rows.map(({ mark }) => Buffer.from(mark).toString('hex')));
    },
  };
}

/** Why the rest of a page is worth nothing: its rows, or its campaign, went another way meanwhile. */
export class LeaseLost extends Error {}

