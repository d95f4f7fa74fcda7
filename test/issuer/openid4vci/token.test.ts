// The token endpoint and DPoP, attacked with requests written from the specifications.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { call, preAuthorized, rawWallet, staff, startScene, wrong, type Dpop, type RawWallet, type Scene } from './scene.ts';

const SD = 'vaccination_dc_sd_jwt';
let scene: Scene;
let wallet: RawWallet;
beforeAll(async () => {
  scene = await startScene();
  wallet = rawWallet(scene);
});
afterAll(() => scene.stop());
const wrongCode = ({ txCode }: { txCode?: string }) => String((Number(txCode) + 1) % 1_000_000).padStart(6, '0');

describe('POST /token with a pre-authorized code', () => {
  test('gives a short-lived bearer token, never cached, and says so to the offer', async () => {
    const made = await staff(scene).offer();
    const answer = await wallet.token(made);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.body).toEqual({ access_token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), token_type: 'Bearer', expires_in: 600 });
    expect(await staff(scene).state(made.id)).toBe('redeemed');
  });
  test('keeps codes and tokens by digest alone, and no transaction code once it has served', async () => {
    const made = await staff(scene).offer();
    const { body } = await wallet.token(made);
    const rows = await Promise.all(['offer', 'offer_token', 'offer_item', 'audit', 'spent'].map((table) => scene.database.query(`SELECT * FROM ${table}`)));
    const stored = JSON.stringify(rows, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
    for (const secret of [preAuthorized(made), body['access_token'] as string, made.uri.split('/').at(-1)!]) expect(stored).not.toContain(secret);
    expect(await scene.database.query('SELECT secrets FROM offer WHERE id = $1', [made.id])).toEqual([{ secrets: null }]);
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['without the transaction code', { tx_code: undefined }, '400 invalid_request'],
    ['with a code that nobody was given', { 'pre-authorized_code': 'A'.repeat(43) }, '400 invalid_grant'],
    ['without a code', { 'pre-authorized_code': undefined }, '400 invalid_request'],
    ['with a grant type that there is not', { grant_type: 'password' }, '400 unsupported_grant_type'],
    ['without a grant type', { grant_type: undefined }, '400 invalid_request'],
    ['for a configuration that was not offered', { authorization_details: JSON.stringify([{ type: 'openid_credential', credential_configuration_id: 'test_dc_sd_jwt' }]) }, '400 invalid_authorization_details'],
    ['for authorization details of another kind', { authorization_details: JSON.stringify([{ type: 'payment_initiation' }]) }, '400 invalid_authorization_details'],
    ['for authorization details that are no JSON', { authorization_details: '[' }, '400 invalid_authorization_details'],
    ['for a scope that was not offered', { scope: 'test_dc_sd_jwt' }, '400 invalid_scope'],
  ])('refuses a request %s, and does not use the offer up', async (_name, change, code) => {
    const made = await staff(scene).offer();
    expect(wrong(await wallet.token(made, change))).toBe(code);
    expect((await wallet.token(made)).status).toBe(200);
  });

  test('refuses a transaction code that was not asked for', async () => {
    const made = await staff(scene).offer({ txCode: false, flows: ['pre-authorized_code'] });
    expect(made.txCode).toBeUndefined();
    expect(wrong(await wallet.token(made, { tx_code: '123456' }))).toBe('400 invalid_request');
    expect((await wallet.token(made)).status).toBe(200);
  });
  test('refuses a wrong transaction code, and after the fifth the offer is dead for the right one too', async () => {
    const made = await staff(scene).offer();
    for (let attempt = 0; attempt < 5; attempt++) expect(wrong(await wallet.token(made, { tx_code: wrongCode(made) }))).toBe('400 invalid_grant');
    expect(wrong(await wallet.token(made))).toBe('400 invalid_grant');
    expect(await staff(scene).state(made.id)).toBe('locked');
  });
  test('counts guesses that come at once: of fifty, no more than five are looked at', async () => {
    const made = await staff(scene).offer();
    const guesses = Array.from({ length: 49 }, () => wallet.token(made, { tx_code: wrongCode(made) }));
    expect((await Promise.all(guesses)).map(wrong)).toEqual(guesses.map(() => '400 invalid_grant'));
    expect(await scene.database.query('SELECT attempts, state FROM offer WHERE id = $1', [made.id])).toEqual([{ attempts: 5, state: 'locked' }]);
    expect(wrong(await wallet.token(made))).toBe('400 invalid_grant');
  });
  test('tells guessing with a wrong code apart in the audit trail', async () => {
    const made = await staff(scene).offer();
    await wallet.token(made, { tx_code: wrongCode(made) });
    const actions = (await scene.database.query<{ action: string }>('SELECT action FROM audit WHERE target = $1 ORDER BY id', [made.id])).map(({ action }) => action);
    expect(actions).toEqual(['offer.create', 'offer.wrong-code']);
  });
  test('refuses a code that was redeemed (replay)', async () => {
    const made = await staff(scene).offer();
    expect((await wallet.token(made)).status).toBe(200);
    expect(wrong(await wallet.token(made))).toBe('400 invalid_grant');
  });
  test('refuses an expired offer', async () => {
    const made = await staff(scene).offer({ expiresIn: 60 });
    scene.advance(61);
    expect(wrong(await wallet.token(made))).toBe('400 invalid_grant');
    expect(await staff(scene).state(made.id)).toBe('expired');
  });
  test('refuses a cancelled offer', async () => {
    const made = await staff(scene).offer();
    expect((await staff(scene).send('DELETE', `/offers/${made.id}`)).status).toBe(204);
    expect(wrong(await wallet.token(made))).toBe('400 invalid_grant');
  });
  test('refuses the code of an offer that is for the other flow', async () => {
    const made = await staff(scene).offer({ flows: ['authorization_code'] });
    expect(Object.keys(made.offer.grants)).toEqual(['authorization_code']);
    expect(wrong(await wallet.form('/token', { grant_type: 'urn:ietf:params:oauth:grant-type:pre-authorized_code', 'pre-authorized_code': 'x', tx_code: made.txCode! }))).toBe('400 invalid_grant');
  });
  test('lets one of two that redeem at once win', async () => {
    const made = await staff(scene).offer();
    const answers = await Promise.all(Array.from({ length: 4 }, () => wallet.token(made)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400]);
    expect(await scene.database.query('SELECT count(*)::int8 AS n FROM offer_token WHERE offer = $1', [made.id])).toEqual([{ n: 1 }]);
  });
  test('refuses a parameter that stands twice, and a body that is no form', async () => {
    const made = await staff(scene).offer();
    const twice = `grant_type=x&grant_type=y`;
    expect(wrong(await call(`${scene.url}/token`, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: twice }))).toBe('400 invalid_request');
    expect(wrong(await wallet.json('/token', undefined, { grant_type: 'x', 'pre-authorized_code': preAuthorized(made) }))).toBe('400 invalid_request');
  });
  test('repeats nothing of a request in its errors', async () => {
    const canary = 'canary-9c1d';
    const made = await staff(scene).offer();
    const answers = await Promise.all([
      wallet.token(made, { 'pre-authorized_code': canary }), wallet.token(made, { grant_type: canary }), wallet.token(made, { authorization_details: `["${canary}"]` }),
      wallet.form('/token', { grant_type: 'authorization_code', code: canary, client_id: canary, code_verifier: canary, redirect_uri: canary }),
      wallet.token(made, {}, { dpop: `${canary}.${canary}.${canary}` }), wallet.json('/credential', canary, { credential_configuration_id: canary }),
    ]);
    for (const { status, text } of answers) expect([status >= 400 && status < 500, text.includes(canary)]).toEqual([true, false]);
  });
});

describe('DPoP', () => {
  const begin = async (): Promise<Dpop> => ({ signer: createHolderSigner(), nonce: (await call(`${scene.url}/nonce`)).headers.get('dpop-nonce')! });
  const bound = async (dpop: Dpop) => {
    const made = await staff(scene).offer();
    return wallet.token(made, {}, { dpop: await wallet.dpopProof(dpop, 'POST', '/token') });
  };
  type Change = Parameters<RawWallet['dpopProof']>[3] & { method?: string; path?: string; scheme?: string };
  async function ask(dpop: Dpop, token: string, { method = 'POST', path = '/credential', scheme = 'DPoP', ...change }: Change = {}) {
    const proofs = { jwt: [await wallet.proof(await wallet.nonce())] };
    const proof = await wallet.dpopProof(dpop, method, path, { token, ...change });
    return wallet.json('/credential', undefined, { credential_configuration_id: SD, proofs }, { authorization: `${scheme} ${token}`, dpop: proof });
  }

  test('binds a token to the key of the wallet, and gives a nonce for the next proof', async () => {
    const dpop = await begin();
    const answer = await bound(dpop);
    expect(answer.body).toMatchObject({ token_type: 'DPoP' });
    const nonce = answer.headers.get('dpop-nonce')!;
    const credential = await ask({ ...dpop, nonce }, answer.body['access_token'] as string);
    expect([credential.status, credential.headers.get('dpop-nonce')]).toEqual([200, expect.any(String)]);
  });
  test('asks for a nonce where a proof has none, at both endpoints', async () => {
    const dpop = await begin();
    const made = await staff(scene).offer();
    const without = await wallet.token(made, {}, { dpop: await wallet.dpopProof({ ...dpop, nonce: undefined }, 'POST', '/token') });
    expect([wrong(without), without.headers.get('dpop-nonce')]).toEqual(['400 use_dpop_nonce', expect.any(String)]);
    const token = (await bound(dpop)).body['access_token'] as string;
    const resource = await ask({ ...dpop, nonce: undefined }, token);
    expect([wrong(resource), resource.headers.get('www-authenticate')]).toEqual(['401 use_dpop_nonce', 'DPoP error="use_dpop_nonce", algs="ES256"']);
  });

  test.each<[string, (dpop: Dpop) => Change | Promise<Change>]>([
    ['a proof by another key than the token is bound to', () => { const by = createHolderSigner(); return { by, header: { jwk: by.key } }; }],
    ['a proof that names the right key and is signed by another', () => ({ by: createHolderSigner() })],
    ['a proof for another method', () => ({ method: 'GET' })],
    ['a proof for another endpoint', () => ({ path: '/token' })],
    ['a proof for another host', () => ({ change: { htu: 'https://other.example/credential' } })],
    ['a proof without the token’s digest', () => ({ change: { ath: undefined } })],
    ['a proof with the digest of another token', () => ({ change: { ath: 'A'.repeat(43) } })],
    ['a proof that is too old', () => ({ change: { iat: scene.now() - 400 } })],
    ['a proof from the future', () => ({ change: { iat: scene.now() + 400 } })],
    ['a proof without a number of its own', () => ({ change: { jti: undefined } })],
    ['a proof without algorithm', () => ({ header: { alg: 'none' } })],
    ['a proof by a shared secret', () => ({ header: { alg: 'HS256' } })],
    ['a proof of another type of JWT', () => ({ header: { typ: 'JWT' } })],
    ['a proof with a private key in it', (dpop) => ({ header: { jwk: { ...dpop.signer.key, d: 'AAAA' } } })],
  ])('refuses %s', async (_name, change) => {
    const dpop = await begin();
    const token = (await bound(dpop)).body['access_token'] as string;
    expect(wrong(await ask(dpop, token, await change(dpop)))).toBe('401 invalid_dpop_proof');
  });
  test.each(['a nonce of one’s own', 'a nonce for proofs of possession', 'a nonce that has expired'])('refuses %s', async (which) => {
    const dpop = await begin();
    const token = (await bound(dpop)).body['access_token'] as string;
    if (which.includes('expired')) scene.advance(301);
    const nonce = which.includes('possession') ? await wallet.nonce() : which.includes('own') ? 'A'.repeat(60) : dpop.nonce;
    expect(wrong(await ask({ ...dpop, nonce }, token))).toBe('401 use_dpop_nonce');
  });
  test('refuses a proof that was used before (replay)', async () => {
    const dpop = await begin();
    const token = (await bound(dpop)).body['access_token'] as string;
    const proof = await wallet.dpopProof(dpop, 'POST', '/credential', { token });
    const send = async () => wallet.json('/credential', undefined, { credential_configuration_id: SD, proofs: { jwt: [await wallet.proof(await wallet.nonce())] } }, { authorization: `DPoP ${token}`, dpop: proof });
    expect((await send()).status).toBe(200);
    expect(wrong(await send())).toBe('401 invalid_dpop_proof');
  });
  test('refuses a bound token as a bearer token, and a bearer token with a proof', async () => {
    const dpop = await begin();
    const token = (await bound(dpop)).body['access_token'] as string;
    expect(wrong(await ask(dpop, token, { scheme: 'Bearer' }))).toBe('401 invalid_token');
    const bearer = (await wallet.token(await staff(scene).offer())).body['access_token'] as string;
    expect(wrong(await ask(dpop, bearer))).toBe('401 invalid_token');
  });
  test('refuses a bound token without any proof, and two proofs', async () => {
    const dpop = await begin();
    const token = (await bound(dpop)).body['access_token'] as string;
    expect(wrong(await wallet.json('/credential', undefined, {}, { authorization: `DPoP ${token}` }))).toBe('401 invalid_dpop_proof');
    const two = `${await wallet.dpopProof(dpop, 'POST', '/credential', { token })}, ${await wallet.dpopProof(dpop, 'POST', '/credential', { token })}`;
    expect(wrong(await wallet.json('/credential', undefined, {}, { authorization: `DPoP ${token}`, dpop: two }))).toBe('401 invalid_dpop_proof');
  });
});
