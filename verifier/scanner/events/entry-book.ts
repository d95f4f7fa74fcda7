// Who entered, for the worker that decides: the lane of an event of the service, or of this device alone.
import type { FieldElement } from '#passport';
import { openLaneTable } from './indexed-table.ts';
import { findLane, forgetOver, laneKey, listLanes, saveLane, type LaneSetup } from './lane-list.ts';
import type { LaneTable } from './lane-table.ts';
import { createLane, type Claimed, type Lane } from './lane.ts';
import { sendReport } from './send.ts';

/** Milliseconds that a person waits at the door for what the other lanes say. */
const PATIENCE = 250;
const SYNC_EVERY = 15_000;

const now = () => Math.floor(Date.now() / 1000);

export const openLane = (table: LaneTable, setup: LaneSetup): Lane => createLane({
  table, event: laneKey(setup), name: setup.lane, now,
  send: setup.event === undefined ? undefined : (report) => sendReport(setup.event!, report),
  patience: () => new Promise((resolve) => setTimeout(resolve, PATIENCE)),
  newLane: () => crypto.randomUUID(),
});

/** Seconds after which an event that nobody but this device looks after is over: its day, anywhere on Earth. */
const OWN_LASTS = 3 * 86_400;

export function createEntryBook() {
  const table = openLaneTable();
  const lanes = new Map<string, Lane>();
  // The others are heard while nobody comes by, too.
  setInterval(() => void table.then(syncLanes), SYNC_EVERY);
  return {
    /** Of an event that no lane was set up for, this device knows its own entries and no others: it is never sure. */
    async claim(scope: FieldElement, nullifier: FieldElement, event: string): Promise<Claimed> {
      const opened = await table;
      const known = await findLane(opened, scope.toString(16));
      const setup = known ?? { event: undefined, name: event, lane: '', scopes: [scope.toString(16)], endsAt: now() + OWN_LASTS };
      if (!known) await saveLane(opened, setup);
      const key = laneKey(setup);
      const lane = lanes.get(key) ?? openLane(opened, setup);
      lanes.set(key, lane);
      const claimed = await lane.claim(scope.toString(16), nullifier.toString(16));
      return claimed.first && setup.event === undefined ? { first: true, sure: false } : claimed;
    },
  };
}

/** Tells and hears on behalf of every lane of this device, and forgets what is over. A lane that cannot be told is told later. */
async function syncLanes(table: LaneTable): Promise<void> {
  await forgetOver(table, now());
  for (const setup of await listLanes(table)) await openLane(table, setup).sync().catch(() => undefined);
}
