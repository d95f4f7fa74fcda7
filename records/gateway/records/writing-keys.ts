// The public keys that whoever may write seals to: those that count now and those that will, signed by the relationship's address, so that nobody has to trust the gateway.
import type { SignedEpoch } from '#records/model/exchange/wire.ts';
import { CATEGORIES } from '#records/model/record.ts';
import type { Caller } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import { isLive, type Hex } from '../relationships/relationship.ts';
import { recordUnknown } from '../unknown.ts';
import { findPlace } from './place.ts';

/** @throws HealthpassError `record-unknown` where nothing may be written */
export const writingKeys = (exchange: Exchange, { account, organisation, ...caller }: Caller, id: Hex): Promise<{ epochs: SignedEpoch[]; now: number }> =>
  exchange.database.transaction(async (tx) => {
    const at = exchange.now();
    const { patient, one, decide } = await findPlace(exchange, tx, id, { account, organisation, ...caller });
    const purpose = one.policy.purposes?.[0] ?? 'TREAT';
    const writable = CATEGORIES.filter((category) => decide({ person: account, ...(organisation && { organisation }), purpose, time: at, action: 'write', record: { category } }).outcome === 'permit');
    if (writable.length === 0 || !isLive(one, at)) throw recordUnknown();
    const epochs = await tx.query<SignedEpoch>(
      `SELECT e.category, e.number::int8 AS epoch, e.key, e.since::int8 AS since, s.signature FROM epoch e JOIN epoch_signature s ON s.category = e.category AND s.number = e.number AND s.relationship = $2
        WHERE e.patient = $1 AND e.category = ANY($3::text[])
          AND NOT EXISTS (SELECT 1 FROM epoch later WHERE later.patient = e.patient AND later.category = e.category AND later.number > e.number AND later.since <= $4)
        ORDER BY e.category, e.number`, [patient, id, writable, at]);
    return { epochs, now: at };
  });
