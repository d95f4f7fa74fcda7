// The table of what was spent on chain.
import type { Migrations } from '#server';

/** What was sent in the last day, to know what may still be. */
export const RELAY_MIGRATIONS: Migrations = [{
  name: 'records-relay',
  sql: `CREATE TABLE relay_spending (
     id text PRIMARY KEY,
     pot text NOT NULL,
     account bytea,
     gas bigint NOT NULL,
     at bigint NOT NULL
   );
   CREATE INDEX relay_spending_at ON relay_spending (at);`,
}, {
  name: 'records-relay-relationship',
  sql: 'ALTER TABLE relay_spending ADD COLUMN relationship text;',
}];
