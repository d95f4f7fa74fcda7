// One pass of each kind that a verifier can ask for, proven by the wallet for a credential that it holds, and what it takes to verify them.
import { createProver, loadArtifacts, type Artifacts } from '#circuits';
import type { PassWitness } from '#circuits/witness.ts';
import { presentPass, type Binding, type FieldElement, type Policy } from '#passport';
import { encodePass } from '#passport/pass.ts';
import { POLICIES, policyById } from '#passport/policies/index.ts';
import { loadEngine, type Ask, type VerifierContext } from '#verifier/checks/index.ts';
import { heldCredential, makePass, type ReadyPass } from '#wallet';
import { bodyOf } from '#wallet/make-pass.ts';
import type { Scene } from './scene.ts';

export const PASS_KINDS = ['plain', 'scope', 'match', 'scope and match'] as const;
export type PassKind = (typeof PASS_KINDS)[number];

export type Passes = {
  readonly policy: Policy;
  readonly of: (kind: PassKind) => ReadyPass;
  /** What the prover was given for the last of them. */
  readonly witness: PassWitness;
  readonly artifacts: Artifacts;
};

const AUDIENCE = 'City Hall, east gate';
const hasScope = (kind: PassKind) => kind.startsWith('scope');
const hasMatch = (kind: PassKind) => kind.endsWith('match');
const eventOf = (scene: Scene) => `Concert ${new Date(scene.now() * 1000).toISOString().slice(0, 10)}`;

export async function makePasses(scene: Scene): Promise<Passes> {
  const policy = policyById('eu-travel-2022')!; // shipped
  const artifacts = await loadArtifacts();
  const prover = createProver(artifacts);
  let witness: PassWitness | undefined;
  const spying: Pick<typeof prover, 'prove'> = { prove: (given, options) => prover.prove((witness = given), options) };
  const trust = await scene.trust();
  const made = new Map<PassKind, ReadyPass>();
  for (const kind of PASS_KINDS) {
    const scope = hasScope(kind) ? { audience: AUDIENCE, event: eventOf(scene) } : undefined;
    made.set(kind, await makePass(scene.wallet, policy, { trust, now: scene.now(), prover: spying, scope, match: hasMatch(kind) }));
  }
  await prover.close();
  return { policy, artifacts, of: (kind) => made.get(kind)!, witness: witness! }; // one of each kind was made
}

export const BINDING: Required<Binding> = { audience: AUDIENCE, challenge: crypto.getRandomValues(new Uint8Array(16)) };

/** The text that a wallet shows for a pass now. */
export const textOf = (scene: Scene, pass: ReadyPass, binding: Binding = {}): string =>
  encodePass(presentPass(bodyOf(pass), pass.deviceSecret, scene.now(), binding));

/** What a verifier asks who is shown that kind of pass. */
export async function askFor(scene: Scene, kind: PassKind, pass: ReadyPass, binding: Binding = {}): Promise<Ask> {
  const { claims } = (await heldCredential(scene.wallet, pass.credential)).issued;
  return {
    policy: pass.policy, ...binding,
    ...(hasScope(kind) && { scope: { verifier: AUDIENCE, event: eventOf(scene) } }),
    ...(hasMatch(kind) && { match: { nameDigest: claims.nameDigest satisfies FieldElement, birthDate: claims.birthDate } }),
  };
}

/** A verifier as the service sets it up. */
export async function verifierContext(scene: Scene, { artifacts }: Passes): Promise<VerifierContext> {
  return { ...(await loadEngine(artifacts.verificationKey)), trust: await scene.trust(), policies: POLICIES, now: scene.now() };
}
