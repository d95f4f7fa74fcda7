// Who may act for a patient in a relationship. The chain has the last word; here stands, sealed, whom the patient named.
import type { Migrations } from '#server';

export const DELEGATE_MIGRATIONS: Migrations = [{
  name: 'records-delegates',
  sql: `CREATE TABLE delegation (
     relationship text NOT NULL REFERENCES relationship (id) ON DELETE CASCADE, delegate bytea NOT NULL, sealed bytea NOT NULL, scope integer NOT NULL, until bigint NOT NULL,
     PRIMARY KEY (relationship, delegate)
   );
   CREATE INDEX delegation_delegate ON delegation (delegate);`,
}];
