// Nothing about a presentation outlives its use: what has run out is deleted even when nobody asks any more.
import type { UnixSeconds } from '#passport';
import type { Database } from '#server';
import { deleteOver } from './events/events.ts';
import { purge } from './openid4vp/sessions.ts';

/** Deletes requests and sessions that are over, and who entered events that are. */
export const deleteExpired = (database: Database, now = Math.floor(Date.now() / 1000) as UnixSeconds): Promise<void> =>
  database.transaction(async (tx) => {
    await tx.query('DELETE FROM request WHERE expires_at <= $1', [now]);
    await purge(tx, now);
    await deleteOver(tx, now);
  });
