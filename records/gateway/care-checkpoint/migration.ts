// The table of what was final on chain when it was last written down.
import type { Migrations } from '#server';

export const CARE_CHECKPOINT_MIGRATIONS: Migrations = [{
  name: 'records-care-checkpoint',
  sql: 'CREATE TABLE care_checkpoint (one boolean PRIMARY KEY CHECK (one), sealed bytea NOT NULL);',
}];
