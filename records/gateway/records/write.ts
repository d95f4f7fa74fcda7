// A member files a record: it may write that category, it signed what it files, under the key of the epoch that counts now, and the store has it.
import { HealthpassError } from '#passport';
import type { NewRecord } from '#records/model/exchange/wire.ts';
import type { Address } from '#records/model/members.ts';
import { recoverSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import type { Queryable } from '#server';
import type { Caller } from '../caller.ts';
import { currentEpoch } from '../epochs/key-book.ts';
import type { Exchange } from '../exchange.ts';
import type { PatientId } from '../patient-keys.ts';
import { isLive, type Hex } from '../relationships/relationship.ts';
import { recordUnknown } from '../unknown.ts';
import { actorOf, findPlace, type Place } from './place.ts';
import { assertStored } from './reference.ts';

/** Seconds that the author's clock may differ. */
const MOST_APART = 300;

/** @throws HealthpassError `not-authorised` unless the author signed exactly this, `request-invalid` for a time that is not now */
export function assertFiled(chainId: number, { id, category, date, epoch, reference, content, time, signature }: NewRecord, signer: Address, now: number): void {
  if (Math.abs(time - now) > MOST_APART) throw new HealthpassError('request-invalid', 'the time is not now', { field: 'time' });
  if (date > new Date((now + 86_400) * 1000).toISOString().slice(0, 10)) throw new HealthpassError('request-invalid', 'the day has not come', { field: 'date' });
  const entry = { id: `0x${id}`, category, date, epoch, reference: `0x${reference}`, content, time } as const;
  if (recoverSigner(offChain(chainId), 'RecordEntry', entry, signature, signer) !== signer) throw new HealthpassError('not-authorised', 'the author did not sign this entry', { field: 'signature' });
}

/** An epoch that is over is refused: somebody whose access ended may have its key. @throws HealthpassError `epoch-over` */
export async function assertCurrent(tx: Queryable, patient: PatientId, { category, epoch }: NewRecord, now: number): Promise<void> {
  if ((await currentEpoch(tx, patient, category, now)) !== epoch) throw new HealthpassError('epoch-over', 'another key counts now for this category', { field: 'epoch' });
}

/** Files it for the patient, and tells whoever may read it. */
async function file({ entries, notices, now }: Exchange, tx: Queryable, { patient, all }: Pick<Place, 'patient' | 'all'>, record: NewRecord, author: Address | 'patient'): Promise<void> {
  const { id, category, date, epoch, reference, sealedKey, content, time, signature } = record;
  const meta = { id, category, date, author };
  await entries.add(tx, patient, { meta, epoch, reference, sealedKey, content, time, signature });
  const told = all.relationships.filter((one) => isLive(one, now()) && one.policy.effect === 'permit' && one.policy.actions.includes('read') && one.recipient !== author);
  await notices.add(tx, { kind: 'records', patient, record: meta }, ...told.map((one) => ({ kind: 'records', patient, relationship: one.id, record: meta, recipient: one.recipient, quiet: true }) as const));
}

/** @throws HealthpassError `record-unknown` (no relationship, or not allowed there), `epoch-over`, `not-authorised`, `chunk-unknown` and others of the store */
export async function writeRecord(exchange: Exchange, caller: Caller, relationship: Hex, record: NewRecord): Promise<void> {
  const { database, audit, config, now } = exchange;
  const at = now();
  const { category, id, purpose = 'TREAT' } = record;
  const decideOn = async (on: Queryable) => {
    const place = await findPlace(exchange, on, relationship, caller);
    const decision = place.decide({ person: caller.account, ...(caller.organisation && { organisation: caller.organisation }), purpose, time: at, action: 'write', record: { category } });
    return { place, reason: decision.outcome === 'deny' ? decision.reason : isLive(place.one, at) ? undefined : 'revoked' as const };
  };
  /** Whether it may; what is denied is entered before it is answered. */
  const assertMay = async (tx: Queryable) => {
    const { place, reason } = await decideOn(tx);
    if (reason === undefined) return place;
    const { patient, one } = place;
    await audit.append(tx, { patient, now: at, access: { kind: 'denied', actor: actorOf(caller), purpose, action: 'write', asked: { categories: [category] }, grant: one.grant, reason } });
    return undefined;
  };
  // Decided once before the store is asked, for whoever may not; and again, for good, when what it answers is filed.
  if ((await decideOn(database)).reason !== undefined && !(await database.transaction(assertMay))) throw recordUnknown();
  assertFiled(config.chainId, record, caller.account, at);
  await assertStored(config.storage, record.reference);
  const filed = await database.transaction(async (tx) => {
    const place = await assertMay(tx); // it may have been taken away while the store was asked
    if (!place) return false;
    await assertCurrent(tx, place.patient, record, at);
    await file(exchange, tx, place, record, caller.account);
    await audit.append(tx, { patient: place.patient, now: at, access: { kind: 'written', actor: actorOf(caller), purpose, record: { id, category }, grant: place.one.grant } });
    return true;
  });
  if (!filed) throw recordUnknown();
}

/** A patient's own record: kept apart from those of members by its author. */
export async function addOwn(exchange: Exchange, { account, patient }: Caller & { readonly patient: PatientId }, record: NewRecord): Promise<void> {
  const { database, audit, config, consents, now } = exchange;
  assertFiled(config.chainId, record, account, now());
  await assertStored(config.storage, record.reference);
  await database.transaction(async (tx) => {
    const all = await consents.lock(tx, patient, 'to decide');
    await assertCurrent(tx, patient, record, now());
    await file(exchange, tx, { patient, all }, record, 'patient');
    await audit.append(tx, { patient, now: now(), access: { kind: 'written', actor: { kind: 'patient' }, record: { id: record.id, category: record.category } } });
  });
}
