// Real proofs for the wallet's tests: the shipped artifacts, one prover and one verifier a test file.
import { createProver, loadArtifacts, type Prover } from '#circuits';
import { createProofVerifier, parseVerifyingKey, type ProofVerifier } from '#circuits/verify/index.ts';
import { POLICIES } from '#passport/policies/index.ts';
import type { TrustState, UnixSeconds, Verdict } from '#passport';
import { verifyPass, type Ask, type VerifierContext } from '#verifier/checks/index.ts';

export type Proofs = {
  readonly prover: Prover;
  /** Proofs made so far. */
  readonly made: () => number;
  readonly close: () => Promise<void>;
  readonly verify: (text: string, ask: Ask, trust: TrustState, now: UnixSeconds) => Promise<Verdict>;
};

export async function startProofs(): Promise<Proofs> {
  const artifacts = await loadArtifacts();
  const inner = createProver(artifacts);
  const proofs: ProofVerifier = await createProofVerifier(parseVerifyingKey(artifacts.verificationKey));
  let made = 0;
  return {
    async close() {
      proofs.free();
      await inner.close();
    },
    prover: { ...inner, prove: (witness, options) => (made++, inner.prove(witness, options)) },
    made: () => made,
    verify: (text, ask, trust, now) => verifyPass(text, ask, { trust, policies: POLICIES, proofs, now } satisfies VerifierContext),
  };
}
