// Keeps the processes of one issuer from writing to the chain side by side. What a crash leaves is let go of by the system that holds it. The
// lock spares them from fighting; that they cannot harm each other is the journal's doing.
import { createHash } from 'node:crypto';
import { pauseFor } from '#contracts/chain-index/repeating.ts';
import { tryLock, type Database } from '#server';

/** Held until `release`, or until it was lost: then `isHeld` says so. */
export type HeldLock = { readonly isHeld: () => boolean; readonly release: () => Promise<void> };
/** @returns undefined while another process has it */
export type WriterLock = () => Promise<HeldLock | undefined>;

/** For processes of one machine. */
export const createFileLock = (path: string): WriterLock => async () => {
  const release = tryLock(path);
  return release && { isHeld: () => true, release: async () => release() };
};

/** Milliseconds between two signs of life: a database may end transactions in which nothing happens. */
const HEARTBEAT = 5_000;

/** For processes that share a PostgreSQL database: a transaction of its own holds an advisory lock. Not for PGlite, which has one connection. */
export const createAdvisoryLock = (database: Database, name: string): WriterLock => () => new Promise((answer, fail) => {
  const number = createHash('sha256').update(`healthpass writer ${name}`).digest().readBigInt64BE(0).toString();
  const releasing = new AbortController();
  let held = false;
  const ended = database.transaction(async (tx) => {
    const [row] = await tx.query<{ taken: boolean }>('SELECT pg_try_advisory_xact_lock($1::int8) AS taken', [number]);
    if (!row!.taken) return answer(undefined);
    held = true;
    answer({ isHeld: () => held, release: async () => (releasing.abort(), ended) });
    while (!releasing.signal.aborted) {
      await pauseFor(HEARTBEAT, releasing.signal);
      await tx.query('SELECT 1');
    }
  }).catch((error: unknown) => { if (!held) fail(error); }).finally(() => (held = false));
});
