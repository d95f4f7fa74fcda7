// What services check before they call themselves ready.
import type { TrustState } from '#passport';
import type { Queryable } from '../database/database.ts';
import type { Migrations } from '../database/migrate.ts';
import type { ServiceMetrics } from './metrics.ts';
import type { Checks } from './readiness.ts';

/** Seconds by which a block may be ahead of our clock. */
const CLOCK_TOLERANCE = 60;

/** The database answers, and its schema is that of this program or a newer one. */
export const databaseChecks = (database: Queryable, migrations: Migrations): Checks => ({
  database: async () => (await database.query('SELECT 1 AS one')).length === 1,
  async migrations() {
    const applied = new Set((await database.query<{ name: string }>('SELECT name FROM migration')).map(({ name }) => name));
    return migrations.every(({ name }) => applied.has(name));
  },
});

export type ChainCheckDeps = {
  readonly trust: () => TrustState | undefined;
  /** Unix time. */
  readonly now: () => number;
  /** Seconds since the chain was last read. */
  readonly maxReadAge: number;
  /** Seconds that the newest block may be old; a chain that stands still says nothing of what was revoked since. */
  readonly maxBlockAge: number;
};

/**
 * The chain was read a short time ago, it goes on, and our clock is not behind it. A clock that is ahead cannot be told from a chain that stands still:
 * either way the newest block is old.
 */
export const chainChecks = ({ trust, now, maxReadAge, maxBlockAge }: ChainCheckDeps): Checks => ({
  chain() {
    const known = trust();
    return known !== undefined && Math.abs(now() - known.syncedAt) <= maxReadAge;
  },
  'chain-head': () => now() - (trust()?.latest.time ?? 0) <= maxBlockAge,
  clock: () => (trust()?.latest.time ?? 0) - now() <= CLOCK_TOLERANCE,
});

/** How old what is known of the chain is: since it was read, and since its newest final block. */
export function chainGauges(metrics: ServiceMetrics | undefined, trust: () => TrustState | undefined, now: () => number): void {
  const age = (time: number | undefined) => (time === undefined ? undefined : now() - time);
  metrics?.gauge('healthpass_chain_read_age_seconds', 'Seconds since the chain was read', () => age(trust()?.syncedAt));
  metrics?.gauge('healthpass_chain_finalized_age_seconds', 'Age of the newest finalised block', () => age(trust()?.finalized.time));
}
