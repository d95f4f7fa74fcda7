// Proofs for an issuer that the wallet holds the keys of its bindings (OpenID4VCI 1.0, appendix F.1). Each key is shown to one issuer for one
// credential, and its commitment with it where the claims for passes are asked for.
import { createHolderSigner } from '#formats/credential/index.ts';
import { createJws } from '#formats/credential/jws.ts';
import { HealthpassError, type HolderBinding, type UnixSeconds } from '#passport';
import { CREDENTIALS } from './records.ts';
import type { Wallet } from './wallet.ts';

export type ProofOptions = {
  /** Credential issuer identifier. */
  readonly issuer: string;
  /** c_nonce of that issuer. */
  readonly nonce: string;
  readonly now: UnixSeconds;
  /** Whether the credentials asked for are claims for passes. */
  readonly withCommitment: boolean;
  /** Client id, where the wallet told one. */
  readonly client?: string | undefined;
};

/** One JWT a binding, in their order. @throws HealthpassError `credential-unknown` for a binding that this wallet does not wait with, `wallet-locked` */
export async function proveBindings(wallet: Wallet, bindings: readonly HolderBinding[], { issuer, nonce, now, withCommitment, client }: ProofOptions): Promise<string[]> {
  const { pending } = await wallet.read(CREDENTIALS);
  return Promise.all(bindings.map(({ commitment, key }) => {
    const waiting = pending.find((candidate) => candidate.commitment === commitment);
    if (!waiting) throw new HealthpassError('credential-unknown', 'the wallet waits for nothing with this binding', { field: 'bindings' });
    const payload = { aud: issuer, iat: now, nonce, ...(client !== undefined && { iss: client }), ...(withCommitment && { holder_commitment: commitment.toString() }) };
    return createJws({ alg: 'ES256', typ: 'openid4vci-proof+jwt', jwk: key }, payload, createHolderSigner(waiting.holderSecret).sign);
  }));
}
