// How often one caller may ask, by what it asks for. Counts are kept in memory, or in the database where several processes serve.
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { HealthpassError } from '#passport';
import type { Queryable } from '../database/database.ts';
import type { Migration } from '../database/migrate.ts';

/** Requests a minute. `failures` counts refused tokens, cookies and secrets of one address, whatever it asked for; `requests` are kept until they are answered. */
export const LIMITS = {
  failures: 200, 'sign-in': 60, token: 120, offers: 600, nonce: 6_000, verification: 60_000, requests: 1_200, uploads: 1_200, 'vc-api': 60_000, wallet: 6_000, public: 60_000, staff: 60_000,
} as const;
export type LimitName = keyof typeof LIMITS;
const WINDOW = 60;

export const RATE_LIMIT_MIGRATION: Migration = {
  name: 'rate-limits',
  sql: 'CREATE TABLE rate_limit (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint);',
};

/** What is left for a caller. Seconds until it is full again. */
export type Allowance = { readonly limit: number; readonly remaining: number; readonly reset: number };
export type Limiter = {
  /** Counts one request. @throws RateLimited, unless it is counted `anyway`: what is refused already */
  readonly spend: (name: LimitName, caller: string, options?: { readonly anyway?: boolean }) => Promise<Allowance>;
  /** Refuses who has used up a limit, without counting. @throws RateLimited */
  readonly assertLeft: (name: LimitName, caller: string) => Promise<void>;
};

export class RateLimited extends HealthpassError {
  readonly allowance: Allowance;
  constructor(allowance: Allowance) {
    super('rate-limited', 'too many requests; try again later', { field: 'request' });
    this.allowance = allowance;
  }
}

export type LimiterOptions = {
  /** Where counts are kept that several processes share; needs RATE_LIMIT_MIGRATION. */
  readonly database?: Queryable | undefined;
  /** Other limits than the standard ones. */
  readonly limits?: Partial<Record<LimitName, number>>;
};

export function createLimiter({ database, limits = {} }: LimiterOptions = {}): Limiter {
  const all = { ...LIMITS, ...limits };
  const limiters = new Map<LimitName, RateLimiterAbstract>();
  const of = (name: LimitName) => {
    const limiter = limiters.get(name) ?? counter(name, all[name], database);
    limiters.set(name, limiter);
    return limiter;
  };
  return {
    async spend(name, caller, { anyway = false } = {}) {
      try {
        return allowance(all[name], await of(name).consume(caller));
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        if (anyway) return allowance(all[name], refused);
        throw new RateLimited(allowance(all[name], refused));
      }
    },
    async assertLeft(name, caller) {
      const used = await of(name).get(caller);
      if (used && used.consumedPoints > all[name]) throw new RateLimited(allowance(all[name], used));
    },
  };
}

/** A database that does not answer must not open the door: then each process counts for itself. */
function counter(name: LimitName, points: number, database: Queryable | undefined): RateLimiterAbstract {
  const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: WINDOW });
  if (!database) return memory;
  const storeClient = { query: async ({ text, values }: { text: string; values: unknown[] }) => ({ rows: await database.query(text.replace(/;\s*$/, ''), values) }) };
  return new RateLimiterPostgres({
    storeClient, storeType: 'client', tableName: 'rate_limit', tableCreated: true, keyPrefix: name, points, duration: WINDOW, inMemoryBlockOnConsumed: points + 1, insuranceLimiter: memory,
  });
}

const allowance = (limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes): Allowance => ({ limit, remaining: remainingPoints, reset: Math.max(1, Math.ceil(msBeforeNext / 1000)) });

/** As draft-ietf-httpapi-ratelimit-headers wrote them in single fields. */
export const rateHeaders = ({ limit, remaining, reset }: Allowance): Record<string, string> => ({
  'ratelimit-limit': String(limit), 'ratelimit-remaining': String(remaining), 'ratelimit-reset': String(reset),
});

/** Where a service keeps its counts. */
export type LimitKeeping = 'off' | 'memory' | 'database';

/** Several processes share a PostgreSQL, so they share the counts in it; one process of PGlite has them to itself. */
export const limitKeeping = ({ HEALTHPASS_RATE_LIMITS }: { readonly HEALTHPASS_RATE_LIMITS: 'on' | 'off' }, { DATABASE_URL }: { readonly DATABASE_URL?: string | undefined }): LimitKeeping =>
  (HEALTHPASS_RATE_LIMITS === 'off' ? 'off' : DATABASE_URL === undefined ? 'memory' : 'database');

export const openLimiter = (keeping: LimitKeeping, database: Queryable): Limiter | undefined => (keeping === 'off' ? undefined : createLimiter(keeping === 'database' ? { database } : {}));
