// Reading in an emergency goes the way of every reading: decided for each record, entered in the patient's log, and only then are keys in the answer.
// What is decided by is the chain (released, not over, the role of whoever asked), what the patient laid ready, and what the patient denied.
import type { z } from 'zod';
import type { emergencyAnswerSchema, emergencyReadSchema } from '#records/model/emergency/wire.ts';
import type { DenyReason } from '#records/model/consent/index.ts';
import type { RecordMeta } from '#records/model/record.ts';
import type { Caller } from '../caller.ts';
import { decodeCursor, encodeCursor } from '../records/cursor.ts';
import type { After, KeptEntry } from '../records/entries.ts';
import { actorOf } from '../records/place.ts';
import type { Asking } from './asking.ts';
import { isOver, isWaiting, type Emergencies } from './emergencies.ts';

type Hex = `0x${string}`;
type Query = z.output<typeof emergencyReadSchema>;
type Answer = z.input<typeof emergencyAnswerSchema>;
/** Entries looked at in one go; withheld ones that the log names. */
const [BATCH, MOST_WITHHELD] = [200, 200];

/** @throws HealthpassError `record-unknown`, `emergency-waiting`, `emergency-over`, `request-invalid` for a foreign cursor */
export async function readInEmergency(emergencies: Emergencies, asking: Asking, caller: Caller, id: Hex, query: Query): Promise<Answer> {
  const { database, onChain, consents, entries, settings, cases, audit, notices, sealer, now } = emergencies;
  const { asked: { institution } } = await asking.own(database, caller, id);
  const isReleased = await onChain.isReleased(id); // newest block: a suspension or a review ends it there
  const { cursor, limit, request, ...asked } = query;
  const bound = [caller.account, id, asked];
  const outcome = await database.transaction(async (tx): Promise<Answer | 'over' | 'waiting'> => {
    const one = await asking.own(tx, caller, id, { lock: true });
    const setting = await settings.find(tx, one.patient);
    const entered = { actor: actorOf(caller), purpose: 'ETREAT', asked } as const;
    const refuse = async (reason: DenyReason) => void (await audit.append(tx, { patient: one.patient, now: now(), access: { kind: 'denied', ...entered, action: 'read', reason } }));
    if (!cases.isRunning(one) || setting?.head.id !== one.head) {
      await refuse(one.until <= now() ? 'expired' : 'revoked');
      return 'over';
    }
    if (!isReleased) {
      await refuse('no-consent');
      return 'waiting';
    }
    const all = await consents.lock(tx, one.patient, 'to decide');
    /** Denied by the patient in so many words, to this person or this institution, for this purpose; or by words that are not the ones on chain, and may deny anything. */
    const isDenied = (record: RecordMeta): boolean => all.isDenied({ person: caller.account, organisation: institution, purpose: 'ETREAT', time: now(), action: 'read', record });
    const allowed = (query.categories ?? setting.categories).filter((category) => setting.categories.includes(category));
    const after = cursor === undefined ? undefined : await decodeCursor(sealer, bound, cursor, now());
    const { released, withheld, more } = await select(after, (from) => entries.list(tx, one.patient, { ...query, categories: allowed }, { after: from, limit: BATCH }), isDenied, limit);
    const touched = (list: readonly KeptEntry[]) => list.map(({ meta }) => ({ id: meta.id, category: meta.category }));
    await cases.countRead(tx, id);
    const wraps = await settings.wrapsFor(tx, one.patient, released.map(({ meta, epoch }) => ({ category: meta.category, epoch })));
    await notices.add(tx, { kind: 'emergency', patient: one.patient, subject: id });
    const { receipt } = await audit.append(tx, { patient: one.patient, relationship: id, now: now(), access: { kind: 'read', ...entered, request, released: touched(released), emergency: id, ...(withheld.length > 0 && { withheld: touched(withheld) }) } });
    const last = released.at(-1);
    return { receipt, entries: released, wraps: wraps as Answer['wraps'], ...(more && last && { next: await encodeCursor(sealer, bound, last.meta, now()) }) }; // wraps as they were taken
  });
  if (outcome === 'over') throw isOver();
  if (outcome === 'waiting') throw isWaiting();
  return outcome;
}

async function select(start: After | undefined, list: (after: After | undefined) => Promise<KeptEntry[]>, isDenied: (record: RecordMeta) => boolean, limit: number) {
  const [released, withheld]: [KeptEntry[], KeptEntry[]] = [[], []];
  for (let after = start; ;) {
    const batch = await list(after);
    for (const entry of batch) {
      if (isDenied(entry.meta)) {
        if (withheld.length < MOST_WITHHELD) withheld.push(entry);
      } else if (released.length === limit) return { released, withheld, more: true };
      else released.push(entry);
    }
    if (batch.length < BATCH) return { released, withheld, more: false };
    after = batch.at(-1)!.meta; // as many as asked for
  }
}
