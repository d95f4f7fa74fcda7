// Rows that a worker holds while it works on them. A lease is short and renewed; that of a worker that died runs out by itself.
import type { CampaignStore, Lease, LeasedRow } from './store.ts';

export type Leases = {
  readonly worker: string;
  /** Leases rows of a state and works on them. Answers whether there were any. What `work` throws gives them back. */
  readonly page: (campaign: string, state: 'new' | 'ready', count: number, work: (rows: readonly LeasedRow[], lease: Lease) => Promise<void>) => Promise<boolean>;
};

/** Milliseconds. */
export const LEASE_LENGTH = 15_000;
/** Campaigns of which the place is remembered. */
const KEPT = 100;

export function createLeases(store: CampaignStore, worker: string, length = LEASE_LENGTH): Leases {
  /** Where the next page begins: what lies before is done, and old versions of its rows lie about until the database sweeps. */
  const places = new Map<string, number>();
  return {
    worker,
    async page(campaign, state, count, work) {
      const lease = { campaign, worker };
      const place = `${state} ${campaign}`;
      const at = Date.now();
      const rows = await store.lease(lease, state, count, { now: at, until: at + length, after: places.get(place) ?? -1 });
      if (rows.length === 0) return false;
      if (places.size >= KEPT) places.clear();
      places.set(place, rows.at(-1)!.row);
      const timer = setInterval(() => void store.extend(lease, Date.now() + length).catch(() => {}), length / 3); // one that fails is tried again before it matters
      try {
        await work(rows, lease);
        return true;
      } catch (error) {
        places.delete(place);
        await store.release(lease).catch(() => {}); // the lease runs out by itself
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
  };
}
