// What may be spent on chain in a day, and by whom. Anybody can become a patient, so strangers share a small pot of their own; patients of whom the chain
// or a member knows have another; nobody takes more than a share of what the others left. What ends or keeps safe is always paid.
import { HealthpassError } from '#passport';
import type { Queryable } from '#server';
import type { CoreDeps } from '../deps.ts';

export type Pot = 'strangers' | 'patients' | 'members' | 'safety';

export type RelayLimits = {
  /** Gas in a day, for each pot that has an end. */
  readonly gas: Readonly<Record<Exclude<Pot, 'safety'>, number>>;
  /** Calls of one payer in a day, and changes of one relationship. */
  readonly calls: number;
  readonly changes: number;
  /** Gas that the account must be able to pay still, for what ends or keeps safe: no grant is sent when less is left. */
  readonly reserve: number;
};
/** For patients about two and a half thousand grants a day, of which strangers have a fifth. */
export const RELAY_LIMITS: RelayLimits = { gas: { strangers: 40_000_000, patients: 160_000_000, members: 200_000_000 }, calls: 200, changes: 50, reserve: 50_000_000 };

export type Payment = {
  readonly pot: Pot;
  /** Who is counted: `account/0x…` or `patient/…`; nobody for the gateway itself. */
  readonly payer?: string | undefined;
  readonly relationship?: string | undefined;
};

/** Of what the others left of a pot, one payer may have spent one part in so many. Members work for many patients. */
const SHARES: Readonly<Record<Exclude<Pot, 'safety'>, number>> = { strangers: 10, patients: 20, members: 1 };
const DAY = 86_400;
/** For how long it is known what was paid already. */
const KEPT = 30 * DAY;
/** Any number, as long as all processes of the service take the same. */
const LOCK = 7_265_170;

export type Budget = ReturnType<typeof createBudget>;

export function createBudget({ blind, now, limits }: Pick<CoreDeps, 'blind' | 'now'> & { readonly limits: RelayLimits }) {
  return {
    limits,
    isPaid: async (on: Queryable, id: string): Promise<boolean> => (await on.query('SELECT 1 FROM relay_spending WHERE id = $1', [id])).length > 0,
    /** Notes what a call will cost, once. @throws HealthpassError `rate-limited` */
    async reserve(tx: Queryable, id: string, gas: number, { pot, payer, relationship }: Payment): Promise<void> {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]); // two that look at once would both find room
      await tx.query('DELETE FROM relay_spending WHERE at <= $1', [now() - KEPT]);
      const account = payer === undefined ? null : blind(payer);
      const [spent] = await tx.query<Spent>(
        `SELECT coalesce(sum(gas) FILTER (WHERE pot = $1), 0)::int8 AS "all", coalesce(sum(gas) FILTER (WHERE pot = $1 AND account = $2), 0)::int8 AS own,
           count(*) FILTER (WHERE account = $2)::int8 AS calls, count(*) FILTER (WHERE relationship = $3)::int8 AS changes
           FROM relay_spending WHERE at > $4 AND pot <> 'safety'`, [pot, account, relationship ?? null, now() - DAY]);
      if (pot !== 'safety' && !hasRoom(spent!, gas, pot, limits)) throw new HealthpassError('rate-limited', 'what may be spent on chain in a day is spent; try again tomorrow', { field: 'relay' });
      await tx.query('INSERT INTO relay_spending (id, pot, account, relationship, gas, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING', [id, pot, account, relationship ?? null, gas, now()]);
    },
    spent: async (on: Queryable, id: string, gas: number): Promise<void> => void (await on.query('UPDATE relay_spending SET gas = $2 WHERE id = $1', [id, gas])),
  };
}

type Spent = { readonly all: number; readonly own: number; readonly calls: number; readonly changes: number };

function hasRoom({ all, own, calls, changes }: Spent, gas: number, pot: Exclude<Pot, 'safety'>, limits: RelayLimits): boolean {
  const leftByOthers = limits.gas[pot] - (all - own);
  return own + gas <= leftByOthers / SHARES[pot] && calls < limits.calls && changes < limits.changes;
}
