// Following the care contracts: what is final adds up in one book; blocks that are not final yet are kept with their events, and taken back when the
// chain takes them back. Browser-safe.
import type { BlockRef } from '#passport/trust.ts';
import { readOn, type Block, type FollowOptions, type KnownBlocks } from '../chain-index/follow.ts';
import { createBook, sinkBook, writeEvent, type CareBook } from './book.ts';
import type { CareEvent } from './events.ts';

type Step = Block<CareEvent>;
export type FinalBook = { readonly ref: BlockRef; readonly book: CareBook };
/** The final block and its book, the blocks after it, and what all of them add up to. */
export type Followed = { readonly final: FinalBook; readonly recent: readonly Step[]; readonly view: CareBook };

export type Outcome = {
  readonly followed: Followed;
  readonly events: readonly CareEvent[];
  /** Those of blocks that are not on the chain any more. */
  readonly undone: readonly CareEvent[];
  readonly reorganised: boolean;
  /** The endpoints are on the same chain and know less of it. */
  readonly behind: boolean;
};

export const newestOf = ({ final, recent }: Pick<Followed, 'final' | 'recent'>): BlockRef => (recent.at(-1) ?? final).ref;

/**
 * Brings what is known up to date, or begins.
 * @throws HealthpassError `chain-unavailable`, `chain-inconsistent`; then what was known still stands
 */
export async function followCare(before: Followed | undefined, options: FollowOptions<CareEvent>): Promise<Outcome> {
  const known: KnownBlocks | undefined = before && [before.final.ref, ...before.recent.map(({ ref }) => ref)];
  const { kept, start, finalized, isBehind, pages } = await readOn(known, options);
  if (before && isBehind) return { followed: before, events: [], undone: [], reorganised: false, behind: true };
  const base: FinalBook = before && kept > 0 ? before.final : { ref: start, book: createBook() };
  let { ref } = base;
  // Nothing changes in the book unless all that was read makes sense.
  const draft = createBook(base.book);
  const steps: Step[] = before?.recent.slice(0, Math.max(0, kept - 1)) ?? [];
  const events: CareEvent[] = [];
  const settle = (count: number) => {
    const done = steps.splice(0, count);
    write(draft, done);
    ref = done.at(-1)?.ref ?? ref;
  };
  for await (const { isFar, blocks } of pages) {
    events.push(...eventsOf(blocks));
    steps.push(...blocks);
    if (isFar) settle(steps.length);
  }
  settle(steps.filter((step) => step.ref.number <= finalized).length);
  write(createBook(draft), steps);
  sinkBook(draft);
  const reorganised = before !== undefined && kept < 1 + before.recent.length;
  return { followed: followedFrom({ ref, book: base.book }, steps), events, undone: reorganised ? eventsOf(before.recent) : [], reorganised, behind: false };
}

/** What a final book and the blocks after it add up to. */
export const followedFrom = (final: FinalBook, recent: readonly Step[] = []): Followed => ({ final, recent, view: write(createBook(final.book), recent) });

const eventsOf = (steps: readonly Step[]): CareEvent[] => steps.flatMap(({ events }) => events);

function write(book: CareBook, steps: readonly Step[]): CareBook {
  for (const { events } of steps) for (const event of events) writeEvent(book, event);
  return book;
}
