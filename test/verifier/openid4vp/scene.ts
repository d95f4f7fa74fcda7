// A verifier that speaks OpenID4VP over real HTTP, on a database and with real keys; a holder with a credential; only the chain is left out: its
// state is a literal whose roots are recomputed.
import { loadArtifacts } from '#circuits';
import type { HealthEvent, IssuedCredential, TrustState, UnixSeconds } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { createLocalKeyProvider, createOperatorAccess, freePort, listen, openSealer, tokenDigest, type Access, type Database } from '#server';
import { createNullifierBook, createRequestBook, createVerifier, openIdentity, VERIFIER_MIGRATIONS } from '#verifier';
import { loadEngine } from '#verifier/checks/index.ts';
import { createBindings, receiveCredential, type Wallet } from '#wallet';
import { fetchRequest, parsePresentationLink, type RequestDeps, type VerifiedRequest } from '#wallet/openid4vp/index.ts';
import { createTestIssuer, DAY, issueTo, newWallet, receiving, trustOf, VACCINATION, type Issuance, type TestIssuer } from '../../holder-web/fixture.ts';
import { openEmptyDatabase } from '../../server/empty-database.ts';

export const TOKEN = 'a-token-of-the-operator';
export const VACCINATION_VCT = 'urn:healthpass:vaccination:1';

export type Link = { readonly id: string; readonly secret: string; readonly link: string; readonly qr: string; readonly clientId: string; readonly requestUri: string; readonly expiresAt: number };
export type View = {
  readonly status: string; readonly opened: boolean; readonly expiresAt: number;
  readonly result?: { readonly outcome?: string; readonly reason?: string; readonly error?: string; readonly credentials?: Readonly<Record<string, readonly Record<string, unknown>[]>> };
};
export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly json: Record<string, unknown> };

export type Scene = Awaited<ReturnType<typeof startScene>>;

export async function startScene({ access = createOperatorAccess(tokenDigest(TOKEN)), ...given }: { access?: Access; database?: Database; trust?: () => TrustState } = {}) {
  const own = createWorld();
  const world = { ...own, trust: given.trust ?? own.trust };
  const database = given.database ?? (await openEmptyDatabase(VERIFIER_MIGRATIONS));
  const sealer = await openSealer(database, createLocalKeyProvider([new Uint8Array(32).fill(5)]));
  const [port, artifacts] = [await freePort(0), await loadArtifacts()];
  const url = `http://127.0.0.1:${port.number}`;
  const engine = await loadEngine(artifacts.verificationKey);
  const identity = await openIdentity({ database, sealer, now: world.now(), url, name: 'Sample Checkpoint', chainId: 31337, development: true });
  const stopping = new AbortController();
  const app = (name = 'Sample Checkpoint') => createVerifier({
    ...engine, verifyingKey: artifacts.verificationKey, policies: POLICIES, trust: world.trust, now: world.now, nullifiers: createNullifierBook(database), requests: createRequestBook(database),
    presentations: { database, sealer, identity, url, name, development: true, eventTimes: { poll: 20, heartbeat: 60 }, stopping: stopping.signal },
  }, { access });
  const service = await listen(app(), port);
  const call = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(path.startsWith('http') ? path : url + path, init);
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text, json };
  };
  const ask = async (body: object, token = TOKEN): Promise<Link> => {
    const { status, json } = await call('/presentations', { method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${token}` } });
    if (status !== 201) throw Object.assign(new Error(`the service answered ${status}`), { status, code: json['code'], field: json['field'] });
    return json as unknown as Link;
  };
  const deps = (): RequestDeps => ({ fetch, now: world.now(), roots: [identity.root!], development: true });
  return {
    ...world, url, database, sealer, identity, app, call, ask, deps, artifacts,
    post: (path: string, parameters: Readonly<Record<string, string>> | string) =>
      call(path, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: typeof parameters === 'string' ? parameters : new URLSearchParams(parameters).toString() }),
    view: async ({ id, secret }: Pick<Link, 'id' | 'secret'>, headers: Readonly<Record<string, string>> = {}) =>
      (await call(`/presentations/${id}`, { headers: { 'presentation-secret': secret, ...headers } })).json as unknown as View,
    fetchRequest: async ({ link }: Pick<Link, 'link'>, change: Partial<RequestDeps> = {}): Promise<VerifiedRequest> =>
      fetchRequest(parsePresentationLink(link, { development: true }), { ...deps(), ...change }),
    /** The service is told to end, and does so once nothing is under way. */
    endSoon: () => stopping.abort(),
    async stop() {
      await service.stop();
      engine.proofs.free();
      if (!given.database) await database.close();
    },
  };
}

/** An issuer, the state of the chain, and the time, which a test may move. */
function createWorld() {
  const issuer: TestIssuer = createTestIssuer();
  let ahead = 0;
  let blocked: number[] = [];
  const now = () => (Math.floor(Date.now() / 1000) + ahead) as UnixSeconds;
  const trust = (): TrustState => trustOf([issuer], { now: now(), blocked: { [issuer.list]: blocked } });
  return {
    issuer, now, trust,
    later: (seconds: number) => void (ahead += seconds),
    /** From now on an entry of the issuer's list is set. */
    revoke: ({ claims }: IssuedCredential) => void (blocked = [...blocked, claims.index]),
    async holder(issuance: Issuance = {}): Promise<{ wallet: Wallet; credential: IssuedCredential }> {
      const wallet = await newWallet();
      const [binding] = await createBindings(wallet, 1, now());
      const event: HealthEvent = { ...VACCINATION, time: (now() - 60 * DAY) as UnixSeconds };
      const credential = await issueTo(issuer, binding!, { event, validUntil: (now() + 300 * DAY) as UnixSeconds, ...issuance });
      await receiveCredential(wallet, credential, receiving(trust(), now()));
      return { wallet, credential };
    },
  };
}

export const auditOf = (database: Database) => database.query<{ action: string; actor_kind: string; target: string; detail: string }>('SELECT action, actor_kind, target, detail FROM audit ORDER BY id');
