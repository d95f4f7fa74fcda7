// A process that dies, as its database sees it: at some statement nothing more is said, and what was not committed is gone.
import type { Database, Queryable } from '#server';

export class Died extends Error {}

export type Mortal = { readonly database: Database; readonly isDead: () => boolean; readonly steps: () => number };

/** Dies at a step: before a statement is run, or after it was and before anybody hears of it; commits are steps too. */
export function mortal(database: Database, dieAt: number, die: () => 'dies' | 'lives' = () => 'dies'): Mortal {
  let steps = 0;
  let dead = false;
  const step = () => {
    if (++steps === dieAt) {
      dead = die() === 'dies';
    }
    if (dead) throw new Died();
  };
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    step();
    const result = await work();
    step();
    return result;
  };
  const wrap = (on: Queryable): Queryable => ({ query: (sql, parameters) => around(() => on.query(sql, parameters)) });
  return {
    isDead: () => dead,
    steps: () => steps,
    database: { ...database, ...wrap(database), transaction: (work) => around(() => database.transaction((tx) => work(wrap(tx)))) },
  };
}
