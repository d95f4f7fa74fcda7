// What the issuer says of itself: as credential issuer (OpenID4VCI 1.0, 12.2), as authorization server (RFC 8414), and with which keys it signs
// (draft-ietf-oauth-sd-jwt-vc, section 5).
import { p256 } from '@noble/curves/nist.js';
import { Oauth2AuthorizationServer, setGlobalConfig, type AuthorizationServerMetadata } from '@openid4vc/oauth2';
import { Openid4vciIssuer, Openid4vciVersion, type CredentialIssuerMetadata, type IssuerMetadataResult } from '@openid4vc/openid4vci';
import { LOCALES } from '#formats/credential/display.ts';
import { HealthpassError } from '#passport';
import { CONFIGURATIONS, describeConfiguration } from './configurations.ts';
import { CALLBACKS } from './secrets.ts';

/** Holder keys of one request. */
export const BATCH_SIZE = 20;
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

export type IssuerNames = {
  /** The credential issuer identifier, and that of its authorization server. */
  readonly url: string;
  readonly name: string;
  /** Whether somebody attests wallets whom we believe. */
  readonly attestation?: boolean;
};

/** @throws HealthpassError `configuration-invalid` for an identifier that is no https URL, but for http on this machine */
export function createMetadata(names: IssuerNames): IssuerMetadataResult {
  allowLoopback(names.url);
  const credentialIssuer = new Openid4vciIssuer({ callbacks: CALLBACKS }).createCredentialIssuerMetadata(credentialIssuerMetadata(names));
  const authorizationServer = new Oauth2AuthorizationServer({ callbacks: CALLBACKS }).createAuthorizationServerMetadata(authorizationServerMetadata(names));
  return { originalDraftVersion: Openid4vciVersion.V1, credentialIssuer, authorizationServers: [authorizationServer], knownCredentialConfigurations: {} };
}

/** The library takes https alone unless told otherwise, and it is told so for all of the process: only where the issuer itself is on loopback. */
function allowLoopback(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const local = parsed?.protocol === 'http:' && LOOPBACK.includes(parsed.hostname);
  if (!parsed || (parsed.protocol !== 'https:' && !local) || parsed.search !== '' || parsed.hash !== '' || parsed.username !== '' || url.endsWith('/')) {
    throw new HealthpassError('configuration-invalid', 'the issuer has no https URL that wallets can know it by', { field: 'url' });
  }
  if (local) setGlobalConfig({ allowInsecureUrls: true });
}

const credentialIssuerMetadata = ({ url, name }: IssuerNames): CredentialIssuerMetadata => ({
  credential_issuer: url,
  credential_endpoint: `${url}/credential`,
  nonce_endpoint: `${url}/nonce`,
  deferred_credential_endpoint: `${url}/deferred-credential`,
  notification_endpoint: `${url}/notification`,
  batch_credential_issuance: { batch_size: BATCH_SIZE },
  display: LOCALES.map((locale) => ({ name, locale })),
  credential_configurations_supported: Object.fromEntries(CONFIGURATIONS.map((configuration) => [configuration.id, describeConfiguration(configuration)])),
} as CredentialIssuerMetadata); // checked by the library at once

const authorizationServerMetadata = ({ url, attestation }: IssuerNames): AuthorizationServerMetadata => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  pushed_authorization_request_endpoint: `${url}/par`,
  require_pushed_authorization_requests: true,
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'urn:ietf:params:oauth:grant-type:pre-authorized_code', 'refresh_token'],
  scopes_supported: CONFIGURATIONS.map(({ id }) => id),
  authorization_details_types_supported: ['openid_credential'],
  code_challenge_methods_supported: ['S256'],
  dpop_signing_alg_values_supported: ['ES256'],
  token_endpoint_auth_methods_supported: attestation ? ['none', 'attest_jwt_client_auth'] : ['none'],
  ...(attestation && { client_attestation_signing_alg_values_supported: ['ES256'], client_attestation_pop_signing_alg_values_supported: ['ES256'] }),
  authorization_response_iss_parameter_supported: true,
  'pre-authorized_grant_anonymous_access_supported': true,
});

/** The key of SD-JWT VCs as a JWK; `kid` is its name in the DID document. */
export function jwkOf({ kid, publicKey }: { readonly kid: string; readonly publicKey: string }): Record<string, string> {
  const point = p256.Point.fromHex(publicKey).toBytes(false);
  const coordinate = (from: number) => Buffer.from(point.subarray(from, from + 32)).toString('base64url');
  return { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33), kid, use: 'sig', alg: 'ES256' };
}
