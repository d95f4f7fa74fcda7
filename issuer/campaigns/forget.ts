// A person who is erased is erased from the rows of campaigns too: what is known of a row is that it made these issuances.
import type { OnErase } from '../patients/index.ts';

const SOURCE = /^campaign\/([0-9a-f-]{36})\/(\d+)$/;

/** What issuances of campaigns say where they come from. */
export const sourceOf = (campaign: string, row: number): string => `campaign/${campaign}/${row}`;

export const forgetCampaignRows: OnErase = async (tx, issuances) => {
  const sources = await tx.query<{ source: string }>(`SELECT DISTINCT source FROM issuance WHERE id = ANY($1::text[]) AND source LIKE 'campaign/%'`, [issuances]);
  const rows = sources.flatMap(({ source }) => SOURCE.exec(source)?.slice(1, 3) ?? []);
  const [campaigns, numbers] = [rows.filter((_, i) => i % 2 === 0), rows.filter((_, i) => i % 2 === 1).map(Number)];
  const named = 'FROM unnest($1::text[], $2::int[]) AS n (campaign, row)';
  await tx.query(`UPDATE campaign_row SET sealed = NULL, sealed_label = NULL, sealed_made = NULL, sealed_pin = NULL, mark = NULL, content = NULL ${named} WHERE campaign_row.campaign = n.campaign AND campaign_row.row = n.row`, [campaigns, numbers]);
  await tx.query(`DELETE FROM campaign_mark USING (SELECT n.campaign, n.row ${named}) AS gone WHERE campaign_mark.campaign = gone.campaign AND campaign_mark.row = gone.row`, [campaigns, numbers]);
};
