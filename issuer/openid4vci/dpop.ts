// DPoP proofs (RFC 9449). The library checks form, signature, method, URL and token; what it leaves open is checked here: one algorithm, a nonce
// of ours in every proof, the age of a proof, and that none is used twice.
import { Oauth2AuthorizationServer } from '@openid4vc/oauth2';
import { ProtocolError, type Database } from '#server';
import { spend, type Nonces } from './nonces.ts';
import { CALLBACKS } from './secrets.ts';

/** Seconds by which a wallet's clock may differ from ours. */
export const CLOCK_WINDOW = 300;

export type DpopDeps = { readonly database: Database; readonly nonces: Nonces; readonly now: () => number };
export type DpopRequest = {
  readonly proof: string;
  readonly method: string;
  /** The URL under which wallets know the endpoint. */
  readonly url: string;
  /** Of a request to a resource: its token, and the key that the token is bound to. */
  readonly accessToken?: { readonly value: string; readonly jkt: string };
};

const server = new Oauth2AuthorizationServer({ callbacks: CALLBACKS });

/** @returns the thumbprint of the key. @throws ProtocolError `invalid_dpop_proof`, `use_dpop_nonce` */
export async function verifyDpop({ database, nonces, now }: DpopDeps, { proof, method, url, accessToken }: DpopRequest): Promise<string> {
  const at = now();
  const fail = (description: string) => refusal('invalid_dpop_proof', description, accessToken !== undefined);
  const { payload, jwkThumbprint } = await server.verifyDpopJwt({
    dpopJwt: proof, request: { method: method as 'POST', url, headers: new Headers() as never }, // as the route has it; headers are not read
    allowedSigningAlgs: ['ES256'], now: new Date(at * 1000),
    ...(accessToken && { accessToken: accessToken.value, expectedJwkThumbprint: accessToken.jkt }),
  }).catch(() => {
    throw fail('the DPoP proof does not hold for this request'); // the library quotes the proof in its words
  });
  if (Math.abs(at - payload.iat) > CLOCK_WINDOW) throw fail('the DPoP proof is too old, or from the future');
  const expiry = typeof payload.nonce === 'string' ? await nonces.expiryOf('dpop', payload.nonce, at) : undefined;
  if (expiry === undefined) {
    throw refusal('use_dpop_nonce', 'the DPoP proof lacks a nonce of this server', accessToken !== undefined, { 'DPoP-Nonce': await nonces.create('dpop', at) });
  }
  // Kept as long as the nonce would let it in again.
  if (!(await spend(database, 'jti', `${jwkThumbprint}\0${payload.jti}`, expiry))) throw fail('the DPoP proof was used before');
  return jwkThumbprint;
}

/** At a resource, errors are a challenge (RFC 9449, 7.1). */
function refusal(error: string, description: string, isResource: boolean, headers: Record<string, string> = {}): ProtocolError {
  if (!isResource) return new ProtocolError(error, description, { headers });
  return new ProtocolError(error, description, { status: 401, headers: { ...headers, 'WWW-Authenticate': `DPoP error="${error}", algs="ES256"` } });
}
