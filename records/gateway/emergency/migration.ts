// Emergency access: what patients laid ready, what institutions asked for, and what hospitals passed on. Who takes part stands sealed or as a keyed
// digest; parts and wraps are ciphertexts that the gateway cannot open.
import type { Migrations } from '#server';

export const EMERGENCY_MIGRATIONS: Migrations = [{
  name: 'records-emergency',
  sql: `CREATE TABLE emergency_setting (
     patient text PRIMARY KEY, card bytea NOT NULL UNIQUE, identifier bytea, sealed bytea NOT NULL, used_at bigint, at bigint NOT NULL
   );
   CREATE INDEX emergency_setting_identifier ON emergency_setting (identifier);
   CREATE TABLE emergency_wrap (
     patient text NOT NULL REFERENCES emergency_setting (patient) ON DELETE CASCADE, category text NOT NULL, number bigint NOT NULL, wrap text NOT NULL,
     PRIMARY KEY (patient, category, number)
   );
   CREATE TABLE emergency (
     id text PRIMARY KEY, patient text NOT NULL, institution bytea NOT NULL, state text NOT NULL, sealed bytea NOT NULL, asked_at bigint NOT NULL, until bigint NOT NULL,
     opened_at bigint, ended_at bigint, review text, reads bigint NOT NULL DEFAULT 0
   );
   CREATE INDEX emergency_patient ON emergency (patient, asked_at);
   CREATE INDEX emergency_institution ON emergency (institution, asked_at);
   CREATE INDEX emergency_running ON emergency (until) WHERE state = 'asked';
   CREATE TABLE emergency_custodian (
     emergency text NOT NULL REFERENCES emergency (id) ON DELETE CASCADE, custodian bytea NOT NULL, approved_at bigint, passed text,
     PRIMARY KEY (emergency, custodian)
   );
   CREATE INDEX emergency_custodian_of ON emergency_custodian (custodian);
   CREATE TABLE emergency_miss (institution bytea NOT NULL, at bigint NOT NULL);
   CREATE INDEX emergency_miss_of ON emergency_miss (institution, at);
   CREATE TABLE unknown_patient (id text PRIMARY KEY, institution bytea NOT NULL, sealed text NOT NULL, at bigint NOT NULL);
   CREATE INDEX unknown_patient_of ON unknown_patient (institution);`,
}];
