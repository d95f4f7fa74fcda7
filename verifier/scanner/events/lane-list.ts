// The events for which this device is a lane. What was kept of an event goes when it is over.
import type { LaneTable } from './lane-table.ts';

export type LaneSetup = {
  /** The event of the service; undefined for one that this device alone looks after. */
  readonly event: string | undefined;
  readonly name: string;
  readonly lane: string;
  /** In hex, one a day. */
  readonly scopes: readonly string[];
  readonly endsAt: number;
};

const prefix = 'lane/';
const keyOf = (setup: Pick<LaneSetup, 'event' | 'scopes'>): string => setup.event ?? `own-${setup.scopes[0] ?? ''}`;

/** What is kept of a lane stands under this name. */
export const laneKey = keyOf;

export const listLanes = (table: LaneTable): Promise<LaneSetup[]> => table.change(async (change) => (await change.list(prefix, 1000)) as LaneSetup[]);
export const saveLane = (table: LaneTable, setup: LaneSetup): Promise<unknown> => table.change((change) => change.put(prefix + keyOf(setup), setup));
export const findLane = async (table: LaneTable, scope: string): Promise<LaneSetup | undefined> => (await listLanes(table)).find(({ scopes }) => scopes.includes(scope));

/** Forgets a lane with all that it knows. */
export const removeLane = (table: LaneTable, setup: LaneSetup): Promise<void> =>
  table.change(async (change) => {
    const own = keyOf(setup);
    await change.remove(prefix + own);
    await change.removeAll(`${own}/`);
  });

export async function forgetOver(table: LaneTable, now: number): Promise<void> {
  for (const setup of await listLanes(table)) if (setup.endsAt <= now) await removeLane(table, setup);
}
