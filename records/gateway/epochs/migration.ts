// Public keys of epochs, and what was wrapped for whom: the gateway can open none of it.
import type { Migrations } from '#server';

export const EPOCH_MIGRATIONS: Migrations = [{
  name: 'records-epochs',
  sql: `CREATE TABLE epoch (
     patient text NOT NULL, category text NOT NULL, number bigint NOT NULL, key text NOT NULL, since bigint NOT NULL,
     PRIMARY KEY (patient, category, number)
   );
   CREATE TABLE epoch_signature (
     relationship text NOT NULL REFERENCES relationship (id) ON DELETE CASCADE, category text NOT NULL, number bigint NOT NULL, signature text NOT NULL,
     PRIMARY KEY (relationship, category, number)
   );
   CREATE TABLE epoch_wrap (
     relationship text NOT NULL REFERENCES relationship (id) ON DELETE CASCADE, category text NOT NULL, number bigint NOT NULL, wrap text NOT NULL,
     PRIMARY KEY (relationship, category, number)
   );
   CREATE TABLE record_wrap (
     relationship text NOT NULL REFERENCES relationship (id) ON DELETE CASCADE, record text NOT NULL, wrap text NOT NULL,
     PRIMARY KEY (relationship, record)
   );`,
}, {
  // The word on chain that a wrap was made for, where a delegate has put another in its place since.
  name: 'records-wraps-outlast-delegates',
  sql: 'ALTER TABLE epoch_wrap ADD COLUMN word text; ALTER TABLE record_wrap ADD COLUMN word text;',
}];
