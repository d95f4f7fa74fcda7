// A member reads: decided for each record, then filtered, then counted. What is released is entered in the patient's log in the same transaction, before
// any key is in the answer; what is refused is entered too, with a reason that only the patient learns.
import type { z } from 'zod';
import type { Decision, DenyReason } from '#records/model/consent/index.ts';
import type { readAnswerSchema, readSchema } from '#records/model/exchange/wire.ts';
import type { Category } from '#records/model/record.ts';
import type { Queryable } from '#server';
import type { Caller } from '../caller.ts';
import { readWraps } from '../epochs/key-book.ts';
import type { Exchange } from '../exchange.ts';
import type { Hex } from '../relationships/relationship.ts';
import { termsOf } from '../relationships/views.ts';
import { recordUnknown } from '../unknown.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { After, KeptEntry } from './entries.ts';
import { actorOf, findPlace, type Place } from './place.ts';

type Query = z.output<typeof readSchema>;
type Answer = z.input<typeof readAnswerSchema>;

/** Entries looked at in one go. */
const BATCH = 200;
/** Withheld ones that the patient's log names: enough to see what was tried. */
const MOST_WITHHELD = 200;

/** @throws HealthpassError `record-unknown` for whatever is not permitted at all, `request-invalid` for a foreign cursor */
export async function readRecords(exchange: Exchange, caller: Caller, relationship: Hex, query: Query): Promise<Answer> {
  const { database, audit, sealer, notices, now } = exchange;
  const at = now();
  const { cursor, request, ...asked } = query;
  const bound = [caller.account, caller.organisation ?? null, relationship, asked];
  const answer = await database.transaction(async (tx): Promise<Answer | undefined> => {
    const place = await findPlace(exchange, tx, relationship, caller);
    const { patient, one } = place;
    const { purpose, categories, from, until, records } = query;
    const entered = { actor: actorOf(caller), purpose, asked: { ...(categories && { categories }), ...(from && { from }), ...(until && { until }), ...(records && { records }) }, grant: one.grant };
    const reason = refusalOf(place, caller, query, at);
    if (reason !== undefined) {
      await audit.append(tx, { patient, now: at, access: { kind: 'denied', ...entered, action: 'read', reason } });
      return undefined;
    }
    const after = cursor === undefined ? undefined : await decodeCursor(sealer, bound, cursor, at);
    const { released, withheld, more } = await select(exchange, tx, place, caller, query, after, at);
    const touched = (entries: readonly KeptEntry[]) => entries.map(({ meta: { id, category } }) => ({ id, category }));
    const { receipt } = await audit.append(tx, { patient, relationship, now: at, access: { kind: 'read', ...entered, request, released: touched(released), ...(withheld.length > 0 && { withheld: touched(withheld) }) } });
    const { epochWraps, recordWraps } = await readWraps(tx, one.id, released.map(({ meta, epoch }) => ({ id: meta.id, category: meta.category, epoch })), patient);
    await notices.add(tx, { kind: 'access', patient, relationship });
    const last = released.at(-1);
    return {
      receipt: receipt!, epochWraps, entries: released.map((entry) => ({ ...entry, ...recordWraps.get(entry.meta.id) })), // a relationship was given, so there is a receipt
      ...(more && last && { next: await encodeCursor(sealer, bound, last.meta, at) }),
    };
  });
  if (!answer) throw recordUnknown();
  return answer;
}

/**
 * Whether nothing at all is allowed there, by the terms that the member knows: never by what there is of records, so that an empty answer and a
 * refusal tell nothing about them.
 */
function refusalOf({ one, decide }: Place, { account, organisation }: Caller, { purpose, categories }: Query, at: number): DenyReason | undefined {
  // An emergency is opened by institutions together; here it counts only where the patient named it.
  if (purpose === 'ETREAT' && one.policy.purposes?.includes('ETREAT') !== true) return 'purpose';
  const terms = termsOf(one.policy);
  const fitting = terms.categories.filter((category) => categories === undefined || categories.includes(category));
  const decisions = (fitting.length > 0 ? fitting : categories ?? []).map((category) => decide({ person: account, ...(organisation && { organisation }), purpose, time: at as never, action: 'read', record: probe(category) }));
  const closed = decisions.find((decision): decision is Extract<Decision, { outcome: 'deny' }> => decision.outcome === 'deny' && ENDED.has(decision.reason));
  if (closed) return closed.reason;
  return fitting.length === 0 ? 'category' : undefined;
}

/** Reasons that hold for everything in a relationship. */
const ENDED: ReadonlySet<string> = new Set(['no-consent', 'revoked', 'changed', 'not-yet', 'expired', 'action', 'purpose']);
/** A record that does not exist, to ask what holds for all. */
const probe = (category: Category) => ({ id: '0'.repeat(32) as never, category, date: '0001-01-01', author: 'patient' as const });

async function select({ entries }: Exchange, tx: Queryable, { patient, one, decide }: Place, { account, organisation }: Caller, query: Query, start: After | undefined, at: number) {
  const { purpose, categories = termsOf(one.policy).categories, from, until, records, limit } = query;
  const allowed = categories.filter((category) => termsOf(one.policy).categories.includes(category)); // what else there is costs no time either
  const [released, withheld]: [KeptEntry[], KeptEntry[]] = [[], []];
  for (let after = start; ;) {
    const batch = await entries.list(tx, patient, { categories: allowed, from, until, records }, { after, limit: BATCH });
    for (const entry of batch) {
      const { outcome } = decide({ person: account, ...(organisation && { organisation }), purpose, time: at as never, action: 'read', record: entry.meta });
      if (outcome === 'permit' && released.length === limit) return { released, withheld, more: true };
      if (outcome === 'permit') released.push(entry);
      else if (withheld.length < MOST_WITHHELD) withheld.push(entry);
    }
    if (batch.length < BATCH) return { released, withheld, more: false };
    after = batch.at(-1)!.meta; // as many as asked for
  }
}
