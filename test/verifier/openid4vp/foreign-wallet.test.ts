// A wallet of others, made of @openid4vc/openid4vp and dcql, speaks with the verifier over HTTP.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { SubjectAlternativeNameExtension, X509Certificate } from '@peculiar/x509';
import { setGlobalConfig, type CallbackContext } from '@openid4vc/oauth2';
import { Openid4vpClient } from '@openid4vc/openid4vp';
import { DcqlQuery, type DcqlCredential } from 'dcql';
import { CompactEncrypt, importJWK, importX509, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVpJwt } from '#formats/vc-jwt/index.ts';
import type { IssuedCredential } from '#passport';
import type { Wallet } from '#wallet';
import { holderOf, shown } from './raw.ts';
import { startScene, VACCINATION_VCT, type Link, type Scene } from './scene.ts';

// The service stands on loopback without TLS.
setGlobalConfig({ allowInsecureUrls: true });

const unused = () => Promise.reject(new Error('not used by a wallet'));

const callbacks: CallbackContext & { getX509CertificateMetadata: (der: string) => { sanDnsNames: string[]; sanUriNames: string[] } } = {
  fetch,
  hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
  generateRandom: (length) => crypto.getRandomValues(new Uint8Array(length)),
  clientAuthentication: unused,
  signJwt: unused,
  decryptJwe: unused,
  async verifyJwt(signer, { compact }) {
    if (signer.method !== 'x5c') return { verified: false };
    const certificate = `-----BEGIN CERTIFICATE-----\n${signer.x5c[0]!}\n-----END CERTIFICATE-----`;
    const { publicKey } = new X509Certificate(signer.x5c[0]!);
    await jwtVerify(compact, await importX509(certificate, signer.alg));
    return { verified: true, signerJwk: (await crypto.subtle.exportKey('jwk', await publicKey.export())) as never }; // the library's own type of the same thing
  },
  async encryptJwe({ publicJwk, alg, enc, apu, apv }, text) {
    const parties = { apu: new Uint8Array(Buffer.from(apu!, 'base64url')), apv: new Uint8Array(Buffer.from(apv!, 'base64url')) };
    const jwe = await new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader({ alg, enc, kid: publicJwk.kid! }).setKeyManagementParameters(parties).encrypt(await importJWK(publicJwk as never, alg));
    return { jwe, encryptionJwk: publicJwk };
  },
  getX509CertificateMetadata(der) {
    const names = new X509Certificate(der).getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
    return { sanDnsNames: names.filter(({ type }) => type === 'dns').map(({ value }) => value), sanUriNames: names.filter(({ type }) => type === 'url').map(({ value }) => value) };
  },
};
const SERVER = { authorization_signing_alg_values_supported: [], authorization_encryption_alg_values_supported: ['ECDH-ES'], authorization_encryption_enc_values_supported: ['A256GCM', 'A128GCM'] };

describe('a wallet made of @openid4vc/openid4vp', () => {
  const client = new Openid4vpClient({ callbacks });
  let scene: Scene;
  let wallet: Wallet;
  let credential: IssuedCredential;
  beforeAll(async () => {
    scene = await startScene();
    ({ wallet, credential } = await scene.holder());
  });
  afterAll(() => scene.stop());

  const resolve = async ({ link }: Link) => client.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link }).params });
  type Resolved = Awaited<ReturnType<typeof resolve>>;
  const send = async ({ authorizationRequestPayload }: Resolved, vpToken: Record<string, [string]>) => {
    if (!('response_uri' in authorizationRequestPayload)) throw new Error('the request is not by direct_post');
    const encrypting = authorizationRequestPayload.response_mode === 'direct_post.jwt';
    const response = await client.createOpenid4vpAuthorizationResponse({
      authorizationRequestPayload, authorizationResponsePayload: { vp_token: vpToken }, ...(encrypting && { jarm: { encryption: { nonce: 'of the wallet' }, serverMetadata: SERVER } }),
    });
    return client.submitOpenid4vpAuthorizationResponse({ authorizationRequestPayload: authorizationRequestPayload as { response_uri: string }, authorizationResponsePayload: response.authorizationResponsePayload, ...(response.jarm && { jarm: { responseJwt: response.jarm.responseJwt } }) });
  };
  const requestOf = ({ authorizationRequestPayload: { client_id: clientId, nonce } }: Resolved) => ({ client_id: clientId!, nonce }) as Parameters<typeof shown>[3];

  test.each(['direct_post.jwt', 'direct_post'])('fetches the request by POST, finds it signed by who asks, and answers with an SD-JWT VC: %s', async (responseMode) => {
    const link = await scene.ask({ ask: [{ vct: VACCINATION_VCT, claims: ['disease', 'occurred'], purpose: 'Entry' }], responseMode });
    const resolved = await resolve(link);
    expect(resolved.client).toMatchObject({ prefix: 'x509_hash', effective: link.clientId });
    expect(resolved.jar).toMatchObject({ sendBy: 'reference', signer: { method: 'x5c' } });
    expect(resolved.version).toBe(100);
    const query = DcqlQuery.parse(resolved.dcql!.query as DcqlQuery.Input);
    DcqlQuery.validate(query);
    const held: DcqlCredential = { credential_format: 'dc+sd-jwt', vct: VACCINATION_VCT, claims: { disease: { code: '840539006' }, occurred: '2026-01-01T00:00:00Z' }, cryptographic_holder_binding: true };
    expect(DcqlQuery.query(query, [held]).can_be_satisfied).toBe(true);
    const text = await shown(scene, wallet, credential, requestOf(resolved), { disclose: ['disease', 'occurred'] });
    const { response } = await send(resolved, { 'credential-0': [text] });
    expect([response.status, await response.json()]).toEqual([200, {}]);
    expect((await scene.view(link)).result).toMatchObject({ outcome: 'accepted', credentials: { 'credential-0': [{ shown: { form: 'sd-jwt-vc', holderBound: true } }] } });
  });

  test('answers with a VP-JWT, and goes on where the verifier says', async () => {
    const link = await scene.ask({ ask: [{ type: 'VaccinationCredential' }], redirectUri: 'http://127.0.0.1:9/done' });
    const resolved = await resolve(link);
    const query = DcqlQuery.parse(resolved.dcql!.query as DcqlQuery.Input);
    const held: DcqlCredential = { credential_format: 'jwt_vc_json', type: ['VerifiableCredential', 'HealthCredential', 'VaccinationCredential'], claims: {}, cryptographic_holder_binding: true };
    expect(DcqlQuery.query(query, [held]).can_be_satisfied).toBe(true);
    const { client_id: audience, nonce: challenge } = requestOf(resolved);
    const text = await createVpJwt(await holderOf(wallet, credential), { credentials: [credential.vcJwt], challenge, audience, now: scene.now() });
    const { response } = await send(resolved, { 'credential-0': [text] });
    const { redirect_uri: to } = (await response.json()) as { redirect_uri: string };
    expect((await scene.view(link, { 'response-code': to.split('=')[1]! })).result).toMatchObject({ outcome: 'accepted' });
  });

  test('reads a request that a pass may answer too, and answers with what it knows', async () => {
    const link = await scene.ask({ ask: [{ policy: 'eu-travel-2022' }, { vct: VACCINATION_VCT, claims: ['disease'] }] });
    const resolved = await resolve(link);
    expect(resolved.dcql!.query).toMatchObject({ credentials: [{ format: 'healthpass-pass' }, { format: 'dc+sd-jwt' }], credential_sets: [{ options: [['pass-0'], ['credential-1']] }] });
    await send(resolved, { 'credential-1': [await shown(scene, wallet, credential, requestOf(resolved), { disclose: ['disease'] })] });
    expect((await scene.view(link)).result).toMatchObject({ outcome: 'accepted' });
  });
});
