// The dry run: every row is read as issuing reads it, and told apart into those that can be issued and those that cannot, with a code and a
// field. Rows that repeat others are found once all are read.
import { recordAudit, type Queryable } from '#server';
import { actorOf, type Campaign } from './campaign.ts';
import type { Leases } from './leases.ts';
import { openPage, type OpenRow, type PageDeps } from './page.ts';
import { LeaseLost, type Lease } from './store.ts';

const PAGE = 200;

/** Checks a page of rows. Answers whether there was one. */
export const checkPage = (deps: PageDeps, campaign: Campaign, leases: Leases): Promise<boolean> => leases.page(campaign.id, 'new', PAGE, async (rows, lease) => {
  const opened = await openPage(deps, campaign, rows);
  const sealer = await deps.secrets.sealerOf(campaign.id);
  const labels = await Promise.all(opened.map((row) => ('read' in row && row.read.key !== undefined ? sealer.seal(`campaign-label/${campaign.id}/${row.row}`, row.read.key) : null)));
  await deps.store.transaction((tx) => writeChecked(tx, lease, { opened, labels, at: deps.now() }));
});

type Checked = { readonly opened: readonly OpenRow[]; readonly labels: readonly (Uint8Array | null)[]; readonly at: number };

async function writeChecked(tx: Queryable, { campaign: id, worker }: Lease, { opened, labels, at }: Checked): Promise<void> {
  const read = opened.map((row) => ('read' in row ? row : undefined));
  const told = opened.map((row) => ('read' in row ? row.read.warning : row.refusal));
  const written = await tx.query(
    `UPDATE campaign_row SET state = n.state, code = n.code, field = n.field, mark = n.mark, content = n.content, sealed_label = n.label, lease = 0,
        sealed = CASE n.state WHEN 'refused' THEN NULL ELSE sealed END
      FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::bytea[], $9::bytea[]) AS n (row, state, code, field, mark, content, label)
      WHERE campaign = $1 AND campaign_row.row = n.row AND campaign_row.row BETWEEN $10 AND $11 AND campaign_row.state = 'new' AND worker = $2 RETURNING campaign_row.row`,
    [id, worker, opened.map(({ row }) => row), read.map((row) => (row ? 'ready' : 'refused')), told.map((why) => why?.code ?? null), told.map((why) => why?.field ?? null),
      read.map((row) => row?.mark ?? null), read.map((row) => row?.content ?? null), labels, opened[0]!.row, opened.at(-1)!.row]); // a page has rows, in order
  if (written.length !== opened.length) throw new LeaseLost();
  const ready = read.filter((row) => row).length;
  const there = await tx.query(
    `UPDATE campaign SET checked = checked + $2, ready = ready + $3, refused = refused + $4, touched_at = $5 WHERE id = $1 AND state = 'checking' RETURNING id`,
    [id, opened.length, ready, opened.length - ready, at]);
  if (there.length === 0) throw new LeaseLost();
}

const REFUSE = `UPDATE campaign_row SET state = 'refused', code = $2, field = $3, sealed = NULL WHERE campaign = $1 AND state = 'ready'`;

/** Ends the dry run. Answers false while others still check their pages. */
export async function finishCheck({ store, now }: Pick<PageDeps, 'store' | 'now'>, campaign: Campaign): Promise<boolean> {
  const { id, organisation, settings } = campaign;
  return store.transaction(async (tx) => {
    const [mine] = await tx.query(`SELECT id FROM campaign WHERE id = $1 AND state = 'checking' FOR UPDATE`, [id]);
    const open = await tx.query(`SELECT 1 FROM campaign_row WHERE campaign = $1 AND state = 'new' LIMIT 1`, [id]);
    if (!mine || open.length > 0) return false;
    // By sorting once: whatever a database knows of its tables, it takes no look at each row for each other.
    for (const [column, field] of [['mark', 'id'], ['content', 'row']] as const) {
      await tx.query(
        `UPDATE campaign_row SET state = 'refused', code = $2, field = $3, sealed = NULL
          FROM (SELECT row, row_number() OVER (PARTITION BY ${column} ORDER BY row) AS n FROM campaign_row WHERE campaign = $1 AND state = 'ready' AND ${column} IS NOT NULL) AS same
          WHERE campaign_row.campaign = $1 AND campaign_row.row = same.row AND same.n > 1`, [id, 'row-repeated', field]);
    }
    if (campaign.kind === 'issue' && !settings.again) {
      await tx.query(`${REFUSE} AND EXISTS (SELECT 1 FROM campaign_mark WHERE organisation = $4 AND campaign_mark.mark = campaign_row.mark)`, [id, 'row-issued', 'id', organisation]);
    }
    const [counts] = await tx.query<{ ready: number; refused: number }>(
      `SELECT count(*) FILTER (WHERE state = 'ready')::int AS ready, count(*) FILTER (WHERE state = 'refused')::int AS refused FROM campaign_row WHERE campaign = $1`, [id]);
    await tx.query(`UPDATE campaign SET state = 'draft', ready = $2, refused = $3, touched_at = $4 WHERE id = $1`, [id, counts!.ready, counts!.refused, now()]);
    await recordAudit(tx, actorOf(campaign), { action: 'campaign.check', target: id, detail: { ...counts! } }, now());
    return true;
  });
}

