// What lies ready for whom: epochs, signatures and wraps of a patient. A change is taken whole or not at all, and only when afterwards there is exactly
// what the consents ask for: with less somebody could not read what he may, with more somebody could who may not.
import { HealthpassError, type UnixSeconds } from '#passport';
import type { Queryable } from '#server';
import type { GrantWord } from '#records/model/consent/index.ts';
import { lostCategories, neededKeys, usefulEpochs, type Consented, type EpochHead, type KeyState, type NeededKeys } from '#records/model/exchange/plan.ts';
import type { KeyChange, SignedEpoch, Wrapped } from '#records/model/exchange/wire.ts';
import type { PublicKey } from '#records/model/keys/hpke.ts';
import type { Category, RecordId, RecordMeta } from '#records/model/record.ts';
import type { PatientId } from '../patient-keys.ts';
import type { Hex } from '../relationships/relationship.ts';

export type KeptEpoch = EpochHead & { readonly key: PublicKey; readonly isUsed: boolean };

export async function readEpochs(on: Queryable, patient: PatientId): Promise<KeptEpoch[]> {
  const rows = await on.query<{ category: Category; epoch: number; key: PublicKey; since: number; isUsed: boolean }>(
    `SELECT category, number::int8 AS epoch, key, since::int8 AS since,
       EXISTS (SELECT 1 FROM record_entry r WHERE r.patient = epoch.patient AND r.category = epoch.category AND r.epoch = epoch.number) AS "isUsed"
       FROM epoch WHERE patient = $1 ORDER BY category, number`, [patient]);
  return rows;
}

/** The epoch of a category that counts now. */
export async function currentEpoch(on: Queryable, patient: PatientId, category: Category, now: number): Promise<number | undefined> {
  const [row] = await on.query<{ number: number }>('SELECT number::int8 AS number FROM epoch WHERE patient = $1 AND category = $2 AND since <= $3 ORDER BY number DESC LIMIT 1', [patient, category, now]);
  return row?.number;
}

const placeOf = ({ category, epoch }: { readonly category: string; readonly epoch: number }) => `${category}/${epoch}`;

export type Held = { readonly wraps: ReadonlySet<string>; readonly signatures: ReadonlySet<string>; readonly records: ReadonlySet<string> };

/** What is kept for each relationship of a patient. */
export async function readHeld(on: Queryable, patient: PatientId): Promise<(relationship: string) => Held> {
  const rowsOf = async (column: string, table: string): Promise<Map<string, Set<string>>> => {
    const rows = await on.query<{ relationship: string; place: string }>(`SELECT relationship, ${column} AS place FROM ${table} WHERE relationship IN (SELECT id FROM relationship WHERE patient = $1)`, [patient]);
    const found = new Map<string, Set<string>>();
    for (const { relationship, place } of rows) found.set(relationship, (found.get(relationship) ?? new Set()).add(place));
    return found;
  };
  const place = "category || '/' || number";
  const [wraps, signatures, records] = [await rowsOf(place, 'epoch_wrap'), await rowsOf(place, 'epoch_signature'), await rowsOf('record', 'record_wrap')];
  const none: ReadonlySet<string> = new Set();
  return (relationship) => ({ wraps: wraps.get(relationship) ?? none, signatures: signatures.get(relationship) ?? none, records: records.get(relationship) ?? none });
}

export type KeyChecks = {
  readonly patient: PatientId;
  readonly before: readonly Consented[];
  readonly after: readonly Consented[];
  /** The relationship that changes: what was wrapped for it before does not fit its new word. */
  readonly changed?: string | undefined;
  /** The word that counted before, where whoever changes the relationship holds no keys: what was wrapped for it stays, as far as it may be read still. */
  readonly wrappedFor?: GrantWord | undefined;
  /** Categories that were lost before and got no new keys yet. */
  readonly due: readonly Category[];
  /** Who may sign an epoch for a relationship: its address. @throws HealthpassError `request-invalid` */
  readonly assertSigned: (relationship: string, epoch: EpochHead & { readonly key: PublicKey }, signature: string) => void;
  /** Everything that is filed. */
  readonly records: readonly RecordMeta[];
  readonly now: UnixSeconds;
};

/** Seconds that a wallet may take between its look at the time and its call. */
const MOST_LATE = 300;
/** Epochs of one patient under which something may be written yet: for each category one that counts now, and one for each end that is foreseen. */
const MOST_AHEAD = 7000;

/**
 * Takes a change of keys.
 * @param mayOwe less than is needed is taken too: whoever changes something holds not all keys, and the patient's wallet adds them
 * @returns categories that still need new keys
 * @throws HealthpassError `request-invalid` (something is wrong or too much), `consent-conflict` (something is missing: what the wallet saw is old), `service-unavailable` (too many are published ahead)
 */
export async function applyKeys(tx: Queryable, change: KeyChange, checks: KeyChecks, { mayOwe = false } = {}): Promise<Category[]> {
  const { patient, before, after, changed, now } = checks;
  const known = await readEpochs(tx, patient);
  assertNewEpochs(change, known, now);
  const lost = new Set([...checks.due, ...lostCategories(before, after, now)]);
  const owed = [...lost].filter((category) => !change.epochs.some((one) => one.category === category && one.since <= now));
  if (owed.length > 0 && !mayOwe) throw conflict('keys.epochs');
  const all = [...known, ...change.epochs];
  const useful = new Set(usefulEpochs<EpochHead & { isUsed?: boolean }>({ epochs: all, now }));
  if ([...useful].filter(({ isUsed = false }) => !isUsed).length > MOST_AHEAD) throw new HealthpassError('service-unavailable', 'too many epochs are published ahead', { field: 'keys.epochs' });
  for (const { category, epoch, key, since } of change.epochs) {
    await tx.query('INSERT INTO epoch (patient, category, number, key, since) VALUES ($1, $2, $3, $4, $5)', [patient, category, epoch, key, since]);
  }
  if (changed !== undefined) await (checks.wrappedFor === undefined ? dropKeys(tx, changed) : keepWrapsOf(tx, changed, checks.wrappedFor));
  const state: KeyState = { consents: after, epochs: all, records: checks.records, now };
  const [held, sorted] = [await readHeld(tx, patient), sortChange(change)];
  const keyOf = new Map(all.map((one) => [placeOf(one), one]));
  const ended = await tx.query<{ id: string }>('SELECT id FROM relationship WHERE patient = $1', [patient]); // of these nothing is needed any more
  for (const id of new Set([...sorted.keys(), ...after.map((one) => one.id), ...ended.map((one) => one.id)])) {
    const one = after.find((consent) => consent.id === id);
    const needed = one ? neededKeys(one, state) : NOTHING;
    const given = sorted.get(id) ?? { wraps: [], signatures: [], records: [] };
    assertExact(needed, held(id), given, { isWhole: id === changed, mayOwe });
    for (const { category, epoch, signature } of given.signatures) checks.assertSigned(id, keyOf.get(placeOf({ category, epoch }))!, signature); // needed, so known
    await keep(tx, id, given);
    await prune(tx, id, needed, held(id));
  }
  // Nothing was written under these, nor ever will be: they are looked through each time, and anybody can publish as many.
  const over = all.filter((one) => !useful.has(one)).map(placeOf);
  if (over.length > 0) await tx.query("DELETE FROM epoch WHERE patient = $1 AND category || '/' || number = ANY($2::text[])", [patient, over]);
  return owed;
}

const NOTHING: NeededKeys = { epochs: [], signatures: [], records: [] };
const TABLES = ['epoch_wrap', 'epoch_signature', 'record_wrap'] as const;

/** Everything that lies ready for a relationship. */
export async function dropKeys(tx: Queryable, relationship: string): Promise<void> {
  for (const table of TABLES) await tx.query(`DELETE FROM ${table} WHERE relationship = $1`, [relationship]);
}

async function keepWrapsOf(tx: Queryable, relationship: string, word: GrantWord): Promise<void> {
  for (const table of ['epoch_wrap', 'record_wrap']) await tx.query(`UPDATE ${table} SET word = coalesce(word, $2) WHERE relationship = $1`, [relationship, word]);
}

type Given = { wraps: KeyChange['wraps']; signatures: KeyChange['signatures']; records: KeyChange['records'] };

function sortChange({ wraps, signatures, records }: KeyChange): Map<string, Given> {
  const sorted = new Map<string, Given>();
  const of = (id: string) => {
    const given = sorted.get(id) ?? { wraps: [], signatures: [], records: [] };
    sorted.set(id, given);
    return given;
  };
  for (const one of wraps) of(one.relationship).wraps.push(one);
  for (const one of signatures) of(one.relationship).signatures.push(one);
  for (const one of records) of(one.relationship).records.push(one);
  return sorted;
}

/** Numbers go up, none begins before now, and one key serves one epoch. */
function assertNewEpochs({ epochs }: KeyChange, known: readonly KeptEpoch[], now: UnixSeconds): void {
  const last = new Map<Category, number>();
  for (const { category, epoch } of known) last.set(category, Math.max(last.get(category) ?? 0, epoch));
  const keys = new Set(known.map(({ key }) => key));
  for (const { category, epoch, key, since } of epochs) {
    if (epoch <= (last.get(category) ?? 0)) throw conflict('keys.epochs');
    if (since < now - MOST_LATE) throw conflict('keys.epochs');
    if (keys.has(key)) throw invalid('keys.epochs', 'an epoch has the key of another');
    last.set(category, epoch);
    keys.add(key);
  }
}

function assertExact(needed: NeededKeys, held: Held, given: Given, { isWhole, mayOwe }: { readonly isWhole: boolean; readonly mayOwe: boolean }): void {
  // Each signature costs a check: the same one a thousand times is refused before the first.
  if ([given.wraps.map(placeOf), given.signatures.map(placeOf), given.records.map(({ record }) => record)].some((places) => new Set<string>(places).size !== places.length)) throw invalid('keys', 'something is given twice');
  const [wraps, signatures, records] = [new Set(needed.epochs.map(placeOf)), new Set(needed.signatures.map(placeOf)), new Set<string>(needed.records)];
  const unneeded = given.wraps.some((one) => !wraps.has(placeOf(one))) || given.signatures.some((one) => !signatures.has(placeOf(one))) || given.records.some(({ record }) => !records.has(record));
  if (unneeded) throw invalid('keys', 'something was wrapped or signed for somebody whom it is not for');
  if (mayOwe || !isWhole) return; // what others lack the wallet gives when it next looks after them: it may not trust what it is shown of them, or not reach the chain
  const has = (kept: ReadonlySet<string>, added: readonly string[]) => new Set([...kept, ...added]);
  const [hasWraps, hasSignatures, hasRecords] = [has(held.wraps, given.wraps.map(placeOf)), has(held.signatures, given.signatures.map(placeOf)), has(held.records, given.records.map(({ record }) => record))];
  if ([...wraps].some((one) => !hasWraps.has(one))) throw conflict('keys.wraps');
  if ([...signatures].some((one) => !hasSignatures.has(one))) throw conflict('keys.signatures');
  if ([...records].some((one) => !hasRecords.has(one))) throw conflict('keys.records');
}

async function keep(tx: Queryable, relationship: string, { wraps, signatures, records }: Given): Promise<void> {
  const columns = (rows: readonly { readonly category: string; readonly epoch: number }[]) => [rows.map(({ category }) => category), rows.map(({ epoch }) => epoch)];
  if (wraps.length > 0) await tx.query(
    `INSERT INTO epoch_wrap (relationship, category, number, wrap) SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[]) ON CONFLICT (relationship, category, number) DO UPDATE SET wrap = excluded.wrap, word = NULL`,
    [relationship, ...columns(wraps), wraps.map(({ wrap }) => wrap)]);
  if (signatures.length > 0) await tx.query(
    `INSERT INTO epoch_signature SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[]) ON CONFLICT (relationship, category, number) DO UPDATE SET signature = excluded.signature`,
    [relationship, ...columns(signatures), signatures.map(({ signature }) => signature)]);
  if (records.length > 0) await tx.query('INSERT INTO record_wrap (relationship, record, wrap) SELECT $1, * FROM unnest($2::text[], $3::text[]) ON CONFLICT (relationship, record) DO UPDATE SET wrap = excluded.wrap, word = NULL',
    [relationship, records.map(({ record }) => record), records.map(({ wrap }) => wrap)]);
}

/** What nobody needs any more is not kept: a wrap that lies here could be handed out by mistake. */
async function prune(tx: Queryable, relationship: string, needed: NeededKeys, held: Held): Promise<void> {
  const places = (kept: ReadonlySet<string>, wanted: readonly EpochHead[]) => {
    const stay = new Set(wanted.map(placeOf));
    return [...kept].filter((one) => !stay.has(one));
  };
  const [wraps, signatures, stay] = [places(held.wraps, needed.epochs), places(held.signatures, needed.signatures), new Set<string>(needed.records)];
  const records = [...held.records].filter((one) => !stay.has(one));
  if (wraps.length > 0) await tx.query("DELETE FROM epoch_wrap WHERE relationship = $1 AND category || '/' || number = ANY($2::text[])", [relationship, wraps]);
  if (signatures.length > 0) await tx.query("DELETE FROM epoch_signature WHERE relationship = $1 AND category || '/' || number = ANY($2::text[])", [relationship, signatures]);
  if (records.length > 0) await tx.query('DELETE FROM record_wrap WHERE relationship = $1 AND record = ANY($2::text[])', [relationship, records]);
}

/** The wraps that open what is released, and nothing besides. */
export async function readWraps(on: Queryable, relationship: Hex, entries: readonly { readonly category: Category; readonly epoch: number; readonly id: RecordId }[], patient: PatientId) {
  const places = [...new Set(entries.map(placeOf))];
  type Row = { readonly record: null; readonly category: Category; readonly epoch: number; readonly key: PublicKey; readonly since: number; readonly signature: Hex; readonly wrap: string; readonly word: Hex | null };
  const rows = await on.query<Row | { readonly record: RecordId; readonly wrap: string; readonly word: Hex | null }>(
    `SELECT NULL AS record, w.category, w.number::int8 AS epoch, e.key, e.since::int8 AS since, s.signature, w.wrap, w.word FROM epoch_wrap w
       JOIN epoch_signature s ON s.relationship = w.relationship AND s.category = w.category AND s.number = w.number
       JOIN epoch e ON e.patient = $3 AND e.category = w.category AND e.number = w.number
      WHERE w.relationship = $1 AND w.category || '/' || w.number = ANY($2::text[])
     UNION ALL SELECT record, NULL, NULL, NULL, NULL, NULL, wrap, word FROM record_wrap WHERE relationship = $1 AND record = ANY($4::text[])`, [relationship, places, patient, entries.map(({ id }) => id)]);
  const [epochWraps, recordWraps]: [(SignedEpoch & Wrapped)[], Map<RecordId, Wrapped>] = [[], new Map()];
  for (const row of rows) {
    const wrapped = { wrap: row.wrap, ...(row.word !== null && { word: row.word }) };
    if (row.record !== null) recordWraps.set(row.record, wrapped);
    else epochWraps.push({ category: row.category, epoch: row.epoch, key: row.key, since: row.since as UnixSeconds, signature: row.signature, ...wrapped });
  }
  return { epochWraps, recordWraps };
}

export const conflict = (field: string) => new HealthpassError('consent-conflict', 'something was changed meanwhile; look again and repeat', { field });
const invalid = (field: string, message: string) => new HealthpassError('request-invalid', message, { field });
