// What bodies decide: an application, a suspension, the end of a role. Each is a statement that the body signed for RoleRegistry; the gateway checks
// it before it carries it, and lets nobody wait for a block where somebody has to stop.
import { NOBODY, rolesToMask } from '#contracts/care/roles.ts';
import { signerOf } from '#contracts/care/statements.ts';
import { HealthpassError, isHealthpassError } from '#passport';
import type { Queryable } from '#server';
import { roleBit, type Address, type Role } from '#records/model/members.ts';
import { accountIndex } from '../account-index.ts';
import type { Caller } from '../caller.ts';
import type { GatewayDeps } from '../deps.ts';
import { createSessions } from '../sessions/sessions.ts';
import type { Application, Applications } from './applications.ts';
import { createRoleCredential } from './credential.ts';
import type { Directory } from './directory.ts';
import { createOrders, orderId, type Order, type OrderStatement, type Outcome } from './orders.ts';

/** What every signature of a body brings besides what it says. */
export type Signed = { readonly nonce: number; readonly deadline: number; readonly signature: `0x${string}` };
/** Seconds: a statement that ends sooner might not be mined in time; one that ends later could be kept back and sent when nobody expects it. */
const [SHORTEST_DEADLINE, LONGEST_DEADLINE] = [60, 7 * 86_400];
/** A role ends some day, so that somebody looks again. */
const LONGEST_ROLE = 5 * 366 * 86_400;

export function createDeciding(deps: GatewayDeps, applications: Applications, directory: Directory) {
  const { database, roles, config, sealer, blind, now } = deps;
  const sessions = createSessions(deps);
  const orders = createOrders(deps, followUp);

  /** What the chain has taken shows in the directory and as a credential; what it refused is open again, with the contract's word for it. */
  async function followUp(tx: Queryable, order: Order, outcome: Outcome): Promise<void> {
    if (order.application === undefined || order.statement.name !== 'GrantRole') return;
    const application = await applications.find(order.application, tx);
    if (outcome.outcome === 'failed') return applications.move(tx, application, 'deciding', { reason: outcome.failure });
    await applications.move(tx, application, 'accepted', { reason: undefined, evidence: undefined });
    await directory.enter(tx, application);
    const { account, role, organisation, name, country } = application;
    const text = await createRoleCredential(deps, { account, role, until: Number(order.statement.value.until), profile: { name, country, organisation, decidedBy: order.body } });
    await keepCredential(tx, account, role, text);
  }

  async function keepCredential(tx: Queryable, account: Address, role: Role, text: string): Promise<void> {
    const sealed = await sealer.seal(`role-credential/${role}`, { account, text });
    await tx.query('INSERT INTO role_credential (account, role, sealed) VALUES ($1, $2, $3) ON CONFLICT (account, role) DO UPDATE SET sealed = excluded.sealed', [blind(accountIndex(account)), role, sealed]);
  }

  /** @throws HealthpassError `request-invalid` (a deadline that does not fit), `signature-invalid` */
  function assertSigned(body: Address, statement: OrderStatement): void {
    const left = Number(statement.value.deadline) - now();
    if (left < SHORTEST_DEADLINE || left > LONGEST_DEADLINE) throw new HealthpassError('request-invalid', 'the deadline is too near or too far', { field: 'deadline' });
    if (signerFor(statement) !== body) throw new HealthpassError('signature-invalid', 'the statement was not signed by this account as it was sent', { field: 'signature' });
  }

  function signerFor({ name, value, signature }: OrderStatement): Address | undefined {
    try {
      if (name === 'GrantRole') return signerOf(config, name, value, signature);
      return name === 'SuspendMember' ? signerOf(config, name, value, signature) : signerOf(config, name, value, signature);
    } catch (error) {
      if (isHealthpassError(error)) return undefined;
      throw error;
    }
  }

  function assertResponsible({ decides }: Caller, wanted: readonly Role[]): void {
    if (!wanted.some((role) => decides.includes(role))) throw new HealthpassError('forbidden', 'this body does not decide about that role', { field: 'role' });
  }

  async function standing(caller: Caller, statement: OrderStatement, mask: number): Promise<Outcome> {
    assertSigned(caller.account, statement);
    const order: Order = { id: orderId(statement.signature), body: caller.account, statement, mask };
    await database.transaction(async (tx) => {
      await orders.add(tx, order);
      if (mask !== 0) await sessions.endAll(statement.value.member, tx);
    });
    return orders.carry(order);
  }

  return {
    orders, keepCredential,

    async accept(caller: Caller, application: Application, { until, nonce, deadline, signature }: Signed & { readonly until: number }): Promise<Outcome> {
      const { account: member, role, organisation } = application;
      assertResponsible(caller, [role]);
      if (until <= now() || until - now() > LONGEST_ROLE) throw new HealthpassError('request-invalid', 'the end of the role is past or too far', { field: 'until' });
      const statement: OrderStatement = { name: 'GrantRole', value: { member, role: roleBit(role), organisation: organisation ?? NOBODY, until, nonce, deadline }, signature };
      assertSigned(caller.account, statement);
      const order: Order = { id: orderId(signature), body: caller.account, statement, application: application.id, mask: 0 };
      await database.transaction(async (tx) => {
        await applications.move(tx, application, 'sending', { reason: undefined });
        await orders.add(tx, order);
      });
      return orders.carry(order);
    },

    async refuse(caller: Caller, application: Application, reason: string): Promise<void> {
      assertResponsible(caller, [application.role]);
      await applications.move(database, application, 'refused', { reason, evidence: undefined });
    },

    /** @throws HealthpassError `forbidden` when the member has no role that this body decides about */
    async suspend(caller: Caller, member: Address, { suspended, nonce, deadline, signature }: Signed & { readonly suspended: boolean }): Promise<Outcome> {
      assertResponsible(caller, roles.held(member, now()).map(({ role }) => role));
      return standing(caller, { name: 'SuspendMember', value: { member, suspended, nonce, deadline }, signature }, suspended ? rolesToMask(caller.decides) : 0);
    },

    async withdraw(caller: Caller, member: Address, { role, nonce, deadline, signature }: Signed & { readonly role: Role }): Promise<Outcome> {
      assertResponsible(caller, roles.held(member, now()).map((held) => held.role).filter((held) => held === role));
      return standing(caller, { name: 'WithdrawRole', value: { member, role: roleBit(role), nonce, deadline }, signature }, rolesToMask([role]));
    },
  };
}
export type Deciding = ReturnType<typeof createDeciding>;
