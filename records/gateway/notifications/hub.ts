// One look at the database for all streams of this process: whoever listens is woken with what is new for his ears.
import { setTimeout as sleep } from 'node:timers/promises';
import { audienceText, type KeptNotice, type Notices } from './notices.ts';

type Listener = { readonly audiences: ReadonlySet<string>; readonly hear: (notice: KeptNotice) => void };

/** @param poll milliseconds */
export function createHub(notices: Notices, poll: number, onTrouble: () => void) {
  const listeners = new Set<Listener>();
  let seen = new Set<number>();
  let isRunning = false;

  async function look(): Promise<void> {
    const newest = await notices.newest();
    const fresh = newest.filter(({ id }) => !seen.has(id));
    seen = new Set(newest.map(({ id }) => id));
    for (const { audience, notice } of fresh) {
      const ears = [...listeners].filter(({ audiences }) => audiences.has(audience));
      if (ears.length === 0) continue;
      const told = await notice();
      for (const { hear } of ears) hear(told);
    }
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (listeners.size > 0) {
      await look().catch(onTrouble);
      await sleep(poll);
    }
    isRunning = false;
  }

  return {
    /** Until the function that is given back is called. */
    listen(audiences: readonly Uint8Array[], hear: (notice: KeptNotice) => void): () => void {
      const listener = { audiences: new Set(audiences.map(audienceText)), hear };
      listeners.add(listener);
      if (!isRunning) void run();
      return () => void listeners.delete(listener);
    },
  };
}
