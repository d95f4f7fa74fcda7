// Every route stands behind the same guard; what is not said of a route is decided in the strictest way.
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { createLimiter, createRouter, NO_ACCESS, ProtocolError, RATE_LIMIT_MIGRATION, route, SURFACES, type Access, type Database, type GuardOptions, type Limiter, type Surface } from '#server';
import { openEmptyDatabase } from '../empty-database.ts';

const answers = { 200: { description: 'Done', schema: z.object({}) } };
const anybody = { summary: 'Do it', tag: 'test', permission: null, answers, run: () => ({}) } as const;
const KNOWN = 'a'.repeat(32);
/** One caller is known and may issue, and nothing else. */
const access: Access = {
  authorise: async (context, permission) => {
    if (context.req.header('authorization') !== `Bearer ${KNOWN}`) throw new HealthpassError('not-authorised', 'the request carries no valid token', { field: 'authorization' });
    if (permission !== 'credentials:issue') throw new HealthpassError('forbidden', 'this caller may not do that', { field: 'permission' });
    return { kind: 'client', id: 'one', organisation: 'clinic', permissions: new Set(['credentials:issue'] as const) };
  },
};
let release: (() => void) | undefined;
const service = (options: GuardOptions = {}, on: Access = NO_ACCESS) => createRouter([
  route({ ...anybody, method: 'post', path: '/plain' }),
  ...SURFACES.map((surface) => route({ ...anybody, method: 'post', path: `/${surface}`, surface })),
  route({ ...anybody, method: 'get', path: '/public', surface: 'public' }),
  route({ ...anybody, method: 'post', path: '/issue', permission: 'credentials:issue' }),
  route({ ...anybody, method: 'post', path: '/rotate', permission: 'keys:rotate' }),
  route({ ...anybody, method: 'post', path: '/token', limit: 'token', errors: 'protocol', surface: 'wallet' }),
  route({ ...anybody, method: 'post', path: '/secret', errors: 'protocol', surface: 'wallet', run: () => { throw new ProtocolError('invalid_client', 'the client is not known by that secret', { status: 401 }); } }),
  route({ ...anybody, method: 'get', path: '/broken', run: () => { throw new RangeError('x'); } }),
  route({ ...anybody, method: 'post', path: '/slow', run: () => new Promise((resolve) => { release = () => resolve({}); }) }),
], { access: on, ...options });

const post = (app: ReturnType<typeof service>, path: string, headers: Record<string, string> = {}) => app.request(path, { method: 'POST', headers });
const told = async (response: Response) => [response.status, ((await response.json()) as { code?: string; error?: string }).code];

describe('a page of another origin', () => {
  const foreign: [string, Record<string, string>][] = [
    ['that posts a form', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' }],
    ['in an old browser, which tells the origin only', { origin: 'https://evil.example' }],
    ['of a neighbour under the same site', { origin: 'http://localhost:9999', 'sec-fetch-site': 'same-site' }],
    ['on another port of this machine, told by the origin only', { origin: 'http://localhost:9999' }],
    ['in a sandboxed frame', { origin: 'null' }],
    ['of our name over another scheme', { origin: 'https://localhost' }],
  ];
  test.each(foreign)('%s cannot change anything', async (_name, headers) => {
    for (const path of ['/plain', '/staff', '/page']) expect(await told(await post(service(), path, headers))).toEqual([403, 'forbidden']);
  });
  test.each(foreign)('%s may use what is open, and gets no cookies with it', async (_name, headers) => {
    for (const path of ['/wallet', '/public']) {
      const response = await post(service(), path, headers);
      expect([response.status, response.headers.get('access-control-allow-origin'), response.headers.get('access-control-allow-credentials')]).toEqual([200, '*', null]);
    }
  });
  test('is told before it calls what is open, and nothing about the rest', async () => {
    const ask = (path: string) => service().request(path, { method: 'OPTIONS', headers: { origin: 'https://wallet.example', 'access-control-request-method': 'POST' } });
    const open = await ask('/public');
    expect([open.status, open.headers.get('access-control-allow-methods'), open.headers.get('access-control-allow-origin')]).toEqual([204, 'POST, GET', '*']);
    for (const path of ['/plain', '/staff', '/page', '/issue', '/none']) {
      const closed = await ask(path);
      expect([closed.status, closed.headers.get('access-control-allow-origin')]).toEqual([404, null]);
    }
  });
  test('is none where the browser says so, nor is a program', async () => {
    const own: Record<string, string>[] = [{}, { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }];
    for (const headers of own) expect((await post(service(), '/staff', headers)).status).toBe(200);
    const https = service({ publicUrl: 'https://clinic.example/' });
    expect((await https.request('https://clinic.example/staff', { method: 'POST', headers: { origin: 'https://clinic.example' } })).status).toBe(200);
    expect(await told(await https.request('https://clinic.example/staff', { method: 'POST', headers: { origin: 'http://clinic.example' } }))).toEqual([403, 'forbidden']);
  });
});

describe('a name that an attacker points at this machine', () => {
  test.each(['http://evil.example/plain', 'http://evil.example:4100/plain', 'http://127.0.0.1.evil.example/plain'])('%s is none of ours', async (url) => {
    expect(await told(await service().request(url, { method: 'POST' }))).toEqual([400, 'request-invalid']);
  });
  test('those of this machine, of the configuration and of the container network are', async () => {
    const app = service({ publicUrl: 'https://clinic.example', hosts: ['issuer'] });
    for (const url of ['http://127.0.0.1:4100/plain', 'http://[::1]:1/plain', 'http://localhost/plain', 'http://issuer:4100/plain', 'https://clinic.example/plain']) expect((await app.request(url, { method: 'POST' })).status).toBe(200);
  });
});

describe('the headers of a surface', () => {
  const strict = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/) as string };
  const expected: Record<Surface | 'plain' | 'broken' | 'none', Record<string, unknown>> = {
    staff: { 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin', 'access-control-allow-origin': undefined },
    plain: { 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin', 'access-control-allow-origin': undefined },
    broken: { 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin', 'access-control-allow-origin': undefined },
    none: { 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin', 'access-control-allow-origin': undefined },
    wallet: { 'cache-control': 'no-store', 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' },
    public: { 'cache-control': undefined, 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' },
    page: { 'cache-control': 'no-store', 'content-security-policy': expect.stringContaining("require-trusted-types-for 'script'"), 'cross-origin-opener-policy': 'same-origin', 'permissions-policy': expect.stringContaining('camera=()') },
    app: { 'content-security-policy': expect.stringMatching(/script-src 'self' 'wasm-unsafe-eval';.*connect-src 'self'; .*require-trusted-types-for 'script'/), 'cross-origin-opener-policy': 'same-origin', 'permissions-policy': expect.stringContaining('camera=(self)') },
    'holder-app': { 'content-security-policy': expect.stringMatching(/connect-src 'self' https: http:\/\/localhost/), 'cross-origin-embedder-policy': 'require-corp' },
  };
  test.each(Object.entries(expected))('%s', async (name, headers) => {
    const response = name === 'broken' || name === 'none' ? await service().request(`/${name}`) : await post(service(), `/${name}`);
    const seen = Object.fromEntries(Object.keys({ ...strict, ...headers }).map((header) => [header, response.headers.get(header) ?? undefined]));
    expect(seen).toEqual({ ...strict, ...headers });
  });
  test('who came by https is kept there, and nobody else', async () => {
    expect((await post(service({ publicUrl: 'https://clinic.example' }), '/plain')).headers.get('strict-transport-security')).toContain('max-age=63072000');
    expect((await post(service({ publicUrl: 'http://127.0.0.1:4100' }), '/plain')).headers.get('strict-transport-security')).toBeNull();
  });
});

describe('a caller', () => {
  test('who is not known, and one who may not', async () => {
    const app = service({}, access);
    expect(await told(await post(app, '/issue'))).toEqual([401, 'not-authorised']);
    expect(await told(await post(app, '/rotate', { authorization: `Bearer ${KNOWN}` }))).toEqual([403, 'forbidden']);
    expect((await post(app, '/issue', { authorization: `Bearer ${KNOWN}` })).status).toBe(200);
  });
  test('who is not known by the protocol of a route is told so before his body is read, and his guesses are counted', async () => {
    const authorise = () => Promise.reject(new HealthpassError('not-authorised', 'nobody is signed in', { field: 'authorization' }));
    const app = createRouter([route({ ...anybody, method: 'post', path: '/own', surface: 'wallet', authorise, body: { schema: z.strictObject({}) } })], { access: NO_ACCESS, limiter: createLimiter({ limits: { failures: 1 } }) });
    const send = () => app.request('/own', { method: 'POST', body: '{' });
    expect([await told(await send()), await told(await send()), (await send()).status]).toEqual([[401, 'not-authorised'], [401, 'not-authorised'], 429]);
  });
});

describe.each(['memory', 'the database'])('limits kept in %s', (place) => {
  const opened: Database[] = [];
  const limiter = async (limits: Parameters<typeof createLimiter>[0] = {}): Promise<Limiter> => {
    if (place === 'memory') return createLimiter(limits);
    const database = await openEmptyDatabase([RATE_LIMIT_MIGRATION]);
    opened.push(database);
    return createLimiter({ ...limits, database });
  };
  afterAll(async () => {
    for (const database of opened) await database.close();
  });

  test('say how much is left, and when there is more again', async () => {
    const app = service({ limiter: await limiter({ limits: { token: 2 } }) });
    const [first, second, third] = [await post(app, '/token'), await post(app, '/token'), await post(app, '/token')];
    expect([first, second, third].map(({ status, headers }) => [status, headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')])).toEqual([[200, '2', '1'], [200, '2', '0'], [429, '2', '0']]);
    expect([Number(third.headers.get('retry-after')), await third.json()]).toEqual([Number(third.headers.get('ratelimit-reset')), { error: 'temporarily_unavailable', error_description: expect.any(String) as string }]);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(50);
    expect((await post(app, '/plain')).status).toBe(200);
  });

  test('count one caller, not the others', async () => {
    const app = service({ limiter: await limiter({ limits: { staff: 1 } }) }, access);
    expect((await post(app, '/plain')).status).toBe(200);
    expect(await told(await post(app, '/plain'))).toEqual([429, 'rate-limited']);
    expect((await post(app, '/issue', { authorization: `Bearer ${KNOWN}` })).status).toBe(200);
  });

  test('who guesses tokens and secrets is sent away before they are looked at', async () => {
    const app = service({ limiter: await limiter({ limits: { failures: 3 } }) }, access);
    for (let i = 0; i < 2; i++) expect((await post(app, '/secret')).status).toBe(401);
    for (let i = 0; i < 2; i++) expect((await post(app, '/issue', { authorization: `Bearer ${'b'.repeat(32)}` })).status).toBe(401);
    expect((await post(app, '/issue', { authorization: `Bearer ${KNOWN}` })).status).toBe(429);
    expect((await post(app, '/secret')).status).toBe(429);
  });

  test('a client cannot count as another by what it writes into X-Forwarded-For', async () => {
    const forwarded = async (app: ReturnType<typeof service>, chain: string) => (await post(app, '/token', { 'x-forwarded-for': chain })).status;
    const direct = service({ limiter: await limiter({ limits: { token: 1 } }) });
    expect([await forwarded(direct, '10.0.0.1'), await forwarded(direct, '10.0.0.2')]).toEqual([200, 429]);
    const proxied = service({ limiter: await limiter({ limits: { token: 1 } }), trustedProxies: 1 });
    expect([await forwarded(proxied, '10.0.0.1'), await forwarded(proxied, '10.0.0.9, 10.0.0.1'), await forwarded(proxied, '10.0.0.2')]).toEqual([200, 429, 200]);
    expect([await forwarded(proxied, '2001:db8:1:2::1'), await forwarded(proxied, '2001:db8:1:2:ffff::9')]).toEqual([200, 429]);
  });
});

describe('a service that is overloaded', () => {
  test('sends new requests away at once, and goes on when there is room', async () => {
    const app = service({ maxInFlight: 1 });
    const first = post(app, '/slow');
    await expect.poll(() => release).toBeDefined();
    const refused = await post(app, '/plain');
    expect([refused.headers.get('retry-after'), ...(await told(refused))]).toEqual(['1', 503, 'service-unavailable']);
    release!();
    expect([(await first).status, (await post(app, '/plain')).status]).toEqual([200, 200]);
  });
});
