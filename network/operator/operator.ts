// The operator of a network: accredits issuers, suspends, reinstates and removes them, with the key of governance. Each decision is written down with
// its audit row, and then made to happen, whether or not anybody still waits.
import { HealthpassError, isHealthpassError, standingOf, type ClaimsKey, type IssuerRecord, type IssuerStatus, type TrustState } from '#passport';
import { addIssuer, assignLists, reinstateIssuer, removeIssuer, suspendIssuer, type Call, type Deployment, type Sender } from '#contracts';
import { recordAudit, type Database, type Principal } from '#server';
import { addAction, endAction, isUnderWay, lastActions, nextAction, type ActionRow, type GovernanceReason, type NewAction } from './actions.ts';

export type Applicant = { readonly did: string; readonly identity: string; readonly claimsKey: ClaimsKey; readonly name: string; readonly accreditedBy: string; readonly lists: number };
export type Change = 'suspend' | 'reinstate' | 'remove';

export type OperatorDeps = {
  readonly database: Database;
  readonly deployment: Deployment;
  /** Sends as governance. */
  readonly sender: Pick<Sender, 'send'>;
  readonly trust: () => TrustState | undefined;
  readonly now: () => number;
  /** Before an issuer is accredited; on a chain of one machine it gets money. */
  readonly pay?: (identity: string) => Promise<unknown>;
  readonly onTrouble: (says: string) => void;
  /** Milliseconds between attempts of what fails. */
  readonly retry?: number;
};

export type Operator = {
  readonly actions: () => Promise<ActionRow[]>;
  /** @throws HealthpassError `request-invalid`, `point-invalid`, `status-conflict` (accredited already, or on its way) */
  readonly accredit: (applicant: Applicant, principal: Principal) => Promise<ActionRow>;
  /** Undefined where there is no such issuer. @throws HealthpassError `status-conflict` where its standing does not allow it, or something is on its way */
  readonly change: (change: Change, issuer: number, reason: GovernanceReason, principal: Principal) => Promise<ActionRow | undefined>;
  readonly assignLists: (issuer: number, count: number, principal: Principal) => Promise<ActionRow | undefined>;
  /** Goes on with what an earlier run left, and from then on with what comes. */
  readonly start: () => void;
  readonly stop: () => void;
};

/** From which standings a change leads on. */
const FROM: Readonly<Record<Change | 'assign-lists', readonly IssuerStatus[]>> = { suspend: ['active'], reinstate: ['suspended'], remove: ['active', 'suspended'], 'assign-lists': ['active'] };
const CALLS: Readonly<Record<Change, (deployment: Deployment, issuer: number) => Call>> = { suspend: suspendIssuer, reinstate: reinstateIssuer, remove: removeIssuer };
const RECENT = 50;

export function createOperator({ database, deployment, sender, trust, now, pay, onTrouble, retry = 5000 }: OperatorDeps): Operator {
  const stopping = new AbortController();
  let working: Promise<void> = Promise.resolve();
  let wake = () => {};

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const action = await nextAction(database);
        if (!action) return;
        if (action.identity !== null) await pay?.(action.identity);
        await sender.send(action.call, { id: action.name });
        await endAction(database, action.id, { state: 'done' }, now());
      } catch (error) {
        await failed(error);
      }
    }
  }
  /** What the contract refuses is over; anything else is tried again. */
  async function failed(error: unknown): Promise<void> {
    if (isHealthpassError(error) && error.code === 'transaction-failed' && error.field !== 'balance') {
      const action = await nextAction(database);
      if (action) await endAction(database, action.id, { state: 'refused', code: error.code, field: error.field }, now());
      return;
    }
    onTrouble(`what governance decided cannot be sent (${isHealthpassError(error) ? error.code : 'internal'})`);
    if (stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, retry).unref();
    });
  }
  const start = () => {
    wake();
    working = working.then(work).catch(() => onTrouble('what governance decided cannot be read'));
  };

  async function decide(action: NewAction, target: string, principal: Principal): Promise<ActionRow> {
    const row = await database.transaction(async (tx) => {
      await tx.query('LOCK TABLE governance_action IN SHARE ROW EXCLUSIVE MODE'); // decisions are few, and one follows the other
      if (await isUnderWay(tx, action)) throw conflict('a decision about this issuer is on its way');
      const added = await addAction(tx, action, now());
      await recordAudit(tx, principal, { action: `issuer.${action.action}`, target, detail: { decision: added.id, ...(action.reason && { reason: action.reason }) } }, now());
      return added;
    });
    start();
    return row;
  }
  const known = (id: number): IssuerRecord | undefined => trust()?.issuers.find((issuer) => issuer.id === id);
  const assertStanding = (issuer: IssuerRecord, change: keyof typeof FROM) => {
    if (!FROM[change].includes(issuer.latestStatus)) throw conflict(`an issuer that is ${standingOf(issuer)} cannot be changed so`);
  };

  return {
    actions: () => lastActions(database, RECENT),
    async accredit({ did, ...applicant }, principal) {
      if (!did.toLowerCase().endsWith(`:${applicant.identity.toLowerCase()}`)) throw new HealthpassError('request-invalid', 'the DID is that of another account', { field: 'request.did' });
      const call = addIssuer(deployment, applicant);
      if (trust()?.issuers.some((issuer) => issuer.did.toLowerCase() === did.toLowerCase())) throw conflict('this issuer was accredited before');
      return decide({ action: 'accredit', issuer: null, identity: applicant.identity, reason: null, call }, did, principal);
    },
    async change(change, id, reason, principal) {
      const issuer = known(id);
      if (!issuer) return undefined;
      assertStanding(issuer, change);
      return decide({ action: change, issuer: id, identity: null, reason, call: CALLS[change](deployment, id) }, issuer.did, principal);
    },
    async assignLists(id, count, principal) {
      const issuer = known(id);
      if (!issuer) return undefined;
      assertStanding(issuer, 'assign-lists');
      return decide({ action: 'assign-lists', issuer: id, identity: null, reason: null, call: assignLists(deployment, id, count) }, issuer.did, principal);
    },
    start,
    stop() {
      stopping.abort();
      wake();
    },
  };
}

const conflict = (message: string) => new HealthpassError('status-conflict', message, { field: 'issuer' });
