// Records who got what: each event is kept under the key of its person alone.
import { randomUUID } from 'node:crypto';
import { encodeHealthEvent, HealthpassError, parseHealthEvent, type HealthEvent } from '#passport';
import { createSealer, type DataKeys, type Queryable } from '#server';
import { findOrAdd, type PeopleDeps } from './find-or-add.ts';
import { lotMark } from './lot.ts';
import { keyName } from './schema.ts';

export type RecordRequest = {
  readonly event: HealthEvent;
  /** Id of the organisation that issues; a person known to two organisations is two patients. */
  readonly organisation: string;
  /** Which way it is issued: `credentials`, `offer`, `campaign/…`. */
  readonly source: string;
  /** Id of the issuance where one was drawn already. */
  readonly issuance?: string;
};
export type Recorded = { readonly patient: string; readonly issuance: string };

const contextOf = (issuance: string) => `issuance/${issuance}`;

/** Records events within `tx`, in a fixed number of statements however many there are. */
export async function recordAll(deps: PeopleDeps, tx: Queryable, requests: readonly RecordRequest[]): Promise<Recorded[]> {
  if (requests.length === 0) return [];
  const patients = await findOrAdd(deps, tx, requests.map(({ event: { person }, organisation }) => ({ person, organisation })));
  const ids = requests.map(({ issuance = randomUUID() }) => issuance);
  const events = await Promise.all(requests.map(({ event }, i) => createSealer(patients[i]!.key).seal(contextOf(ids[i]!), encodeHealthEvent(event)))); // a patient each
  await tx.query(
    `INSERT INTO issuance (id, patient, organisation, source, event, lot, recorded_at)
      SELECT *, $7::bigint FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::bytea[])`,
    [
      ids, patients.map(({ id }) => id), requests.map(({ organisation }) => organisation), requests.map(({ source }) => source), events,
      requests.map(({ event: { lot } }) => (lot === undefined ? null : lotMark(deps.index, lot))), deps.now(),
    ],
  );
  return ids.map((issuance, i) => ({ issuance, patient: patients[i]!.id }));
}

/** What is kept of an issuance about its person. */
export type Kept = { readonly id: string; readonly patient: string | null; readonly event: Uint8Array | null };

/** The events of issuances, in their order; undefined for one whose person was erased. */
export async function openEvents(keys: DataKeys, on: Queryable, kept: readonly Kept[]): Promise<(HealthEvent | undefined)[]> {
  const known = await keys.read(on, [...new Set(kept.flatMap(({ patient }) => (patient === null ? [] : [keyName(patient)])))]);
  return Promise.all(kept.map(async ({ id, patient, event }) => {
    const key = patient === null ? undefined : known.get(keyName(patient)); // erased in the meantime
    return key && event ? parseHealthEvent(await createSealer(key).open(contextOf(id), event)) : undefined;
  }));
}

/** @throws HealthpassError `credential-unknown`, `patient-erased`, `sealed-invalid` */
export async function eventOf(keys: DataKeys, on: Queryable, issuance: string): Promise<HealthEvent> {
  const [kept] = await on.query<Kept>('SELECT id, patient, event FROM issuance WHERE id = $1', [issuance]);
  if (!kept) throw new HealthpassError('credential-unknown', 'nothing was issued under this id', { field: 'issuance' });
  const [event] = await openEvents(keys, on, [kept]);
  if (!event) throw new HealthpassError('patient-erased', 'the person whom this is about was erased', { field: 'issuance' });
  return event;
}
