import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IssuedCredential, UnixSeconds } from '#passport';
import { createOperatorAccess, tokenDigest, type Access } from '#server';
import { deleteExpired, VERIFIER_MIGRATIONS } from '#verifier';
import { RESULT_KEPT } from '#verifier/openid4vp/sessions.ts';
import type { Wallet } from '#wallet';
import { describeOnDatabases } from '../../server/databases.ts';
import { answerWith, rawRequest, shown, type RawRequest } from './raw.ts';
import { auditOf, startScene, TOKEN, VACCINATION_VCT, type Link, type Scene } from './scene.ts';

const OTHER_TOKEN = 'a-token-of-somebody-else';
const asked = { ask: [{ vct: VACCINATION_VCT, claims: ['disease', 'family_name'] }], responseMode: 'direct_post' };
const ID = 'credential-0';

/** Two who may ask. */
const access: Access = {
  async authorise(context, permission) {
    const principal = await createOperatorAccess(tokenDigest(context.req.header('authorization') === `Bearer ${OTHER_TOKEN}` ? OTHER_TOKEN : TOKEN)).authorise(context, permission);
    return context.req.header('authorization') === `Bearer ${OTHER_TOKEN}` ? { ...principal, id: 'another' } : principal;
  },
};

describeOnDatabases('a session', VERIFIER_MIGRATIONS, ({ database }) => {
  let scene: Scene;
  let wallet: Wallet;
  let credential: IssuedCredential;
  beforeAll(async () => {
    scene = await startScene({ access, database: database() });
    ({ wallet, credential } = await scene.holder());
  });
  afterAll(() => scene.stop());

  const show = (request: RawRequest) => shown(scene, wallet, credential, request, { disclose: ['disease', 'family_name'] });
  const answered = async (body: object = asked): Promise<Link> => {
    const link = await scene.ask(body);
    const request = await rawRequest(scene, link);
    expect((await answerWith(scene, request, { [ID]: [await show(request)] })).status).toBe(200);
    return link;
  };
  const statusOf = async (path: string, headers: Record<string, string> = {}, method = 'GET') => (await scene.call(path, { method, headers })).status;

  describe('POST /presentations', () => {
    test('gives a link, a code and a secret, and none of them twice', async () => {
      const [one, two] = [await scene.ask(asked), await scene.ask(asked)];
      expect(one.link).toBe(`openid4vp://?${new URLSearchParams({ client_id: one.clientId, request_uri: one.requestUri, request_uri_method: 'post' }).toString()}`);
      expect((await scene.ask({ ...asked, scheme: 'haip-vp' })).link).toMatch(/^haip-vp:\/\/\?client_id=x509_hash/);
      expect(one.qr).toMatch(/^<svg .*<\/svg>\n?$/s);
      expect(one.clientId).toMatch(/^x509_hash:[\w-]{43}$/);
      expect(one.requestUri).not.toContain(one.id);
      expect(one.expiresAt - scene.now()).toBeGreaterThan(115);
      for (const name of ['id', 'secret', 'requestUri'] as const) expect(one[name]).not.toBe(two[name]);
    });
    test.each([
      ['neither ask nor query', {}], ['both', { ...asked, dcql_query: {} }], ['a life of an hour', { ...asked, expiresIn: 3600 }], ['no time to answer', { ...asked, expiresIn: 10 }], ['a document that nothing is compared with', { ...asked, document: { family: 'A', given: [], birthDate: '1980-01-02' } }],
      ['a match without a document', { ask: [{ policy: 'over-18', match: true }] }], ['a return to plain http', { ...asked, redirectUri: 'http://elsewhere.example/' }], ['a return with a fragment', { ...asked, redirectUri: 'https://elsewhere.example/#x' }],
      ['a claim that no credential has', { ask: [{ vct: VACCINATION_VCT, claims: ['salary'] }] }], ['a format that is not verified here', { dcql_query: { credentials: [{ id: 'a', format: 'mso_mdoc', meta: { doctype_value: 'x' } }] } }],
      ['an authority of another type', { dcql_query: { credentials: [{ id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['x'] }, trusted_authorities: [{ type: 'etsi_tl', values: ['https://lotl.example'] }] }] } }],
      ['a pass without its holder’s signature', { dcql_query: { credentials: [{ id: 'a', format: 'healthpass-pass', meta: { policies: ['over-18'] }, require_cryptographic_holder_binding: false }] } }],
      ['an unsigned request', { ...asked, clientId: 'redirect_uri' }],
    ])('refuses to ask with %s', async (_, body) => {
      await expect(scene.ask(body)).rejects.toMatchObject({ status: 400, code: 'request-invalid' });
    });
    test('refuses a policy that is not known, and a caller who may not ask', async () => {
      await expect(scene.ask({ ask: [{ policy: 'no-such-policy' }] })).rejects.toMatchObject({ code: 'policy-invalid' });
      await expect(scene.ask({ ask: [{ vct: VACCINATION_VCT, claims: ['disease'], policy: 'no-such-policy' }] })).rejects.toMatchObject({ code: 'policy-invalid' });
      expect((await scene.call('/presentations', { method: 'POST', body: JSON.stringify(asked) })).status).toBe(401);
    });
  });

  describe('GET /presentations/:id', () => {
    test('tells the result to whoever made the session: by its secret, or as the same caller', async () => {
      const link = await answered();
      expect(await scene.view(link)).toMatchObject({ status: 'answered', result: { outcome: 'accepted' } });
      expect(await statusOf(`/presentations/${link.id}`, { authorization: `Bearer ${TOKEN}` })).toBe(200);
    });
    test('tells nothing without a secret, with a wrong one, to another caller, or of what never was', async () => {
      const link = await answered();
      expect(await statusOf(`/presentations/${link.id}`)).toBe(401);
      expect(await statusOf(`/presentations/${link.id}`, { 'presentation-secret': (await scene.ask(asked)).secret })).toBe(404);
      expect(await statusOf(`/presentations/${link.id}`, { 'presentation-secret': '' })).toBe(404);
      expect(await statusOf(`/presentations/${link.id}`, { authorization: `Bearer ${OTHER_TOKEN}` })).toBe(404);
      expect(await statusOf('/presentations/made-up', { authorization: `Bearer ${TOKEN}` })).toBe(404);
    });
    test('on the same device, tells the result only to whoever was sent back by the wallet', async () => {
      const link = await scene.ask({ ...asked, redirectUri: 'http://127.0.0.1:9/done' });
      const request = await rawRequest(scene, link);
      const { json } = await answerWith(scene, request, { [ID]: [await show(request)] });
      const code = /^http:\/\/127\.0\.0\.1:9\/done#response_code=([\w-]{43})$/.exec(json['redirect_uri'] as string)![1]!;
      expect(await scene.view(link)).toEqual({ id: link.id, status: 'answered', opened: true, expiresAt: link.expiresAt });
      expect((await scene.view(link, { 'response-code': 'guessed' })).result).toBeUndefined();
      expect((await scene.view(link, { 'response-code': code })).result?.outcome).toBe('accepted');
    });
  });

  describe('GET /presentations/:id/events', () => {
    const follow = async ({ id, secret }: Link, { headers = {}, url = scene.url }: { headers?: Record<string, string>; url?: string } = {}) => {
      const response = await fetch(`${url}/presentations/${id}/events`, { headers: { 'presentation-secret': secret, ...headers } });
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      let text = '';
      const over = (async () => {
        for await (const chunk of response.body!) text += new TextDecoder().decode(chunk as Uint8Array); // ASCII
        return text;
      })();
      return { over, heard: (what: RegExp) => expect.poll(() => text).toMatch(what) };
    };
    const events = async (link: Link, headers: Record<string, string> = {}) => told(await (await follow(link, { headers })).over);
    const told = (text: string) => ({
      states: [...text.matchAll(/^event: presentation\r?\n?data: (.*)$|^data: (.*)$/gm)].map(([, a, b]) => JSON.parse((a ?? b)!) as { status: string; opened: boolean }), ids: [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)),
    });
    test('tells each state once, keeps the line alive, and closes with the last', async () => {
      const link = await scene.ask(asked);
      const listening = await follow(link);
      await listening.heard(/\n: \n/);
      const request = await rawRequest(scene, link);
      await listening.heard(/"opened":true/);
      await answerWith(scene, request, { [ID]: [await show(request)] });
      const { states, ids } = told(await listening.over);
      expect(states.map(({ status, opened }) => [status, opened])).toEqual([['open', false], ['open', true], ['answered', true]]);
      expect(ids).toEqual([1, 2, 3]);
    });
    test('goes on after the event that was seen last', async () => {
      const link = await answered();
      expect((await events(link, { 'last-event-id': '2' })).states.map(({ status }) => status)).toEqual(['answered']);
      expect((await events(link, { 'last-event-id': '3' })).states).toEqual([]);
    });
    test('closes when the time is over', async () => {
      const link = await scene.ask({ ...asked, expiresIn: 60 });
      const listening = await follow(link);
      await listening.heard(/data: /);
      scene.later(61);
      expect(told(await listening.over).states.map(({ status }) => status)).toEqual(['open', 'expired']);
    });
    test('closes when the service is told to end, so that it need not wait', async () => {
      const ending = await startScene({ access, database: database() });
      const listening = await follow(await ending.ask(asked), { url: ending.url });
      await listening.heard(/data: /);
      ending.endSoon();
      expect((await listening.over).match(/^data: /gm)).toHaveLength(1);
      await ending.stop();
    });
    test('tells nothing of a foreign session', async () => {
      const link = await answered();
      expect(await statusOf(`/presentations/${link.id}/events`)).toBe(401);
      expect(await statusOf(`/presentations/${link.id}/events`, { 'presentation-secret': 'made-up' })).toBe(404);
      expect(await statusOf(`/presentations/${link.id}/events`, { authorization: `Bearer ${OTHER_TOKEN}` })).toBe(404);
    });
  });

  describe('what is kept', () => {
    test('is sealed, and what was asked is erased with the answer', async () => {
      const link = await answered();
      const [row] = await scene.database.query<{ asked: Uint8Array | null; result: Uint8Array }>('SELECT asked, result FROM presentation WHERE id = $1', [link.id]);
      expect(row!.asked).toBeNull();
      expect(Buffer.from(row!.result).includes('Müller')).toBe(false);
      expect(JSON.stringify(await scene.view(link))).toContain('Müller');
      const everything = JSON.stringify([...(await auditOf(scene.database)), ...(await scene.database.query('SELECT id, request, creator, status FROM presentation'))]);
      expect(everything).not.toMatch(/Müller|1980|urn:uuid|nonce/);
    });
    test('opens in no other session', async () => {
      const [one, two] = [await answered(), await answered()];
      await scene.database.query('UPDATE presentation SET result = (SELECT result FROM presentation WHERE id = $1) WHERE id = $2', [one.id, two.id]);
      expect((await scene.call(`/presentations/${two.id}`, { headers: { 'presentation-secret': two.secret } })).json['code']).toBe('sealed-invalid');
    });
    test('is gone after a while, or when it is deleted, which only its maker can do', async () => {
      const [old, link] = [await answered(), await answered()];
      expect(await statusOf(`/presentations/${link.id}`, { authorization: `Bearer ${OTHER_TOKEN}` }, 'DELETE')).toBe(404);
      expect(await statusOf(`/presentations/${link.id}`, { 'presentation-secret': link.secret }, 'DELETE')).toBe(204);
      expect(await statusOf(`/presentations/${link.id}`, { 'presentation-secret': link.secret })).toBe(404);
      scene.later(RESULT_KEPT);
      expect(await statusOf(`/presentations/${old.id}`, { 'presentation-secret': old.secret })).toBe(404);
      await scene.ask(asked);
      expect(await scene.database.query('SELECT 1 FROM presentation WHERE id = $1', [old.id])).toEqual([]);
      expect((await auditOf(scene.database)).map(({ action }) => action)).toEqual(expect.arrayContaining(['presentation.delete', 'presentation.purge', 'presentation.answer', 'presentation.open', 'presentation.create']));
    });
    test('is deleted although nobody asks any more', async () => {
      const link = await answered();
      await deleteExpired(scene.database, scene.now());
      expect(await scene.view(link)).toMatchObject({ status: 'answered' });
      await deleteExpired(scene.database, (scene.now() + RESULT_KEPT) as UnixSeconds);
      expect(await scene.database.query('SELECT 1 FROM presentation WHERE id = $1', [link.id])).toEqual([]);
    });
    test('is the answer of one of several that come at once, whichever replica takes them', async () => {
      const link = await scene.ask(asked);
      const request = await rawRequest(scene, link);
      const body = new URLSearchParams({ vp_token: JSON.stringify({ [ID]: [await show(request)] }), state: request.state }).toString();
      const [path, headers] = [new URL(request.response_uri).pathname, { 'content-type': 'application/x-www-form-urlencoded' }];
      const replicas = Array.from({ length: 4 }, () => scene.app());
      const answers = await Promise.all([...replicas, ...replicas].map((replica) => replica.request(path, { method: 'POST', body, headers })));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(7).fill(410)]);
      expect((await auditOf(scene.database)).filter(({ action, target }) => action === 'presentation.answer' && target === link.id)).toHaveLength(1);
    });
    test('survives a restart: another replica takes the answer and tells the result', async () => {
      const link = await scene.ask(asked);
      const request = await rawRequest(scene, link);
      const replica = scene.app('Sample Checkpoint');
      const body = new URLSearchParams({ vp_token: JSON.stringify({ [ID]: [await show(request)] }), state: request.state });
      expect((await replica.request(new URL(request.response_uri).pathname, { method: 'POST', body })).status).toBe(200);
      expect((await scene.view(link)).result?.outcome).toBe('accepted');
    });
  });
});
