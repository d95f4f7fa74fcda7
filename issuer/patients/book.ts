// The patients of an issuer and what was issued to them.
import type { HealthEvent, Person } from '#passport';
import { createDataKeys, openBlindIndex, type Database, type KeyProvider, type Principal, type Queryable } from '#server';
import { erase } from './erase.ts';
import { issuancesOfLot, lotMark } from './lot.ts';
import { eventOf, recordAll, type Recorded, type RecordRequest } from './record.ts';
import { findPatients, issuance, issuances, patient, patients, type IssuanceFilter, type IssuanceRow, type Page, type PageRequest, type PatientRow } from './register.ts';
import { organisationOf, type OnErase, type Scope } from './schema.ts';

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
  readonly issuances: (principal: Principal, filter: IssuanceFilter) => Promise<Page<IssuanceRow>>;
  /** @throws HealthpassError `credential-unknown` */
  readonly issuance: (principal: Principal, id: string) => Promise<IssuanceRow>;
};

export type PatientBookDeps = { readonly database: Database; readonly provider: KeyProvider; readonly now: () => number; readonly onErase?: readonly OnErase[] };

/** @throws HealthpassError `sealed-invalid` when the provider's keys are not those of this database, `service-unavailable` */
export async function openPatientBook({ database, provider, now, onErase = [] }: PatientBookDeps): Promise<PatientBook> {
  const keys = createDataKeys(provider);
  const index = await openBlindIndex(database, provider, 'patient');
  const people = { keys, index, now };
  const register = { on: database, keys, index };
  return {
    record: async (tx, request) => (await recordAll(people, tx, [request]))[0]!, // one for one
    recordAll: (tx, requests) => recordAll(people, tx, requests),
    eventOf: (id, on = database) => eventOf(keys, on, id),
    erase: (id, principal) => database.transaction((tx) => erase({ keys, now, onErase }, tx, id, scopeOf(principal), principal)),
    ofLot: (principal, lot) => issuancesOfLot(database, lotMark(index, lot), organisationOf(scopeOf(principal))),
    patients: (principal, page) => patients(register, scopeOf(principal), page),
    patient: (principal, id) => patient(register, scopeOf(principal), id),
    async find(principal, person) {
      const scope = scopeOf(principal);
      const rows = scope === 'all' ? await database.query<{ organisation: string }>('SELECT DISTINCT organisation FROM patient') : [scope];
      return findPatients(register, rows.map(({ organisation }) => organisation), person);
    },
    issuances: (principal, filter) => issuances(register, scopeOf(principal), filter),
    issuance: (principal, id) => issuance(register, scopeOf(principal), id),
  };
}

/** The operator of the machine sees all organisations, everybody else one. */
const scopeOf = ({ kind, organisation }: Pick<Principal, 'kind' | 'organisation'>): Scope => (kind === 'operator' ? 'all' : { organisation });
