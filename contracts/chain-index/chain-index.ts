// The local index of the chain: follows it through several endpoints that are not trusted, recomputes every root, and says how old
// what it knows is. Browser-safe.
import { HealthpassError } from '#passport/errors.ts';
import type { UnixSeconds } from '#passport/time.ts';
import type { BlockRef, TrustState } from '#passport/trust.ts';
import type { Deployment } from '../deployment.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { createEventReader } from './events.ts';
import { follow, type History } from './history.ts';
import { createKeyReader } from './keys.ts';
import { quorumOf, type EndpointsOptions } from './quorum.ts';
import { createReader } from './reader.ts';
import { repeat, type Repeating } from './repeating.ts';
import { trustStateOf, type Knowledge } from './snapshot.ts';
import { unsoundLists } from './state.ts';

/** Keeps the finalised state between runs. Not trusted either: what it gives is checked against the chain. */
export type CheckpointStore = { readonly load: () => Promise<unknown>; readonly save: (checkpoint: unknown) => Promise<void> };

export type ChainIndexOptions = EndpointsOptions & {
  readonly deployment: Deployment;
  readonly store?: CheckpointStore;
  /** Unix time. */
  readonly now?: () => number;
  /** Seconds that roots are kept for: more than the longest freshness of any policy. */
  readonly history?: number;
  /** Whether to read the keys of issuers' DID documents, which only credentials shown openly need. */
  readonly keys?: boolean;
};

export type SyncReport = { readonly finalized: BlockRef; readonly latest: BlockRef; readonly events: number; readonly reorganised: boolean };

export type ChainIndex = {
  /** Brings the index up to date. On an error what was known stays, and grows old. @throws HealthpassError `chain-unavailable`, `chain-inconsistent` */
  readonly sync: (signal?: AbortSignal) => Promise<SyncReport>;
  /**
   * What was known at the last sync.
   * @throws HealthpassError `no-trust-data` before the first; `chain-inconsistent` while a status root does not match its words
   */
  readonly snapshot: () => TrustState;
  /** Lists of active issuers whose published root is not that of their words: their issuers must correct it, or governance suspend them. */
  readonly unsoundLists: () => readonly number[];
  /** Syncs until aborted. Failures are reported and tried again. */
  readonly follow: (options: Repeating<SyncReport>) => Promise<void>;
};

const DAYS = 24 * 3600;

/** @throws HealthpassError `configuration-invalid` */
export function createChainIndex(options: ChainIndexOptions): ChainIndex {
  const { deployment, store, now = () => Date.now() / 1000, history: kept = 8 * DAYS, keys: withKeys = true } = options;
  const quorum = quorumOf(options);
  const reader = createReader(quorum, deployment);
  const keyReader = createKeyReader(quorum, reader, deployment);
  const readEvent = createEventReader(deployment);
  let known: Knowledge | undefined;
  let cached: TrustState | undefined;
  let running: { readonly report: Promise<SyncReport>; readonly signal: AbortSignal | undefined } | undefined;

  const followFrom = (before: History | undefined, signal?: AbortSignal) =>
    follow(before, { reader, readEvent, origin: Math.max(0, deployment.block - 1), horizon: now() - kept, signal });

  /** From what is known, else from the checkpoint. One that leads nowhere is worth nothing: the chain is read from the start then. */
  const advance = async (signal?: AbortSignal) => {
    if (known || !store) return followFrom(known?.history, signal);
    const step = decodeCheckpoint(await store.load(), deployment);
    try {
      return await followFrom(step && [step], signal);
    } catch (error) {
      if (step && error instanceof HealthpassError && error.code === 'chain-inconsistent') return followFrom(undefined, signal);
      throw error;
    }
  };

  const syncOnce = async (signal?: AbortSignal): Promise<SyncReport> => {
    const { history, events, reorganised, behind } = await advance(signal);
    const [final, newest] = [history[0], history.at(-1)!];
    if (behind && known) return { finalized: final.ref, latest: newest.ref, events, reorganised };
    if (reorganised) keyReader.forget();
    const identities = [...newest.state.issuers.values()].map((issuer) => issuer.identity);
    const keys = withKeys ? await keyReader.read(identities, newest.ref.number, signal) : new Map<string, undefined>();
    const saved = known?.history[0].state;
    known = { history, keys, syncedAt: Math.floor(now()) as UnixSeconds };
    cached = undefined;
    if (store && saved !== final.state && final.state.unsound.size === 0) await store.save(encodeCheckpoint(final, deployment));
    return { finalized: final.ref, latest: newest.ref, events, reorganised };
  };

  const index: ChainIndex = {
    sync(signal) {
      // Who asks meanwhile shares the answer, unless somebody else may break it off.
      if (running && running.signal === signal) return running.report;
      const before = running?.report.catch(() => undefined);
      const mine = { signal, report: (before ?? Promise.resolve()).then(() => syncOnce(signal)).finally(() => { if (running === mine) running = undefined; }) };
      running = mine;
      return mine.report;
    },
    unsoundLists: () => (known ? unsoundLists(known.history.at(-1)!.state) : []),
    snapshot() {
      if (!known) throw new HealthpassError('no-trust-data', 'the chain was not read yet');
      for (const { state } of [known.history[0], known.history.at(-1)!]) {
        if (unsoundLists(state).length > 0) throw new HealthpassError('chain-inconsistent', 'a status root does not match the words of its list', { field: 'lists' });
      }
      return (cached ??= trustStateOf(known, deployment));
    },
    follow: (options) => repeat(index.sync, options),
  };
  return index;
}
