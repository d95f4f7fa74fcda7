// Passes ahead: a few unused ones for each policy, so that showing one takes milliseconds and no network. What can no longer be shown is
// dropped: its window is over, its root was replaced too long ago, its credential is gone or good no longer.
import { isHealthpassError, toUnixSeconds, windowAt, type Policy, type TrustState, type UnixSeconds } from '#passport';
import { makePass, type MakingDeps } from './make-pass.ts';
import { CREDENTIALS, PASSES, type HeldCredential, type ReadyPass } from './records.ts';
import { standingOfCredential } from './standing.ts';
import type { Wallet } from './wallet.ts';

/** A policy for which passes are kept ready, with or without an identity tag. */
export type Preparation = { readonly policy: Policy; readonly match?: boolean | undefined };
export type Prepared = {
  readonly dropped: number;
  readonly made: number;
  /** Policies that no credential fits now or when the next window begins. */
  readonly unfitting: readonly string[];
};

export type PreparingDeps = MakingDeps & {
  /** Called before each pass, with how many were made and about how many there will be. */
  readonly onNext?: ((policy: Policy, made: number, of: number) => void) | undefined;
  readonly onMade?: (() => void) | undefined;
};

/**
 * Keeps `count` unused passes for each policy, for now and for when the next window of its grid begins; passes serve several windows
 * of the grid, so few are made anew. Ends early, with what was made kept, when `signal` aborts.
 * @throws HealthpassError `no-trust-data`, `cancelled`, `artifact-mismatch`, `wallet-locked`
 */
export async function preparePasses(wallet: Wallet, preparations: readonly Preparation[], count: number, { onNext, onMade, ...deps }: PreparingDeps): Promise<Prepared> {
  const dropped = await dropStale(wallet, preparations.map(({ policy }) => policy), deps);
  const readyFor = async ({ policy, match = false }: Preparation, time: number) => (await wallet.read(PASSES)).filter((pass) => pass.match === match && serves(pass, policy, time)).length;
  const missing = await Promise.all(preparations.map(async (preparation) => Math.max(0, count - (await readyFor(preparation, deps.now)))));
  let [made, of] = [0, missing.reduce((sum, number) => sum + number, 0)];
  const unfitting = new Set<string>();
  for (const preparation of preparations) {
    const { policy, match = false } = preparation;
    for (const time of [deps.now, deps.now + policy.window.grid]) {
      for (let ready = await readyFor(preparation, time); ready < count; ready++) {
        onNext?.(policy, made, (of = Math.max(of, made + 1)));
        if (!(await makeOne(wallet, policy, match, time, deps))) {
          unfitting.add(policy.id);
          break;
        }
        made++;
        onMade?.();
      }
    }
  }
  return { dropped, made, unfitting: [...unfitting] };
}

async function makeOne(wallet: Wallet, policy: Policy, match: boolean, time: number, deps: MakingDeps): Promise<boolean> {
  try {
    const window = time === deps.now ? undefined : windowAt(policy.window, time);
    await makePass(wallet, policy, { ...deps, match, window });
    return true;
  } catch (error) {
    if (isHealthpassError(error) && error.code === 'nothing-fits') return false;
    throw error;
  }
}

/** Whether an unscoped pass is for this policy and its window holds a time. */
export const serves = (pass: ReadyPass, policy: Policy, time: number): boolean =>
  isFor(pass, policy) && pass.scope === undefined && toUnixSeconds(pass.windowStart) <= time && time < toUnixSeconds(pass.windowEnd);

export const isFor = (pass: ReadyPass, { id, version, root }: Policy): boolean =>
  pass.policy === id && pass.version === version && pass.policyRoot === root;

async function dropStale(wallet: Wallet, policies: readonly Policy[], { trust, now }: MakingDeps): Promise<number> {
  return wallet.change(async (change) => {
    const passes = await change.read(PASSES);
    const { held } = await change.read(CREDENTIALS);
    const kept = passes.filter((pass) => toUnixSeconds(pass.windowEnd) > now && isStillGood(pass, policies.find((policy) => isFor(pass, policy)), held, trust, now));
    if (kept.length < passes.length) change.write(PASSES, kept);
    return passes.length - kept.length;
  });
}

/**
 * Whether, by what is known, verifiers will still take a pass: its root was not replaced too long ago, and the credential that it rests on is
 * still held and not blocked. Without trust data nothing speaks against it.
 */
export function isStillGood(pass: ReadyPass, policy: Policy | undefined, held: readonly HeldCredential[], trust: TrustState | undefined, now: UnixSeconds): boolean {
  const credential = held.find(({ issued }) => issued.id === pass.credential);
  if (!credential || !trust) return credential !== undefined;
  // After a reinstatement a root may be there again: the last time counts.
  const root = trust.roots.findLast((record) => record.root === pass.registryRoot);
  if (!root || (root.supersededAt !== null && policy && now - root.supersededAt >= policy.freshness.root)) return false;
  const { status, issuer } = standingOfCredential(credential.issued, trust, now);
  return status === 'valid' && issuer === 'active';
}
