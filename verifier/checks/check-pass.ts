// The checks of one pass before and after its proof, in the fixed order of docs/protocol.md: policy known, window, device signature,
// freshness, root known, (proof), scope and match. Pure but for the nullifier book.
import type { ProofVerifier, Statement } from '#circuits/verify/index.ts';
import { CLOCK_SKEW } from './limits.ts';
import {
  bindingHint, identityTagOf, isOnGrid, recoverDeviceKey, scopeOf, shortId, signalsToArray, toUnixSeconds, verdictFor, windowFrom,
  type FieldElement, type Freshness, type KeyRecovery, type Policy, type PresentedPass, type Reason, type RootRecord, type TrustState, type UnixSeconds, type Verdict, type Window,
} from '#passport';

/** What this verifier asks of whoever presents. */
export type Ask = {
  /** Policy id, optionally `id@version`. Without it any known policy is taken, and the verdict names it. */
  readonly policy?: string | undefined;
  /** The verifier's own name, when the request named it. */
  readonly audience?: string | undefined;
  readonly challenge?: Uint8Array | undefined;
  /** One entry a person: who asks and for which event. */
  readonly scope?: { readonly verifier: string; readonly event: string } | undefined;
  /** Name digest and birth date read from an identity document. */
  readonly match?: { readonly nameDigest: FieldElement; readonly birthDate: number } | undefined;
};

/** Seconds that this verifier allows at most; a policy may be stricter, never laxer. */
export type Limits = { readonly root?: number | undefined; readonly trust?: number | undefined; readonly code?: number | undefined };

/** Remembers who entered. `claim` answers false when the nullifier was there already; it must be atomic. */
export type NullifierBook = { readonly claim: (scope: FieldElement, nullifier: FieldElement) => Promise<boolean> };

/** Whether the proof of a statement holds. */
export type ProofCheck = (statement: Statement) => Promise<boolean>;

export type VerifierContext = {
  readonly trust: TrustState | undefined;
  readonly policies: readonly Policy[];
  readonly proofs: ProofVerifier;
  /** Checks a proof together with others that are under way; without it each is checked alone. */
  readonly checkProof?: ProofCheck | undefined;
  /** A faster key recovery than the portable one. */
  readonly recoverKey?: KeyRecovery | undefined;
  readonly now: UnixSeconds;
  readonly limits?: Limits | undefined;
  readonly nullifiers?: NullifierBook | undefined;
};

/** A pass whose proof is all that is left to check. More than one candidate only when short ids collide. */
export type Candidate = {
  readonly pass: PresentedPass;
  readonly policy: Policy;
  readonly window: Window;
  readonly deviceKey: FieldElement;
  readonly scope: FieldElement;
  readonly roots: readonly RootRecord[];
  readonly freshness: Freshness;
};

/** Everything before the proof. */
export function examinePass(pass: PresentedPass, ask: Ask, context: VerifierContext): Verdict | Candidate {
  const policy = choosePolicy(pass, ask, context.policies);
  if (typeof policy === 'string') return verdictFor(policy, freshnessOf(context.trust));
  const refuse = (reason: Reason, root?: RootRecord) => verdictFor(reason, freshnessOf(context.trust, root));

  const window = windowFrom(policy.window, pass.windowStart);
  const timing = checkWindow(policy, window, context.now) ?? checkBinding(pass, ask);
  if (timing) return refuse(timing);
  const deviceKey = recoverDeviceKey(pass, ask, context.recoverKey);
  if (deviceKey === undefined) return refuse('signature-invalid');

  const stale = checkFreshness(pass, policy, context);
  if (stale) return refuse(stale);
  const trust = context.trust!; // checkFreshness refused its absence
  // The newest first: after a reinstatement a root may be there again.
  const named = trust.roots.filter((record) => shortId(record.root) === pass.rootId).toReversed();
  const roots = named.filter((record) => rootReason(record, policy, context) === undefined);
  if (roots.length === 0) return refuse(named[0] ? rootReason(named[0], policy, context)! : 'root-unknown', named[0]);
  const scope = ask.scope ? scopeOf(ask.scope.verifier, ask.scope.event) : (0n as FieldElement);
  return { pass, policy, window, deviceKey, scope, roots, freshness: freshnessOf(trust, roots[0])! };
}

export const isVerdict = (value: Verdict | Candidate): value is Verdict => 'outcome' in value;

/** The public signals that a candidate's proof must hold for, under one of its roots. */
export function candidateSignals({ pass, policy, window, deviceKey, scope }: Candidate, root: RootRecord): FieldElement[] {
  return signalsToArray({
    nullifier: pass.nullifier ?? (0n as FieldElement),
    identityTag: pass.identityTag ?? (0n as FieldElement),
    registryRoot: root.root,
    policyRoot: policy.root,
    windowStart: BigInt(window.start) as FieldElement,
    windowEnd: BigInt(window.end) as FieldElement,
    today: BigInt(window.today) as FieldElement,
    scope,
    deviceKey,
  });
}

/** Everything after the proof. */
export async function concludePass(candidate: Candidate, proven: boolean, ask: Ask, context: VerifierContext): Promise<Verdict> {
  const { pass, policy, freshness } = candidate;
  if (!proven) return verdictFor('proof-invalid', freshness);
  if (ask.match) {
    const expected = identityTagOf(ask.match.nameDigest, ask.match.birthDate, candidate.deviceKey);
    if (expected !== pass.identityTag) return verdictFor('match-wrong', freshness);
  }
  if (ask.scope && context.nullifiers && !(await context.nullifiers.claim(candidate.scope, pass.nullifier!))) {
    return verdictFor('scope-used', freshness);
  }
  const shown = {
    form: 'pass', policy: policy.id, version: policy.version, windowEnd: toUnixSeconds(candidate.window.end),
    scope: ask.scope?.event, nullifier: ask.scope ? pass.nullifier!.toString(16) : undefined, matched: ask.match !== undefined,
  } as const;
  return { outcome: 'accepted', shown, freshness };
}

function choosePolicy(pass: PresentedPass, ask: Ask, policies: readonly Policy[]): Policy | Reason {
  const isAsked = (policy: Policy) => ask.policy === undefined || ask.policy === policy.id || ask.policy === `${policy.id}@${policy.version}`;
  if (!policies.some(isAsked)) return 'policy-unknown';
  const named = policies.filter((policy) => shortId(policy.root) === pass.policyId);
  // Policies may share their clauses and differ in timing: the one whose grid the window fits is meant.
  const fitting = named.filter(isAsked);
  const chosen = fitting.find((policy) => isOnGrid(policy.window, pass.windowStart)) ?? fitting[0];
  if (chosen) return chosen;
  return named.length > 0 || ask.policy !== undefined ? 'policy-mismatch' : 'policy-unknown';
}

function checkWindow(policy: Policy, window: Window, now: UnixSeconds): Reason | undefined {
  if (!isOnGrid(policy.window, window.start)) return 'window-invalid';
  if (now < toUnixSeconds(window.start) - CLOCK_SKEW) return 'window-not-begun';
  return now >= toUnixSeconds(window.end) ? 'window-over' : undefined;
}

/** Whether the pass answers what was asked; which of several things differs, as far as its hint tells. */
function checkBinding(pass: PresentedPass, ask: Ask): Reason | undefined {
  if (ask.challenge && !pass.challengeBound) return 'challenge-missing';
  if (!ask.challenge && pass.challengeBound) return 'challenge-wrong';
  if ((ask.audience !== undefined) !== pass.audienceBound) return 'audience-wrong';
  if (pass.bindingHint !== bindingHint(ask)) return pass.challengeBound ? 'challenge-wrong' : 'audience-wrong';
  if (ask.scope && !pass.nullifier) return 'scope-missing';
  if (!ask.scope && pass.nullifier !== undefined) return 'scope-unasked';
  if (ask.match && !pass.identityTag) return 'match-missing'; // absent, or 0, which proves nothing
  return undefined;
}

function checkFreshness(pass: PresentedPass, policy: Policy, { trust, now, limits }: VerifierContext): Reason | undefined {
  if (pass.signedAt > now + CLOCK_SKEW) return 'code-from-future';
  if (now - pass.signedAt > atMost(policy.freshness.code, limits?.code)) return 'code-expired';
  if (!trust) return 'trust-missing';
  if (now < trust.finalized.time - CLOCK_SKEW) return 'clock-wrong';
  // By the chain's own time: a node that serves an old chain cannot make it look young.
  return now - trust.finalized.time > atMost(policy.freshness.trust, limits?.trust) ? 'trust-stale' : undefined;
}

function rootReason(record: RootRecord, policy: Policy, { now, limits }: VerifierContext): Reason | undefined {
  if (record.supersededAt !== null && now - record.supersededAt >= atMost(policy.freshness.root, limits?.root)) return 'root-superseded';
  return record.final ? undefined : 'root-not-final';
}

const atMost = (policy: number, limit: number | undefined): number => Math.min(policy, limit ?? policy);

export function freshnessOf(trust: TrustState | undefined, root?: RootRecord): Freshness | undefined {
  if (!trust) return undefined;
  const replaced = root?.supersededAt;
  return { syncedAt: trust.syncedAt, finalizedAt: trust.finalized.time, ...(typeof replaced === 'number' ? { rootSupersededAt: replaced } : {}) };
}
