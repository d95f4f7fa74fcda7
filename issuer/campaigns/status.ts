// Statuses of many credentials: which there are and may be changed is found first, then pages go through the outbox. A page has a name by what
// is in it, so one that was written down before a crash is not written down again.
import { createHash, randomUUID } from 'node:crypto';
import { HealthpassError, isHealthpassError } from '#passport';
import { recordAudit, type Principal, type Queryable } from '#server';
import type { IssuerService } from '../service.ts';
import { actorOf, type Campaign, type CampaignKind, type Settings } from './campaign.ts';
import type { Leases } from './leases.ts';
import type { Secrets } from './secrets.ts';
import { LeaseLost, type CampaignStore, type LeasedRow } from './store.ts';

export type StatusDeps = {
  readonly store: CampaignStore;
  readonly secrets: Secrets;
  readonly issuer: Pick<IssuerService, 'changeStatus'>;
  readonly now: () => number;
};
export type StatusKind = Exclude<CampaignKind, 'issue'>;

const PAGE = 2000;

/** Finds out which ids this organisation has issued. Answers false when no row is left to look at. */
export const checkIds = ({ store, secrets, now }: StatusDeps, campaign: Campaign, leases: Leases): Promise<boolean> => leases.page(campaign.id, 'new', PAGE, async (rows, { worker }) => {
  const known = await store.knownIds(campaign, rows.flatMap(({ ids }) => ids ?? []));
  const isKnown = rows.map(({ ids }) => ids?.every((id) => known.has(id)) ?? false);
  const marks = rows.map(({ ids }) => secrets.digest(`ids of ${campaign.id}`, (ids ?? []).toSorted().join(' ')));
  await store.transaction(async (tx) => {
    const written = await tx.query(
      `UPDATE campaign_row SET state = CASE WHEN n.known THEN 'ready' ELSE 'refused' END, code = CASE WHEN n.known THEN NULL ELSE 'credential-unknown' END,
          field = CASE WHEN n.known THEN NULL ELSE 'credential' END, mark = n.mark, lease = 0
        FROM unnest($3::int[], $4::boolean[], $5::bytea[]) AS n (row, known, mark)
        WHERE campaign = $1 AND campaign_row.row = n.row AND campaign_row.row BETWEEN $6 AND $7 AND campaign_row.state = 'new' AND worker = $2 RETURNING campaign_row.row`,
      [campaign.id, worker, rows.map(({ row }) => row), isKnown, marks, rows[0]!.row, rows.at(-1)!.row]); // a page has rows, in order
    const ready = isKnown.filter(Boolean).length;
    const there = await tx.query(`UPDATE campaign SET checked = checked + $2, ready = ready + $3, refused = refused + $4, touched_at = $5 WHERE id = $1 AND state = 'checking' RETURNING id`, [campaign.id, rows.length, ready, rows.length - ready, now()]);
    if (written.length !== rows.length || there.length === 0) throw new LeaseLost();
  });
});

/** Changes a page. Answers false when no row is free. @throws HealthpassError for what keeps all from being changed */
export const changePage = (deps: StatusDeps, campaign: Campaign, leases: Leases): Promise<boolean> =>
  leases.page(campaign.id, 'ready', PAGE, (rows, { worker }) => changeRows(deps, campaign, worker, rows));

/** What one credential cannot do keeps no other: the page is halved until the one is found. */
async function changeRows(deps: StatusDeps, campaign: Campaign, worker: string, rows: readonly LeasedRow[]): Promise<void> {
  try {
    const ids = rows.flatMap(({ ids: named }) => named ?? []);
    const name = createHash('sha256').update(JSON.stringify([campaign.id, ids])).digest('hex');
    await deps.issuer.changeStatus(campaign.kind as StatusKind, ids, { principal: actorOf(campaign), reason: campaign.settings.reason, idempotencyKey: name }); // the runner has looked at the kind
    await writeChanged(deps, campaign, worker, rows, undefined);
  } catch (error) {
    if (!isHealthpassError(error) || !['status-conflict', 'credential-unknown'].includes(error.code)) throw error;
    if (rows.length === 1) return writeChanged(deps, campaign, worker, rows, error.code);
    const middle = Math.ceil(rows.length / 2);
    await changeRows(deps, campaign, worker, rows.slice(0, middle));
    await changeRows(deps, campaign, worker, rows.slice(middle));
  }
}

async function writeChanged({ store, now }: StatusDeps, campaign: Campaign, worker: string, rows: readonly LeasedRow[], code: string | undefined): Promise<void> {
  await store.transaction(async (tx) => {
    const written = await tx.query(
      `UPDATE campaign_row SET state = $4, code = $5, field = $6, lease = 0 WHERE campaign = $1 AND row = ANY($2::int[]) AND state = 'ready' AND worker = $3 RETURNING row`,
      [campaign.id, rows.map(({ row }) => row), worker, code === undefined ? 'done' : 'refused', code ?? null, code === undefined ? null : 'credential']);
    if (written.length !== rows.length) throw new LeaseLost();
    await tx.query(
      `UPDATE campaign SET done = done + $2, refused = refused + $3, ready = ready - $2 - $3, run_done = run_done + $2 + $3, touched_at = $4, reason = NULL WHERE id = $1`,
      [campaign.id, code === undefined ? rows.length : 0, code === undefined ? 0 : rows.length, now()]);
    await recordAudit(tx, actorOf(campaign), { action: `campaign.${campaign.kind}`, target: campaign.id, detail: { rows: rows.length, first: rows[0]!.row, ...(code === undefined ? {} : { code }) } }, now());
  });
}

/** What is to be changed, where it is not listed in a file. */
export type StatusFilter = { readonly campaign: string } | { readonly ids: readonly string[] };

/** Makes a campaign of the credentials that a filter finds. @throws HealthpassError `credential-unknown` when it finds none */
export async function createStatusCampaign(
  { store, now }: Pick<StatusDeps, 'store' | 'now'>, { principal, kind, settings, format, filter }: { principal: Principal; kind: StatusKind; settings: Settings; format: string; filter: StatusFilter },
): Promise<Campaign> {
  const id = randomUUID();
  return store.transaction(async (tx) => {
    await store.begin(tx, { id, principal, kind, format, settings, at: now() });
    const total = await ('ids' in filter ? addIds(tx, id, filter.ids) : addCampaign(tx, id, filter.campaign));
    if (total === 0) throw new HealthpassError('credential-unknown', 'nothing was issued that this fits', { field: 'filter' });
    const campaign = await store.finishFilter(tx, id, total, now());
    await recordAudit(tx, principal, { action: 'campaign.create', target: id, detail: { kind, rows: total } }, now());
    return campaign;
  });
}

const addIds = async (tx: Queryable, id: string, ids: readonly string[]): Promise<number> => (await tx.query(
  `INSERT INTO campaign_row (campaign, row, state, credentials) SELECT $1, n, 'new', ARRAY[name] FROM unnest($2::text[]) WITH ORDINALITY AS t (name, n) RETURNING row`, [id, ids])).length;

const addCampaign = async (tx: Queryable, id: string, of: string): Promise<number> => (await tx.query(
  `INSERT INTO campaign_row (campaign, row, state, credentials) SELECT $1, row, 'new', credentials FROM campaign_row WHERE campaign = $2 AND state = 'done' AND credentials IS NOT NULL RETURNING row`, [id, of])).length;
