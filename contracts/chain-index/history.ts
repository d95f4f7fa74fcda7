// What the chain of issuers had added up to by the end of each block, from the finalised one to the newest; taken back when the chain takes blocks back.
import { HealthpassError } from '#passport/errors.ts';
import type { BlockRef } from '#passport/trust.ts';
import type { SystemEvent } from './events.ts';
import { readOn, type Block, type FollowOptions, type KnownBlocks } from './follow.ts';
import type { ChainReader } from './reader.ts';
import { applyEvent, EMPTY_STATE, settle, type ChainState } from './state.ts';

/** What the chain had added up to by the end of a block. */
export type Step = { readonly ref: BlockRef; readonly state: ChainState };
/** The first step is final, the last is the newest; the blocks between are all there. */
export type History = readonly [Step, ...Step[]];

export type HistoryOptions = FollowOptions<SystemEvent> & {
  readonly reader: ChainReader;
  /** Unix time before which roots are of no use. */
  readonly horizon: number;
};
export type Followed = {
  readonly history: History;
  readonly events: number;
  readonly reorganised: boolean;
  /** The endpoints are on the same chain and know less of it. */
  readonly behind: boolean;
};

/**
 * Brings a history up to date, or begins one.
 * @throws HealthpassError `chain-unavailable`, `chain-inconsistent`; then the old history still stands
 */
export async function follow(before: History | undefined, options: HistoryOptions): Promise<Followed> {
  const { kept, start, finalized, isBehind, pages } = await readOn(before?.map(({ ref }) => ref) as unknown as KnownBlocks | undefined, options); // as many as before
  if (before && isBehind) return { history: before, events: 0, reorganised: false, behind: true };
  let steps: readonly Step[] = before && kept > 0 ? before.slice(0, kept) : [{ ref: start, state: EMPTY_STATE }];
  let events = 0;
  for await (const { isFar, blocks } of pages) {
    const last = steps.at(-1)!; // there is one from the start
    // What is far back is counted together, and hashed once.
    const next = stepsAfter(isFar ? last.state : settle(last.state), blocks, options.horizon);
    steps = isFar ? [next.at(-1) ?? last] : [...steps.slice(0, -1), { ref: last.ref, state: settle(last.state) }, ...next];
    events += blocks.reduce((sum, block) => sum + block.events.length, 0);
  }
  const history = forgetFinal(steps, finalized);
  await assertComplete(history.at(-1)!, options);
  return { history, events, reorganised: before !== undefined && kept < before.length, behind: false };
}

function stepsAfter(before: ChainState, blocks: readonly Block<SystemEvent>[], horizon: number): Step[] {
  let state = before;
  return blocks.map(({ ref, events }) => {
    state = events.reduce((sum, event) => applyEvent(sum, event, { block: ref.number, time: ref.time }, horizon), state);
    return { ref, state };
  });
}

/** The final step becomes the first. */
function forgetFinal(steps: readonly Step[], finalized: number): History {
  const base = steps.findLastIndex(({ ref }) => ref.number <= finalized);
  return steps.slice(Math.max(0, base)).map(({ ref, state }) => ({ ref, state: settle(state) })) as unknown as History; // the slice holds at least the last step
}

/** An endpoint that leaves events out is found by what the contract says of itself. */
async function assertComplete({ ref, state }: Step, { reader, signal }: HistoryOptions): Promise<void> {
  const { root, epoch } = await reader.treeRoot(ref.number, signal);
  if (epoch !== state.epoch || root !== state.epochs.at(-1)?.root) throw new HealthpassError('chain-inconsistent', 'events of the registry tree are missing');
}
