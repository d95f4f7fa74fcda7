// Verification of passes' proofs, in Node and in the browser.
export { createProofVerifier, type ProofVerifier, type ProofVerifierOptions } from './verifier.ts';
export { REPEATING_PASS_SIGNALS } from './pass-signals.ts';
export type { Statement } from './admission.ts';
export { parseVerifyingKey, type VerifyingKey } from './verifying-key.ts';
export { createKeyRecovery } from './key-recovery.ts';
