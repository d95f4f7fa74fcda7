// Brings checkpoints to the chain, one after the other. It may be killed at any moment: what was taken is sent again under the same number with the same
// root, what was sent is not sent twice, and what stands on chain already is only noted.
import { HealthpassError, type UnixSeconds } from '#passport';
import type { Hex } from '#records/model/audit/index.ts';
import type { Checkpoint, Checkpoints } from './checkpoints.ts';

/** AccessLog, as the gateway's account sees it. */
export type AnchorChain = {
  /** How many roots it has anchored. */
  readonly count: () => Promise<number>;
  readonly rootOf: (sequence: number) => Promise<Hex>;
  /** Resolves when it is mined. */
  readonly append: (sequence: number, root: Hex) => Promise<{ readonly block: number }>;
};

export type AnchorPace = {
  /** Seconds between checkpoints while there are new entries. */
  readonly every: number;
  /** Entries after which there is one at once. */
  readonly most: number;
};
export const ANCHOR_PACE: AnchorPace = { every: 60, most: 500 };

/** @returns a step for `every`: takes a checkpoint when one is due, and anchors what is not anchored. It resolves to the checkpoint that it anchored. */
export function createAnchoring({ checkpoints, chain, pace = ANCHOR_PACE, now }: {
  readonly checkpoints: Checkpoints; readonly chain: AnchorChain; readonly pace?: AnchorPace; readonly now: () => UnixSeconds;
}): () => Promise<Checkpoint | undefined> {
  async function isDue(): Promise<boolean> {
    const last = await checkpoints.last();
    if (!last || last.anchoredAt === null || Math.abs(now() - last.takenAt) >= pace.every) return true; // also when the clock was set back
    return (await checkpoints.pending()) >= pace.most;
  }

  /** @throws HealthpassError `chain-inconsistent`: the chain has another root there, or lacks those before: nothing that this gateway sends could mend it */
  async function anchor({ sequence, root }: Checkpoint): Promise<number | null> {
    const count = await chain.count();
    if (count >= sequence) {
      if ((await chain.rootOf(sequence)) !== root) throw inconsistent('the chain has another anchor than the gateway knows');
      return null;
    }
    if (count < sequence - 1) throw inconsistent('the chain lacks anchors that the gateway has seen there');
    return (await chain.append(sequence, root)).block;
  }

  return async () => {
    const checkpoint = (await isDue()) ? await checkpoints.take(now()) : undefined;
    if (!checkpoint) return undefined;
    const block = await anchor(checkpoint);
    await checkpoints.anchored(checkpoint.sequence, { time: now(), block });
    return checkpoint;
  };
}

const inconsistent = (says: string) => new HealthpassError('chain-inconsistent', says, { field: 'AccessLog' });
