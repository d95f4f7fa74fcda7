// Following the chain: states block by block from the finalised one to the newest, taken back when the chain takes blocks back.
import { HealthpassError } from '#passport/errors.ts';
import type { BlockRef } from '#passport/trust.ts';
import type { RawLog, SystemEvent } from './events.ts';
import type { ChainReader, Header } from './reader.ts';
import { applyEvent, EMPTY_STATE, settle, type ChainState } from './state.ts';

/** What the chain had added up to by the end of a block. */
export type Step = { readonly ref: BlockRef; readonly state: ChainState };
/** The first step is final, the last is the newest; the blocks between are all there. */
export type History = readonly [Step, ...Step[]];

export type FollowOptions = {
  readonly reader: ChainReader;
  readonly readEvent: (log: RawLog) => SystemEvent | undefined;
  /** The block before the first one of the system. */
  readonly origin: number;
  /** Unix time before which roots are of no use. */
  readonly horizon: number;
  readonly signal?: AbortSignal | undefined;
};
export type Followed = {
  readonly history: History;
  readonly events: number;
  readonly reorganised: boolean;
  /** The endpoints are on the same chain and know less of it. */
  readonly behind: boolean;
};

/** Blocks that are read one by one; what is final and farther back is read by its events only. */
const CLOSE = 256;
const MAX_UNFINAL = 50_000;

/**
 * Brings a history up to date, or begins one.
 * @throws HealthpassError `chain-unavailable`, `chain-inconsistent`; then the old history still stands
 */
export async function follow(before: History | undefined, options: FollowOptions): Promise<Followed> {
  const { reader, signal } = options;
  const heads = await reader.heads(signal);
  if (heads.latest < options.origin) throw new HealthpassError('chain-inconsistent', 'the chain is younger than the system on it');
  const kept = before && await stillThere(before, heads.latest, options);
  // Endpoints a block or two behind, on the same chain: nothing new.
  if (kept && heads.latest < kept.at(-1)!.ref.number) return { history: kept, events: 0, reorganised: false, behind: true };
  const start: History = kept ?? [{ ref: await header(options, options.origin), state: EMPTY_STATE }];
  const far = await catchUp(start, heads.finalized, options);
  const near = await stepOn(far.history, heads.latest, options);
  const history = forgetFinal(near.history, heads.finalized);
  await assertComplete(history.at(-1)!, options);
  return { history, events: far.events + near.events, reorganised: before !== undefined && kept?.at(-1) !== before.at(-1), behind: false };
}

/** The part of a history that is still on the chain; undefined when even its final block is not. */
async function stillThere(history: History, latest: number, options: FollowOptions): Promise<History | undefined> {
  const [base] = history;
  // Nothing that was final is given up because endpoints are behind: that would forget revocations.
  if (latest < base.ref.number) throw new HealthpassError('chain-unavailable', 'the chain endpoints are behind what was final before');
  const known = history[Math.min(history.length - 1, latest - base.ref.number)]!;
  if ((await header(options, known.ref.number)).hash === known.ref.hash) return history;
  return (await header(options, base.ref.number)).hash === base.ref.hash ? [base] : undefined;
}

/** Reads what is final and far back by its events. */
async function catchUp(history: History, finalized: number, options: FollowOptions): Promise<{ history: History; events: number }> {
  const last = history.at(-1)!;
  if (finalized - last.ref.number <= CLOSE) return { history, events: 0 };
  let { state } = last;
  let events = 0;
  for await (const page of options.reader.logs(last.ref.number + 1, finalized, options.signal)) {
    const blocks = Map.groupBy(page.logs, (log) => log.block);
    const headers = await options.reader.headers([...blocks.keys()], options.signal);
    for (const head of headers) state = applyLogs(state, head, blocks.get(head.number)!, options);
    events += page.logs.length;
  }
  return { history: [{ ref: await header(options, finalized), state: settle(state) }], events };
}

/** Reads block by block, each the child of the one before. */
async function stepOn(history: History, latest: number, options: FollowOptions): Promise<{ history: History; events: number }> {
  const tip = history.at(-1)!;
  const count = latest - tip.ref.number;
  if (count <= 0) return { history, events: 0 };
  if (count > MAX_UNFINAL) throw new HealthpassError('chain-unavailable', 'the chain has finalised nothing for too long');
  const headers = await options.reader.headers(Array.from({ length: count }, (_, i) => tip.ref.number + 1 + i), options.signal);
  const blocks = new Map<number, RawLog[]>();
  for await (const page of options.reader.logs(tip.ref.number + 1, latest, options.signal)) for (const log of page.logs) blocks.set(log.block, [...(blocks.get(log.block) ?? []), log]);
  const steps: Step[] = [];
  let { ref, state } = tip;
  for (const head of headers) {
    // What comes before the system does not matter; an anvil that loads its state makes itself another first block.
    if (head.parent !== ref.hash && ref.number !== options.origin) throw new HealthpassError('chain-unavailable', 'the chain changed while it was read');
    state = applyLogs(state, head, blocks.get(head.number) ?? [], options);
    ref = refOf(head);
    steps.push({ ref, state });
  }
  return { history: [...history, ...steps], events: [...blocks.values()].flat().length };
}

function applyLogs(before: ChainState, head: Header, logs: readonly RawLog[], { readEvent, horizon }: FollowOptions): ChainState {
  return logs.reduce((state, log) => {
    if (log.blockHash !== head.hash) throw new HealthpassError('chain-inconsistent', 'a log is of a block that is not on the chain');
    const event = readEvent(log);
    return event ? applyEvent(state, event, { block: head.number, time: head.time }, horizon) : state;
  }, before);
}

/** The final step becomes the first. */
function forgetFinal(history: History, finalized: number): History {
  const base = history.findLastIndex((step) => step.ref.number <= finalized);
  const [first, ...rest] = history.slice(Math.max(0, base));
  const steps: History = [first!, ...rest]; // the slice holds at least the last step
  return steps.map((step) => ({ ref: step.ref, state: settle(step.state) })) as unknown as History; // as many as before
}

/** An endpoint that leaves events out is found by what the contract says of itself. */
async function assertComplete({ ref, state }: Step, { reader, signal }: FollowOptions): Promise<void> {
  const { root, epoch } = await reader.treeRoot(ref.number, signal);
  if (epoch !== state.epoch || root !== state.epochs.at(-1)?.root) throw new HealthpassError('chain-inconsistent', 'events of the registry tree are missing');
}

const refOf = ({ number, hash, time }: Header): BlockRef => ({ number, hash, time });
async function header({ reader, signal }: FollowOptions, number: number): Promise<Header> {
  const [found] = await reader.headers([number], signal);
  return found!; // one number, one header
}
