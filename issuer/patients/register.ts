// The register of what was issued, and the patients: newest first, a page at a time. A cursor is the number of the last row that was looked at.
import { HealthpassError, type HealthEvent, type Person } from '#passport';
import { createSealer, type BlindIndex, type DataKeys, type Queryable, type Row } from '#server';
import { isWanted, needsOpening, type IssuanceFilter } from './filter.ts';
import { lotMark } from './lot.ts';
import { parsePerson, sameness } from './person.ts';
import { openEvents, type Kept } from './record.ts';
import { keyName, organisationOf, type Scope } from './schema.ts';
import type { Noted } from './suggest.ts';
import { blockedEntries, changesOf, endOf, sinceRead, statusOf, type CopyRow, type IssuedCopy, type KnownChain, type StandingFields } from './standing.ts';

export type Page<T> = { readonly rows: readonly T[]; /** Where the next page begins; absent after the last. */ readonly cursor?: number };
export type PageRequest = { readonly cursor?: number | undefined; readonly limit?: number | undefined };

export type PatientRow = { readonly id: string; readonly organisation: string; readonly recordedAt: number; readonly issuances: number; readonly person: Person | undefined };
export type IssuanceRow = StandingFields & {
  readonly id: string;
  readonly organisation: string;
  readonly source: string;
  readonly recordedAt: number;
  /** Null once erased, and then there is no event. */
  readonly patient: string | null;
  readonly event: HealthEvent | undefined;
  readonly credentials: readonly IssuedCopy[];
};
/** `total` where it is known without opening rows. */
export type IssuancePage = Page<IssuanceRow> & { readonly total?: number };

export type RegisterDeps = { readonly on: Queryable; readonly keys: DataKeys; readonly index: BlindIndex; readonly chain: KnownChain; readonly now: () => number };

const PAGE = 50;
/** Rows that one request looks at where a condition needs them opened; it answers what it found and where to go on. */
const MOST_OPENED = 1000;
const OPENED_AT_ONCE = 200;

const PATIENT = `SELECT id, number::int8 AS number, organisation, person, recorded_at::int8 AS "recordedAt",
  (SELECT count(*) FROM issuance WHERE patient = patient.id)::int8 AS issuances FROM patient`;
type SealedPatient = Omit<PatientRow, 'person'> & { readonly number: number; readonly person: Uint8Array };
type SealedIssuance = Kept & Pick<IssuanceRow, 'id' | 'organisation' | 'source' | 'recordedAt' | 'patient'> & { readonly number: number };

export async function patients(deps: RegisterDeps, scope: Scope, { cursor, limit = PAGE }: PageRequest): Promise<Page<PatientRow>> {
  const rows = await deps.on.query<SealedPatient>(
    `${PATIENT} WHERE ($1::text IS NULL OR organisation = $1) AND ($2::bigint IS NULL OR number < $2) ORDER BY number DESC LIMIT $3`, [organisationOf(scope), cursor ?? null, limit]);
  return { rows: await openPatients(deps, rows), ...(rows.length === limit ? { cursor: rows.at(-1)!.number } : {}) };
}

/** @throws HealthpassError `patient-unknown` */
export async function patient(deps: RegisterDeps, scope: Scope, id: string): Promise<PatientRow> {
  const [row] = await openPatients(deps, await deps.on.query<SealedPatient>(`${PATIENT} WHERE id = $1 AND ($2::text IS NULL OR organisation = $2)`, [id, organisationOf(scope)]));
  if (!row) throw new HealthpassError('patient-unknown', 'there is no such patient', { field: 'patient' });
  return row;
}

/** The patients of this name and birth date: one in an organisation. */
export async function findPatients(deps: RegisterDeps, organisations: readonly string[], person: Person): Promise<PatientRow[]> {
  const marks = organisations.flatMap((organisation) => sameness(person, organisation) ?? []).map(deps.index);
  return openPatients(deps, await deps.on.query<SealedPatient>(`${PATIENT} WHERE sameness = ANY($1::bytea[]) ORDER BY number DESC`, [marks]));
}

/** By their ids, in that order; without those of others, and of nobody. */
export async function patientsOf(deps: RegisterDeps, scope: Scope, ids: readonly string[]): Promise<PatientRow[]> {
  const rows = await openPatients(deps, await deps.on.query<SealedPatient>(`${PATIENT} WHERE id = ANY($1::text[]) AND ($2::text IS NULL OR organisation = $2)`, [ids, organisationOf(scope)]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What was recorded last, of an organisation or of one patient in it. */
export async function notedEvents({ on, keys }: Pick<RegisterDeps, 'on' | 'keys'>, scope: Scope, of: string | undefined, limit: number): Promise<Noted[]> {
  const rows = await on.query<Kept & { at: number }>(
    'SELECT id, patient, event, recorded_at::int8 AS at FROM issuance WHERE event IS NOT NULL AND ($1::text IS NULL OR organisation = $1) AND ($2::text IS NULL OR patient = $2) ORDER BY number DESC LIMIT $3', [organisationOf(scope), of ?? null, limit]);
  const events = await openEvents(keys, on, rows);
  return rows.flatMap(({ at }, i) => (events[i] ? [{ event: events[i], at }] : []));
}

async function openPatients({ on, keys }: RegisterDeps, rows: readonly SealedPatient[]): Promise<PatientRow[]> {
  const known = await keys.read(on, rows.map(({ id }) => keyName(id)));
  const opened = await Promise.all(rows.map(async ({ number: _number, person, ...row }) => {
    const key = known.get(keyName(row.id));
    return key ? [{ ...row, person: parsePerson(await createSealer(key).open(`patient/${row.id}`, person)) }] : []; // erased in the meantime
  }));
  return opened.flat();
}

export async function issuances(deps: RegisterDeps, scope: Scope, filter: IssuanceFilter): Promise<IssuancePage> {
  const { limit = PAGE } = filter;
  const opening = needsOpening(filter);
  const conditions = conditionsOf(deps, scope, filter);
  const counted = opening ? {} : { total: await countOf(deps.on, conditions) };
  const found: IssuanceRow[] = [];
  const batch = opening ? OPENED_AT_ONCE : limit;
  let cursor = filter.cursor;
  for (let looked = 0; looked < MOST_OPENED;) {
    const sealed = await deps.on.query<SealedIssuance>(`${ISSUANCE} ${WHERE} AND ($11::bigint IS NULL OR number < $11) ORDER BY number DESC LIMIT $12`, [...conditions, cursor ?? null, batch]);
    for (const [i, row] of (await openIssuances(deps, sealed)).entries()) {
      cursor = sealed[i]!.number; // one for one
      if (!opening || isWanted(filter, row)) found.push(row);
      if (found.length === limit) return { ...counted, rows: found, cursor };
    }
    if (sealed.length < batch) return { ...counted, rows: found };
    looked += sealed.length;
  }
  return { ...counted, rows: found, ...(cursor === undefined ? {} : { cursor }) };
}

/** @throws HealthpassError `credential-unknown` */
export async function issuance(deps: RegisterDeps, scope: Scope, id: string): Promise<IssuanceRow> {
  const rows = await deps.on.query<SealedIssuance>(`${ISSUANCE} WHERE id = $1 AND ($2::text IS NULL OR organisation = $2)`, [id, organisationOf(scope)]);
  const [row] = await openIssuances(deps, rows);
  if (!row) throw new HealthpassError('credential-unknown', 'nothing was issued under this id', { field: 'issuance' });
  return row;
}

const ISSUANCE = 'SELECT id, number::int8 AS number, organisation, source, recorded_at::int8 AS "recordedAt", patient, event FROM issuance';
const BLOCKED = 'SELECT c.issuance FROM unnest($6::bigint[], $7::int[]) AS b (list, index) JOIN credential c ON c.list = b.list AND c.index = b.index';
const WHERE = `WHERE ($1::text IS NULL OR organisation = $1) AND ($2::text IS NULL OR patient = $2) AND ($3::bigint IS NULL OR recorded_at >= $3)
  AND ($4::bigint IS NULL OR recorded_at < $4) AND ($5::bytea IS NULL OR lot = $5)
  AND (NOT $8::boolean OR id IN (${BLOCKED})) AND (NOT $9::boolean OR (EXISTS (SELECT 1 FROM credential WHERE issuance = issuance.id) AND id NOT IN (${BLOCKED})))
  AND (NOT $10::boolean OR NOT EXISTS (SELECT 1 FROM credential WHERE issuance = issuance.id))`;

function conditionsOf({ index, chain }: RegisterDeps, scope: Scope, { patient: of, from, to, lot, status }: IssuanceFilter): unknown[] {
  const isBlocked = status === 'revoked' || status === 'suspended';
  const isOpen = status === 'valid' || status === 'expired';
  const { lists, indices } = isBlocked ? blockedEntries(chain, status) : isOpen ? blockedEntries(chain, 'both') : { lists: [], indices: [] };
  return [organisationOf(scope), of ?? null, from ?? null, to ?? null, lot === undefined ? null : lotMark(index, lot), lists, indices, isBlocked, isOpen, status === 'waiting'];
}

const countOf = async (on: Queryable, conditions: readonly unknown[]): Promise<number> =>
  (await on.query<{ count: number }>(`SELECT count(*)::int8 AS count FROM issuance ${WHERE}`, conditions))[0]!.count; // an aggregate has one row

/** Rows with what they attest, their copies, and how things stand with them, in their order. */
async function openIssuances({ on, keys, chain, now }: RegisterDeps, rows: readonly SealedIssuance[]): Promise<IssuanceRow[]> {
  const ids = rows.map(({ id }) => id);
  const [events, copies, changes] = [await openEvents(keys, on, rows), await copiesOf(on, ids), await changesOf(on, ids)];
  const trust = chain.trust();
  return rows.map(({ number: _number, event: _sealed, ...row }, i) => {
    const event = events[i];
    const own = copies.get(row.id) ?? [];
    const end = endOf(own, event?.kind);
    const { done, pending } = changes.get(row.id) ?? {};
    return {
      ...row, patient: event ? row.patient : null, event,
      status: sinceRead(statusOf(trust, own, end, now()), done, trust?.syncedAt),
      ...(done && { statusAt: done.at }), ...(done?.reason && { reason: done.reason }), ...(pending && { pending: pending.action }), ...(end !== undefined && { validUntil: end }),
      credentials: own.map(({ validUntil: _end, ...copy }) => copy),
    };
  });
}

async function copiesOf(on: Queryable, issuances: readonly string[]): Promise<Map<string, CopyRow[]>> {
  const copies = issuances.length === 0 ? [] : await on.query<CopyRow & Row & { readonly issuance: string }>(
    'SELECT issuance, id, list::int8 AS list, index, issued_at::int8 AS "issuedAt", valid_until::int8 AS "validUntil" FROM credential WHERE issuance = ANY($1::text[]) ORDER BY copy', [issuances]);
  return new Map([...Map.groupBy(copies, ({ issuance: of }) => of)].map(([of, own]) => [of, own.map(({ issuance: _of, ...copy }) => copy)]));
}
