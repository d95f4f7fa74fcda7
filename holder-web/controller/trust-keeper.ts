// When trust data are fetched: at random times while the wallet is open, and never because or while something is shown, so that nobody who
// sees the request learns of a presentation. After it, signatures of issuers with a new key.
import { HealthpassError, parseJson, type UnixSeconds } from '#passport';
import { peopleOf, walletOf } from '#wallet/people.ts';
import { refreshSignatures, type IssuerSource } from '#wallet/refresh.ts';
import type { Session } from './door.ts';
import { failureOf, type Failure } from './failure.ts';
import { fetchTrust } from './fetch-trust.ts';
import { createCell, type Observable } from './observable.ts';
import type { WalletPlatform } from './platform.ts';
import { SETTINGS } from './settings.ts';
import type { TrustAge } from './states.ts';
import { TRUST, type KeptTrust } from './trust-record.ts';

/** Seconds between fetches, on average, and how far each is from that. */
const EVERY = 3600;
const SPREAD = 0.4;
/** The first fetch after opening, where one is due: not at once, for opening is mostly followed by showing. */
const FIRST = { least: 20, most: 120 };
/** While something is shown, a fetch that is due waits this long. */
const POSTPONED = { least: 60, most: 240 };
const AFTER_FAILURE = { least: 120, most: 600 };
/** Older than verifiers commonly take. */
const OLD = 86_400;

export type TrustKeeper = {
  readonly status: Observable<{ readonly isFetching: boolean; readonly failure: Failure | undefined }>;
  /** Begins with a session. */
  readonly begin: (session: Session) => Promise<void>;
  /** Fetches now. Trust data that are there and young enough for `maxAge` seconds will do. @throws nothing: the status says what went wrong */
  readonly refresh: (session: Session, maxAge?: number) => Promise<KeptTrust | undefined>;
};

export type TrustKeeperDeps = { readonly isShowing: () => boolean; readonly onChange: () => void };

export function createTrustKeeper(platform: WalletPlatform, { isShowing, onChange }: TrustKeeperDeps): TrustKeeper {
  const { now, random, timers, tabs } = platform;
  const status = createCell<{ readonly isFetching: boolean; readonly failure: Failure | undefined }>({ isFetching: false, failure: undefined });
  let running: Promise<KeptTrust | undefined> | undefined;
  const between = ({ least, most }: { least: number; most: number }) => least + random() * (most - least);

  function schedule(session: Session, seconds: number): void {
    const cancel = timers.after(seconds, () => void tick(session));
    session.ended.addEventListener('abort', cancel, { once: true });
  }

  async function tick(session: Session): Promise<void> {
    if (session.ended.aborted) return;
    if (isShowing()) return schedule(session, between(POSTPONED));
    await refresh(session, EVERY * (1 - SPREAD));
    if (!session.ended.aborted) schedule(session, status.get().failure ? between(AFTER_FAILURE) : EVERY * (1 + SPREAD * (2 * random() - 1)));
  }

  const refresh: TrustKeeper['refresh'] = (session, maxAge = 0) => (running ??= run(session, maxAge).finally(() => (running = undefined)));

  async function run({ wallet, ended }: Session, maxAge: number): Promise<KeptTrust | undefined> {
    try {
      const kept = await wallet.read(TRUST);
      if (kept && maxAge > 0 && now() - kept.fetchedAt < maxAge && now() >= kept.fetchedAt) return kept; // another tab has fetched
      status.set({ isFetching: true, failure: undefined });
      const bundle = await fetchTrust(platform, kept?.bundle);
      const fresh: KeptTrust = { bundle, fetchedAt: now() };
      await wallet.change(({ write }) => write(TRUST, fresh));
      await renewSignatures(platform, wallet, fresh);
      status.set({ isFetching: false, failure: undefined });
      tabs.tell('changed');
      return fresh;
    } catch (error) {
      const failure = failureOf(error, () => status.set({ isFetching: false, failure: undefined }));
      status.set({ isFetching: false, failure: ended.aborted ? undefined : failure });
      return undefined;
    } finally {
      onChange();
    }
  }

  return {
    status, refresh,
    async begin(session) {
      const kept = await session.wallet.read(TRUST).catch((error: unknown) => {
        failureOf(error); // locked at once, or damaged, which whoever reads the holdings says too
        return undefined;
      });
      if (session.ended.aborted) return;
      if (!kept) return tick(session);
      const due = kept.fetchedAt + EVERY - now();
      schedule(session, due > 0 && due <= EVERY ? due * (1 + SPREAD * (random() - 0.5)) : between(FIRST));
    },
  };
}

/** For every person, from where each issuer was reached when it gave the credential. */
async function renewSignatures({ fetch }: WalletPlatform, wallet: Session['wallet'], { bundle: { trust } }: KeptTrust): Promise<void> {
  const { issuers } = await wallet.read(SETTINGS);
  const source: IssuerSource = {
    async resignatures(did, list, block) {
      const url = issuers[did];
      if (url === undefined) throw new HealthpassError('service-unavailable', 'it is not known where the issuer is reached', { field: 'issuer' });
      const answer = await fetch(`${url.replace(/\/$/, '')}/resignatures/${list}/${block}`, { method: 'GET', headers: { accept: 'application/json' }, redirect: 'error' });
      if (answer.status !== 200) throw new HealthpassError('service-unavailable', 'the issuer does not give new signatures', { field: 'issuer' });
      return parseJson(await answer.text(), { maxBytes: 5_000_000 });
    },
  };
  for (const { id } of await peopleOf(wallet)) await refreshSignatures(walletOf(wallet, id), source, trust);
}

export function ageOf(kept: KeptTrust | undefined, { isFetching, failure }: { readonly isFetching: boolean; readonly failure: Failure | undefined }, now: UnixSeconds): TrustAge {
  if (!kept) return { name: 'none', syncedAt: undefined, isFetching, failure };
  const { syncedAt, finalized } = kept.bundle.trust;
  // What is older counts: when the chain was last read, or the block that it rests on.
  const isOld = now - Math.min(syncedAt, finalized.time) > OLD;
  return { name: isOld ? 'old' : 'fresh', syncedAt, isFetching, failure };
}
