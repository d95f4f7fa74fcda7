// What has to be loaded before passes are verified fast: the same for services and whoever else verifies many.
import { createKeyRecovery, createProofVerifier, parseVerifyingKey, REPEATING_PASS_SIGNALS } from '#circuits/verify/index.ts';
import type { VerifierContext } from './check-pass.ts';

export type Engine = Required<Pick<VerifierContext, 'proofs' | 'recoverKey'>>;

/**
 * @param verificationKey as snarkjs writes it
 * @throws HealthpassError `artifact-mismatch`, `point-invalid` as parseVerifyingKey
 */
export async function loadEngine(verificationKey: unknown): Promise<Engine> {
  const [proofs, recoverKey] = await Promise.all([
    createProofVerifier(parseVerifyingKey(verificationKey), { repeatingSignals: REPEATING_PASS_SIGNALS }), createKeyRecovery(),
  ]);
  return { proofs, recoverKey };
}
