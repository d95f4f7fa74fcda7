// An issuer on a chain of its own that speaks OpenID4VCI over real HTTP, a clock that tests can move, and wallets: one that writes its requests
// by hand from the specification.
import { createHash, randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { createHolderSigner, type HolderSigner } from '#formats/credential/index.ts';
import { createJws } from '#formats/credential/jws.ts';
import { createIssuerStore, ISSUER_MIGRATIONS, openAuthority, type Authority } from '#issuer';
import { createSealedStore } from '#issuer/agent/index.ts';
import { createCertificates } from '#issuer/certificates/index.ts';
import { secure, type IssueDeps } from '#issuer/issue.ts';
import { createOpenid4vci, type Openid4vci, type Openid4vciOptions } from '#issuer/openid4vci/index.ts';
import { sampleBundle, sampleImmunization } from '#network/samples/index.ts';
import { createClaimsKeyPair, type TrustState, type UnixSeconds } from '#passport';
import { createOperatorAccess, createRouter, createSealer, listen, newDataKey, openDatabase, tokenDigest, type Database, type DatabasePlace } from '#server';
import { CONTRACT, startIssuer, withIssuer, type Issuer } from '../../formats/fixture.ts';

export const TOKEN = 'operator-token-of-a-test-0001';
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Record<string, unknown>; readonly text: string };

export type Scene = {
  readonly url: string;
  readonly issuer: Issuer;
  readonly openid4vci: Openid4vci;
  readonly database: Database;
  readonly authority: Authority;
  readonly trust: () => TrustState;
  readonly now: () => UnixSeconds;
  /** Moves the issuer's clock, for the rest of the test or until it is moved back. */
  readonly advance: (seconds: number) => void;
  /** Another process over the same database and keys, as after a crash. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type SceneOptions = { readonly place?: DatabasePlace; readonly requireDpop?: boolean; readonly attesters?: Openid4vciOptions['attesters'] };

export async function startScene({ place, requireDpop = false, attesters }: SceneOptions = {}): Promise<Scene> {
  const issuer = await startIssuer();
  const authority = await openAuthority(`${issuer.folder}/authority.json`, 'Ministry', () => issuer.now);
  const dataKey = newDataKey();
  const claims = createClaimsKeyPair();
  const trust = () => withIssuer(issuer.trust, { claimsKey: claims.publicKey });
  let offset = 0;
  const now = () => Math.floor(Date.now() / 1000) + offset as UnixSeconds;
  let inner = new Hono();
  const outer = new Hono();
  outer.all('*', (context) => inner.fetch(context.req.raw, context.env));
  const listening = await listen(outer, 0);
  const { url } = listening;
  const database = await openDatabase(place, ISSUER_MIGRATIONS);
  const keyStore = await createSealedStore(memoryValues(), new Uint8Array(32).fill(3));

  const begin = (): Openid4vci => {
    const deps: IssueDeps = {
      did: issuer.me.did, chainId: 31337, statusRegistry: CONTRACT, listUrl: (list) => `${url}/status-lists/${list}`, store: createIssuerStore(database),
      trust: async () => trust(), agent: issuer.agent.credentials, signingKeys: issuer.agent.signingKeys, claimsKey: async () => claims, now,
      certificates: createCertificates({ store: keyStore, authority, url, did: issuer.me.did, name: 'City Clinic', now }),
    };
    const service = { secure: (requests: Parameters<typeof secure>[1], alongside?: Parameters<typeof secure>[2]) => secure(deps, requests, alongside), signingKeys: issuer.agent.signingKeys };
    const openid4vci = createOpenid4vci({ url, name: 'City Clinic', service, database, sealer: createSealer(dataKey), requireDpop, attesters, now });
    inner = createRouter(openid4vci.routes, { access: createOperatorAccess(tokenDigest(TOKEN)) });
    return openid4vci;
  };
  const scene = { current: begin() };
  return {
    url, issuer, database, authority, trust, now,
    get openid4vci() {
      return scene.current;
    },
    advance: (seconds) => void (offset += seconds),
    restart: async () => void (scene.current = begin()),
    async stop() {
      await listening.stop();
      await database.close();
      await issuer.stop();
    },
  };
}

export function memoryValues() {
  const values = new Map<string, Uint8Array>();
  return { get: async (name: string) => values.get(name), set: async (name: string, value: Uint8Array) => void values.set(name, value), delete: async (name: string) => void values.delete(name), names: async () => [...values.keys()] };
}

export async function call(url: string, { method = 'POST', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string | undefined } = {}): Promise<Answer> {
  const response = await fetch(url, { method, headers, redirect: 'manual', ...(body !== undefined && { body }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) as Record<string, unknown> : {} };
}

/** What an answer says is wrong: status and code. */
export const wrong = ({ status, body }: Answer): string => `${status} ${String(body['error'] ?? body['code'] ?? '')}`;

export type Made = { id: string; link: string; uri: string; txCode?: string; expiresAt: number; offer: { credential_configuration_ids: string[]; grants: Record<string, Record<string, unknown>> } };

/** A staff member's program. */
export const staff = (scene: Scene) => {
  const send = (method: string, path: string, body?: unknown) =>
    call(scene.url + path, { method, headers: { authorization: `Bearer ${TOKEN}` }, ...(body !== undefined && { body: JSON.stringify(body) }) });
  return {
    send,
    offer: async (change: object = {}): Promise<Made> => (await send('POST', '/offers', { fhir: sampleImmunization(scene.now()), ...change })).body as unknown as Made,
    offerOfRecord: async (change: object = {}): Promise<Made> => (await send('POST', '/offers', { fhir: sampleBundle(scene.now()), ...change })).body as unknown as Made,
    state: async (id: string): Promise<string> => (await send('GET', `/offers/${id}`)).body['state'] as string,
  };
};

export const preAuthorized = ({ offer }: Made) => offer.grants['urn:ietf:params:oauth:grant-type:pre-authorized_code']!['pre-authorized_code'] as string;
export const issuerState = ({ offer }: Made) => offer.grants['authorization_code']!['issuer_state'] as string;

export type Dpop = { readonly signer: HolderSigner; nonce: string | undefined };
export type ProofChange = { header?: object; payload?: object; signer?: HolderSigner };

/** A wallet whose every request is written by hand. */
export function rawWallet(scene: Scene) {
  const { url } = scene;
  const form = (path: string, fields: Record<string, string | undefined>, headers: Record<string, string> = {}) =>
    call(url + path, { headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body: new URLSearchParams(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString() });
  const json = (path: string, token: string | undefined, body: unknown, headers: Record<string, string> = {}) =>
    call(url + path, { headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const nonce = async () => (await call(`${url}/nonce`)).body['c_nonce'] as string;
  const proof = async (c_nonce: string, signer: HolderSigner = createHolderSigner(), { header = {}, payload = {}, signer: by = signer }: ProofChange = {}) =>
    createJws({ alg: 'ES256', typ: 'openid4vci-proof+jwt', jwk: signer.key, ...header }, { aud: url, iat: scene.now(), nonce: c_nonce, ...payload }, by.sign);
  const dpopProof = ({ signer, nonce: dpopNonce }: Dpop, method: string, path: string, { token, change = {}, header = {}, by = signer }: { token?: string; change?: object; header?: object; by?: HolderSigner } = {}) =>
    createJws({ alg: 'ES256', typ: 'dpop+jwt', jwk: signer.key, ...header }, {
      jti: randomBytes(16).toString('hex'), htm: method, htu: url + path, iat: scene.now(), ...(dpopNonce !== undefined && { nonce: dpopNonce }),
      ...(token !== undefined && { ath: createHash('sha256').update(token).digest('base64url') }), ...change,
    }, by.sign);
  const token = (made: Made, change: Record<string, string | undefined> = {}, headers: Record<string, string> = {}) =>
    form('/token', { grant_type: 'urn:ietf:params:oauth:grant-type:pre-authorized_code', 'pre-authorized_code': preAuthorized(made), tx_code: made.txCode, ...change }, headers);
  return { form, json, nonce, proof, dpopProof, token };
}
export type RawWallet = ReturnType<typeof rawWallet>;
