// Following a chain, whatever its contracts say: what is final and far back by its events, then block by block, each the child of the one before;
// and which of the blocks that were known the chain has still. Indexes make of it what they keep. Browser-safe.
import { HealthpassError } from '#passport/errors.ts';
import type { BlockRef } from '#passport/trust.ts';
import type { RawLog } from './events.ts';
import type { BlockReader, Header } from './reader.ts';

export type Block<Event> = { readonly ref: BlockRef; readonly events: readonly Event[] };
/** A final block, and all that were read after it. */
export type KnownBlocks = readonly [BlockRef, ...BlockRef[]];

export type FollowOptions<Event> = {
  readonly reader: BlockReader;
  readonly readEvent: (log: RawLog) => Event | undefined;
  /** The block before the first one of the contracts. */
  readonly origin: number;
  readonly signal?: AbortSignal | undefined;
};

export type Reading<Event> = {
  /** How many of the known blocks are on the chain still, from the first on; none where it is read from the origin. */
  readonly kept: number;
  /** What is read comes after it. */
  readonly start: BlockRef;
  readonly finalized: number;
  /** The endpoints are on the same chain and know less of it. */
  readonly isBehind: boolean;
  /** Far pages come first: they are final, their blocks are those with events, and the last one is where block by block begins. */
  readonly pages: AsyncGenerator<{ readonly isFar: boolean; readonly blocks: readonly Block<Event>[] }>;
};

/** Blocks that are read one by one; what is final and farther back is read by its events only. */
const CLOSE = 256;
const MAX_UNFINAL = 50_000;

/** What the chain has beyond what is known. @throws HealthpassError `chain-unavailable`, `chain-inconsistent`, also while pages are read */
export async function readOn<Event>(known: KnownBlocks | undefined, options: FollowOptions<Event>): Promise<Reading<Event>> {
  const { finalized, latest } = await options.reader.heads(options.signal);
  if (latest < options.origin) throw new HealthpassError('chain-inconsistent', 'the chain is younger than the contracts on it');
  const kept = known ? await stillThere(known, latest, options) : 0;
  const start = refOf(known?.[kept - 1] ?? (await headerOf(options, options.origin)));
  return { kept, start, finalized, isBehind: latest < start.number, pages: pagesAfter(start, finalized, latest, options) };
}

/** How many of the known blocks: all of them, the final one, or none. */
async function stillThere(known: KnownBlocks, latest: number, options: FollowOptions<unknown>): Promise<number> {
  const [final] = known;
  // Nothing that was final is given up because endpoints are behind: that would forget revocations.
  if (latest < final.number) throw new HealthpassError('chain-unavailable', 'the chain endpoints are behind what was final before');
  const newest = known[Math.min(known.length - 1, latest - final.number)]!; // one a block
  if ((await headerOf(options, newest.number)).hash === newest.hash) return known.length;
  return (await headerOf(options, final.number)).hash === final.hash ? 1 : 0;
}

async function* pagesAfter<Event>(start: BlockRef, finalized: number, latest: number, options: FollowOptions<Event>): Reading<Event>['pages'] {
  let tip = start;
  if (finalized - start.number > CLOSE) {
    for await (const { logs } of options.reader.logs(start.number + 1, finalized, options.signal)) {
      const byBlock = Map.groupBy(logs, ({ block }) => block);
      const headers = await options.reader.headers([...byBlock.keys()], options.signal);
      yield { isFar: true, blocks: headers.map((header) => blockOf(header, byBlock.get(header.number)!, options)) };
    }
    tip = refOf(await headerOf(options, finalized));
    yield { isFar: true, blocks: [{ ref: tip, events: [] }] };
  }
  yield { isFar: false, blocks: await readBlocks(tip, latest, options) };
}

async function readBlocks<Event>(tip: BlockRef, latest: number, options: FollowOptions<Event>): Promise<Block<Event>[]> {
  const count = latest - tip.number;
  if (count <= 0) return [];
  if (count > MAX_UNFINAL) throw new HealthpassError('chain-unavailable', 'the chain has finalised nothing for too long');
  const headers = await options.reader.headers(Array.from({ length: count }, (_, i) => tip.number + 1 + i), options.signal);
  const byBlock = new Map<number, RawLog[]>();
  for await (const { logs } of options.reader.logs(tip.number + 1, latest, options.signal)) for (const log of logs) byBlock.set(log.block, [...(byBlock.get(log.block) ?? []), log]);
  headers.forEach((header, i) => {
    // What comes before the contracts does not matter; an anvil that loads its state makes itself another first block.
    const parent = i === 0 ? tip : headers[i - 1]!;
    if (header.parent !== parent.hash && parent.number !== options.origin) throw new HealthpassError('chain-unavailable', 'the chain changed while it was read');
  });
  return headers.map((header) => blockOf(header, byBlock.get(header.number) ?? [], options));
}

function blockOf<Event>(header: Header, logs: readonly RawLog[], { readEvent }: FollowOptions<Event>): Block<Event> {
  if (logs.some(({ blockHash }) => blockHash !== header.hash)) throw new HealthpassError('chain-inconsistent', 'a log is of a block that is not on the chain');
  return { ref: refOf(header), events: logs.map(readEvent).filter((event) => event !== undefined) };
}

const refOf = ({ number, hash, time }: BlockRef): BlockRef => ({ number, hash, time });
async function headerOf({ reader, signal }: FollowOptions<unknown>, number: number): Promise<Header> {
  const [found] = await reader.headers([number], signal);
  return found!; // one number, one header
}
