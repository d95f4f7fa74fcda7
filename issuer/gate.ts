// Lets issuing go on side by side, and stops it while a key changes hands.
export type Gate = {
  /** Runs work that may not overlap with a pause. */
  readonly pass: <T>(work: () => Promise<T>) => Promise<T>;
  /** Waits for what is under way, then runs work alone. */
  readonly pause: <T>(work: () => Promise<T>) => Promise<T>;
};

export function createGate(): Gate {
  const under = new Set<Promise<unknown>>();
  let closed: Promise<unknown> = Promise.resolve();
  return {
    async pass(work) {
      for (let seen: Promise<unknown> | undefined; seen !== closed;) await (seen = closed);
      const job = work();
      const settled = job.catch(() => {});
      under.add(settled);
      void settled.then(() => under.delete(settled));
      return job;
    },
    pause(work) {
      const job = closed.then(async () => {
        await Promise.all(under);
        return work();
      });
      closed = job.catch(() => {});
      return job;
    },
  };
}
