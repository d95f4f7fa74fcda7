// Who sends a form to the authorization server: a DPoP key where there is one, and the name by which the wallet goes.
import { ProtocolError } from '#server';
import { verifyAttestation } from './attestation.ts';
import type { VciDeps } from './deps.ts';
import { verifyDpop } from './dpop.ts';

export type FormRequest = { readonly form: Readonly<Record<string, string>>; readonly header: (name: string) => string | undefined };
export type Asker = { readonly jkt: string | undefined; readonly client: string | undefined };

/** Reads DPoP proof and attestation, at the token endpoint and where requests are pushed. @throws ProtocolError */
export async function identify(deps: VciDeps, { form, header }: FormRequest, url: string): Promise<Asker> {
  const server = deps.metadata.authorizationServers[0]!; // there is one
  const attested = await verifyAttestation({ ...deps, server }, { attestation: header('oauth-client-attestation'), pop: header('oauth-client-attestation-pop') });
  const client = form['client_id'];
  if (attested !== undefined && client !== undefined && client !== attested) throw new ProtocolError('invalid_client', 'the attestation is for another client', { status: 401 });
  const proof = header('dpop');
  if (proof === undefined && deps.requireDpop) throw new ProtocolError('invalid_dpop_proof', 'the request carries no DPoP proof');
  return { jkt: proof === undefined ? undefined : await verifyDpop(deps, { proof, method: 'POST', url }), client: client ?? attested };
}
