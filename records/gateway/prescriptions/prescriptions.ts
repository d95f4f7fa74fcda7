// From the prescriber to the patient: whoever may write medications for a patient may leave a prescription, sealed to that patient.
import type { z } from 'zod';
import { HealthpassError } from '#passport';
import type { Queryable } from '#server';
import type { issuedSchema, newPrescriptionSchema, prescriptionsSchema } from '#records/model/prescription/wire.ts';
import { accountIndex } from '../account-index.ts';
import type { Caller } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import { actorOf, findPlace } from '../records/place.ts';
import type { Owner } from '../relationships/changes.ts';
import { isLive } from '../relationships/relationship.ts';
import { recordUnknown } from '../unknown.ts';

type Hex = `0x${string}`;
/** Of one patient. */
const MOST_HELD = 500;
/** Of a page. */
export const MOST_ISSUED = 500;

export function createPrescriptions(exchange: Exchange) {
  const { database, notices, audit, blind, now } = exchange;
  const prescriberOf = ({ account }: Pick<Caller, 'account'>): Uint8Array => blind(accountIndex(account));

  /** False where it is not allowed, which is entered before it is answered. What is allowed is a record too, and entered as that. */
  async function leave(tx: Queryable, caller: Caller, relationship: Hex, { id, sealed, own }: z.output<typeof newPrescriptionSchema>): Promise<boolean> {
    const { patient, one, decide } = await findPlace(exchange, tx, relationship, caller);
    const { account, organisation } = caller;
    const decision = decide({ person: account, ...(organisation && { organisation }), purpose: 'TREAT', time: now(), action: 'write', record: { category: 'medications' } });
    if (decision.outcome === 'deny' || !isLive(one, now())) {
      const reason = decision.outcome === 'deny' ? decision.reason : 'revoked';
      await audit.append(tx, { patient, now: now(), access: { kind: 'denied', actor: actorOf(caller), purpose: 'TREAT', action: 'write', asked: { categories: ['medications'] }, grant: one.grant, reason } });
      return false;
    }
    const [held] = await tx.query<{ count: number }>('SELECT count(*)::int8 AS count FROM prescription WHERE patient = $1', [patient]);
    if (held!.count >= MOST_HELD) throw new HealthpassError('service-unavailable', 'too many prescriptions are kept', { field: 'prescriptions' });
    // By what was issued: whether the patient has one still, or threw it away, is not the prescriber's to know.
    const issued = await tx.query('INSERT INTO prescription_issued (id, prescriber, own, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1', [id, prescriberOf(caller), own, now()]);
    if (issued.length === 0) throw new HealthpassError('request-invalid', 'the id is that of another prescription', { field: 'id' });
    await tx.query('INSERT INTO prescription (id, patient, relationship, sealed, at) VALUES ($1, $2, $3, $4, $5)', [id, patient, relationship, sealed, now()]);
    await notices.add(tx, { kind: 'prescription', patient, relationship, subject: id });
    return true;
  }

  return {
    /** @throws HealthpassError `record-unknown` unless the patient lets the caller write medications, `request-invalid` for an id that is taken */
    async leave(caller: Caller, relationship: Hex, prescription: z.output<typeof newPrescriptionSchema>): Promise<void> {
      if (!(await database.transaction((tx) => leave(tx, caller, relationship, prescription)))) throw recordUnknown();
    },
    held: async ({ patient }: Owner): Promise<z.input<typeof prescriptionsSchema>> =>
      ({ prescriptions: await database.query('SELECT id, relationship, sealed, at::int8 AS at FROM prescription WHERE patient = $1 ORDER BY at DESC, id', [patient]) }),
    remove: async ({ patient }: Owner, id: Hex): Promise<void> => void (await database.query('DELETE FROM prescription WHERE patient = $1 AND id = $2', [patient, id])),
    /** The newest first. `after`: the last one of the page before; `next`: there may be more after it. */
    async issued(caller: Caller, { after, limit = MOST_ISSUED }: { readonly after?: Hex | undefined; readonly limit?: number | undefined }): Promise<z.input<typeof issuedSchema>> {
      const issued = await database.query<{ id: Hex; own: string; at: number }>(
        `SELECT id, own, at::int8 AS at FROM prescription_issued WHERE prescriber = $1 AND ($2::text IS NULL OR (at, id) < (SELECT at, id FROM prescription_issued WHERE id = $2 AND prescriber = $1))
          ORDER BY at DESC, id DESC LIMIT $3`, [prescriberOf(caller), after ?? null, limit]);
      return { issued, ...(issued.length === limit && { next: issued.at(-1)!.id }) };
    },
  };
}
