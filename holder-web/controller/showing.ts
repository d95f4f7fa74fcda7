// Showing a pass: what is asked is read and told, the pass that was made ahead appears at once, and its code is made anew every few seconds.
import { HealthpassError, isHealthpassError, type Policy } from '#passport';
import { createCode } from '#wallet/code.ts';
import { fitPolicy, NothingFitsError } from '#wallet/fit.ts';
import type { MakingDeps } from '#wallet/make-pass.ts';
import { walletOf } from '#wallet/people.ts';
import { isReadyFor, startPresentation, type Presentation } from '#wallet/present.ts';
import type { PresentationRequest } from '#wallet/request.ts';
import { heldCredentials } from '#wallet/wallet.ts';
import { readAsked } from './asked.ts';
import type { Door } from './door.ts';
import { failureOf } from './failure.ts';
import type { MakingPart } from './making.ts';
import { createCell } from './observable.ts';
import type { WalletPlatform } from './platform.ts';
import type { ShowingState } from './states.ts';
import { TRUST } from './trust-record.ts';
import type { WalletApp } from './wallet-app.ts';

/** Seconds between codes: a picture of one is worth little. */
const ANEW = 5;

export type ShowingDeps = { readonly door: Pick<Door, 'session'>; readonly making: Pick<MakingPart, 'pause'>; readonly person: () => string; readonly onWritten: () => Promise<void> };

export function createShowing(platform: WalletPlatform, { door, making, person, onWritten }: ShowingDeps): WalletApp['showing'] {
  const { now, timers } = platform;
  const cell = createCell<ShowingState>({ name: 'idle' });
  let [abort, stop] = [new AbortController(), () => {}];
  let policies: readonly Policy[] = [];
  /** Who was told what would be shown. Another tab may choose somebody else meanwhile. */
  let who = '';

  function fail(error: unknown): void {
    if (error instanceof NothingFitsError) return cell.set({ name: 'nothing-fits', report: error.report });
    if (isHealthpassError(error) && error.code === 'cancelled') return cell.set({ name: 'idle' });
    cell.set({ name: 'failed', failure: failureOf(error, () => cell.set({ name: 'idle' })) });
  }

  function display(presentation: Presentation, request: PresentationRequest): void {
    const { policy, until, windowEnd } = presentation;
    try {
      const text = presentation.sign(now());
      cell.set({ name: 'shown', text, code: createCode(text), policy, request, until, windowEnd });
      stop = timers.after(Math.min(ANEW, Math.max(1, until - now())), () => display(presentation, request));
    } catch (error) {
      if (isHealthpassError(error) && error.code === 'presentation-over') cell.set({ name: 'over', policy });
      else fail(error);
    }
  }

  function close(): void {
    stop();
    abort.abort();
    cell.set({ name: 'idle' });
  }
  door.session.subscribe(close);

  return {
    ...cell, close,
    async ask(asked) {
      const session = door.session.get();
      if (!session) return;
      close();
      try {
        const kept = await session.wallet.read(TRUST);
        who = person();
        const [wallet, trust] = [walletOf(session.wallet, who), kept?.bundle.trust];
        const { request, policy, policies: known, rule } = await readAsked(asked, kept, platform);
        policies = known;
        const report = fitPolicy(await heldCredentials(wallet), policy, { trust, now: now(), match: request.match });
        const isReady = await isReadyFor(wallet, policy, request, { now: now(), trust });
        if (!isReady && !trust) throw new HealthpassError('no-trust-data', 'the wallet has no trust data', { field: 'trust' });
        cell.set(isReady || report.fits.length > 0 ? { name: 'asked', request, policy, report, isReady, rule } : { name: 'nothing-fits', report });
      } catch (error) {
        fail(error);
      }
    },
    async show() {
      const [session, state] = [door.session.get(), cell.get()];
      if (!session || state.name !== 'asked') return;
      const { request, policy } = state;
      const own = (abort = new AbortController());
      const resume = making.pause();
      const step = (name: Extract<ShowingState, { name: 'making' }>['step']) => own.signal.aborted || cell.set({ name: 'making', step: name, policy });
      try {
        if (!state.isReady) step('prepare');
        const kept = await session.wallet.read(TRUST);
        const presentation = await startPresentation(walletOf(session.wallet, who), exactly(request, policy), {
          now: now(), policies, trust: kept?.bundle.trust, signal: own.signal, prover: watchedProver(platform, own.signal, step),
        });
        if (!own.signal.aborted) display(presentation, request);
        await onWritten();
      } catch (error) {
        if (!own.signal.aborted) fail(error);
      } finally {
        resume();
      }
    },
  };
}

/** The version that the person was told about, though a newer one may have come meanwhile. */
const exactly = (request: PresentationRequest, { id, version }: Policy): PresentationRequest => ({ ...request, policy: `${id}@${version}` });

/** A prover whose steps are told. */
export const watchedProver = ({ prover }: WalletPlatform, signal: AbortSignal, onStep: (step: 'downloading' | 'witness' | 'proof') => unknown): MakingDeps['prover'] => ({
  prove: (witness) => prover.prove(witness, { signal, onStep, onDownload: () => onStep('downloading') }),
});
