// The signed request of a verifier, fetched and verified before anything of it is shown: whose it is, that it is for this wallet and this
// moment, and that the answer goes where the request came from (OpenID4VP 1.0, 5).
import { bytesToHex, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { parseDcqlQuery, type DcqlQuery } from '#formats/openid4vp/index.ts';
import { readJws, readObject, type Jws } from '#formats/credential/jws.ts';
import { ALGORITHMS, verifyEcdsa, type KeyType } from '#formats/credential/signature.ts';
import type { UnixSeconds } from '#passport';
import { verifyCertificates } from '#formats/signer/certificate.ts';
import type { PresentationLink } from './link.ts';
import { invalid, originOf, writeParameters, type Fetch } from './platform.ts';

export type RequestDeps = {
  readonly fetch: Fetch;
  readonly now: UnixSeconds;
  /** Authorities of verifiers, PEM or base64. */
  readonly roots: readonly string[];
  /** The key that a DID URL names, from the DID document; without it DIDs are not taken. */
  readonly resolveKey?: ((didUrl: string) => Promise<{ readonly type: KeyType; readonly publicKey: string } | undefined>) | undefined;
  readonly development?: boolean | undefined;
};

/** Who asks, as far as it was verified. To be shown before anything is chosen. */
export type Asker =
  | { readonly by: 'certificate'; readonly name: string; readonly hosts: readonly string[] }
  | { readonly by: 'did'; readonly did: string };

export type VerifiedRequest = {
  readonly clientId: string;
  readonly asker: Asker;
  readonly nonce: string;
  readonly state: string | undefined;
  readonly responseUri: string;
  readonly query: DcqlQuery;
  /** Undefined where the answer goes out plain, over TLS. */
  readonly encryption: Encryption | undefined;
  readonly expiresAt: UnixSeconds;
};
export type Encryption = { readonly key: z.infer<typeof keySchema>; readonly enc: (typeof CONTENT_ENCRYPTION)[number] };

const CONTENT_ENCRYPTION = ['A256GCM', 'A128GCM'] as const;
const ANY_WALLET = 'https://self-issued.me/v2';
const OBJECT_MAX_LENGTH = 100_000;
const CLOCK_SKEW = 60;

const urlSafe = z.string().regex(/^[A-Za-z0-9._~-]{1,500}$/);
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const keySchema = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), alg: z.literal('ECDH-ES'), kid: z.string().min(1).max(200), use: z.literal('enc').optional(), x: coordinate, y: coordinate });
const metadataSchema = z.object({ jwks: z.object({ keys: z.array(z.unknown()).max(20) }).optional(), encrypted_response_enc_values_supported: z.array(z.string()).min(1).optional() });
const payloadSchema = z.object({
  client_id: z.string(), aud: z.union([z.literal(ANY_WALLET), z.array(z.string()).refine((all) => all.includes(ANY_WALLET))]),
  iat: z.int().optional(), exp: z.int(),
  response_type: z.literal('vp_token'), response_mode: z.enum(['direct_post', 'direct_post.jwt']), response_uri: z.string(), redirect_uri: z.never().optional(),
  nonce: urlSafe.min(16), state: urlSafe.optional(), wallet_nonce: z.string().optional(), transaction_data: z.never().optional(),
  dcql_query: z.unknown(), client_metadata: metadataSchema.default({}),
});

/** Fetches and verifies. @throws HealthpassError `request-invalid`, `service-unavailable`, `jwt-malformed`, `text-too-long`, and as parseJson */
export async function fetchRequest(link: PresentationLink, deps: RequestDeps): Promise<VerifiedRequest> {
  const nonce = bytesToHex(randomBytes(16));
  const headers = { accept: 'application/oauth-authz-req+jwt' };
  const answer = link.method === 'get'
    ? await deps.fetch(link.requestUri, { method: 'GET', headers, redirect: 'error' })
    : await deps.fetch(link.requestUri, { method: 'POST', headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: writeParameters({ wallet_nonce: nonce }), redirect: 'error' });
  if (answer.status !== 200) throw invalid('request_uri', 'run out, or was answered, or has a wrong');
  return verifyRequest(await answer.text(), link, deps, link.method === 'post' ? nonce : undefined);
}

/** Verifies a request object that was fetched for a link. Throws as {@link fetchRequest}. */
export async function verifyRequest(text: string, link: PresentationLink, deps: Omit<RequestDeps, 'fetch'>, walletNonce?: string): Promise<VerifiedRequest> {
  const jws = readJws(text, { code: 'jwt-malformed', maxLength: OBJECT_MAX_LENGTH });
  if (jws.header['typ'] !== 'oauth-authz-req+jwt' || 'crit' in jws.header || 'b64' in jws.header) throw invalid('typ');
  const asker = await verifySigner(jws, link.clientId, deps);
  const payload = parsePayload(jws);
  if (payload.client_id !== link.clientId) throw invalid('client_id');
  if (walletNonce !== undefined && payload.wallet_nonce !== walletNonce) throw invalid('wallet_nonce');
  if (payload.exp <= deps.now) throw invalid('exp');
  if (payload.iat !== undefined && payload.iat > deps.now + CLOCK_SKEW) throw invalid('iat');
  const development = deps.development ?? false;
  // The answer goes to whoever the request was fetched from: no verifier can have it sent to another.
  if (originOf(payload.response_uri, 'response_uri', development) !== originOf(link.requestUri, 'request_uri', development)) throw invalid('response_uri');
  const { client_id: clientId, nonce, state, response_uri: responseUri } = payload;
  return { clientId, asker, nonce, state, responseUri, query: parseDcqlQuery(payload.dcql_query), encryption: encryptionOf(payload), expiresAt: payload.exp as UnixSeconds };
}

function parsePayload({ payload }: Jws): z.infer<typeof payloadSchema> {
  const parsed = payloadSchema.safeParse(readObject(payload, 'jwt-malformed', 24));
  if (!parsed.success) throw invalid(parsed.error.issues[0]!.path.join('.') || 'payload');
  return parsed.data;
}

/** The key comes from what the client identifier names, and from nowhere else in the request. */
async function verifySigner(jws: Jws, clientId: string, { roots, now, resolveKey }: Omit<RequestDeps, 'fetch'>): Promise<Asker> {
  const [prefix, name] = [clientId.slice(0, clientId.indexOf(':')), clientId.slice(clientId.indexOf(':') + 1)];
  if (prefix === 'x509_hash') {
    const { publicKey, ...holder } = await verifyCertificates(jws.header['x5c'], name, { roots, now });
    assertSigned(jws, 'P-256', publicKey);
    return { by: 'certificate', ...holder };
  }
  const kid = jws.header['kid'];
  if (prefix !== 'decentralized_identifier' || !resolveKey) throw invalid('client_id');
  if (typeof kid !== 'string' || !kid.startsWith(`${name}#`)) throw invalid('kid');
  const key = await resolveKey(kid);
  if (!key) throw invalid('kid');
  assertSigned(jws, key.type, key.publicKey);
  return { by: 'did', did: name };
}

function assertSigned({ header, signingInput, signature }: Jws, type: KeyType, publicKey: string): void {
  if (header['alg'] !== ALGORITHMS[type]) throw invalid('alg');
  if (!verifyEcdsa(type, publicKey, utf8ToBytes(signingInput), signature)) throw invalid('signature');
}

function encryptionOf({ response_mode: mode, client_metadata: { jwks, encrypted_response_enc_values_supported: offered = ['A128GCM'] } }: z.infer<typeof payloadSchema>): Encryption | undefined {
  if (mode === 'direct_post') return undefined;
  const key = (jwks?.keys ?? []).map((candidate) => keySchema.safeParse(candidate)).find(({ success }) => success)?.data;
  const enc = CONTENT_ENCRYPTION.find((candidate) => offered.includes(candidate));
  if (!key || !enc) throw invalid('client_metadata');
  return { key, enc };
}
