// The services as `npm start` runs them, for conformance tests: everything goes over HTTP, without credentials, as test suites of others do it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder, type DataFolder, type Endpoints } from '#network/folder.ts';
import { startSystem } from '#network/system.ts';
import { copyNetworkDatabases } from '../journeys/databases.ts';
import { pause } from '../journeys/network.ts';

export type Json = { [member: string]: unknown };
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Json };
export type Services = {
  readonly endpoints: Endpoints;
  readonly folder: DataFolder;
  readonly token: string;
  /** DIDs under which the issuer signs. */
  readonly issuers: { readonly 'eddsa-rdfc-2022': string; readonly 'vc+jwt': string; readonly jwt_vc: string };
  readonly post: (service: 'issuer' | 'verifier', path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly get: (service: 'issuer' | 'verifier', path: string, headers?: Record<string, string>) => Promise<Answer>;
  readonly stop: () => Promise<void>;
};

export const VC_2 = 'https://www.w3.org/ns/credentials/v2';
export const VC_1 = 'https://www.w3.org/2018/credentials/v1';
export const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2';

export async function startServices(environment: Record<string, string> = {}): Promise<Services> {
  const root = await mkdtemp(join(tmpdir(), 'healthpass-conformance-'));
  const folder = dataFolder(root);
  await copyNetworkDatabases(folder);
  const { endpoints, stop } = await startSystem(folder, { rpc: 0, issuer: 0, verifier: 0 }, { environment, records: false });
  const call = async (url: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(url, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (/json|did/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : { text }) as Json };
  };
  const get: Services['get'] = (service, path, headers = {}) => call(endpoints[service] + path, { headers });
  const post: Services['post'] = (service, path, body, headers = {}) =>
    call(endpoints[service] + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return {
    endpoints, folder, token: (await readFile(folder.issuerToken, 'utf8')).trim(), get, post,
    issuers: ((await get('issuer', '/vc-api')).body as { issuers: Services['issuers'] }).issuers,
    async stop() {
      await stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The least that is a credential of data model 2.0. */
export const credential = (changes: Json = {}): Json => ({ '@context': [VC_2], type: ['VerifiableCredential'], issuer: 'did:example:ours', credentialSubject: { id: 'did:example:subject' }, ...changes });
export const credential1 = (changes: Json = {}): Json => credential({ '@context': [VC_1], issuanceDate: '2026-01-01T00:00:00Z', ...changes });

/** What of a secured credential an answer carries. */
export async function issued(services: Services, document: Json, { path = '/credentials/issue', options = {} }: { path?: string; options?: Json } = {}): Promise<Json> {
  const { status, body } = await services.post('issuer', path, { credential: document, options });
  if (status !== 201) throw new Error(`the issuer answered ${status} ${JSON.stringify(body)}`);
  return body['verifiableCredential'] as Json;
}

export const verify = (services: Services, verifiableCredential: unknown, options: Json = {}): Promise<Answer> => services.post('verifier', '/credentials/verify', { verifiableCredential, options });

/** The kinds of problem that an answer names, without where they are defined. */
export const problemsIn = ({ body }: Answer): string[] => ((body['errors'] ?? [body]) as { type?: string }[]).map(({ type }) => type?.split('#')[1] ?? `${type}`);

/** Asks again until the answer is as wanted: the services read the chain every second. */
export async function until(ask: () => Promise<Answer>, holds: (answer: Answer) => boolean): Promise<Answer> {
  for (let tries = 0; tries < 400; tries++) {
    const answer = await ask();
    if (holds(answer)) return answer;
    await pause(100);
  }
  throw new Error('the answer does not become as wanted');
}
