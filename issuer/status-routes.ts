// Revoke, suspend, reinstate over HTTP. A request may be repeated under its Idempotency-Key; whoever goes away before the answer gets the change
// all the same.
import { z } from 'zod';
import { STATUS_ACTIONS } from '#contracts/status.ts';
import { route, type Route } from '#server';
import { STATUS_REASONS } from './outbox/schema.ts';
import { idempotencyKeyOf } from './revoke.ts';
import type { IssuerService } from './service.ts';

const ids = z.array(z.string().regex(/^[\x21-\x7e]{1,64}$/)).min(1).max(10_000).meta({ description: 'Ids of credentials, or of issuances' });
const outcomes = z.array(z.object({ id: z.string(), list: z.int(), index: z.int(), changed: z.boolean() }));
const body = z.strictObject({
  ids, reason: z.enum(STATUS_REASONS).optional().meta({ description: 'Kept with the change; never on chain' }),
  note: z.string().trim().min(1).max(500).optional().meta({ description: 'For colleagues; sealed with the one person that the change is about, and erased with it' }),
});

export const statusRoutes = (service: Pick<IssuerService, 'changeStatus'>): Route[] => STATUS_ACTIONS.map((action) => route({
  method: 'post', path: `/credentials/${action}`, summary: `${action[0]!.toUpperCase()}${action.slice(1)} credentials, all copies of each`, tag: 'status', permission: 'credentials:status',
  body: { schema: body },
  answers: { 200: { description: 'What changed, once it is mined', schema: z.object({ credentials: outcomes }) } },
  problems: ['credential-unknown', 'status-conflict', 'chain-unavailable', 'transaction-failed', 'service-unavailable'],
  run: async ({ body: { ids: named, reason, note }, principal, context }) => (
    { credentials: await service.changeStatus(action, named, { principal, reason, note, idempotencyKey: idempotencyKeyOf(context) }) }),
}));
