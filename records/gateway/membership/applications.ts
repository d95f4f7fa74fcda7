// Applications: who asks for a role, what became of it. A person who names an organisation is confirmed by it before a body decides; the body's
// decision is a signature for the chain, or a refusal with its reason.
import { randomUUID } from 'node:crypto';
import { HealthpassError } from '#passport';
import type { Queryable } from '#server';
import { isAddress, type Address, type Role } from '#records/model/members.ts';
import { accountIndex } from '../account-index.ts';
import type { GatewayDeps } from '../deps.ts';

export const APPLICATION_STATES = ['confirming', 'deciding', 'sending', 'accepted', 'refused'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export type ReadingKey = { readonly key: `0x${string}`; readonly since: number; readonly signature: `0x${string}` };
export type Details = {
  readonly account: Address;
  readonly name: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly licence?: string | undefined;
  /** What the applicant writes for whoever decides. */
  readonly evidence?: string | undefined;
  readonly readingKey: ReadingKey;
  /** Why it was refused, or what the chain said. */
  readonly reason?: string | undefined;
};
export type Application = { readonly id: string; readonly number: number; readonly role: Role; readonly organisation: Address | undefined; readonly state: ApplicationState; readonly changedAt: number } & Details;

type Row = { readonly id: string; readonly number: number; readonly role: Role; readonly organisation: string | null; readonly state: ApplicationState; readonly sealed: Uint8Array; readonly changedAt: number };
const COLUMNS = 'id, number::int8 AS number, role, organisation, state, sealed, changed_at::int8 AS "changedAt"';
const PAGE = 50;
/** Open at once of one account. */
const MOST_OPEN = 5;
/** Seconds: what nobody decided, and what was decided, is forgotten. */
const [UNDECIDED_KEPT, DECIDED_KEPT] = [90 * 86_400, 365 * 86_400];

export function createApplications({ database, sealer, blind, now }: Pick<GatewayDeps, 'database' | 'sealer' | 'blind' | 'now'>) {
  const contextOf = (id: string) => `application/${id}`;
  async function opened({ sealed, organisation, ...row }: Row): Promise<Application> {
    const details = (await sealer.open(contextOf(row.id), sealed)) as Details; // as `add` sealed it
    return { ...row, organisation: isAddress(organisation) ? organisation : undefined, ...details };
  }
  const select = async (on: Queryable, where: string, values: readonly unknown[]): Promise<Application[]> =>
    Promise.all((await on.query<Row>(`SELECT ${COLUMNS} FROM application WHERE ${where}`, values)).map(opened));

  return {
    /** @throws HealthpassError `application-conflict` (one for this role is open, or too many are) */
    async add(details: Details, role: Role, organisation: Address | undefined): Promise<Application> {
      const [id, index] = [randomUUID(), blind(accountIndex(details.account))];
      const sealed = await sealer.seal(contextOf(id), details);
      const state = organisation === undefined ? 'deciding' : 'confirming';
      const added = await database.query<Row>(
        `INSERT INTO application (id, account, role, organisation, state, sealed, changed_at) SELECT $1, $2, $3, $4, $5, $6, $7
          WHERE (SELECT count(*) FROM application WHERE account = $2 AND state IN ('confirming', 'deciding', 'sending')) < ${MOST_OPEN} ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
        [id, index, role, organisation ?? null, state, sealed, now()]);
      if (!added[0]) throw new HealthpassError('application-conflict', 'an application for this role is open already', { field: 'role' });
      return opened(added[0]);
    },
    /** @throws HealthpassError `application-unknown` */
    async find(id: string, on: Queryable = database): Promise<Application> {
      const [found] = await select(on, 'id = $1', [id]);
      if (!found) throw unknown();
      return found;
    },
    ofAccount: (account: Address) => select(database, 'account = $1 ORDER BY number DESC LIMIT 20', [blind(accountIndex(account))]),
    /** Whether one waits for a decision, or for the chain. */
    isOpen: async (account: Address): Promise<boolean> =>
      (await database.query("SELECT 1 FROM application WHERE account = $1 AND state IN ('confirming', 'deciding', 'sending') LIMIT 1", [blind(accountIndex(account))])).length > 0,
    /** What a body may decide, and what an organisation has to confirm; the oldest first. */
    waiting: (roles: readonly Role[], organisation: Address, after: number) => select(
      database, `number > $3 AND ((state IN ('deciding', 'sending') AND role = ANY($1::text[])) OR (state = 'confirming' AND organisation = $2)) ORDER BY number LIMIT ${PAGE}`, [roles, organisation, after]),
    /** @throws HealthpassError `application-conflict` when it is not in `from` any more */
    async move(on: Queryable, { id, number: _n, role: _r, organisation: _o, changedAt: _c, state: from, ...details }: Application, to: ApplicationState, change: Partial<Details> = {}): Promise<void> {
      const sealed = await sealer.seal(contextOf(id), { ...details, ...change });
      const moved = await on.query('UPDATE application SET state = $3, sealed = $4, changed_at = $5 WHERE id = $1 AND state = $2 RETURNING id', [id, from, to, sealed, now()]);
      if (moved.length === 0) throw new HealthpassError('application-conflict', 'somebody has decided in the meantime', { field: 'state' });
    },
    /** By the applicant. */
    async withdraw(id: string, account: Address): Promise<void> {
      const gone = await database.query('DELETE FROM application WHERE id = $1 AND account = $2 AND state IN (\'confirming\', \'deciding\') RETURNING id', [id, blind(accountIndex(account))]);
      if (gone.length === 0) throw unknown();
    },
    forget: () => database.query(
      'DELETE FROM application WHERE (state IN (\'confirming\', \'deciding\') AND changed_at <= $1) OR (state IN (\'accepted\', \'refused\') AND changed_at <= $2)', [now() - UNDECIDED_KEPT, now() - DECIDED_KEPT]),
  };
}
export type Applications = ReturnType<typeof createApplications>;

const unknown = () => new HealthpassError('application-unknown', 'there is no such application for this account', { field: 'id' });
