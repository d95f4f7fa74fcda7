// Passes ahead, in the background: for every person and each of their rules, whenever something changed of which they depend, or time goes by.
// One tab does it. Each pass is kept whole or not at all, so whatever ends the work loses at most the one that was being made.
import { isHealthpassError } from '#passport';
import { fitPolicy } from '#wallet/fit.ts';
import { peopleOf, walletOf } from '#wallet/people.ts';
import type { MakingDeps } from '#wallet/make-pass.ts';
import { preparePasses } from '#wallet/prepare.ts';
import { heldCredentials, type Wallet } from '#wallet/wallet.ts';
import type { Door, Session } from './door.ts';
import { failureOf } from './failure.ts';
import { favouritesOf } from './favourites.ts';
import { createCell } from './observable.ts';
import type { WalletPlatform } from './platform.ts';
import { SETTINGS } from './settings.ts';
import type { MakingState } from './states.ts';
import { newestOf, policiesOf, TRUST, type KeptTrust } from './trust-record.ts';
import type { WalletApp } from './wallet-app.ts';

/** Passes ready for each rule and time. */
const COUNT = 2;
/** Seconds after which windows may have moved on, and up to as many more: passes are made at no telling time. */
const AGAIN = { least: 600, more: 600 };
/** Seconds of quiet before work begins: what is on the screen goes first. */
const QUIET = 3;

export type MakingPart = WalletApp['making'] & {
  /** Soon, when it is quiet. */
  readonly startSoon: () => void;
  /** Ends the work under way and lets nothing begin until the returned function is called: somebody waits for a pass. */
  readonly pause: () => () => void;
};

export function createMaking(platform: WalletPlatform, { door, onMade }: { readonly door: Pick<Door, 'session'>; readonly onMade: () => void }): MakingPart {
  const { timers, random, tabs } = platform;
  const cell = createCell<MakingState>({ name: 'idle' });
  let [abort, paused, cancelSoon] = [new AbortController(), 0, () => {}];
  let working: Promise<void> | undefined;

  function startSoon(seconds = QUIET): void {
    cancelSoon();
    cancelSoon = timers.after(seconds, () => void start());
  }

  function start(): Promise<void> {
    const session = door.session.get();
    if (!session || paused > 0) return Promise.resolve();
    return (working ??= run(session).finally(() => {
      working = undefined;
      if (door.session.get()) startSoon(AGAIN.least + random() * AGAIN.more);
    }));
  }

  async function run(session: Session): Promise<void> {
    abort = new AbortController();
    try {
      await tabs.alone('making', () => makeForAll(session));
      cell.set({ name: 'idle' });
    } catch (error) {
      if (!isHealthpassError(error) || !['cancelled', 'wallet-locked', 'person-unknown'].includes(error.code)) cell.set({ name: 'failed', failure: failureOf(error, () => cell.set({ name: 'idle' })) });
      else cell.set({ name: 'idle' });
    }
  }

  async function makeForAll({ wallet }: Session): Promise<void> {
    const kept = await wallet.read(TRUST);
    if (!kept) return; // nothing can be made yet
    for (const { id } of await peopleOf(wallet)) await makeFor(walletOf(wallet, id), id, kept, (await wallet.read(SETTINGS)).favourites[id]);
  }

  async function makeFor(wallet: Wallet, person: string, kept: KeptTrust, chosen: readonly string[] | undefined): Promise<void> {
    const now = platform.now();
    const { trust } = kept.bundle;
    const held = await heldCredentials(wallet);
    const reports = newestOf(await policiesOf(kept)).map((policy) => fitPolicy(held, policy, { trust, now }));
    const favourites = favouritesOf(chosen, reports);
    const preparations = reports.filter(({ policy }) => favourites.includes(policy.id)).map(({ policy }) => ({ policy }));
    let at: MakingState = { name: 'idle' };
    const prover: MakingDeps['prover'] = { prove: (witness) => platform.prover.prove(witness, {
      signal: abort.signal, onDownload: (done, total) => cell.set({ name: 'downloading', done, total }), onStep: () => cell.set(at),
    }) };
    await preparePasses(wallet, preparations, COUNT, {
      trust, now, prover, signal: abort.signal, onMade, onNext: (policy, made, of) => cell.set(at = { name: 'making', person, policy: policy.id, made, of }),
    });
  }

  door.session.subscribe((session) => {
    cancelSoon();
    abort.abort();
    if (session) startSoon();
    else cell.set({ name: 'idle' });
  });

  return {
    ...cell, start,
    startSoon: () => startSoon(),
    cancel() {
      cancelSoon();
      abort.abort();
    },
    pause() {
      paused++;
      abort.abort();
      let isOver = false;
      return () => {
        if (!isOver) paused--;
        isOver = true;
        startSoon();
      };
    },
  };
}
