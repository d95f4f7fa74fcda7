// Revoke, suspend, reinstate: written down for the outbox in one transaction, with all copies of what was named; answered once it is mined.
import { createHash, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { HealthpassError } from '#passport';
import type { StatusAction } from '#contracts/status.ts';
import type { Database } from '#server';
import type { Actor, Outbox, StatusOutcome, StatusReason } from './outbox/index.ts';
import type { PatientBook } from './patients/index.ts';
import type { IssuerStore } from './store.ts';

export type StatusDeps = { readonly database: Database; readonly store: IssuerStore; readonly outbox: Outbox; /** Keeps notes. */ readonly patients?: Pick<PatientBook, 'note'> };
export type StatusOptions = {
  /** On whose behalf. */
  readonly principal: Actor;
  readonly reason?: StatusReason | undefined;
  /** For colleagues, where all is about one person. */
  readonly note?: string | undefined;
  /** Asked again under the same key, the same principal is given the outcome of the first. */
  readonly idempotencyKey?: string | undefined;
};

/**
 * Changes the status of credentials by their ids, or those of their issuances: the copies of one share its fate. Those that are in the wanted
 * state already are left alone. Who does not wait for the answer still gets the change.
 * @throws HealthpassError `credential-unknown` (also for one of another organisation), `request-invalid` (the key was used for something else, or a note is about several people), `status-conflict` (a revoked credential
 * cannot be suspended or reinstated: then nothing changes), `transaction-failed`, `chain-unavailable` (it is written down and will be made)
 */
export async function changeStatus({ database, store, outbox, patients }: StatusDeps, action: StatusAction, ids: readonly string[], options: StatusOptions): Promise<StatusOutcome[]> {
  // The operator of the machine acts for all organisations on it.
  const entries = await store.entriesOf(ids, options.principal.kind === 'operator' ? null : options.principal.organisation);
  if (!entries) throw new HealthpassError('credential-unknown', 'this issuer has issued no such credential', { field: 'id' });
  const { principal, reason, note } = options;
  const write = await database.transaction(async (tx) => {
    const id = await outbox.writeStatusChange(tx, principal, { name: nameOf(options), action, reason, entries });
    if (note !== undefined) await patients?.note(tx, entries.map((entry) => entry.id), id, note);
    return id;
  });
  outbox.nudge();
  await outbox.settled(write);
  return outbox.outcomes(write);
}

/** A key is worth something to the principal that chose it only. */
function nameOf({ principal: { kind, id, organisation }, idempotencyKey }: StatusOptions): string {
  if (idempotencyKey === undefined) return `status:${randomUUID()}`;
  return `status:${createHash('sha256').update(JSON.stringify([kind, organisation, id, idempotencyKey])).digest('hex')}`;
}

/** Printable, as the Idempotency-Key header has it. @throws HealthpassError `request-invalid` */
export function idempotencyKeyOf(context: Context): string | undefined {
  const key = context.req.header('idempotency-key');
  if (key === undefined || /^[\x21-\x7e]{8,200}$/.test(key)) return key;
  throw new HealthpassError('request-invalid', 'the idempotency key is not of 8 to 200 printable characters', { field: 'idempotency-key' });
}
