// Wallet attestations (OpenID4VCI 1.0, appendix E; OAuth attestation-based client authentication): believed from the attesters that the
// operator names, and required nowhere. Without any named, nothing is advertised and nothing read.
import { Oauth2AuthorizationServer, type AuthorizationServerMetadata } from '@openid4vc/oauth2';
import { compactVerify, importJWK, type JWK } from 'jose';
import { parseHolderKey } from '#formats/credential/index.ts';
import { ProtocolError } from '#server';
import { CALLBACKS } from './secrets.ts';

/** Public P-256 keys of wallet providers, by the `iss` of their attestations. */
export type WalletAttesters = ReadonlyMap<string, JWK>;

export type AttestationHeaders = { readonly attestation: string | undefined; readonly pop: string | undefined };

/**
 * Checks the attestation that came along, if one did and somebody's are believed.
 * @returns the client id that it is for
 * @throws ProtocolError `invalid_client`
 */
export async function verifyAttestation(
  attesters: WalletAttesters, server: AuthorizationServerMetadata, { attestation, pop }: AttestationHeaders, now: number,
): Promise<string | undefined> {
  if (attesters.size === 0 || (attestation === undefined && pop === undefined)) return undefined;
  const refused = new ProtocolError('invalid_client', 'the wallet attestation does not hold', { status: 401 });
  if (attestation === undefined || pop === undefined) throw refused;
  try {
    const issuer = payloadOf(attestation).iss;
    const key = typeof issuer === 'string' ? attesters.get(issuer) : undefined;
    if (!key) throw refused;
    await compactVerify(attestation, await importJWK({ ...parseHolderKey(key) }, 'ES256'), { algorithms: ['ES256'] });
    // The library checks the rest: times, audience, and that the proof is by the key that the attestation confirms.
    const authorizationServer = new Oauth2AuthorizationServer({ callbacks: { ...CALLBACKS, verifyJwt: verifiedBy(key) } });
    const { clientAttestation } = await authorizationServer.verifyClientAttestation({
      authorizationServer: server.issuer, clientAttestationJwt: attestation, clientAttestationPopJwt: pop, now: new Date(now * 1000),
    });
    return clientAttestation.payload.sub;
  } catch {
    throw refused;
  }
}

const payloadOf = (jwt: string): { iss?: unknown } => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')) as { iss?: unknown };

/** The attestation by its attester's key however it names it, the proof by the key in its header. */
const verifiedBy = (attester: JWK): typeof CALLBACKS.verifyJwt => async (signer, jwt) => {
  if (jwt.header.typ !== 'oauth-client-attestation+jwt') return CALLBACKS.verifyJwt(signer, jwt);
  const verified = await compactVerify(jwt.compact, await importJWK(attester, 'ES256'), { algorithms: ['ES256'] }).then(() => true, () => false);
  return verified ? { verified, signerJwk: { ...parseHolderKey(attester) } } : { verified };
};
