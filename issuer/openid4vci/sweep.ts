// Forgetting: what has run out, and the events of offers from which nothing can be issued any more.
import type { Queryable } from '#server';
import type { VciDeps } from './deps.ts';

/** @returns how many offers ended with it */
export async function sweep({ database, events, now }: Pick<VciDeps, 'database' | 'events' | 'now'>): Promise<number> {
  const at = now();
  return database.transaction(async (tx) => {
    for (const table of ['offer_token', 'spent', 'credential_answer']) await tx.query(`DELETE FROM ${table} WHERE expires_at <= $1`, [at]);
    await tx.query('DELETE FROM pushed_request WHERE expires_at <= $1 AND (code_expires_at IS NULL OR code_expires_at <= $1)', [at]);
    const ended = await tx.query<{ id: string }>(
      `UPDATE offer SET secrets = NULL WHERE secrets IS NOT NULL AND expires_at <= $1 AND NOT EXISTS (SELECT 1 FROM pushed_request p WHERE p.offer = offer.id) RETURNING id`, [at]);
    await events.forget(tx, await spentIssuances(tx, at));
    return ended.length;
  });
}

/** Issuances of which all offers have ended, and their tokens too: an offer that is made anew goes on with the events of the first. */
async function spentIssuances(tx: Queryable, at: number): Promise<string[]> {
  const rows = await tx.query<{ issuance: string }>(
    `SELECT issuance FROM offer_event JOIN offer_item USING (issuance) JOIN offer ON offer.id = offer
      WHERE (offer.secrets IS NULL OR expires_at <= $1) AND NOT EXISTS (SELECT 1 FROM offer_token t WHERE t.offer = offer.id)
        AND NOT EXISTS (SELECT 1 FROM offer_item i JOIN offer o ON o.id = i.offer WHERE i.issuance = offer_item.issuance AND ((o.secrets IS NOT NULL AND o.expires_at > $1) OR EXISTS (SELECT 1 FROM offer_token t WHERE t.offer = o.id)))`, [at]);
  return rows.map(({ issuance }) => issuance);
}
