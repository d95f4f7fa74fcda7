import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDidResolver } from '#contracts';
import { DID_REGISTRY } from '#contracts/did/index.ts';
import { createDevelopmentCertificate } from '#verifier/openid4vp/certificate.ts';
import { certificateSigner, didSigner } from '#verifier/openid4vp/identity.ts';
import { HealthpassError, type UnixSeconds } from '#passport';
import { createKeyResolver, fetchRequest, parsePresentationLink, verifyRequest, type PresentationLink, type RequestDeps } from '#wallet/openid4vp/index.ts';
import { account, startSystem, type System } from '../../contracts/system.ts';
import { forge } from '../../formats/fixture.ts';
import { code } from '../fixture.ts';

const NOW = 1_795_350_600 as UnixSeconds;
const HOST = 'https://gate.example';
const invalid = (field: string) => expect.objectContaining({ code: 'request-invalid', field });
const QUERY = { credentials: [{ id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['urn:healthpass:vaccination:1'] } }] };
const coordinate = 'A'.repeat(43);
const KEY = { kty: 'EC', crv: 'P-256', alg: 'ECDH-ES', kid: 'k', use: 'enc', x: coordinate, y: coordinate };

type Certificate = Awaited<ReturnType<typeof createDevelopmentCertificate>>;

describe('verifyRequest', () => {
  let own: Certificate;
  let other: Certificate;
  beforeAll(async () => void ([own, other] = await Promise.all([createDevelopmentCertificate(HOST, 'Gate A', NOW), createDevelopmentCertificate('https://evil.example', 'Gate A', NOW)])));
  const clientId = () => certificateSigner(own).clientId;
  const link = (change: Partial<PresentationLink> = {}): PresentationLink => ({ clientId: clientId(), requestUri: `${HOST}/requests/1`, method: 'get', ...change });
  const deps = (change: Partial<RequestDeps> = {}) => ({ now: NOW, roots: [own.root], ...change });
  const payload = (change: object = {}) => ({
    client_id: clientId(), aud: 'https://self-issued.me/v2', iat: NOW, exp: NOW + 120, response_type: 'vp_token', response_mode: 'direct_post.jwt', response_uri: `${HOST}/responses/1`,
    nonce: 'n'.repeat(32), state: 's', dcql_query: QUERY, client_metadata: { jwks: { keys: [KEY] } }, ...change,
  });
  const header = (change: object = {}) => ({ alg: 'ES256', typ: 'oauth-authz-req+jwt', x5c: own.chain, ...change });
  const signed = (change: object = {}, headerChange: object = {}) => forge(header(headerChange), payload(change), own.secretKey, p256);
  const refuses = (text: string, what: unknown, at = link(), on = deps(), nonce?: string) => expect(verifyRequest(text, at, on, nonce)).rejects.toThrow(what as Error);

  test('says who asks, by the certificate that stands behind the name', async () => {
    expect(await verifyRequest(signed(), link(), deps())).toMatchObject({
      asker: { by: 'certificate', name: 'Gate A', hosts: ['gate.example', HOST] }, clientId: clientId(), responseUri: `${HOST}/responses/1`, encryption: { enc: 'A128GCM', key: { kid: 'k' } }, expiresAt: NOW + 120,
    });
  });

  test('refuses a request that is not signed, or signed by nobody who is named', async () => {
    const [head, body] = signed({}, { alg: 'none' }).split('.');
    await refuses(`${head}.${body}.`, invalid('alg'));
    await refuses(`${signed().split('.').slice(0, 2).join('.')}.`, invalid('signature'));
    await refuses(signed({}, { alg: 'HS256' }), invalid('alg'));
    await refuses(forge(header(), payload(), other.secretKey, p256), invalid('signature'));
    await refuses(signed().replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify(payload({ nonce: 'm'.repeat(32) }))).toString('base64url')}.`), invalid('signature'));
    await refuses(JSON.stringify(payload()), code('jwt-malformed'));
  });

  test('refuses the certificate of another under this client identifier', async () => {
    await refuses(forge(header({ x5c: other.chain }), payload(), other.secretKey, p256), invalid('client_id'));
    await refuses(signed({}, { x5c: undefined, jwk: KEY }), invalid('x5c'));
    await refuses(signed({}, { x5c: ['no certificate'] }), invalid('x5c'));
    await refuses(signed({}, { x5c: [Buffer.concat([Buffer.from(own.chain[0]!, 'base64'), Buffer.from([0])]).toString('base64')] }), invalid('client_id'));
  });

  test('refuses a certificate of no authority it trusts, one that is an authority, and one out of its time', async () => {
    await refuses(signed(), invalid('x5c'), link(), deps({ roots: [other.root] }));
    await refuses(signed(), invalid('x5c'), link(), deps({ roots: [] }));
    await refuses(signed(), invalid('x5c'), link(), deps({ now: (NOW + 11 * 365 * 86_400) as UnixSeconds }));
    const root = own.root.replace(/-----[^-]+-----|\s/g, '');
    const hash = createHash('sha256').update(Buffer.from(root, 'base64')).digest('base64url');
    await refuses(forge(header({ x5c: [root] }), payload({ client_id: `x509_hash:${hash}` }), own.secretKey, p256), invalid('x5c'), link({ clientId: `x509_hash:${hash}` }));
  });

  test('refuses a client identifier in the object that is not that of the link', async () => {
    await refuses(signed({ client_id: certificateSigner(other).clientId }), invalid('client_id'));
    await refuses(signed({ client_id: clientId().slice('x509_hash:'.length) }), invalid('client_id'));
    for (const prefix of ['redirect_uri:https://gate.example/responses/1', 'pre-registered', 'verifier_attestation:gate', 'origin:https://gate.example']) await refuses(signed({ client_id: prefix }), invalid('client_id'), link({ clientId: prefix }));
  });

  test('refuses to send the answer to another host than the request came from', async () => {
    for (const uri of ['https://evil.example/responses/1', 'https://gate.example.evil.example/', 'https://gate.example:8443/', 'http://gate.example/', 'https://gate.example@evil.example/', 'javascript:alert(1)']) await refuses(signed({ response_uri: uri }), invalid('response_uri'));
    await refuses(signed({ redirect_uri: `${HOST}/back` }), invalid('redirect_uri'));
  });

  test('refuses an object of another session: of another wallet’s nonce, run out, or of the future', async () => {
    await refuses(signed({ wallet_nonce: 'an earlier one' }), invalid('wallet_nonce'), link({ method: 'post' }), deps(), 'the one that was sent');
    await refuses(signed(), invalid('wallet_nonce'), link({ method: 'post' }), deps(), 'the one that was sent');
    await refuses(signed({ exp: NOW }), invalid('exp'));
    await refuses(signed({ exp: undefined }), invalid('exp'));
    await refuses(signed({ iat: NOW + 61 }), invalid('iat'));
    expect(await verifyRequest(signed({ wallet_nonce: 'the one that was sent' }), link({ method: 'post' }), deps(), 'the one that was sent')).toMatchObject({ state: 's' });
  });

  test.each([
    ['another type of token', {}, { typ: 'JWT' }, 'typ'], ['headers that must be understood', {}, { crit: ['x'], x: 1 }, 'typ'], ['no nonce', { nonce: undefined }, {}, 'nonce'], ['a nonce that can be guessed', { nonce: 'abc' }, {}, 'nonce'],
    ['another audience', { aud: 'https://wallet.example' }, {}, 'aud'], ['another response type', { response_type: 'code' }, {}, 'response_type'], ['an answer in the address', { response_mode: 'fragment' }, {}, 'response_mode'],
    ['transaction data, which it does not know', { transaction_data: ['e30'] }, {}, 'transaction_data'], ['no query', { dcql_query: undefined }, {}, 'dcql_query'], ['a query that asks nothing', { dcql_query: { credentials: [] } }, {}, 'credentials'], ['no key to encrypt to', { client_metadata: {} }, {}, 'client_metadata'],
    ['a key of another kind', { client_metadata: { jwks: { keys: [{ ...KEY, alg: 'RSA-OAEP' }] } } }, {}, 'client_metadata'], ['content encryption that it does not have', { client_metadata: { jwks: { keys: [KEY] }, encrypted_response_enc_values_supported: ['A128CBC-HS256'] } }, {}, 'client_metadata'],
  ])('refuses a request with %s', (_, change, headerChange, field) => refuses(signed(change, headerChange), invalid(field)));
});

test('verifyRequest and parsePresentationLink answer anything with a coded error', async () => {
  const link: PresentationLink = { clientId: 'x509_hash:x', requestUri: `${HOST}/requests/1`, method: 'get' };
  const secret = p256.utils.randomSecretKey();
  await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.tuple(fc.object(), fc.object()).map(([header, payload]) => forge({ typ: 'oauth-authz-req+jwt', alg: 'ES256', ...header }, payload, secret, p256))), async (text) => {
    await expect(verifyRequest(text, link, { now: NOW, roots: [] })).rejects.toBeInstanceOf(HealthpassError);
    if (!text.startsWith('openid4vp:')) expect(() => parsePresentationLink(text)).toThrow(HealthpassError);
  }), { numRuns: 500 });
});

describe('fetchRequest', () => {
  test('follows no redirect and takes no answer but a good one', async () => {
    const link: PresentationLink = { clientId: 'x509_hash:x', requestUri: `${HOST}/requests/1`, method: 'post' };
    const seen: unknown[] = [];
    const fetch: RequestDeps['fetch'] = async (url, init) => (seen.push([url, init.method, init.redirect, init.body?.startsWith('wallet_nonce=')]), { status: 410, headers: new Headers(), text: async () => '' });
    await expect(fetchRequest(link, { fetch, now: NOW, roots: [] })).rejects.toThrow(invalid('request_uri'));
    expect(seen).toEqual([[link.requestUri, 'POST', 'error', true]]);
  });
});

describe('parsePresentationLink', () => {
  const good = `openid4vp://?client_id=x509_hash%3Aabc&request_uri=${encodeURIComponent(`${HOST}/requests/1`)}`;
  test('reads who asks and where the request is', () => {
    expect(parsePresentationLink(`${good}&request_uri_method=post`)).toEqual({ clientId: 'x509_hash:abc', requestUri: `${HOST}/requests/1`, method: 'post' });
    expect(parsePresentationLink(good.replace('openid4vp', 'haip-vp'))).toMatchObject({ method: 'get' });
    expect(parsePresentationLink(`${good}&later&more=`)).toMatchObject({ clientId: 'x509_hash:abc' });
    expect(parsePresentationLink(good.replace('abc', 'abc='))).toMatchObject({ clientId: 'x509_hash:abc=' });
  });
  test.each([
    ['is unsigned: its parameters stand in the link', `openid4vp://?client_id=redirect_uri%3Ahttps%3A%2F%2Fgate.example&response_type=vp_token&nonce=x&dcql_query=%7B%7D`, 'request_uri'],
    ['names two who ask', `${good}&client_id=x509_hash%3Aother`, 'parameters'], ['is fetched without TLS', good.replace('https', 'http'), 'request_uri'], ['is fetched from this machine', good.replace(encodeURIComponent(HOST), encodeURIComponent('http://127.0.0.1:1')), 'request_uri'],
    ['is fetched by another method', `${good}&request_uri_method=PUT`, 'request_uri_method'], ['is no such link', 'https://gate.example/?client_id=x', 'link'], ['is endless', `${good}&x=${'x'.repeat(5000)}`, 'link'], ['is broken', `${good}&x=%E0%A4%A`, 'parameters'],
  ])('refuses a link that %s', (_, text, field) => expect(() => parsePresentationLink(text)).toThrow(invalid(field)));
});

describe('a verifier that goes by its DID on chain', () => {
  const secret = secp256k1.utils.randomSecretKey();
  let system: System;
  beforeAll(async () => void (system = await startSystem()));
  afterAll(() => system?.stop());
  const request = (did: string) => ({
    client_id: did, aud: 'https://self-issued.me/v2', exp: NOW + 120, response_type: 'vp_token', response_mode: 'direct_post', response_uri: `${HOST}/responses/1`, nonce: 'n'.repeat(32), dcql_query: QUERY,
  });
  const deps = () => ({ now: NOW, roots: [], resolveKey: createKeyResolver(createDidResolver({ provider: system.provider, deployment: system.deployment }).resolve) });
  const link = (clientId: string): PresentationLink => ({ clientId, requestUri: `${HOST}/requests/1`, method: 'get' });

  test('is known by the key of its document, and by no other', async () => {
    const { clientId, sign } = didSigner(secret, system.anvil.chainId);
    const text = await sign(request(clientId));
    const did = clientId.slice('decentralized_identifier:'.length);
    expect(await verifyRequest(text, link(clientId), deps())).toMatchObject({ clientId, asker: { by: 'did', did }, encryption: undefined });
    const [header, kid] = [{ alg: 'ES256K', typ: 'oauth-authz-req+jwt' }, `${did}#controllerKey`];
    await expect(verifyRequest(forge({ ...header, kid }, request(clientId), secp256k1.utils.randomSecretKey(), secp256k1), link(clientId), deps())).rejects.toThrow(invalid('signature'));
    await expect(verifyRequest(forge({ ...header, kid: `${did}#another` }, request(clientId), secret, secp256k1), link(clientId), deps())).rejects.toThrow(invalid('kid'));
    await expect(verifyRequest(forge({ ...header, alg: 'ES256', kid }, request(clientId), secret, secp256k1), link(clientId), deps())).rejects.toThrow(invalid('alg'));
    await expect(verifyRequest(forge({ ...header, kid: kid.replace(/0x0[23]/, '0x04') }, request(clientId), secret, secp256k1), link(clientId), deps())).rejects.toThrow(invalid('kid'));
    await expect(verifyRequest(text, link(clientId), { ...deps(), resolveKey: undefined })).rejects.toThrow(invalid('client_id'));
  });

  test('is known no longer once another account owns the DID', async () => {
    const funded = account(2);
    const key = Buffer.from(funded.privateKey.slice(2), 'hex');
    const { clientId, sign } = didSigner(key, system.anvil.chainId);
    await expect(verifyRequest(await sign(request(clientId)), link(clientId), deps())).resolves.toMatchObject({ clientId });
    const data = DID_REGISTRY.encodeFunctionData('changeOwner', [funded.address, account(3).address]);
    await system.send(funded, { to: system.deployment.contracts.EthereumDIDRegistry, data });
    await system.mine(2);
    await expect(verifyRequest(await sign(request(clientId)), link(clientId), deps())).rejects.toThrow(invalid('kid'));
  });
});
