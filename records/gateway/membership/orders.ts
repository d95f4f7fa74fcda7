// What bodies have signed and the gateway carries: written down first, so that a crash loses none, then sent until the chain has taken or refused it.
// A suspension counts from the moment it is written down.
import { createHash } from 'node:crypto';
import type { Call } from '#contracts';
import type { CareDeployment } from '#contracts/care/deployment.ts';
import { carry, type SignedStatement } from '#contracts/care/statements.ts';
import { isHealthpassError } from '#passport';
import type { Queryable } from '#server';
import type { Address } from '#records/model/members.ts';
import type { GatewayDeps } from '../deps.ts';

export type OrderStatement = Extract<SignedStatement, { readonly name: 'GrantRole' | 'SuspendMember' | 'WithdrawRole' }>;
export type Order = {
  readonly id: string;
  readonly body: Address;
  readonly statement: OrderStatement;
  /** Of a grant. */
  readonly application?: string | undefined;
  /** Roles that count as suspended until the chain says so itself; 0 for none. */
  readonly mask: number;
};
export type Outcome = { readonly outcome: 'done' } | { readonly outcome: 'failed'; readonly failure: string } | { readonly outcome: 'sending' };
/** What follows from an outcome, in the transaction that notes it. */
export type OnOutcome = (tx: Queryable, order: Order, outcome: Outcome) => Promise<void>;

type Row = { readonly id: string; readonly body: Address; readonly statement: string; readonly application: string | null; readonly mask: number };
const orderOf = ({ id, body, statement, application, mask }: Row): Order => ({ id, body, mask, application: application ?? undefined, statement: JSON.parse(statement) as OrderStatement }); // as `add` wrote it

export function createOrders(deps: Pick<GatewayDeps, 'database' | 'relay' | 'roles' | 'careIndex' | 'config' | 'now'>, onOutcome: OnOutcome) {
  const { database, relay, roles, careIndex, config, now } = deps;
  const sending = () => database.query<Row>('SELECT id, body, statement, application, mask FROM membership_order WHERE state = \'sending\' ORDER BY number');
  const holding = new Set<string>();
  const hold = ({ id, statement, mask }: Order) => {
    if (mask === 0) return;
    holding.add(id);
    roles.hold(id, statement.value.member, mask);
  };

  async function settle(order: Order, outcome: Outcome): Promise<Outcome> {
    await database.transaction(async (tx) => {
      const changed = await tx.query('UPDATE membership_order SET state = $2, failure = $3 WHERE id = $1 AND state = \'sending\' RETURNING id', [order.id, outcome.outcome, outcome.outcome === 'failed' ? outcome.failure : null]);
      if (changed.length > 0) await onOutcome(tx, order, outcome);
    });
    await refresh();
    return outcome;
  }

  /** Whoever an order waits for is held; it lets go once the chain says the same, or has refused it. Orders of other processes count too. */
  async function refresh(): Promise<void> {
    const before = [...holding];
    const waiting = (await sending()).map(orderOf);
    waiting.forEach(hold);
    const over = before.filter((id) => !waiting.some((order) => order.id === id));
    if (over.length > 0) await careIndex.sync();
    for (const id of over) {
      roles.release(id);
      holding.delete(id);
    }
  }

  /** Sends one, and notes what came of it. A chain that does not answer leaves it as it is: it is sent again later. */
  async function send(order: Order): Promise<Outcome> {
    try {
      await relay(callOf(config, order.statement), `membership/${order.id}`, { account: order.body, pot: order.mask === 0 ? 'members' : 'safety' });
      await careIndex.sync();
      return await settle(order, { outcome: 'done' });
    } catch (error) {
      if (isHealthpassError(error) && error.code === 'transaction-failed' && error.field !== 'balance') return settle(order, { outcome: 'failed', failure: error.field ?? 'reverted' });
      if (isHealthpassError(error)) return { outcome: 'sending' };
      throw error;
    }
  }

  return {
    /** Writes an order down. The same id again is the same order. */
    async add(tx: Queryable, { id, body, statement, application, mask }: Order): Promise<void> {
      await tx.query(
        `INSERT INTO membership_order (id, kind, member, body, application, statement, mask, state, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'sending', $8) ON CONFLICT DO NOTHING`,
        [id, statement.name, statement.value.member, body, application ?? null, JSON.stringify(statement), mask, now()]);
    },
    /** Holds what has to be held from now on, then sends. */
    async carry(order: Order): Promise<Outcome> {
      hold(order);
      return send(order);
    },
    refresh,
    /** Sends what an earlier process has not. */
    async resume(): Promise<void> {
      for (const row of await sending()) await send(orderOf(row));
    },
  };
}

function callOf(care: CareDeployment, statement: OrderStatement): Call {
  if (statement.name === 'GrantRole') return carry(care, statement.name, statement.value, statement.signature);
  if (statement.name === 'SuspendMember') return carry(care, statement.name, statement.value, statement.signature);
  return carry(care, statement.name, statement.value, statement.signature);
}

/** The same signature is the same order, however often it arrives. */
export const orderId = (signature: string): string => createHash('sha256').update(signature).digest('hex').slice(0, 32);
