// The client against a real gateway, and against what stands between: a network that fails, a gateway that is another one.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { fetchConfig } from '#records/client/config.ts';
import type { Fetch } from '#records/client/fetch.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { signIn, signOut } from '#records/client/session.ts';
import { describeOnDatabases } from '../../server/databases.ts';
import { createScene, newAccount, type Scene } from '../gateway/scene.ts';

let scene: Scene;
const fetchScene: Fetch = async (url, init) => scene.records.app.request(url, init);
const waits: number[] = [];
const client = (fetch: Fetch = fetchScene) => createGatewayClient({ url: 'http://localhost/', fetch, pause: async (milliseconds) => void waits.push(milliseconds) });
/** Answers in place of the first calls; then the gateway does. */
const failingFirst = (...answers: (() => Response)[]): Fetch => async (url, init) => answers.shift()?.() ?? fetchScene(url, init);
const broken = () => { throw new TypeError('fetch failed'); };
const busy = () => new Response('{}', { status: 503 });

describeOnDatabases('sessions of clients', RECORDS_MIGRATIONS, ({ database }) => {
  beforeAll(async () => { scene = await createScene(database()); });
  afterAll(() => scene.stop());

  describe('signIn', () => {
    test('gives a client with the token of a session, which signing out ends', async () => {
      const account = newAccount();
      const session = await signIn(client(), account, await fetchConfig(client()));
      expect(session).toMatchObject({ account: account.address, as: 'nobody', membership: { roles: [] } });
      await signOut(session);
      await expect(session.client.delete('/sessions')).rejects.toMatchObject({ code: 'not-authorised' });
    });

    test('signs nothing for another gateway that passes on a challenge', async () => {
      const { chainId } = await fetchConfig(client());
      const seen: string[] = [];
      const watching = client(async (url, init) => (seen.push(new URL(url).pathname), fetchScene(url, init)));
      await expect(signIn(watching, newAccount(), { gateway: newAccount().address, chainId })).rejects.toMatchObject({ code: 'offer-untrusted' });
      expect(seen).toEqual(['/sessions/challenge']);
    });
  });

  describe('createGatewayClient', () => {
    test('asks again for what only reads, and sends once what changes something', async () => {
      waits.length = 0;
      expect(await fetchConfig(client(failingFirst(broken, busy)))).toMatchObject({ chainId: scene.chainId });
      expect(waits).toEqual([200, 1000]);
      await expect(fetchConfig(client(failingFirst(busy, broken, busy)))).rejects.toMatchObject({ code: 'service-unavailable' });
      for (const fail of [broken, busy]) await expect(client(failingFirst(fail)).post('/sessions/challenge', { account: newAccount().address })).rejects.toMatchObject({ code: 'service-unavailable' });
    });

    test('waits once where it is asked to, for a short time only', async () => {
      waits.length = 0;
      const later = (seconds: string) => () => Response.json({ code: 'rate-limited' }, { status: 429, headers: { 'retry-after': seconds } });
      expect(await client(failingFirst(later('3'))).post('/sessions/challenge', { account: newAccount().address })).toMatchObject({ chainId: scene.chainId });
      expect(waits).toEqual([3000]);
      for (const answers of [[later('60')], [later('1'), later('1')]]) await expect(client(failingFirst(...answers)).get('/config')).rejects.toMatchObject({ code: 'rate-limited' });
    });

    test('names what is wrong by the code of the gateway, and takes no answer of another form', async () => {
      await expect(client().post('/sessions/challenge', { account: 'x' })).rejects.toMatchObject({ code: 'request-invalid', field: 'account' });
      await expect(client(async () => new Response('<html>', { status: 502 })).get('/config')).rejects.toMatchObject({ code: 'service-unavailable' });
      await expect(client(async () => new Response('<html>')).get('/config')).rejects.toMatchObject({ code: 'service-unavailable' });
      await expect(fetchConfig(client(async () => Response.json({ chainId: 'one' })))).rejects.toMatchObject({ code: 'service-unavailable', field: 'chainId' });
    });

    test('reads events however they are cut', async () => {
      const text = 'event: notice\r\nid: 7\ndata: {"a":\ndata: "ü"}\n\n: beat\n\ndata: last\n\n';
      const bytes = new TextEncoder().encode(text);
      for (const size of [1, 2, 7, bytes.length]) {
        const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size));
        const events = [];
        for await (const event of client(async () => new Response(ReadableStream.from(parts))).stream('/notifications')) events.push(event);
        expect(events).toEqual([{ event: 'notice', id: '7', data: '{"a":\n"ü"}' }, { event: 'message', id: '7', data: 'last' }]);
      }
    });
  });
});
