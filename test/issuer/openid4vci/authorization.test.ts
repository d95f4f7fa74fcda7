// The authorization code flow: pushed requests, the page, codes; attacked with requests written from the specifications.
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { call, issuerState, rawWallet, staff, startScene, wrong, type Answer, type Dpop, type Made, type RawWallet, type Scene } from './scene.ts';

const CLIENT = 'sample-wallet';
const REDIRECT = 'https://wallet.example/callback';
const SD = 'vaccination_dc_sd_jwt';
let scene: Scene;
let wallet: RawWallet;
beforeAll(async () => {
  scene = await startScene();
  wallet = rawWallet(scene);
});
afterAll(() => scene.stop());

const newVerifier = () => randomBytes(32).toString('base64url');
const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
type Fields = Record<string, string | undefined>;
type Begun = { made: Made; verifier: string };

const begin = async (change: object = {}): Promise<Begun> => ({ made: await staff(scene).offer(change), verifier: newVerifier() });
const push = ({ made, verifier }: Begun, change: Fields = {}, headers: Record<string, string> = {}) => wallet.form('/par', {
  response_type: 'code', client_id: CLIENT, redirect_uri: REDIRECT, code_challenge: challengeOf(verifier), code_challenge_method: 'S256', issuer_state: issuerState(made), state: 'a b&c', scope: SD, ...change,
}, headers);
const answerPage = (requestUri: string, change: Fields = {}, headers: Record<string, string> = {}) =>
  wallet.form('/authorize', { request_uri: requestUri, client_id: CLIENT, tx_code: '', answer: 'agree', ...change }, headers);
/** The code that a person's browser brings back. */
async function authorise(begun: Begun, change: Fields = {}, headers: Record<string, string> = {}): Promise<string> {
  const { body } = await push(begun, change, headers);
  const { headers: answered } = await answerPage(body['request_uri'] as string, { tx_code: begun.made.txCode });
  return new URL(answered.get('location')!).searchParams.get('code')!;
}
const redeem = (code: string, { verifier }: Begun, change: Fields = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  wallet.form('/token', { grant_type: 'authorization_code', code, client_id: CLIENT, redirect_uri: REDIRECT, code_verifier: verifier, ...change }, headers);

describe('POST /par', () => {
  test('keeps a request for a few minutes, and answers uncached', async () => {
    const answer = await push(await begin());
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(answer.body).toEqual({ request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}$/), expires_in: 300 });
  });
  test.each<[string, Fields, string]>([
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }, '400 invalid_request'],
    ['with PKCE plain', { code_challenge_method: 'plain' }, '400 invalid_request'],
    ['with PKCE that names no method, which would be plain', { code_challenge_method: undefined }, '400 invalid_request'],
    ['with a challenge that is no SHA-256', { code_challenge: 'short' }, '400 invalid_request'],
    ['without issuer_state', { issuer_state: undefined }, '400 invalid_request'],
    ['with the issuer_state of no offer', { issuer_state: 'A'.repeat(43) }, '400 invalid_request'],
    ['for a token without a code (implicit)', { response_type: 'token' }, '400 invalid_request'],
    ['without a client', { client_id: undefined }, '400 invalid_request'],
    ['without a redirect_uri', { redirect_uri: undefined }, '400 invalid_request'],
    ['that leads to http on another machine', { redirect_uri: 'http://wallet.example/cb' }, '400 invalid_request'],
    ['that leads to a script', { redirect_uri: 'javascript:alert(1)' }, '400 invalid_request'],
    ['that leads to data', { redirect_uri: 'data:text/html,x' }, '400 invalid_request'],
    ['that leads to a file', { redirect_uri: 'file:///etc/passwd' }, '400 invalid_request'],
    ['that leads somewhere with a fragment', { redirect_uri: `${REDIRECT}#x` }, '400 invalid_request'],
    ['that leads somewhere in the name of somebody', { redirect_uri: 'https://bank.example@evil.example/' }, '400 invalid_request'],
    ['that is a request object', { request: 'a.b.c' }, '400 invalid_request'],
    ['that refers to another request', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, '400 invalid_request'],
    ['for a scope that is not there', { scope: 'openid' }, '400 invalid_scope'],
    ['for a scope that was not offered', { scope: 'test_dc_sd_jwt' }, '400 invalid_scope'],
  ])('refuses a request %s', async (_name, change, code) => {
    expect(wrong(await push(await begin(), change))).toBe(code);
  });
  test.each(['com.example.wallet:/cb', 'http://127.0.0.1:7777/cb', 'https://wallet.example/cb?x=1'])('takes the redirect_uri %s', async (redirect_uri) => {
    expect((await push(await begin(), { redirect_uri })).status).toBe(201);
  });
  test('refuses an offer that was redeemed', async () => {
    const begun = await begin();
    await wallet.token(begun.made);
    expect(wrong(await push(begun))).toBe('400 invalid_request');
  });
});

describe('GET /authorize', () => {
  test('shows a page without scripts, in the language of the browser, that can be framed by nobody', async () => {
    const { body } = await push(await begin());
    const page = await call(`${scene.url}/authorize?${new URLSearchParams({ client_id: CLIENT, request_uri: body['request_uri'] as string })}`, { method: 'GET', headers: { 'accept-language': 'ar-EG,en;q=0.5' } });
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="ar" dir="rtl">');
    expect(page.text).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' https:\/\/wallet\.example$/);
    expect([page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual(['no-store', 'same-origin']);
    const style = /<style>(.*?)<\/style>/s.exec(page.text)![1]!;
    expect(page.headers.get('content-security-policy')).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  });
  test('has a label for its field, one heading, and says what is wrong where it is', async () => {
    const begun = await begin();
    const { body } = await push(begun);
    const page = await answerPage(body['request_uri'] as string, { tx_code: '000' });
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/<label for="code">[^<]+<\/label><input id="code" name="tx_code" inputmode="numeric" autocomplete="one-time-code"[^>]*aria-describedby="wrong explain" aria-invalid="true"/);
    expect(page.text).toMatch(/<p class="wrong" id="wrong" role="alert">/);
    expect(page.text.match(/<h1>/g)).toHaveLength(1);
    expect(page.text).toContain('<html lang="en" dir="ltr">');
  });
  test('writes what a wallet says of itself into the page as text', async () => {
    const client = '"><script>alert(1)</script>';
    const { body } = await push(await begin(), { client_id: client });
    const page = await call(`${scene.url}/authorize?${new URLSearchParams({ client_id: client, request_uri: body['request_uri'] as string })}`, { method: 'GET' });
    expect([page.status, page.text.includes('<script>')]).toEqual([200, false]);
  });
  test.each<[string, (uri: string) => Promise<Record<string, string>> | Record<string, string>]>([
    ['a request that was not pushed', () => ({ client_id: CLIENT, response_type: 'code', redirect_uri: 'https://evil.example' })],
    ['a request_uri that nobody was given', () => ({ client_id: CLIENT, request_uri: `urn:ietf:params:oauth:request_uri:${'A'.repeat(43)}` })],
    ['a request_uri on the web', () => ({ client_id: CLIENT, request_uri: 'https://evil.example/request' })],
    ['the request of another client', (uri) => ({ client_id: 'another-wallet', request_uri: uri })],
  ])('sends nobody anywhere by %s', async (_name, parameters) => {
    const { body } = await push(await begin());
    const page = await call(`${scene.url}/authorize?${new URLSearchParams(await parameters(body['request_uri'] as string))}`, { method: 'GET' });
    expect([page.status, page.headers.get('location'), page.headers.get('content-type')]).toEqual([400, null, 'text/html; charset=utf-8']);
  });
  test('refuses a request that has expired', async () => {
    const { body } = await push(await begin());
    scene.advance(301);
    expect((await call(`${scene.url}/authorize?${new URLSearchParams({ client_id: CLIENT, request_uri: body['request_uri'] as string })}`, { method: 'GET' })).status).toBe(400);
  });
});

describe('POST /authorize', () => {
  test('takes the browser back to the wallet with a code, the state and who gave it (RFC 9207)', async () => {
    const begun = await begin();
    const { body } = await push(begun);
    const answer = await answerPage(body['request_uri'] as string, { tx_code: begun.made.txCode });
    const location = new URL(answer.headers.get('location')!);
    expect([answer.status, location.origin + location.pathname]).toEqual([303, REDIRECT]);
    expect(Object.fromEntries(location.searchParams)).toEqual({ code: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), state: 'a b&c', iss: scene.url });
  });
  test('tells the wallet when the person does not want it', async () => {
    const { body } = await push(await begin());
    const answer = await answerPage(body['request_uri'] as string, { answer: 'decline' });
    expect(Object.fromEntries(new URL(answer.headers.get('location')!).searchParams)).toEqual({ error: 'access_denied', state: 'a b&c', iss: scene.url });
    expect((await answerPage(body['request_uri'] as string)).status).toBe(400);
  });
  test('gives one code for a request (replay of a request_uri)', async () => {
    const begun = await begin();
    const { body } = await push(begun);
    const answers = await Promise.all([0, 1].map(() => answerPage(body['request_uri'] as string, { tx_code: begun.made.txCode })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 400]);
  });
  test('lets nobody guess: after five wrong numbers the offer is dead, and the wallet is told', async () => {
    const begun = await begin();
    const { body } = await push(begun);
    const wrongNumber = String((Number(begun.made.txCode) + 1) % 1_000_000).padStart(6, '0');
    const answers = [];
    for (let attempt = 0; attempt < 5; attempt++) answers.push(await answerPage(body['request_uri'] as string, { tx_code: wrongNumber }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 303]);
    expect(answers.at(-1)!.headers.get('location')).toContain('error=access_denied');
    expect(await staff(scene).state(begun.made.id)).toBe('locked');
  });
  test('counts guesses here and at the token endpoint together', async () => {
    const begun = await begin();
    const { body } = await push(begun);
    const wrongNumber = String((Number(begun.made.txCode) + 1) % 1_000_000).padStart(6, '0');
    for (let attempt = 0; attempt < 3; attempt++) await wallet.token(begun.made, { tx_code: wrongNumber });
    for (let attempt = 0; attempt < 2; attempt++) await answerPage(body['request_uri'] as string, { tx_code: wrongNumber });
    expect(await staff(scene).state(begun.made.id)).toBe('locked');
  });
  test.each([['sec-fetch-site', 'cross-site'], ['origin', 'https://evil.example'], ['origin', 'null']])('refuses a form that a page of another origin sends (%s: %s)', async (name, value) => {
    const begun = await begin();
    const { body } = await push(begun);
    expect((await answerPage(body['request_uri'] as string, { tx_code: begun.made.txCode }, { [name]: value })).status).toBe(403);
  });
  test('takes the form of its own page', async () => {
    const begun = await begin();
    const { body } = await push(begun);
    expect((await answerPage(body['request_uri'] as string, { tx_code: begun.made.txCode }, { origin: scene.url, 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });
});

describe('POST /token with an authorization code', () => {
  test('gives a token for what the scope asked for, and no more', async () => {
    const begun = await begin();
    const answer = await redeem(await authorise(begun), begun);
    expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
    const token = answer.body['access_token'] as string;
    const ask = async (configuration: string) => wallet.json('/credential', token, { credential_configuration_id: configuration, proofs: { jwt: [await wallet.proof(await wallet.nonce(), undefined, { payload: { iss: CLIENT } })] } });
    expect((await ask(SD)).status).toBe(200);
    expect(wrong(await ask('vaccination_jwt_vc_json'))).toBe('403 insufficient_scope');
  });
  test.each<[string, Fields, string]>([
    ['without the verifier', { code_verifier: undefined }, '400 invalid_request'],
    ['with a wrong verifier', { code_verifier: newVerifier() }, '400 invalid_grant'],
    ['with the challenge for a verifier (plain)', { code_verifier: 'challenge' }, '400 invalid_grant'],
    ['with another redirect_uri', { redirect_uri: `${REDIRECT}/` }, '400 invalid_grant'],
    ['without redirect_uri', { redirect_uri: undefined }, '400 invalid_grant'],
    ['by another client', { client_id: 'another-wallet' }, '400 invalid_grant'],
    ['without a client', { client_id: undefined }, '400 invalid_request'],
    ['with a code that nobody was given', { code: 'A'.repeat(43) }, '400 invalid_grant'],
  ])('refuses a request %s, and the wallet that has the code can still use it', async (name, change, code) => {
    const begun = await begin();
    const given = await authorise(begun);
    const changed = name.includes('plain') ? { code_verifier: challengeOf(begun.verifier) } : change;
    expect(wrong(await redeem(given, begun, changed))).toBe(code);
    expect((await redeem(given, begun)).status).toBe(200);
  });
  test('refuses a code that was used (replay), and takes back what it gave', async () => {
    const begun = await begin();
    const code = await authorise(begun);
    const token = (await redeem(code, begun)).body['access_token'] as string;
    expect(wrong(await redeem(code, begun))).toBe('400 invalid_grant');
    expect(wrong(await wallet.json('/credential', token, { credential_configuration_id: SD }))).toBe('401 invalid_token');
  });
  test('does not take back anything for somebody who has the code alone', async () => {
    const begun = await begin();
    const code = await authorise(begun);
    const token = (await redeem(code, begun)).body['access_token'] as string;
    expect(wrong(await redeem(code, begun, { code_verifier: newVerifier() }))).toBe('400 invalid_grant');
    expect(wrong(await wallet.json('/credential', token, { credential_configuration_id: SD }))).toBe('400 invalid_proof');
  });
  test('refuses a code after a minute', async () => {
    const begun = await begin();
    const code = await authorise(begun);
    scene.advance(61);
    expect(wrong(await redeem(code, begun))).toBe('400 invalid_grant');
  });
  test('lets one of both flows win', async () => {
    const begun = await begin();
    const code = await authorise(begun);
    const answers = await Promise.all([redeem(code, begun), wallet.token(begun.made)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
  });
  test('lets one of two that come with one code win', async () => {
    const begun = await begin();
    const code = await authorise(begun);
    const answers = await Promise.all([redeem(code, begun), redeem(code, begun)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
  });
  test('holds a code to the DPoP key that pushed the request', async () => {
    const begun = await begin();
    const nonce = (await call(`${scene.url}/nonce`)).headers.get('dpop-nonce')!;
    const [mine, other]: Dpop[] = [createHolderSigner(), createHolderSigner()].map((signer) => ({ signer, nonce }));
    const code = await authorise(begun, {}, { dpop: await wallet.dpopProof(mine!, 'POST', '/par') });
    expect(wrong(await redeem(code, begun))).toBe('400 invalid_dpop_proof');
    expect(wrong(await redeem(code, begun, {}, { dpop: await wallet.dpopProof(other!, 'POST', '/token') }))).toBe('400 invalid_dpop_proof');
    expect((await redeem(code, begun, {}, { dpop: await wallet.dpopProof(mine!, 'POST', '/token') })).body).toMatchObject({ token_type: 'DPoP' });
  });
  test('refuses to push with a proof by another key than dpop_jkt names', async () => {
    const nonce = (await call(`${scene.url}/nonce`)).headers.get('dpop-nonce')!;
    const dpop = await wallet.dpopProof({ signer: createHolderSigner(), nonce }, 'POST', '/par');
    expect(wrong(await push(await begin(), { dpop_jkt: 'A'.repeat(43) }, { dpop }))).toBe('400 invalid_dpop_proof');
  });
});
