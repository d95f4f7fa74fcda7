// The signed request (OpenID4VP 1.0, 5; RFC 9101), as a wallet fetches it. There is no other: nothing is ever asked unsigned.
import { JWT_VC_FORMAT, PASS_FORMAT, SD_JWT_FORMAT } from '#formats/openid4vp/index.ts';
import type { RequestSigner } from './identity.ts';
import type { Request, Session } from './sessions.ts';

/** For wallets that this verifier has no metadata of (5.8). */
const ANY_WALLET = 'https://self-issued.me/v2';
export const CONTENT_ENCRYPTION = ['A128GCM', 'A256GCM'] as const;

const VP_FORMATS = {
  [SD_JWT_FORMAT]: { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] },
  [JWT_VC_FORMAT]: { alg_values: ['ES256K', 'ES256'] },
  [PASS_FORMAT]: {},
};

export type RequestUrls = { readonly requestUri: (request: string) => string; readonly responseUri: (request: string) => string };

export function createRequestObject(
  { request, expiresAt }: Pick<Session, 'request' | 'expiresAt'>, asked: Request, { signer, urls, name, now, walletNonce }: { signer: RequestSigner; urls: RequestUrls; name: string; now: number; walletNonce: string | undefined },
): Promise<string> {
  const { d: _, ...encryptionKey } = asked.encryptionKey;
  const encryption = asked.responseMode === 'direct_post' ? {} : { jwks: { keys: [encryptionKey] }, encrypted_response_enc_values_supported: CONTENT_ENCRYPTION };
  return signer.sign({
    client_id: signer.clientId, aud: ANY_WALLET, iat: now, exp: expiresAt,
    response_type: 'vp_token', response_mode: asked.responseMode, response_uri: urls.responseUri(request),
    nonce: asked.nonce, state: asked.state, dcql_query: asked.query,
    client_metadata: { client_name: name, vp_formats_supported: VP_FORMATS, ...encryption },
    ...(walletNonce === undefined ? {} : { wallet_nonce: walletNonce }),
  });
}
