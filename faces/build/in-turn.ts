// One build at a time, over all processes: who comes second waits, and finds it done. A folder is made by one process alone; one that was left
// behind by a process that ended is taken over.
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const LOOK_EVERY = 100;
/** Milliseconds after which nobody is building any more. */
const LONGEST_BUILD = 180_000;

export async function inTurn<T>(lock: string, task: () => Promise<T>): Promise<T> {
  await mkdir(dirname(lock), { recursive: true });
  while (!(await isTaken(lock))) {
    const since = await stat(lock).then(({ mtimeMs }) => mtimeMs, () => Date.now());
    if (Date.now() - since > LONGEST_BUILD) await rm(lock, { recursive: true, force: true });
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  try {
    return await task();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

const isTaken = (lock: string): Promise<boolean> => mkdir(lock).then(() => true, () => false);
