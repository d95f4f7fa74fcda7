// Showing a pass. One pass serves one presentation: it leaves the store, for good, before anything of it is shown, so no crash, second
// tab or later request can show it to anybody else. While it is on the screen the same pass is signed anew every few seconds.
import { encodePass, HealthpassError, presentPass as signPass, toUnixSeconds, type Policy, type TrustState, type UnixSeconds } from '#passport';
import { remember } from './history.ts';
import { bodyOf, provePass, type MakingDeps } from './make-pass.ts';
import { isFor, isStillGood } from './prepare.ts';
import { CREDENTIALS, PASSES, type HeldCredential, type PassScope, type ReadyPass, type Showing } from './records.ts';
import { assertRequest, choosePolicy, scopeOfRequest, type PresentationRequest } from './request.ts';
import type { Wallet } from './wallet.ts';

/** Longest time one pass stays on the screen; afterwards the holder chooses again, and another pass is taken. */
export const PRESENTATION_SECONDS = 300;
/** A ready pass that ends sooner is taken only where there is no other. */
const ENOUGH_SECONDS = 600;

export type PresentingDeps = {
  readonly now: UnixSeconds;
  readonly policies: readonly Policy[];
  /** Lets the wallet leave out passes that verifiers would refuse. */
  readonly trust?: TrustState | undefined;
  /** To make a pass when none is ready; needs `trust` too. */
  readonly prover?: MakingDeps['prover'] | undefined;
  readonly signal?: MakingDeps['signal'];
  readonly onStep?: MakingDeps['onStep'];
  /** What people call who asks, for the history; the audience of the request without it. */
  readonly shownTo?: string | undefined;
};

/** One request being answered: one verifier, one challenge, one pass. */
export type Presentation = {
  readonly policy: Policy;
  readonly windowEnd: UnixSeconds;
  /** Until when it can be signed. */
  readonly until: UnixSeconds;
  /** Whether the pass was made ahead. */
  readonly wasReady: boolean;
  /** The `HP1:` text for a moment. @throws HealthpassError `presentation-over`, `wallet-locked` */
  readonly sign: (now: UnixSeconds) => string;
};

/**
 * Takes a ready pass for a request, or makes one, and records to whom it is shown.
 * @throws HealthpassError `request-invalid`, `policy-invalid` (not known here), `nothing-fits` (`not-ready` when it could not be tried), and as makePass
 */
export async function startPresentation(wallet: Wallet, request: PresentationRequest, deps: PresentingDeps): Promise<Presentation> {
  const { now } = deps;
  assertRequest(request, now);
  const policy = choosePolicy(request.policy, deps.policies);
  const ready = await takeReady(wallet, policy, request, deps);
  const pass = ready ?? (await makeFor(wallet, policy, request, deps));
  const windowEnd = toUnixSeconds(pass.windowEnd);
  const until = Math.min(windowEnd, now + PRESENTATION_SECONDS) as UnixSeconds;
  const { audience, challenge } = request;
  return {
    policy, windowEnd, until, wasReady: ready !== undefined,
    sign(time) {
      if (wallet.state() !== 'open') throw new HealthpassError('wallet-locked', 'the wallet is locked');
      if (time >= until) throw new HealthpassError('presentation-over', 'the presentation is over; a new one takes a new pass');
      return encodePass(signPass(bodyOf(pass), pass.deviceSecret, time, { audience, challenge }));
    },
  };
}

/** The text for one moment: a presentation that is signed once. Throws as {@link startPresentation}. */
export async function presentPass(wallet: Wallet, request: PresentationRequest, deps: PresentingDeps): Promise<string> {
  return (await startPresentation(wallet, request, deps)).sign(deps.now);
}

/** Whether a pass for this request was made ahead. */
export async function isReadyFor(wallet: Wallet, policy: Policy, request: PresentationRequest, deps: Pick<PresentingDeps, 'now' | 'trust'>): Promise<boolean> {
  return usablePasses(await wallet.read(PASSES), policy, request, { ...deps, held: (await wallet.read(CREDENTIALS)).held }).length > 0;
}

function usablePasses(passes: readonly ReadyPass[], policy: Policy, request: PresentationRequest, { now, trust, held }: Pick<PresentingDeps, 'now' | 'trust'> & { readonly held: readonly HeldCredential[] }): ReadyPass[] {
  const scope = scopeOfRequest(request);
  return passes.filter((pass) => isFor(pass, policy) && pass.match === (request.match ?? false) && isSameScope(pass.scope, scope)
    && toUnixSeconds(pass.windowStart) <= now && now < toUnixSeconds(pass.windowEnd) && isStillGood(pass, policy, held, trust, now));
}

/** Takes a pass out of the store and writes down to whom it goes, in one step. */
async function takeReady(wallet: Wallet, policy: Policy, request: PresentationRequest, { now, trust, shownTo }: PresentingDeps): Promise<ReadyPass | undefined> {
  return wallet.change(async (change) => {
    const passes = await change.read(PASSES);
    const { held } = await change.read(CREDENTIALS);
    const taken = soonestToEnd(usablePasses(passes, policy, request, { now, trust, held }), now);
    if (!taken) return undefined;
    change.write(PASSES, passes.filter((pass) => pass.id !== taken.id));
    await remember(change, showingOf(request, policy, taken, { now, shownTo }));
    return taken;
  });
}

async function makeFor(wallet: Wallet, policy: Policy, request: PresentationRequest, deps: PresentingDeps): Promise<ReadyPass> {
  const { now, trust, prover, signal, onStep } = deps;
  if (!prover) throw new HealthpassError('nothing-fits', 'no pass is ready for the policy', { field: 'not-ready' });
  const pass = await provePass(wallet, policy, {
    trust, now, prover, scope: scopeOfRequest(request), match: request.match, ...(signal && { signal }), ...(onStep && { onStep }),
  });
  await wallet.change((change) => remember(change, showingOf(request, policy, pass, deps)));
  return pass;
}

/** The one that runs out first, of those that last long enough to be shown in peace. */
function soonestToEnd(passes: readonly ReadyPass[], now: number): ReadyPass | undefined {
  const byEnd = passes.toSorted((a, b) => a.windowEnd - b.windowEnd);
  return byEnd.find((pass) => toUnixSeconds(pass.windowEnd) - now >= ENOUGH_SECONDS) ?? byEnd.at(-1);
}

const isSameScope = (a: PassScope | undefined, b: PassScope | undefined): boolean => a?.audience === b?.audience && a?.event === b?.event;

const showingOf = ({ audience, scope, match = false }: PresentationRequest, { id, version }: Policy, pass: ReadyPass, { now, shownTo = audience }: Pick<PresentingDeps, 'now' | 'shownTo'>): Showing => ({
  at: now, form: 'pass', audience: shownTo, policy: `${id}@${version}`, event: scope?.event, match, disclosed: [], credentials: [pass.credential],
});
