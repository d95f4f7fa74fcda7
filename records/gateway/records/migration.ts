// The index of records: where the ciphertext of each lies and what it is filed under. What it says, the gateway cannot read.
import type { Migrations } from '#server';

export const RECORD_MIGRATIONS: Migrations = [{
  name: 'records-entries',
  sql: `CREATE TABLE record_entry (
     id text PRIMARY KEY, patient text NOT NULL, category text NOT NULL, day text NOT NULL, epoch bigint NOT NULL, sealed bytea NOT NULL, sealed_key text NOT NULL, at bigint NOT NULL
   );
   CREATE INDEX record_entry_patient ON record_entry (patient, day DESC, id DESC);
   CREATE INDEX record_entry_epoch ON record_entry (patient, category, epoch);`,
}];
