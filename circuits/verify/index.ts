// Verification of passes' proofs, in Node and in the browser.
export { createProofVerifier, type ProofVerifier, type ProofVerifierOptions, type Statement } from './verifier.ts';
export { parseVerifyingKey, type VerifyingKey } from './verifying-key.ts';
