// Prescriptions on their way: from prescriber to patient, and from patient to pharmacy. All of it is sealed to whoever it is for.
import type { Migrations } from '#server';

export const PRESCRIPTION_MIGRATIONS: Migrations = [{
  name: 'records-prescriptions',
  sql: `CREATE TABLE prescription (id text PRIMARY KEY, patient text NOT NULL, relationship text NOT NULL, sealed text NOT NULL, at bigint NOT NULL);
   CREATE INDEX prescription_patient ON prescription (patient, at);
   CREATE TABLE prescription_issued (id text PRIMARY KEY, prescriber bytea NOT NULL, own text NOT NULL, at bigint NOT NULL);
   CREATE INDEX prescription_issued_by ON prescription_issued (prescriber, at);
   CREATE TABLE pharmacy_desk (id text PRIMARY KEY, pharmacy bytea NOT NULL, asked text NOT NULL, expires_at bigint NOT NULL, handed text, reply text);
   CREATE INDEX pharmacy_desk_of ON pharmacy_desk (pharmacy);
   CREATE INDEX pharmacy_desk_end ON pharmacy_desk (expires_at);`,
}];
