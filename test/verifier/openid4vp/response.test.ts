import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { p256 } from '@noble/curves/nist.js';
import { AuthorityKeyIdentifierExtension, X509Certificate } from '@peculiar/x509';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { createSdJwtVc, presentSdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import { createVpJwt } from '#formats/vc-jwt/index.ts';
import { openAuthority } from '#issuer';
import type { IssuedCredential, UnixSeconds } from '#passport';
import type { Wallet } from '#wallet';
import { CHAIN, CONTRACT, DAY, VACCINATION } from '../../holder-web/fixture.ts';
import { answerWith, encrypted, holderOf, rawRequest, shown, type RawRequest } from './raw.ts';
import { startScene, VACCINATION_VCT, type Link, type Scene } from './scene.ts';

const CLAIMS = ['disease', 'occurred'];
const ID = 'credential-0';
const asked = { ask: [{ vct: VACCINATION_VCT, claims: CLAIMS }] };
const plain = { ...asked, responseMode: 'direct_post' };
const query = (credential: object, sets?: object) => ({ dcql_query: { credentials: [{ id: 'a', format: 'dc+sd-jwt', meta: { vct_values: [VACCINATION_VCT] }, ...credential }], ...sets }, responseMode: 'direct_post' });

describe('POST /openid4vp/responses/:request', () => {
  let scene: Scene;
  let wallet: Wallet;
  let credential: IssuedCredential;
  beforeAll(async () => {
    scene = await startScene();
    ({ wallet, credential } = await scene.holder());
  });
  afterAll(() => scene.stop());

  const begin = async (body: object = plain): Promise<{ link: Link; request: RawRequest }> => {
    const link = await scene.ask(body);
    return { link, request: await rawRequest(scene, link) };
  };
  const show = (request: RawRequest, change: Partial<Parameters<typeof shown>[4]> = {}) => shown(scene, wallet, credential, request, { disclose: CLAIMS, ...change });
  const resultOf = async (link: Link) => (await scene.view(link)).result;
  /** The reason of a session that was answered with this text. */
  const reasonOf = async (make: (request: RawRequest) => Promise<string> | string, body: object = plain, id = ID): Promise<string | undefined> => {
    const { link, request } = await begin(body);
    expect((await answerWith(scene, request, { [id]: [await make(request)] })).status).toBe(200);
    const result = await resultOf(link);
    return result?.outcome === 'accepted' ? 'accepted' : result?.reason;
  };

  describe('takes', () => {
    test('what was asked, plain or encrypted', async () => {
      expect(await reasonOf((request) => show(request))).toBe('accepted');
      expect(await reasonOf((request) => show(request), asked)).toBe('accepted');
    });

    test('an error that could not be encrypted', async () => {
      const { link, request } = await begin(asked);
      expect((await scene.post(request.response_uri, { error: 'access_denied', error_description: 'no', state: request.state })).json).toEqual({});
      expect(await scene.view(link)).toMatchObject({ status: 'declined', result: { error: 'access_denied' } });
      const other = await begin(asked);
      await scene.post(other.request.response_uri, { error: '<b>made up</b>', state: other.request.state });
      expect(await resultOf(other.link)).toEqual({ error: 'other' });
    });
  });

  describe('refuses as a verdict', () => {
    test('a response to another session', async () => {
      const other = await begin();
      expect(await reasonOf(() => show(other.request))).toBe('challenge-wrong');
    });
    test('a vp_token replayed from an earlier session', async () => {
      const first = await begin();
      const text = await show(first.request);
      expect((await answerWith(scene, first.request, { [ID]: [text] })).status).toBe(200);
      expect(await reasonOf(() => text)).toBe('challenge-wrong');
    });
    test.each([['another verifier', 'x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk'], ['the client identifier without its prefix', '']])('an audience that is %s', async (_, audience) => {
      expect(await reasonOf((request) => show(request, { audience: audience || request.client_id.split(':')[1]! }))).toBe('audience-wrong');
    });
    test('a presentation without key binding', async () => {
      expect(await reasonOf(async (request) => (await show(request)).replace(/[^~]*$/, ''))).toBe('holder-binding-missing');
    });
    test('a key binding by somebody else', async () => {
      expect(await reasonOf((request) => show(request, { holder: createHolderSigner() }))).toBe('holder-binding-invalid');
    });
    test('a disclosure taken out after signing', async () => {
      expect(await reasonOf(async (request) => (await show(request)).replace(/~[^~]+~/, '~'))).toBe('holder-binding-invalid');
    });
    test('a claim that was asked and is not shown', async () => {
      expect(await reasonOf((request) => show(request, { disclose: ['disease'] }))).toBe('claim-missing');
    });
    test('a claim that says something else than what was asked', async () => {
      const of = (values: unknown[]) => query({ claims: [{ path: ['country'], values }] });
      expect(await reasonOf((request) => show(request, { disclose: ['country'] }), of(['FR', 'ES']), 'a')).toBe('claim-missing');
      expect(await reasonOf((request) => show(request, { disclose: ['country'] }), of(['FR', 'DE']), 'a')).toBe('accepted');
    });
    test('a credential of another type', async () => {
      expect(await reasonOf((request) => show(request), query({ meta: { vct_values: ['urn:healthpass:test:1'] } }), 'a')).toBe('query-unsatisfied');
    });
    test('a credential of another issuer than was asked', async () => {
      const of = (values: string[], type = 'did') => query({ trusted_authorities: [{ type, values }] });
      expect(await reasonOf((request) => show(request), of(['did:ethr:0x7a69:0x0000000000000000000000000000000000000001']), 'a')).toBe('issuer-unasked');
      expect(await reasonOf((request) => show(request), of(['s9tIpPmhxdiuNkHMEWNpYim8S8Y'], 'aki'), 'a')).toBe('issuer-unasked');
      expect(await reasonOf((request) => show(request), of([scene.issuer.did]), 'a')).toBe('accepted');
    });
    test('a certified credential of another authority than was asked, by the key identifier of its authority', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'authority-'));
      try {
        const authority = await openAuthority(join(folder, 'authority.json'), 'Ministry', () => scene.now() - 60);
        const url = 'https://clinic.example';
        const x5c = await authority.certify({ url, did: scene.issuer.did, name: 'City Clinic', publicKey: Buffer.from(p256.getPublicKey(scene.issuer.sdSecret, true)).toString('hex') });
        const holder = createHolderSigner();
        const { text } = await createSdJwtVc({ kid: `${scene.issuer.did}#sd`, sign: (message) => p256.sign(message, scene.issuer.sdSecret) }, {
          event: VACCINATION, id: 'urn:uuid:0f0e0d0c-0b0a-4908-8706-050403020100', issuer: scene.issuer.did, certified: { url, x5c, statusListUrl: `${url}/lists/1` }, holderKey: holder.key,
          status: { chainId: CHAIN, contract: CONTRACT, list: scene.issuer.list, index: 77, url: `${url}/status-lists/1` }, issuedAt: scene.now(), validUntil: (scene.now() + DAY) as UnixSeconds,
        });
        const { keyId } = new X509Certificate(x5c[0]!).getExtension(AuthorityKeyIdentifierExtension)!;
        const of = (values: string[]) => query({ trusted_authorities: [{ type: 'aki', values }], claims: [{ path: ['iss'], values: [url] }] });
        const present = async (request: RawRequest) => presentSdJwtVc(text, { disclose: [], nonce: request.nonce, audience: request.client_id, now: scene.now(), holder });
        expect(await reasonOf(present, of([Buffer.from(keyId!, 'hex').toString('base64url')]), 'a')).toBe('accepted');
        expect(await reasonOf(present, of(['s9tIpPmhxdiuNkHMEWNpYim8S8Y']), 'a')).toBe('issuer-unasked');
      } finally {
        await rm(folder, { recursive: true });
      }
    });
    test('a text of another format under a query', async () => {
      const vp = async (request: RawRequest) => createVpJwt(await holderOf(wallet, credential), { credentials: [credential.vcJwt], challenge: request.nonce, audience: request.client_id, now: scene.now() });
      expect(await reasonOf(vp)).toBe('query-unsatisfied');
      expect(await reasonOf((request) => show(request), { ask: [{ type: 'VaccinationCredential' }], responseMode: 'direct_post' })).toBe('query-unsatisfied');
    });
    test('a VC-JWT without a presentation around it, and a presentation of two', async () => {
      const body = { ask: [{ type: 'VaccinationCredential' }], responseMode: 'direct_post' };
      expect(await reasonOf(() => credential.vcJwt, body)).toBe('holder-binding-missing');
      const twice = async (request: RawRequest) => createVpJwt(await holderOf(wallet, credential), { credentials: [credential.vcJwt, credential.vcJwt], challenge: request.nonce, audience: request.client_id, now: scene.now() });
      expect(await reasonOf(twice, body)).toBe('query-unsatisfied');
    });
    test('a credential that was revoked between request and answer', async () => {
      const other = await scene.holder();
      expect(await reasonOf(async (request) => {
        const text = await shown(scene, other.wallet, other.credential, request, { disclose: CLAIMS });
        scene.revoke(other.credential);
        return text;
      })).toBe('credential-revoked');
    });
    test('nothing at all, and what cannot be read', async () => {
      const { link, request } = await begin();
      await answerWith(scene, request, {});
      expect(await resultOf(link)).toMatchObject({ outcome: 'refused', reason: 'query-unsatisfied', credentials: {} });
      const second = await begin();
      await answerWith(scene, second.request, { [ID]: ['~~~'] });
      expect(await resultOf(second.link)).toMatchObject({ outcome: 'refused', reason: 'query-unsatisfied', credentials: { [ID]: [{ outcome: 'unreadable', code: 'sd-jwt-malformed' }] } });
    });
    test('one foreign presentation among good ones, and keeps nothing of the good ones', async () => {
      const both = { dcql_query: { credentials: ['a', 'b'].map((id) => ({ id, format: 'dc+sd-jwt', meta: { vct_values: [VACCINATION_VCT] } })), credential_sets: [{ options: [['a'], ['b']] }] }, responseMode: 'direct_post' };
      const { link, request } = await begin(both);
      await answerWith(scene, request, { a: [await show(request, { disclose: [] })], b: [await show(request, { disclose: [], nonce: 'an earlier one' })] });
      expect(await resultOf(link)).toMatchObject({ outcome: 'refused', reason: 'challenge-wrong', credentials: { a: [{ outcome: 'discarded' }], b: [{ reason: 'challenge-wrong' }] } });
    });
  });

  test('drops what was shown and not asked, and says so by name only', async () => {
    const { link, request } = await begin();
    await answerWith(scene, request, { [ID]: [await show(request, { disclose: [...CLAIMS, 'family_name', 'lot_number'] })] });
    const result = await resultOf(link);
    expect(result).toMatchObject({ outcome: 'accepted', credentials: { [ID]: [{ dropped: ['lotNumber', 'familyName'], shown: { claims: { person: {} } } }] } });
    expect(JSON.stringify(result)).not.toMatch(/Müller|AB12/);
  });

  describe('leaves the session open and answers invalid_request to', () => {
    const refuses = async (body: object, send: (request: RawRequest) => Promise<{ status: number; json: Record<string, unknown>; text: string }>, status = 400) => {
      const { link, request } = await begin(body);
      const answer = await send(request);
      expect([answer.status, answer.json['error']]).toEqual([status, 'invalid_request']);
      expect(answer.text).not.toContain(request.state);
      expect(await scene.view(link)).toMatchObject({ status: 'open' });
      expect((await answerWith(scene, request, { [ID]: [await show(request)] })).status).toBe(200);
      expect(await resultOf(link)).toMatchObject({ outcome: 'accepted' });
    };

    test('the state of another session, or none', async () => {
      const other = await begin();
      await refuses(plain, async (request) => answerWith(scene, request, { [ID]: [await show(request)] }, { state: other.request.state }));
      await refuses(asked, async (request) => answerWith(scene, request, { [ID]: [await show(request)] }, { state: other.request.state }));
      await refuses(plain, async (request) => scene.post(request.response_uri, { vp_token: JSON.stringify({ [ID]: [await show(request)] }) }));
    });
    test('a plain answer where an encrypted one was asked, and the other way round', async () => {
      await refuses(asked, async (request) => scene.post(request.response_uri, { vp_token: JSON.stringify({ [ID]: [await show(request)] }), state: request.state }));
      await refuses(plain, async (request) => scene.post(request.response_uri, { response: 'a.b.c.d.e', state: request.state }));
    });
    test('an answer encrypted to another key', async () => {
      const { publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
      const key = await exportJWK(publicKey);
      await refuses(asked, async (request) => scene.post(request.response_uri, { response: await encrypted(request, { vp_token: {}, state: request.state }, { key }) }));
      await refuses(asked, async (request) => scene.post(request.response_uri, { response: await encrypted(request, { vp_token: {}, state: request.state }, { header: { kid: 'another' } }) }));
    });
    test('algorithms that were not offered: none is tried', async () => {
      const forged = async (request: RawRequest, header: object) => {
        const parts = (await encrypted(request, { vp_token: {}, state: request.state })).split('.');
        const own = request.client_metadata.jwks!.keys[0]!;
        return scene.post(request.response_uri, { response: [Buffer.from(JSON.stringify({ alg: 'ECDH-ES', enc: 'A128GCM', kid: own.kid, ...header })).toString('base64url'), ...parts.slice(1)].join('.') });
      };
      for (const header of [{ alg: 'RSA1_5' }, { alg: 'dir' }, { alg: 'none' }, { alg: 'ECDH-ES+A128KW' }, { enc: 'A128CBC-HS256' }, { zip: 'DEF' }, { crit: ['exp'] }]) await refuses(asked, (request) => forged(request, header));
      const { link, request } = await begin(asked);
      const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ vp_token: {}, state: request.state })).toString('base64url')}.`;
      expect((await scene.post(request.response_uri, { response: unsigned })).json['error']).toBe('invalid_request');
      expect(await scene.view(link)).toMatchObject({ status: 'open' });
    });
    test('an encrypted text that is no JSON object, or repeats a key', async () => {
      for (const text of ['[]', 'null', 'no JSON', '{"state":"a","state":"b"}']) await refuses(asked, async (request) => scene.post(request.response_uri, { response: await encrypted(request, text) }));
    });
    test('a query that was not asked', async () => {
      await refuses(plain, async (request) => answerWith(scene, request, { [ID]: [await show(request)], other: [await show(request)] }));
    });
    test('two presentations where one was asked', async () => {
      await refuses(plain, async (request) => answerWith(scene, request, { [ID]: [await show(request), await show(request)] }));
    });
    test('a vp_token that is no object of arrays', async () => {
      for (const token of ['HP1:', ['x'], { [ID]: 'x' }, { [ID]: [] }, { [ID]: [{}] }, null]) await refuses(plain, (request) => answerWith(scene, request, token));
    });
    test('a parameter that stands twice', async () => {
      await refuses(plain, async (request) => scene.post(request.response_uri, `state=${request.state}&state=${request.state}&vp_token=%7B%7D`));
    });
    test('a giant body', async () => {
      await refuses(plain, (request) => scene.post(request.response_uri, `state=${request.state}&vp_token=${'x'.repeat(500_000)}`), 413);
    });
    test('another content type', async () => {
      await refuses(plain, (request) => scene.call(request.response_uri, { method: 'POST', body: JSON.stringify({ state: request.state }), headers: { 'content-type': 'application/json' } }));
    });
  });

  describe('is over', () => {
    test('with the first answer: a second one changes nothing', async () => {
      const { link, request } = await begin();
      await answerWith(scene, request, { [ID]: [await show(request, { disclose: ['disease'] })] });
      const second = await answerWith(scene, request, { [ID]: [await show(request)] });
      expect([second.status, second.json['error']]).toEqual([410, 'invalid_request']);
      expect(await resultOf(link)).toMatchObject({ outcome: 'refused', reason: 'claim-missing' });
    });
    test('with one of two answers at the same moment', async () => {
      const { request } = await begin();
      const texts = [await show(request), await show(request), await show(request)];
      const answers = await Promise.all(texts.map((text) => answerWith(scene, request, { [ID]: [text] })));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410, 410]);
    });
    test('when its time is', async () => {
      const { link, request } = await begin({ ...plain, expiresIn: 60 });
      const text = await show(request);
      scene.later(60);
      expect((await answerWith(scene, request, { [ID]: [text] })).status).toBe(410);
      expect((await scene.call(link.requestUri)).status).toBe(410);
      expect(await scene.view(link)).toMatchObject({ status: 'expired' });
    });
    test('and was never there for a name that was made up', async () => {
      expect((await scene.post('/openid4vp/responses/made-up', { state: 'x' })).status).toBe(404);
      expect((await scene.call('/openid4vp/requests/made-up')).status).toBe(404);
    });
  });
});
