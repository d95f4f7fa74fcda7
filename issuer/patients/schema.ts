// What an issuer keeps of its patients. Who it was and what happened stand in sealed columns only, each patient's under a key of its own.
import type { Migration, Queryable } from '#server';

export const PATIENTS_MIGRATION: Migration = {
  name: 'patients',
  sql: `CREATE TABLE patient (
     id text PRIMARY KEY,
     number bigserial UNIQUE,
     organisation text NOT NULL,
     sameness bytea UNIQUE,
     person bytea NOT NULL,
     recorded_at bigint NOT NULL
   );
   CREATE TABLE issuance (
     id text PRIMARY KEY,
     number bigserial UNIQUE,
     organisation text NOT NULL,
     source text NOT NULL,
     recorded_at bigint NOT NULL,
     patient text REFERENCES patient (id),
     event bytea,
     CHECK ((patient IS NULL) = (event IS NULL))
   );
   CREATE INDEX issuance_patient ON issuance (patient);`,
};

/** For searching what was issued, and for what staff write down about a change of status: under the key of the one patient that it is about. */
export const REGISTER_MIGRATION: Migration = {
  name: 'register',
  sql: `CREATE INDEX issuance_of_organisation ON issuance (organisation, number);
   CREATE INDEX issuance_recorded ON issuance (organisation, recorded_at);
   CREATE INDEX status_change_credential ON status_change (credential);
   CREATE INDEX chain_write_status_done ON chain_write (done_at) WHERE kind = 'status';
   CREATE TABLE status_note (
     write bigint PRIMARY KEY REFERENCES chain_write (id),
     patient text NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
     sealed bytea NOT NULL
   );`,
};

/**
 * Keyed digests of birth dates and of the beginnings of names, by which people are found without opening everybody. They show whoever has the
 * database and not its key that two people share one, and no more. Whom they were not made for yet is `marked` false.
 */
export const PEOPLE_SEARCH_MIGRATION: Migration = {
  name: 'people-search',
  sql: `CREATE TABLE patient_mark (
     mark bytea NOT NULL,
     patient text NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
     PRIMARY KEY (mark, patient)
   );
   CREATE INDEX patient_mark_patient ON patient_mark (patient);
   ALTER TABLE patient ADD COLUMN marked boolean NOT NULL DEFAULT false;
   CREATE INDEX patient_unmarked ON patient (number) WHERE NOT marked;`,
};

/** Names the data key of a patient. */
export const keyName = (patient: string): string => `patient/${patient}`;

/** Whose rows may be seen: those of one organisation, or all (the operator). */
export type Scope = { readonly organisation: string } | 'all';
export const organisationOf = (scope: Scope): string | null => (scope === 'all' ? null : scope.organisation);

/** What must be undone of a person's issuances when the person is erased, in the same transaction. */
export type OnErase = (tx: Queryable, issuances: readonly string[]) => Promise<unknown>;
