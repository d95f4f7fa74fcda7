import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonOf, partsOf, rawRequest } from './raw.ts';
import { startScene, VACCINATION_VCT, type Scene } from './scene.ts';

const asked = { ask: [{ vct: VACCINATION_VCT, claims: ['disease'], purpose: 'Entry' }] };

describe('/openid4vp/requests/:request', () => {
  let scene: Scene;
  beforeAll(async () => void (scene = await startScene()));
  afterAll(() => scene.stop());

  test('gives the request as OpenID4VP 1.0 writes it, signed, and never anything else', async () => {
    const link = await scene.ask(asked);
    const { status, headers, text } = await scene.call(link.requestUri);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, 'application/oauth-authz-req+jwt', 'no-store']);
    const [header, payload] = partsOf(text).slice(0, 2).map(jsonOf) as [Record<string, string[]>, Record<string, unknown>];
    expect({ ...header, x5c: header['x5c']!.length }).toEqual({ alg: 'ES256', typ: 'oauth-authz-req+jwt', x5c: 1 });
    expect(link.clientId).toBe(`x509_hash:${createHash('sha256').update(Buffer.from(header['x5c']![0]!, 'base64')).digest('base64url')}`);
    expect(payload).toEqual({
      client_id: link.clientId, aud: 'https://self-issued.me/v2', iat: expect.any(Number), exp: link.expiresAt, response_type: 'vp_token', response_mode: 'direct_post.jwt',
      response_uri: link.requestUri.replace('requests', 'responses'), nonce: expect.stringMatching(/^[0-9a-f]{64}$/), state: expect.stringMatching(/^[\w-]{43}$/),
      dcql_query: {
        credentials: [{ id: 'credential-0', format: 'dc+sd-jwt', meta: { vct_values: [VACCINATION_VCT] }, claims: [{ path: ['disease'] }], multiple: false, require_cryptographic_holder_binding: true }],
        credential_sets: [{ options: [['credential-0']], required: true, purpose: 'Entry' }],
      },
      client_metadata: {
        client_name: 'Sample Checkpoint', encrypted_response_enc_values_supported: ['A128GCM', 'A256GCM'],
        vp_formats_supported: { 'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] }, jwt_vc_json: { alg_values: ['ES256K', 'ES256'] }, 'healthpass-pass': {} },
        jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: expect.any(String), y: expect.any(String), kid: expect.any(String), alg: 'ECDH-ES', use: 'enc' }] },
      },
    });
  });

  test('is signed by the DID where that was chosen', async () => {
    const link = await scene.ask({ ...asked, clientId: 'decentralized_identifier' });
    const header = jsonOf(partsOf((await scene.call(link.requestUri)).text)[0]);
    expect(header).toEqual({ alg: 'ES256K', typ: 'oauth-authz-req+jwt', kid: `${link.clientId.replace('decentralized_identifier:', '')}#controllerKey` });
  });

  test('has a nonce, a state and a key of its own in every session', async () => {
    const requests = await Promise.all(Array.from({ length: 20 }, async () => rawRequest(scene, await scene.ask(asked))));
    for (const of of [(request: (typeof requests)[number]) => request.nonce, (request: (typeof requests)[number]) => request.state, (request: (typeof requests)[number]) => request.client_metadata.jwks!.keys[0]!.x]) expect(new Set(requests.map(of)).size).toBe(20);
  });

  test('repeats the nonce of a wallet that fetches by POST', async () => {
    const { requestUri } = await scene.ask(asked);
    const fetched = await scene.post(requestUri, { wallet_nonce: 'qPmxiNFCR3QTm19POc8u', wallet_metadata: JSON.stringify({ vp_formats_supported: {}, request_object_signing_alg_values_supported: ['ES256'], client_id_prefixes_supported: ['x509_hash'] }), later: 'ignored' });
    expect(jsonOf(partsOf(fetched.text)[1])).toMatchObject({ wallet_nonce: 'qPmxiNFCR3QTm19POc8u' });
    expect(jsonOf(partsOf((await scene.call(requestUri)).text)[1])).not.toHaveProperty('wallet_nonce');
  });

  test.each([
    ['a wallet that cannot check the signature', { wallet_metadata: '{"request_object_signing_alg_values_supported":["EdDSA"]}' }], ['a wallet that does not know the client identifier', { wallet_metadata: '{"client_id_prefixes_supported":["redirect_uri"]}' }],
    ['metadata that is no JSON', { wallet_metadata: '{' }], ['an endless nonce', { wallet_nonce: 'x'.repeat(301) }], ['a nonce with line breaks', { wallet_nonce: 'a\nb' }],
  ])('refuses %s', async (_, parameters) => {
    const { status, json } = await scene.post((await scene.ask(asked)).requestUri, parameters);
    expect([status, json['error']]).toEqual([400, 'invalid_request']);
  });

  test('refuses a parameter that stands twice, and a giant body', async () => {
    const { requestUri } = await scene.ask(asked);
    expect((await scene.post(requestUri, 'wallet_nonce=a&wallet_nonce=b')).status).toBe(400);
    expect((await scene.post(requestUri, `wallet_nonce=a&x=${'x'.repeat(60_000)}`)).status).toBe(413);
  });

  test('is open to pages of wallets on any origin, and carries nothing that tells sessions apart but its own name', async () => {
    const { requestUri, id, secret } = await scene.ask(asked);
    const { headers, text } = await scene.call(requestUri, { headers: { origin: 'https://wallet.example' } });
    expect([headers.get('access-control-allow-origin'), headers.get('set-cookie')]).toEqual(['*', null]);
    expect(Buffer.from(partsOf(text)[1], 'base64url').toString()).not.toMatch(new RegExp(`${id}|${secret}`));
  });
});
