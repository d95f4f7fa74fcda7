// A verifier with rules and events of its own over real HTTP, on a database, with the operator and machine clients that may let people in.
import { loadArtifacts } from '#circuits';
import type { UnixSeconds } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { createAccess, createLocalKeyProvider, freePort, listen, openLimiter, openSealer, tokenDigest, type Database } from '#server';
import { createNullifierBook, createRequestBook, createVerifier, openIdentity } from '#verifier';
import { loadEngine } from '#verifier/checks/index.ts';
import { openRuleBook } from '#verifier/rules/rule-book.ts';

const TOKEN = 'the-token-of-the-operator-0123456789';
export type Answer = { readonly status: number; readonly body: Record<string, unknown> };
export type Caller = (method: string, path: string, body?: unknown) => Promise<Answer>;
export type Keeping = Awaited<ReturnType<typeof startKeeping>>;

export async function startKeeping(database: Database) {
  let ahead = Date.now() / 1000 % 86_400 > 86_000 ? 400 : 0; // no day ends while an event is tested
  const now = () => (Math.floor(Date.now() / 1000) + ahead) as UnixSeconds;
  const sealer = await openSealer(database, createLocalKeyProvider([new Uint8Array(32).fill(7)]));
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port.number}`;
  const { verificationKey } = await loadArtifacts();
  const engine = await loadEngine(verificationKey);
  const identity = await openIdentity({ database, sealer, now: now(), url, name: 'City hall', chainId: 31337, development: true });
  const rules = await openRuleBook({ database, shipped: POLICIES, now });
  const access = await createAccess({ database, sealer, publicUrl: url, organisation: { id: 'main', name: 'City hall' }, operator: tokenDigest(TOKEN), now });
  const app = createVerifier({
    ...engine, verifyingKey: verificationKey, policies: rules.policies, keeping: { database, rules }, trust: () => undefined, now, nullifiers: createNullifierBook(database), requests: createRequestBook(database),
    presentations: { database, sealer, identity, url, name: 'City hall', development: true },
  }, { access, limiter: openLimiter('memory', database) });
  const service = await listen(app, port);

  const caller = (token?: string): Caller => async (method, path, body) => {
    const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' };
    const response = await fetch(url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return { status: response.status, body: (await response.json().catch(() => ({}))) as Answer['body'] };
  };
  const operator = caller(TOKEN);
  return {
    url, now, rules, identity, database, operator, stranger: caller(),
    later: (seconds: number) => void (ahead += seconds),
    /** A program of an organisation, such as a turnstile. */
    async client(permissions: readonly string[], organisation = 'main'): Promise<Caller> {
      if (organisation !== 'main') await operator('POST', '/staff/organisations', { id: organisation, name: organisation });
      const made = await operator('POST', '/clients', { name: 'Gate', permissions, organisation });
      const basic = Buffer.from(`${String(made.body['id'])}:${String(made.body['secret'])}`).toString('base64');
      const response = await fetch(`${url}/oauth/token`, { method: 'POST', headers: { authorization: `Basic ${basic}` }, body: new URLSearchParams({ grant_type: 'client_credentials' }) });
      return caller(((await response.json()) as { access_token: string }).access_token);
    },
    async stop() {
      await service.stop();
      engine.proofs.free();
    },
  };
}
