// Keeps one worker going for an account: waits for its turn among processes, passes until there is nothing to do, and after a failure tries again.
import type { JsonRpcProvider } from 'ethers';
import { HealthpassError, isHealthpassError, type TrustState } from '#passport';
import { createSender, type Deployment, type SenderOptions, type TransactionSigner } from '#contracts';
import { pauseFor } from '#contracts/chain-index/repeating.ts';
import type { Database } from '#server';
import { createBell } from './bell.ts';
import { createDatabaseJournal, takeAccount } from './journal.ts';
import { createQueue } from './queue.ts';
import { createWorker, type Step } from './worker.ts';
import type { HeldLock, WriterLock } from './writer-lock.ts';

export type RunnerDeps = {
  readonly database: Database;
  readonly deployment: Deployment;
  /** One endpoint, as `connect` gives it. */
  readonly provider: JsonRpcProvider;
  readonly account: TransactionSigner;
  /** What the chain shows, read again now. */
  readonly sync: () => Promise<TrustState>;
  /** Unix seconds. */
  readonly now: () => number;
  /** Among processes that share the database. */
  readonly lock?: WriterLock;
  readonly sending?: Pick<SenderOptions, 'poll' | 'patience' | 'timeout' | 'confirmations'>;
  /** Seconds: an older newest block is no ground for a plan. */
  readonly maxHeadAge?: number;
  /** Milliseconds between two looks when there is nothing to do, and at most between two attempts. */
  readonly pace?: { readonly idle?: number; readonly retry?: number };
  readonly onStep?: (step: Step) => Promise<void> | void;
  /** Told once when something holds the worker up, in words without values. */
  readonly onTrouble?: (says: string) => void;
};

export type RunnerState = {
  /** This process writes, waits for its turn, or does not run. */
  readonly writer: 'writing' | 'standing by' | 'stopped';
  /** Code or name of what keeps anything from moving. */
  readonly trouble: string | undefined;
  /** Newest block and balance in wei when the chain was last looked at. */
  readonly block: number | undefined;
  readonly balance: bigint | undefined;
};

export type Runner = {
  readonly start: () => void;
  /** What is under way stays written down. */
  readonly stop: () => Promise<void>;
  /** There is something to do. */
  readonly nudge: () => void;
  /** Resolves at the next news of this process, or after some milliseconds. */
  readonly news: (milliseconds: number) => Promise<void>;
  readonly state: () => RunnerState;
};

const IDLE = 1_000;
const RETRY = 15_000;
const FIRST_RETRY = 100;

export function createRunner(deps: RunnerDeps): Runner {
  const { database, deployment, provider, account, now, lock, onStep } = deps;
  const { idle = IDLE, retry = RETRY } = deps.pace ?? {};
  const [bell, news, stopping] = [createBell(), createBell(), new AbortController()];
  let running: Promise<void> | undefined;
  let state: RunnerState = { writer: 'stopped', trouble: undefined, block: undefined, balance: undefined };

  function note(error: unknown): void {
    const trouble = isHealthpassError(error) ? [error.code, error.field].filter(Boolean).join(' ') : error instanceof Error ? error.name : typeof error;
    if (trouble !== state.trouble) deps.onTrouble?.(trouble);
    state = { ...state, trouble };
    news.ring();
  }

  async function look(): Promise<void> {
    const [block, balance] = await Promise.all([provider.getBlockNumber(), provider.getBalance(account.address)]);
    state = { ...state, block, balance, trouble: undefined };
  }

  /** What is known of the account is read anew: another process may have written meanwhile. */
  async function openWorker() {
    const writer = await takeAccount(database, account.address);
    const journal = createDatabaseJournal(database, writer);
    const sender = createSender({
      ...deps.sending, provider, wallet: account, journal, chain: deployment.contracts.IssuerRegistry, signal: stopping.signal, ...(onStep && { onStep }),
    });
    await sender.recover();
    return createWorker({ deployment, provider, sender, sync: deps.sync, now, maxHeadAge: deps.maxHeadAge, onStep, onChange: news.ring, queue: createQueue(database, writer, now) });
  }

  /** Until stopped, until the lock is lost, or until another process has the account. */
  async function write(held: HeldLock | undefined): Promise<void> {
    let worker: Awaited<ReturnType<typeof openWorker>> | undefined;
    for (let pause = FIRST_RETRY; !stopping.signal.aborted && held?.isHeld() !== false;) {
      try {
        worker ??= await openWorker();
        const wasBusy = await worker.pass();
        pause = FIRST_RETRY;
        if (wasBusy) continue;
        await look();
        await bell.wait(idle);
      } catch (error) {
        if (stopping.signal.aborted || isTaken(error)) return;
        note(error);
        await pauseFor(pause, stopping.signal);
        pause = Math.min(2 * pause, retry);
      }
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      state = { ...state, writer: 'standing by' };
      const held = await lock?.().catch(note);
      if (!lock || held) {
        state = { ...state, writer: 'writing' };
        await write(held ?? undefined);
        await held?.release().catch(() => {}); // a database that is gone has let go of it already
      }
      await pauseFor(idle, stopping.signal);
    }
  }

  return {
    start: () => void (running ??= run()),
    async stop() {
      stopping.abort();
      bell.ring();
      await running;
      state = { ...state, writer: 'stopped' };
      news.ring();
    },
    nudge: bell.ring,
    news: news.wait,
    state: () => state,
  };
}

const isTaken = (error: unknown): boolean => error instanceof HealthpassError && error.code === 'service-unavailable' && error.field === 'account';
