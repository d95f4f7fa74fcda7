// The way of everything that an issuer writes to the chain: written down first, with the change that it belongs to, and then made to happen,
// whether or not anybody still waits for it. docs/decisions/outbox.md.
import { HealthpassError, type ErrorCode } from '#passport';
import { recordAudit, type Principal, type Queryable } from '#server';
import { createRunner, type RunnerDeps, type RunnerState } from './runner.ts';
import type { WriteKind, WriteStanding } from './schema.ts';
import { outcomesOf, standingOfWrite, unfinal, waiting, writeCalls, writeStatusChange, type CallRequest, type StatusRequest } from './writes.ts';

export type OutboxDeps = RunnerDeps & {
  /** Milliseconds that who waits for a write is kept waiting. */
  readonly patience?: number;
};

/** On whose behalf: the audit names them. */
export type Actor = Pick<Principal, 'kind' | 'id' | 'organisation'>;
/** What the issuer does of its own accord: anchors at their pace, what a crash left half done. */
export const ITSELF: Actor = { kind: 'operator', id: 'issuer', organisation: '' };

/** What metrics may carry. `oldestSeconds` is 0 where nothing waits; what was not read yet is undefined. */
export type Lag = { readonly pending: number; readonly oldestSeconds: number; readonly lastBlock: number | undefined; readonly gasBalance: bigint | undefined };
export type OutboxState = Lag & Pick<RunnerState, 'writer' | 'trouble'> & {
  readonly kinds: Readonly<Partial<Record<WriteKind, number>>>;
  /** Transactions that are mined and not final. */
  readonly unfinal: number;
};
export type StatusOutcome = { readonly id: string; readonly list: number; readonly index: number; readonly changed: boolean };

export type Outbox = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Writes a change down within `tx`, with its audit row, unless it is there. `nudge` after the transaction. @throws HealthpassError `request-invalid` */
  readonly writeStatusChange: (tx: Queryable, actor: Actor, request: StatusRequest) => Promise<number>;
  readonly writeCalls: (tx: Queryable, actor: Actor, request: CallRequest, audit: { action: string; target: string }) => Promise<number>;
  readonly nudge: () => void;
  /**
   * Waits until a write is mined.
   * @throws HealthpassError what it was refused with; `chain-unavailable`, `service-unavailable` while it stays to be made
   */
  readonly settled: (write: number) => Promise<void>;
  readonly outcomes: (write: number) => Promise<StatusOutcome[]>;
  readonly lag: () => Promise<Lag>;
  readonly state: () => Promise<OutboxState>;
};

const PATIENCE = 60_000;
/** Milliseconds between looks for what another process has done. */
const LOOK = 500;

export function createOutbox(deps: OutboxDeps): Outbox {
  const { database, now, patience = PATIENCE } = deps;
  const runner = createRunner(deps);

  const lagOf = async () => {
    const { block: lastBlock, balance: gasBalance } = runner.state();
    const rows = await waiting(database);
    const oldest = Math.min(...rows.map((row) => row.oldest));
    const pending = rows.reduce((sum, { count }) => sum + count, 0);
    return { rows, lag: { pending, oldestSeconds: pending === 0 ? 0 : Math.max(0, now() - oldest), lastBlock, gasBalance } };
  };

  return {
    start: runner.start,
    stop: runner.stop,
    nudge: runner.nudge,
    async writeStatusChange(tx, actor, request) {
      const { id, isNew } = await writeStatusChange(tx, request, now());
      const detail = { count: request.entries.length, ...(request.reason && { reason: request.reason }) };
      if (isNew) await recordAudit(tx, actor, { action: `credential.${request.action}`, target: `chain-write/${id}`, detail }, now());
      return id;
    },
    async writeCalls(tx, actor, request, audit) {
      const { id, isNew } = await writeCalls(tx, request, now());
      if (isNew) await recordAudit(tx, actor, { ...audit, detail: { write: id } }, now());
      return id;
    },
    async settled(write) {
      for (const until = Date.now() + patience; ;) {
        const heard = runner.news(Math.min(LOOK, Math.max(1, until - Date.now()))); // before looking: what happens in between is heard too
        const standing = await standingOfWrite(database, write);
        if (standing.state === 'done') return;
        if (standing.state === 'refused') throw refusalOf(standing);
        if (runner.state().writer === 'stopped') throw new HealthpassError('service-unavailable', 'the change is written down and is made at the next start', { field: 'chain' });
        if (Date.now() > until) throw new HealthpassError('chain-unavailable', 'the change is written down and is made as soon as the chain takes it', { field: 'chain' });
        await heard;
      }
    },
    outcomes: (write) => outcomesOf(database, write),
    lag: async () => (await lagOf()).lag,
    async state() {
      const { rows, lag } = await lagOf();
      const { writer, trouble } = runner.state();
      return { ...lag, writer, trouble, kinds: Object.fromEntries(rows.map(({ kind, count }) => [kind, count])), unfinal: await unfinal(database) };
    },
  };
}

function refusalOf({ code, field }: WriteStanding): HealthpassError {
  const says = code === 'status-conflict' ? 'the credential is revoked, which is final' : `the contract refuses: ${field ?? 'no reason given'}`;
  return new HealthpassError(code as ErrorCode, says, field === null ? {} : { field }); // the worker wrote down a code of ours
}
