// One pass of the worker over what is written down: finish what was planned, plan what is next, send it, note what became of it, and look again
// once it is final. Whatever it is killed between, the next pass compares with the chain and goes on.
import type { JsonRpcProvider } from 'ethers';
import { HealthpassError, isHealthpassError, type TrustState } from '#passport';
import { statusRootOnChain, type Deployment, type Sender } from '#contracts';
import { createListViews, planStatus, type ListView } from './plan.ts';
import type { Queue } from './queue.ts';
import type { ChainCall, ChainWrite } from './schema.ts';

/** Where a pass is: a test may kill it there. */
export const STEPS = ['taken', 'planned', 'signed', 'sent', 'mined', 'done', 'final'] as const;
export type Step = (typeof STEPS)[number];

export type WorkerDeps = {
  readonly deployment: Deployment;
  readonly provider: JsonRpcProvider;
  readonly queue: Queue;
  readonly sender: Sender;
  /** What the chain shows, read again now. */
  readonly sync: () => Promise<TrustState>;
  /** Unix seconds. */
  readonly now: () => number;
  /** Seconds: an older newest block is no ground for a plan. On a chain that makes blocks only when there is something to put into them: none. */
  readonly maxHeadAge?: number | undefined;
  readonly onStep?: ((step: Step) => Promise<void> | void) | undefined;
  readonly onChange: () => void;
};

/** Words changed in one transaction: suspending so many new ones takes half of a block. */
const WORDS_AT_ONCE = 256;
const LEAST_WORDS = 8;
/** Refusals of the contract that hold whatever the plan: an issuer that may not do this. */
const STANDING_ERRORS = new Set(['NotWriter', 'WrongStanding', 'UnknownList', 'NotAuthorised']);
/** How often a call of its own is made again that failed without a reason. */
const ATTEMPTS = 3;

export function createWorker({ deployment, provider, queue, sender, sync, now, maxHeadAge, onStep, onChange }: WorkerDeps) {
  const views = createListViews();
  let width = WORDS_AT_ONCE;
  /** Block of what was mined last: the chain may not be read at an older one. */
  let lastBlock = 0;
  const attempts = new Map<number, number>();

  async function assertChain(): Promise<void> {
    if (BigInt(await provider.send('eth_chainId', []) as string) === BigInt(deployment.chainId)) return;
    throw new HealthpassError('chain-inconsistent', 'the endpoint serves another chain', { field: 'chainId' });
  }

  /** The chain as the index has it, which must be as new as the endpoint that transactions go to. */
  async function freshTrust(): Promise<TrustState> {
    const head = await provider.getBlockNumber();
    const trust = await sync();
    if (trust.latest.number < Math.max(head, lastBlock)) throw new HealthpassError('chain-inconsistent', 'the chain was read at an old block', { field: 'latest' });
    if (maxHeadAge !== undefined && now() - trust.latest.time > maxHeadAge) throw new HealthpassError('chain-inconsistent', 'the newest block is old', { field: 'latest' });
    return trust;
  }

  /** A view whose words are those that the next transaction will meet. */
  async function provenView(trust: TrustState, list: number): Promise<ListView> {
    const view = views(trust, list);
    if ((await statusRootOnChain(provider, deployment, list)) === view.tree.root()) return view;
    throw new HealthpassError('chain-inconsistent', 'the words of a list and its root on chain differ', { field: 'list' });
  }

  async function planChanges(writes: readonly ChainWrite[]): Promise<void> {
    const ids = writes.map(({ id }) => id);
    const entries = await queue.openEntries(ids);
    const trust = await freshTrust();
    const proven = new Map<number, ListView>();
    for (const list of new Set(entries.map((entry) => entry.list))) proven.set(list, await provenView(trust, list));
    const plan = await planStatus({ deployment, view: (list) => proven.get(list)!, width }, writes[0]!.action!, entries); // a status change has an action
    await queue.savePlan(ids, plan);
    await onStep?.('planned');
    onChange();
  }

  /** @returns whether the call took effect */
  async function send(call: ChainCall, write?: ChainWrite): Promise<boolean> {
    try {
      await assertChain();
      const { blockNumber } = await sender.send(call, { id: `call:${call.id}` });
      lastBlock = blockNumber;
      await queue.mined(call, blockNumber);
      width = Math.min(2 * width, WORDS_AT_ONCE);
      await onStep?.('done');
      onChange();
      return true;
    } catch (error) {
      await failed(call, error, write);
      return false;
    }
  }

  /** What failed for good is planned anew, or refused where planning it anew would not help; everything else is thrown, and tried again later. */
  async function failed(call: ChainCall, error: unknown, write?: ChainWrite): Promise<void> {
    if (!isHealthpassError(error)) throw error;
    const { code, field } = error;
    // A change of status does no harm when it comes late: the contract takes it on the root of its plan only.
    const isOver = code === 'transaction-failed' ? field !== 'balance' : field === 'nonce' && call.list !== null;
    if (!isOver) throw error;
    const hopeless = write ? isHopeless(write, field) : STANDING_ERRORS.has(field ?? '');
    if (field === undefined) width = Math.max(LEAST_WORDS, Math.floor(width / 2)); // no reason given: more than a block holds, or too little gas
    await queue.drop(call, hopeless ? { code, field: field ?? null } : undefined);
    onChange();
    if (!hopeless) throw new HealthpassError('chain-unavailable', 'a transaction had no effect and is made again', { field: 'transaction', cause: error });
  }

  function isHopeless(write: ChainWrite, field: string | undefined): boolean {
    if (field === 'nonce') return false;
    const count = (attempts.get(write.id) ?? 0) + 1;
    attempts.set(write.id, count);
    const over = field !== undefined || count >= ATTEMPTS;
    if (over) attempts.delete(write.id);
    return over;
  }

  /** Whether the chain shows what a write is for, through whichever transaction. */
  async function isShown({ kind, name }: ChainWrite): Promise<boolean> {
    if (kind === 'did-keys') return false;
    const trust = await freshTrust();
    if (kind === 'anchor') return trust.anchors.some(({ root }) => name === anchorName(root));
    return trust.issuers.some(({ claimsKey }) => name === claimsKeyName(claimsKey));
  }

  async function finish(write: ChainWrite): Promise<void> {
    if (await isShown(write)) await queue.shown(write.id);
    else for (const call of await queue.plannedCalls(write.id)) if (!(await send(call, write))) return;
    onChange();
  }

  /** What was mined may be mined again elsewhere, fail there, or be gone, until it is final. */
  async function watch(everything: boolean): Promise<void> {
    const final = (await provider.getBlock('finalized'))?.number ?? -1;
    for (const call of await queue.minedUpTo(everything ? Number.MAX_SAFE_INTEGER : final)) {
      try {
        const { blockNumber } = await sender.send(call, { id: `call:${call.id}` });
        if (blockNumber <= final) await queue.final(call, blockNumber);
        else await queue.moved(call, blockNumber);
      } catch (error) {
        if (!isHealthpassError(error) || error.code !== 'transaction-failed') throw error;
        await queue.drop(call);
      }
      await onStep?.('final');
    }
  }

  return {
    /** @returns whether there was anything to do */
    async pass(): Promise<boolean> {
      if (await queue.hasUnfinal()) {
        await assertChain();
        await watch((await sender.recover()) > 0);
      }
      const planned = await queue.plannedChanges();
      for (const call of planned) if (!(await send(call))) return true; // those after it went with it
      const run = await queue.nextRun();
      const [first] = run;
      if (!first) return planned.length > 0;
      await onStep?.('taken');
      await assertChain();
      await sender.recover(); // what is lost must be back before the chain is read
      if (first.kind === 'status') await planChanges(run);
      else await finish(first);
      return true;
    },
  };
}

export const anchorName = (root: string): string => `anchor:${root}`;
export const claimsKeyName = ({ x }: { readonly x: bigint }): string => `claims-key:${x.toString(16)}`;
