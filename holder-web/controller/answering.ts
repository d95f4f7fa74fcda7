// Answering a verifier that asks by OpenID4VP: who asks and what is shown first; then a whole answer is chosen and sent, or refused. Nothing is
// sent before.
import { HealthpassError, isHealthpassError } from '#passport';
import type { VerifiedRequest } from '#wallet/openid4vp/index.ts';
import { originOf } from '#wallet/openid4vp/platform.ts';
import { walletOf } from '#wallet/people.ts';
import { heldCredentials } from '#wallet/wallet.ts';
import type { AnswerContext } from './alternatives.ts';
import type { Door, Session } from './door.ts';
import { failureOf } from './failure.ts';
import type { MakingPart } from './making.ts';
import { createCell } from './observable.ts';
import type { WalletPlatform } from './platform.ts';
import { watchedProver } from './showing.ts';
import type { AnsweringState } from './states.ts';
import { policiesOf, TRUST } from './trust-record.ts';
import type { WalletApp } from './wallet-app.ts';

const work = () => import('./answering-work.ts');

export type AnsweringDeps = { readonly door: Pick<Door, 'session'>; readonly making: Pick<MakingPart, 'pause'>; readonly person: () => string; readonly onWritten: () => Promise<void> };

export function createAnswering(platform: WalletPlatform, { door, making, person, onWritten }: AnsweringDeps): WalletApp['answering'] {
  const { now, fetch } = platform;
  const cell = createCell<AnsweringState>({ name: 'idle' });
  let [abort, request] = [new AbortController(), undefined as VerifiedRequest | undefined];
  /** Whose answers were shown. Another tab may choose somebody else meanwhile. */
  let who = '';

  function fail(error: unknown): void {
    if (isHealthpassError(error) && error.code === 'cancelled') return cell.set({ name: 'idle' });
    cell.set({ name: 'failed', failure: failureOf(error, () => cell.set({ name: 'idle' })) });
  }

  async function contextOf({ wallet }: Session): Promise<AnswerContext> {
    const kept = await wallet.read(TRUST);
    return { person: who, held: await heldCredentials(walletOf(wallet, who)), policies: await policiesOf(kept), trust: kept?.bundle.trust, now: now() };
  }

  function close(): void {
    abort.abort();
    request = undefined;
    cell.set({ name: 'idle' });
  }
  door.session.subscribe(close);

  return {
    ...cell, close,
    async read(text) {
      const session = door.session.get();
      if (!session || cell.get().name === 'sending') return;
      close();
      cell.set({ name: 'reading' });
      who = person();
      try {
        const { alternativesOf, choicesFor, fetchRequest, missingOf, parsePresentationLink } = await work();
        const { development, verifierAuthorities: roots } = await platform.config();
        const verified = await fetchRequest(parsePresentationLink(text.trim(), { development }), { fetch, now: now(), roots, development });
        const context = await contextOf(session);
        const choices = await choicesFor(walletOf(session.wallet, who), verified, context);
        if (session.ended.aborted || cell.get().name !== 'reading') return;
        request = verified;
        const alternatives = alternativesOf(verified.query, choices, context);
        cell.set({
          name: 'asked', asker: verified.asker, purpose: verified.query.credential_sets?.map((set) => set.purpose).find(Boolean), alternatives,
          missing: alternatives.length === 0 ? missingOf(verified.query, context) : [], expiresAt: verified.expiresAt, flags: verified.asker.by === 'did' ? ['unknown-asker'] : [],
        });
      } catch (error) {
        if (!session.ended.aborted) fail(error);
      }
    },
    async send(alternative) {
      const [session, state, asked] = [door.session.get(), cell.get(), request];
      if (!session || !asked || state.name !== 'asked') return;
      if (!state.alternatives.includes(alternative)) throw new TypeError('only an answer that was shown can be sent');
      const own = (abort = new AbortController());
      const resume = making.pause();
      const step = (name: Extract<AnsweringState, { name: 'sending' }>['step']) => own.signal.aborted || cell.set({ name: 'sending', step: name });
      try {
        step('prepare');
        const { policies, trust } = await contextOf(session);
        const prover = watchedProver(platform, own.signal, step);
        const sending: typeof fetch = async (...given) => {
          if (own.signal.aborted) throw new HealthpassError('cancelled', 'the answer was taken back before it was sent');
          step('sending');
          return fetch(...given);
        };
        const { answerRequest } = await work();
        const { redirectUri } = await answerRequest(walletOf(session.wallet, who), asked, alternative.map(({ choice }) => choice), { now: now(), policies, trust, prover, signal: own.signal, fetch: sending });
        const { development } = await platform.config();
        await onWritten();
        if (!own.signal.aborted) cell.set({ name: 'sent', redirectUri: isWebAddress(redirectUri, development) ? redirectUri : undefined });
      } catch (error) {
        if (!own.signal.aborted) fail(error);
      } finally {
        resume();
      }
    },
    async decline() {
      const asked = request;
      if (!asked || cell.get().name !== 'asked') return close();
      request = undefined;
      cell.set({ name: 'declined' });
      // That nothing is shown is so, whether the verifier hears of it or not.
      const { declineRequest } = await work();
      await declineRequest(asked, { fetch }).catch((error: unknown) => void failureOf(error));
    },
  };
}

/** No other scheme is followed: it could start a program. */
function isWebAddress(text: string | undefined, development: boolean): boolean {
  try {
    originOf(text?.replace(/#.*$/, ''), 'redirect_uri', development);
    return true;
  } catch {
    return false;
  }
}
