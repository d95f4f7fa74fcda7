// The trust data that verdicts rest on: read from this device at once, fetched anew in the background. Whatever they come from, every root is
// computed again, and the key that proofs are checked by is the one this app was built with: a store that was written to is refused.
import { isHealthpassError, parseJson, parseTrustBundle, type Policy, type TrustBundle } from '#passport';
import verifyingKey from '#circuits/artifacts/verification_key.json' with { type: 'json' };
import type { BundleStore } from './bundle-store.ts';
import { createClockWatch, type Times } from './clock.ts';
import type { TrustReport } from './report.ts';

const MOST_BYTES = 64 * 1024 * 1024;
/** Milliseconds between fetches, and after one that failed. */
export const REFRESH_EVERY = { reached: 60_000, failed: 15_000 } as const;

/** What the service answered. */
export type FetchedBundle = { readonly text: string; /** Unix seconds, of its `Date` header. */ readonly serviceTime: number | undefined };

export type KeeperDeps = Times & {
  readonly store: BundleStore;
  /** Rejects when the service is out of reach. */
  readonly fetchBundle: () => Promise<FetchedBundle>;
  readonly onChange: (report: TrustReport) => void;
};
export type TrustKeeper = {
  /** Undefined while there are none. */
  readonly bundle: () => TrustBundle | undefined;
  readonly report: () => TrustReport;
  /** Reads what is kept here. */
  readonly load: () => Promise<void>;
  /** Fetches newer data. @returns whether the service was reached */
  readonly refresh: () => Promise<boolean>;
};

export function createTrustKeeper({ store, fetchBundle, onChange, wall, steady }: KeeperDeps): TrustKeeper {
  const clock = createClockWatch({ wall, steady });
  let held: TrustBundle | undefined;
  let data: TrustReport['data'] = 'loading';
  let connection: TrustReport['connection'] = 'unknown';
  let fetching: Promise<boolean> | undefined;
  const report = (): TrustReport => ({ data, connection, clock: clock.state(), finalizedAt: held?.trust.finalized.time, syncedAt: held?.trust.syncedAt });
  const tell = () => onChange(report());

  async function refresh(): Promise<boolean> {
    try {
      const { text, serviceTime } = await fetchBundle();
      connection = 'online';
      if (serviceTime !== undefined) clock.compare(serviceTime);
      const fetched = readBundle(text);
      if (!held || !isOlder(fetched, held)) {
        held = fetched;
        data = 'ready';
        // A full disk keeps nothing, and decides nothing.
        await store.keep({ text, fetchedAt: Math.floor(wall() / 1000) }).catch(() => undefined);
      }
    } catch (error) {
      // An answer that does not hold together is no answer: what is at hand goes on counting, and growing old.
      connection = isHealthpassError(error) ? connection : 'offline';
      if (data === 'loading') data = 'none';
    }
    // Whether or not there is a network: turning the clock back and beginning anew must not make old data young.
    if (clock.state().name !== 'wrong') await store.used(Math.floor(wall() / 1000)).catch(() => undefined);
    tell();
    return connection === 'online';
  }

  return {
    bundle: () => held,
    report,
    async load() {
      clock.lastUsed(await store.lastUsed());
      const kept = await store.bundle();
      if (kept && !held) {
        try {
          held = readBundle(kept.text);
          data = 'ready';
        } catch {
          data = 'refused';
          await store.remove();
        }
      } else if (!held) data = 'none';
      tell();
    },
    refresh: () => (fetching ??= refresh().finally(() => (fetching = undefined))),
  };
}

/** @throws HealthpassError `json-malformed`, `bundle-invalid`, `policy-invalid` */
export function readBundle(text: string): TrustBundle {
  const bundle = parseTrustBundle(parseJson(text, { maxBytes: MOST_BYTES }));
  if (!isSameKey(bundle.verifyingKey)) throw new Error('the bundle has another verifying key');
  return bundle;
}

/** Names in JSON have no order that counts. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) => (typeof member === 'object' && member !== null && !Array.isArray(member) ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1))) : member));
const isSameKey = (key: unknown): boolean => canonical(key) === canonical(verifyingKey);

/** A copy of an earlier day, played again, does not bring back what was revoked since. */
const isOlder = (next: TrustBundle, known: TrustBundle): boolean => next.trust.finalized.number < known.trust.finalized.number && next.trust.chainId === known.trust.chainId;

/** Those of the bundle and of this device. A name that the bundle has is the bundle's in every version: no newer one of somebody else speaks for it. */
export const joinPolicies = (bundle: readonly Policy[], own: readonly Policy[]): readonly Policy[] =>
  [...own.filter(({ id }) => !bundle.some((policy) => policy.id === id)), ...bundle];
