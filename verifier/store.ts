// What the verifier must remember: who entered which event, as nullifiers that say nothing outside their scope.
import { ACCESS_MIGRATIONS, SEALING_MIGRATION, type Migrations, type Queryable } from '#server';
import type { NullifierBook } from '#verifier/checks/index.ts';
import { EVENT_MIGRATION } from './events/events.ts';
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
];

/** A book in the database, or in a transaction: of two claims at the same moment one wins. */
export const createNullifierBook = (database: Queryable): NullifierBook => ({
  async claim(scope, nullifier) {
    const rows = await database.query('INSERT INTO entry VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1', [scope.toString(16), nullifier.toString(16)]);
    return rows.length === 1;
  },
});
