// Wallet attestations (OpenID4VCI 1.0, appendix E; OAuth attestation-based client authentication): believed from the attesters that the
// operator names, and required nowhere. Without any named, nothing is advertised and nothing read.
import { Oauth2AuthorizationServer, type AuthorizationServerMetadata } from '@openid4vc/oauth2';
import { compactVerify, importJWK, type JWK } from 'jose';
import { parseHolderKey } from '#formats/credential/index.ts';
import { ProtocolError, type Queryable } from '#server';
import { spend } from './nonces.ts';
import { CALLBACKS } from './secrets.ts';

/** Public P-256 keys of wallet providers, by the `iss` of their attestations. */
export type WalletAttesters = ReadonlyMap<string, JWK>;

/** Seconds that a proof may last, and its number be kept. */
const MOST_SECONDS = 600;

export type AttestationHeaders = { readonly attestation: string | undefined; readonly pop: string | undefined };

export type AttestationDeps = { readonly attesters: WalletAttesters; readonly server: AuthorizationServerMetadata; readonly database: Queryable; readonly now: () => number };

/**
 * Checks the attestation that came along, if one did and somebody's are believed.
 * @returns the client id that it is for
 * @throws ProtocolError `invalid_client`
 */
export async function verifyAttestation(deps: AttestationDeps, { attestation, pop }: AttestationHeaders): Promise<string | undefined> {
  if (deps.attesters.size === 0 || (attestation === undefined && pop === undefined)) return undefined;
  const client = attestation === undefined || pop === undefined ? undefined : await attestedClient(deps, attestation, pop).catch(() => undefined); // the library quotes it in its words
  if (client === undefined) throw new ProtocolError('invalid_client', 'the wallet attestation does not hold', { status: 401 });
  return client;
}

async function attestedClient({ attesters, server, database, now }: AttestationDeps, clientAttestationJwt: string, clientAttestationPopJwt: string): Promise<string | undefined> {
  const issuer = payloadOf(clientAttestationJwt).iss;
  const key = typeof issuer === 'string' ? attesters.get(issuer) : undefined;
  if (!key) return undefined;
  // The library checks times, audience, and that the proof is by the key that the attestation confirms; not whether it was used before.
  const library = new Oauth2AuthorizationServer({ callbacks: { ...CALLBACKS, verifyJwt: verifiedBy(key) } });
  const { clientAttestation, clientAttestationPop: { payload } } = await library.verifyClientAttestation({
    authorizationServer: server.issuer, clientAttestationJwt, clientAttestationPopJwt, now: new Date(now() * 1000),
  });
  if (payload.aud !== server.issuer || payload.exp - now() > MOST_SECONDS) return undefined;
  return (await spend(database, 'attestation', `${issuer}\0${payload.jti}`, payload.exp)) ? clientAttestation.payload.sub : undefined;
}

const payloadOf = (jwt: string): { iss?: unknown } => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')) as { iss?: unknown };

/** The attestation by its attester's key however it names it, the proof by the key in its header. */
const verifiedBy = (attester: JWK): typeof CALLBACKS.verifyJwt => async (signer, jwt) => {
  if (jwt.header.typ !== 'oauth-client-attestation+jwt') return CALLBACKS.verifyJwt(signer, jwt);
  const verified = await compactVerify(jwt.compact, await importJWK(attester, 'ES256'), { algorithms: ['ES256'] }).then(() => true, () => false);
  return verified ? { verified, signerJwk: { ...parseHolderKey(attester) } } : { verified };
};
