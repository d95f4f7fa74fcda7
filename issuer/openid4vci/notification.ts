// What wallets tell of credentials after they got them (OpenID4VCI 1.0, section 11).
import { z } from 'zod';
import { ProtocolError, recordAudit } from '#server';
import { WALLET, type VciDeps } from './deps.ts';
import type { OfferState } from './offer-book.ts';
import { digestOf } from './secrets.ts';
import type { Token } from './tokens.ts';

const STATES = { credential_accepted: 'accepted', credential_failure: 'failed', credential_deleted: 'deleted' } as const satisfies Record<string, OfferState>;

/** The description is a text of the wallet's that we neither need nor keep. */
export const notificationBody = z.looseObject({
  notification_id: z.string().min(1).max(200),
  event: z.enum(Object.keys(STATES) as (keyof typeof STATES)[]), // of the table
  event_description: z.string().max(2000).optional(),
});

/** May be repeated. @throws ProtocolError `invalid_notification_id` for one that the token's offer did not give */
export async function takeNotification({ database, offers, now }: VciDeps, token: Token, { notification_id: notification, event }: z.infer<typeof notificationBody>): Promise<void> {
  const digest = digestOf(notification);
  await database.transaction(async (tx) => {
    const [row] = await tx.query<{ event: string | null }>('SELECT event FROM credential_notification WHERE notification = $1 AND offer = $2 FOR UPDATE', [digest, token.offer]);
    if (!row) throw new ProtocolError('invalid_notification_id', 'the notification_id is not one of this token');
    if (row.event === event) return;
    await tx.query('UPDATE credential_notification SET event = $2, told_at = $3 WHERE notification = $1', [digest, event, now()]);
    await tx.query('DELETE FROM credential_answer WHERE notification = $1', [digest]); // it has arrived
    await offers.setState(tx, token.offer, STATES[event], now());
    await recordAudit(tx, WALLET, { action: `credential.${STATES[event]}`, target: token.offer }, now());
  });
}
