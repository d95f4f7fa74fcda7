// The register of what was issued, and the patients: newest first, a page at a time. A cursor is the number of the last row that was looked at.
import { HealthpassError, type HealthEvent, type Kind, type Person } from '#passport';
import { createSealer, type BlindIndex, type DataKeys, type Queryable, type Row } from '#server';
import { parsePerson, sameness } from './person.ts';
import { openEvents, type Kept } from './record.ts';
import { keyName, organisationOf, type Scope } from './schema.ts';

export type Page<T> = { readonly rows: readonly T[]; /** Where the next page begins; absent after the last. */ readonly cursor?: number };
export type PageRequest = { readonly cursor?: number | undefined; readonly limit?: number | undefined };

export type PatientRow = { readonly id: string; readonly organisation: string; readonly recordedAt: number; readonly issuances: number; readonly person: Person | undefined };
export type IssuedCopy = { readonly id: string; readonly list: number; readonly index: number; readonly issuedAt: number };
export type IssuanceRow = {
  readonly id: string;
  readonly organisation: string;
  readonly source: string;
  readonly recordedAt: number;
  /** Null once erased, and then there is no event. */
  readonly patient: string | null;
  readonly event: HealthEvent | undefined;
  readonly credentials: readonly IssuedCopy[];
};
export type IssuanceFilter = PageRequest & {
  readonly patient?: string | undefined;
  readonly kind?: Kind | undefined;
  /** Unix seconds of recording, `from` and later, before `to`. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

export type RegisterDeps = { readonly on: Queryable; readonly keys: DataKeys; readonly index: BlindIndex };

const PAGE = 50;
/** Rows that one request looks at where a condition needs them opened; it answers what it found and where to go on. */
const MOST_OPENED = 1000;
const OPENED_AT_ONCE = 200;

const PATIENT = `SELECT id, number::int8 AS number, organisation, person, recorded_at::int8 AS "recordedAt",
  (SELECT count(*) FROM issuance WHERE patient = patient.id)::int8 AS issuances FROM patient`;
type SealedPatient = Omit<PatientRow, 'person'> & { readonly number: number; readonly person: Uint8Array };
type SealedIssuance = Kept & Omit<IssuanceRow, 'event' | 'credentials'> & { readonly number: number };

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

async function openPatients({ on, keys }: RegisterDeps, rows: readonly SealedPatient[]): Promise<PatientRow[]> {
  const known = await keys.read(on, rows.map(({ id }) => keyName(id)));
  const opened = await Promise.all(rows.map(async ({ number: _number, person, ...row }) => {
    const key = known.get(keyName(row.id));
    return key ? [{ ...row, person: parsePerson(await createSealer(key).open(`patient/${row.id}`, person)) }] : []; // erased in the meantime
  }));
  return opened.flat();
}

export async function issuances(deps: RegisterDeps, scope: Scope, filter: IssuanceFilter): Promise<Page<IssuanceRow>> {
  const { kind, limit = PAGE } = filter;
  const found: IssuanceRow[] = [];
  const batch = kind === undefined ? limit : OPENED_AT_ONCE;
  let cursor = filter.cursor;
  for (let looked = 0; looked < MOST_OPENED;) {
    const rows = await sealedIssuances(deps.on, scope, { ...filter, cursor, limit: batch });
    const events = await openEvents(deps.keys, deps.on, rows);
    for (const [i, row] of rows.entries()) {
      cursor = row.number;
      if (kind === undefined || events[i]?.kind === kind) found.push(withEvent(row, events[i]));
      if (found.length === limit) return { rows: await withCredentials(deps.on, found), cursor };
    }
    if (rows.length < batch) return { rows: await withCredentials(deps.on, found) };
    looked += rows.length;
  }
  return { rows: await withCredentials(deps.on, found), ...(cursor === undefined ? {} : { cursor }) };
}

/** @throws HealthpassError `credential-unknown` */
export async function issuance(deps: RegisterDeps, scope: Scope, id: string): Promise<IssuanceRow> {
  const [row] = await deps.on.query<SealedIssuance>(`${ISSUANCE} WHERE id = $1 AND ($2::text IS NULL OR organisation = $2)`, [id, organisationOf(scope)]);
  if (!row) throw new HealthpassError('credential-unknown', 'nothing was issued under this id', { field: 'issuance' });
  const [event] = await openEvents(deps.keys, deps.on, [row]);
  return (await withCredentials(deps.on, [withEvent(row, event)]))[0]!; // one for one
}

const ISSUANCE = 'SELECT id, number::int8 AS number, organisation, source, recorded_at::int8 AS "recordedAt", patient, event FROM issuance';

const sealedIssuances = (on: Queryable, scope: Scope, { patient: of, from, to, cursor, limit }: IssuanceFilter): Promise<SealedIssuance[]> => on.query<SealedIssuance>(
  `${ISSUANCE} WHERE ($1::text IS NULL OR organisation = $1) AND ($2::text IS NULL OR patient = $2) AND ($3::bigint IS NULL OR recorded_at >= $3)
     AND ($4::bigint IS NULL OR recorded_at < $4) AND ($5::bigint IS NULL OR number < $5) ORDER BY number DESC LIMIT $6`,
  [organisationOf(scope), of ?? null, from ?? null, to ?? null, cursor ?? null, limit],
);

const withEvent = ({ number: _number, event: _sealed, ...row }: SealedIssuance, event: HealthEvent | undefined): IssuanceRow => ({ ...row, patient: event ? row.patient : null, event, credentials: [] });

async function withCredentials(on: Queryable, rows: readonly IssuanceRow[]): Promise<IssuanceRow[]> {
  const copies = await on.query<IssuedCopy & Row & { readonly issuance: string }>(
    'SELECT issuance, id, list::int8 AS list, index, issued_at::int8 AS "issuedAt" FROM credential WHERE issuance = ANY($1::text[]) ORDER BY copy', [rows.map(({ id }) => id)]);
  const byIssuance = Map.groupBy(copies, ({ issuance: of }) => of);
  return rows.map((row) => ({ ...row, credentials: (byIssuance.get(row.id) ?? []).map(({ issuance: _of, ...copy }) => copy) }));
}
