// What the verifier must remember: who entered which event, as nullifiers that say nothing outside their scope.
import type { UnixSeconds } from '#passport';
import { ACCESS_MIGRATIONS, SEALING_MIGRATION, type Database, type Migrations, type Queryable } from '#server';
import type { NullifierBook } from '#verifier/checks/index.ts';
import { EVENT_DOUBLE_MIGRATION, EVENT_MIGRATION, EVENT_SCOPE_MIGRATION } from './events/events.ts';
import { noteByService } from './events/lanes.ts';
import { IDENTITY_MIGRATION } from './openid4vp/identity.ts';
import { SESSION_MIGRATION } from './openid4vp/sessions.ts';
import { REQUEST_MIGRATION } from './requests.ts';
import { RULE_MIGRATION } from './rules/rule-book.ts';

export const VERIFIER_MIGRATIONS: Migrations = [
  { name: 'entries', formerly: 1, sql: 'CREATE TABLE entry (scope text NOT NULL, nullifier text NOT NULL, PRIMARY KEY (scope, nullifier))' },
  REQUEST_MIGRATION,
  ...ACCESS_MIGRATIONS,
  SEALING_MIGRATION,
  IDENTITY_MIGRATION,
  SESSION_MIGRATION,
  RULE_MIGRATION,
  EVENT_MIGRATION,
  EVENT_SCOPE_MIGRATION,
  EVENT_DOUBLE_MIGRATION,
];

const clock = () => Math.floor(Date.now() / 1000) as UnixSeconds;

/** A book in the database, or in a transaction: of two claims at the same moment one wins. Lanes of the event hear of whom it lets in. */
export const createNullifierBook = (database: Queryable | Database, now = clock): NullifierBook => ({
  claim: (scope, nullifier) => ('transaction' in database ? database.transaction((tx) => claim(tx, scope.toString(16), nullifier.toString(16), now())) : claim(database, scope.toString(16), nullifier.toString(16), now())),
});

async function claim(tx: Queryable, scope: string, nullifier: string, now: UnixSeconds): Promise<boolean> {
  const rows = await tx.query('INSERT INTO entry VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1', [scope, nullifier]);
  if (rows.length === 1) await noteByService(tx, scope, nullifier, now);
  return rows.length === 1;
}
