// Making a pass: the best fitting credential, a fresh device key, a proof. Everything that can refuse does so before proving, which takes
// seconds; what the prover answers is compared with what was asked before it is kept.
import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
import { encodeProof } from '#circuits/proof.ts';
import type { Prover, ProvingOptions } from '#circuits/prove.ts';
import type { PassWitness } from '#circuits/witness.ts';
import {
  clausePath, createDeviceKey, encodeClaims, HealthpassError, identityTagOf, P3, shortId, SIGNAL_NAMES, TAG_NULLIFIER,
  type FieldElement, type PassBody, type PassSignals, type Policy, type TrustState, type UnixSeconds, type Window,
} from '#passport';
import { P8 } from '#passport/poseidon.ts';
import { bestFit, fitPolicy, type Fit } from './fit.ts';
import { PASSES, type PassScope, type ReadyPass } from './records.ts';
import { scopeSignal } from './request.ts';
import { heldCredentials, holderOf, type Wallet } from './wallet.ts';
import type { RegistryPath } from './witness-trees.ts';

/** Seconds that the clock of a device may be behind. */
const CLOCK_TOLERANCE = 300;

export type MakingDeps = ProvingOptions & {
  readonly trust: TrustState | undefined;
  readonly now: UnixSeconds;
  readonly prover: Pick<Prover, 'prove'>;
};

export type PassOptions = MakingDeps & {
  /** A certain window; otherwise the newest that holds `now` and fits. */
  readonly window?: Window | undefined;
  readonly scope?: PassScope | undefined;
  readonly match?: boolean | undefined;
};

/**
 * Makes a pass and keeps it ready.
 * @throws HealthpassError NothingFitsError (`nothing-fits`, its report says why), `no-trust-data`, `cancelled`, `artifact-mismatch` when
 * the prover proves another statement, `wallet-locked`
 */
export async function makePass(wallet: Wallet, policy: Policy, options: PassOptions): Promise<ReadyPass> {
  const pass = await provePass(wallet, policy, options);
  await wallet.change(async (change) => change.write(PASSES, [...(await change.read(PASSES)), pass]));
  return pass;
}

/** The same without keeping it. */
export async function provePass(wallet: Wallet, policy: Policy, options: PassOptions): Promise<ReadyPass> {
  const { trust, now, prover, scope, match = false, window } = options;
  assertTrust(trust, now);
  const { secret } = await holderOf(wallet);
  const fit = bestFit(fitPolicy(await heldCredentials(wallet), policy, { trust, now, window, match }));
  const path = wallet.trees.pathOf(trust, fit.credential.issued.claims);
  const device = createDeviceKey();
  const target: Target = { policy, fit, path, secret, scope: scopeSignal(scope), match, deviceKey: device.deviceKey };
  const expected = signalsOf(target);
  const { proof, signals } = await prover.prove(witnessOf(target), { ...(options.signal && { signal: options.signal }), ...(options.onStep && { onStep: options.onStep }) });
  for (const name of SIGNAL_NAMES) {
    if (signals[name] !== expected[name]) throw new HealthpassError('artifact-mismatch', `the prover answers with another ${name}`, { field: name });
  }
  return {
    id: bytesToHex(randomBytes(8)),
    policy: policy.id, version: policy.version, policyRoot: policy.root, registryRoot: path.registryRoot,
    windowStart: fit.window.start, windowEnd: fit.window.end,
    scope, match, credential: fit.credential.issued.id,
    proof: encodeProof(proof),
    nullifier: scope ? expected.nullifier : undefined,
    identityTag: match ? expected.identityTag : undefined,
    deviceSecret: device.secretKey,
    madeAt: now,
  };
}

/** A clock behind the chain would spend seconds on a pass whose window is over. */
function assertTrust(trust: TrustState | undefined, now: UnixSeconds): asserts trust is TrustState {
  if (!trust) throw new HealthpassError('no-trust-data', 'the wallet has no trust data', { field: 'trust' });
  if (now < trust.finalized.time - CLOCK_TOLERANCE) throw new HealthpassError('no-trust-data', 'the clock of this device is behind the trust data', { field: 'clock' });
}

/** What a ready pass says on the wire, before it is signed for a moment. */
export const bodyOf = (pass: ReadyPass): PassBody => ({
  rootId: shortId(pass.registryRoot), policyId: shortId(pass.policyRoot), windowStart: pass.windowStart, proof: pass.proof,
  nullifier: pass.nullifier, identityTag: pass.identityTag,
});

type Target = {
  readonly policy: Policy;
  readonly fit: Fit;
  readonly path: RegistryPath;
  readonly secret: FieldElement;
  readonly scope: FieldElement;
  readonly match: boolean;
  readonly deviceKey: FieldElement;
};

/** The public signals that the statement must have, by the rules of docs/protocol.md. */
function signalsOf({ policy, fit: { window, credential }, path, secret, scope, match, deviceKey }: Target): PassSignals {
  const { nameDigest, birthDate } = credential.issued.claims;
  const small = (value: number) => BigInt(value) as FieldElement; // times and days are far below r
  return {
    nullifier: scope === 0n ? small(0) : P3(TAG_NULLIFIER, secret, scope),
    identityTag: match ? identityTagOf(nameDigest, birthDate, deviceKey) : small(0),
    registryRoot: path.registryRoot, policyRoot: policy.root,
    windowStart: small(window.start), windowEnd: small(window.end), today: small(window.today),
    scope, deviceKey,
  };
}

function witnessOf({ policy, fit, path, secret, scope, match, deviceKey }: Target): PassWitness {
  const { issued, blinding } = fit.credential;
  return {
    claims: encodeClaims(issued.claims),
    Ax: issued.claimsKey.x, Ay: issued.claimsKey.y, ...issued.signature,
    secret, blinding,
    ...path,
    clauseIndex: fit.clause, clausePath: clauseTree(policy, fit.clause),
    match, scope, deviceKey,
    policyRoot: policy.root,
    windowStart: fit.window.start, windowEnd: fit.window.end, today: fit.window.today,
  };
}

/** Mask and word of all four clauses of the group, and the hashes of all groups. */
function clauseTree(policy: Policy, index: number): PassWitness['clausePath'] {
  const { clauseSiblings, groupSiblings } = clausePath(policy, index);
  const { mask, word } = policy.encoded[index]!; // a fit names a clause of the policy
  const group = clauseSiblings.toSpliced(2 * (index % 4), 0, mask, word);
  return { group, groups: groupSiblings.toSpliced(Math.floor(index / 4), 0, P8(group)) };
}
