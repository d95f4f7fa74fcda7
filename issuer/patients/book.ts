// The patients of an issuer and what was issued to them.
import { HealthpassError, type HealthEvent, type Person } from '#passport';
import { createDataKeys, openBlindIndex, recordAudit, type Database, type KeyProvider, type Principal, type Queryable } from '#server';
import { erase } from './erase.ts';
import type { IssuanceFilter } from './filter.ts';
import { findOrAdd, type KnownPatient } from './find-or-add.ts';
import { addNote, historyOf, type StatusEvent } from './history.ts';
import { issuancesOfLot, lotMark } from './lot.ts';
import { eventOf, recordAll, type Recorded, type RecordRequest } from './record.ts';
import { findPatients, issuance, issuances, notedEvents, patient, patients, patientsOf, type IssuancePage, type IssuanceRow, type Page, type PageRequest, type PatientRow } from './register.ts';
import { organisationOf, type OnErase, type Scope } from './schema.ts';
import { candidates, isMeant, isSearch, markFormerPeople, recentPatients, type PersonSearch } from './search.ts';
import type { KnownChain } from './standing.ts';
import { suggest, type Suggestions } from './suggest.ts';

export type PatientBook = {
  /** Finds or adds the person, and keeps the event. Whoever calls writes the audit row: it is the issuing that is audited. */
  readonly record: (tx: Queryable, request: RecordRequest) => Promise<Recorded>;
  /** The same for many, in as many statements as for one. */
  readonly recordAll: (tx: Queryable, requests: readonly RecordRequest[]) => Promise<Recorded[]>;
  /** What an issuance attests. @throws HealthpassError `credential-unknown`, `patient-erased` */
  readonly eventOf: (issuance: string, on?: Queryable) => Promise<HealthEvent>;
  /** Erases a person for good, and what `onErase` undoes with it. @returns how many issuances were about it @throws HealthpassError `patient-unknown` */
  readonly erase: (patient: string, principal: Principal) => Promise<number>;
  /** Issuances of a lot, for recalls; those of erased persons too. */
  readonly ofLot: (principal: Pick<Principal, 'kind' | 'organisation'>, lot: string) => Promise<string[]>;
  readonly patients: (principal: Principal, page: PageRequest) => Promise<Page<PatientRow>>;
  /** @throws HealthpassError `patient-unknown` */
  readonly patient: (principal: Principal, id: string) => Promise<PatientRow>;
  readonly find: (principal: Principal, person: Person) => Promise<PatientRow[]>;
  /** By a part of the name, or the birth date; the newest first. @throws HealthpassError `request-invalid` for a search by nothing */
  readonly search: (principal: Principal, search: PersonSearch) => Promise<PatientRow[]>;
  /** Who was issued something last. */
  readonly recent: (principal: Principal, limit: number) => Promise<PatientRow[]>;
  /** Some people by their ids; without those whom the principal does not see. */
  readonly people: (principal: Principal, ids: readonly string[]) => Promise<Map<string, Person>>;
  /** Adds a person who is not there yet. @returns who it is */
  readonly add: (principal: Principal, person: Person) => Promise<{ readonly id: string; readonly isNew: boolean }>;
  /** What a form may be filled with. @throws HealthpassError `patient-unknown` */
  readonly suggestions: (principal: Principal, patient: string | undefined) => Promise<Suggestions>;
  readonly issuances: (principal: Principal, filter: IssuanceFilter) => Promise<IssuancePage>;
  /** @throws HealthpassError `credential-unknown` */
  readonly issuance: (principal: Principal, id: string) => Promise<IssuanceRow>;
  /** What was done to it, the newest first. */
  readonly history: (issuance: string) => Promise<StatusEvent[]>;
  /** Notes within `tx` why a status is changed. @throws HealthpassError `request-invalid` unless all is about one person */
  readonly note: (tx: Queryable, credentials: readonly string[], write: number, note: string) => Promise<void>;
};

/** `chain`: what the status of what was issued is read from; without it nothing is known of it. */
export type PatientBookDeps = { readonly database: Database; readonly provider: KeyProvider; readonly now: () => number; readonly onErase?: readonly OnErase[]; readonly chain?: KnownChain };

/** How many people a search opens, and answers. */
const [MOST_CANDIDATES, MOST_FOUND] = [500, 50];
/** Events that suggestions are made of. */
const [USED, OWN] = [100, 200];

/** @throws HealthpassError `sealed-invalid` when the provider's keys are not those of this database, `service-unavailable` */
export async function openPatientBook({ database, provider, now, onErase = [], chain = { did: '', trust: () => undefined } }: PatientBookDeps): Promise<PatientBook> {
  const keys = createDataKeys(provider);
  const index = await openBlindIndex(database, provider, 'patient');
  const people = { keys, index, now };
  const register = { on: database, keys, index, chain, now };
  await markFormerPeople(database, keys, index);
  /** Organisations whose people somebody sees. */
  const organisationsOf = async (scope: Scope) => (scope === 'all' ? await database.query<{ organisation: string }>('SELECT DISTINCT organisation FROM patient') : [scope]).map(({ organisation }) => organisation);
  return {
    record: async (tx, request) => (await recordAll(people, tx, [request]))[0]!, // one for one
    recordAll: (tx, requests) => recordAll(people, tx, requests),
    eventOf: (id, on = database) => eventOf(keys, on, id),
    erase: (id, principal) => database.transaction((tx) => erase({ keys, now, onErase }, tx, id, scopeOf(principal), principal)),
    ofLot: (principal, lot) => issuancesOfLot(database, lotMark(index, lot), organisationOf(scopeOf(principal))),
    patients: (principal, page) => patients(register, scopeOf(principal), page),
    patient: (principal, id) => patient(register, scopeOf(principal), id),
    find: async (principal, person) => findPatients(register, await organisationsOf(scopeOf(principal)), person),
    async search(principal, search) {
      if (!isSearch(search)) throw new HealthpassError('request-invalid', 'a search needs a part of a name, or a birth date', { field: 'name' });
      const scope = scopeOf(principal);
      const rows = await patientsOf(register, scope, await candidates(index, database, await organisationsOf(scope), search, MOST_CANDIDATES));
      return rows.filter(({ person }) => isMeant(search, person)).slice(0, MOST_FOUND);
    },
    recent: async (principal, limit) => patientsOf(register, scopeOf(principal), await recentPatients(database, scopeOf(principal), limit)),
    people: async (principal, ids) => new Map((await patientsOf(register, scopeOf(principal), ids)).flatMap(({ id, person }) => (person ? [[id, person] as const] : []))),
    add: (principal, person) => database.transaction(async (tx) => {
      const before = await findPatients({ ...register, on: tx }, [principal.organisation], person);
      const [{ id }] = await findOrAdd(people, tx, [{ person, organisation: principal.organisation }]) as [KnownPatient]; // one for one
      const isNew = before.length === 0;
      if (isNew) await recordAudit(tx, principal, { action: 'patient.add', target: id }, now());
      return { id, isNew };
    }),
    async suggestions(principal, of) {
      const scope = scopeOf(principal);
      if (of !== undefined) await patient(register, scope, of);
      return suggest(await notedEvents(register, scope, undefined, USED), of === undefined ? [] : await notedEvents(register, scope, of, OWN));
    },
    issuances: (principal, filter) => issuances(register, scopeOf(principal), filter),
    issuance: (principal, id) => issuance(register, scopeOf(principal), id),
    history: (id) => historyOf(keys, database, id),
    note: (tx, credentials, write, note) => addNote(keys, tx, credentials, write, note),
  };
}

/** The operator of the machine sees all organisations, everybody else one. */
const scopeOf = ({ kind, organisation }: Pick<Principal, 'kind' | 'organisation'>): Scope => (kind === 'operator' ? 'all' : { organisation });
