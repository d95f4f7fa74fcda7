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

/** Names the data key of a patient. */
export const keyName = (patient: string): string => `patient/${patient}`;

/** Whose rows may be seen: those of one organisation, or all (the operator). */
export type Scope = { readonly organisation: string } | 'all';
export const organisationOf = (scope: Scope): string | null => (scope === 'all' ? null : scope.organisation);

/** What must be undone of a person's issuances when the person is erased, in the same transaction. */
export type OnErase = (tx: Queryable, issuances: readonly string[]) => Promise<unknown>;
