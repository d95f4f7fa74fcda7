// How callers may say who they are, as OpenAPI names it. Which of these a service takes, its access says.
import type { ZodOpenApiSecuritySchemeObject } from 'zod-openapi';
import { CLIENT_PERMISSIONS } from '../access/roles.ts';

export const SECURITY_SCHEMES = {
  operator: { type: 'http', scheme: 'bearer', description: 'The token of the operator, from the data folder: everything is allowed with it.' },
  session: { type: 'apiKey', in: 'cookie', name: '__Host-session', description: 'The session of a member of staff who signed in with a passkey. Without TLS, in development, the cookie is session-PORT.' },
  client: {
    type: 'oauth2', description: 'A machine client. Scopes are permissions.',
    flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: Object.fromEntries(CLIENT_PERMISSIONS.map((permission) => [permission, `May call routes that ask for ${permission}.`])) } },
  },
  account: { type: 'http', scheme: 'bearer', description: 'The token of a session that an account began by signing a challenge.' },
  presentationSecret: { type: 'apiKey', in: 'header', name: 'presentation-secret', description: 'The secret that a session of OpenID4VP was made with.' },
  accessToken: { type: 'http', scheme: 'bearer', description: 'An access token of the authorization server (RFC 6750).' },
  dpop: { type: 'http', scheme: 'DPoP', description: 'An access token bound to a key, with a proof of that key (RFC 9449).' },
} as const satisfies Record<string, ZodOpenApiSecuritySchemeObject>;

export type SecurityScheme = keyof typeof SECURITY_SCHEMES;

const SCOPES: ReadonlySet<string> = new Set(CLIENT_PERMISSIONS);

/** Any one of the schemes is enough. Scopes of machine clients are permissions; some no client can have. */
export const requirements = (schemes: readonly SecurityScheme[], permission: string | null): Record<string, string[]>[] => schemes
  .filter((scheme) => scheme !== 'client' || permission === null || SCOPES.has(permission))
  .map((scheme) => ({ [scheme]: scheme === 'client' && permission !== null ? [permission] : [] }));
