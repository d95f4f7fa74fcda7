// Backups of patients' roots at their guardians, and recoveries. Shares are sealed to guardians, and by these to whoever recovers: here nothing opens.
import type { Migrations } from '#server';

export const GUARDIAN_MIGRATIONS: Migrations = [{
  name: 'records-guardians',
  sql: `CREATE TABLE guardian_backup (
     id text PRIMARY KEY, patient text NOT NULL UNIQUE, threshold integer NOT NULL, sealed bytea NOT NULL, made_at bigint NOT NULL
   );
   CREATE TABLE guardian_share (
     backup text NOT NULL REFERENCES guardian_backup (id) ON DELETE CASCADE, guardian bytea NOT NULL, sealed bytea NOT NULL,
     PRIMARY KEY (backup, guardian)
   );
   CREATE INDEX guardian_share_guardian ON guardian_share (guardian);
   CREATE TABLE recovery (
     id text PRIMARY KEY, account bytea NOT NULL, key text NOT NULL, backup text REFERENCES guardian_backup (id) ON DELETE CASCADE, ready_at bigint, expires_at bigint NOT NULL
   );
   CREATE UNIQUE INDEX recovery_backup ON recovery (backup);
   CREATE TABLE recovery_share (
     recovery text NOT NULL REFERENCES recovery (id) ON DELETE CASCADE, guardian bytea NOT NULL, sealed bytea NOT NULL,
     PRIMARY KEY (recovery, guardian)
   );`,
}, {
  // One guardian alone could begin a recovery of nobody, and so keep the patient from one for a month: several are under way, and each needs enough guardians.
  name: 'records-guardians-several',
  sql: `DROP INDEX recovery_backup;
   CREATE INDEX recovery_of_backup ON recovery (backup);`,
}];
