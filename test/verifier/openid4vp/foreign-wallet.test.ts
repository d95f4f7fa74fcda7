// A wallet of others, made of @openid4vc/openid4vp and dcql, speaks with the verifier over HTTP.
import { DcqlQuery, type DcqlCredential } from 'dcql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner, didOfHolder, type HolderSigner } from '#formats/credential/index.ts';
import { presentSdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import { createVpJwt } from '#formats/vc-jwt/index.ts';
import type { IssuedCredential } from '#passport';
import type { Wallet } from '#wallet';
import { rawWallet, staff, startScene as startIssuing, type Scene as Issuing } from '../../issuer/openid4vci/scene.ts';
import { requestOf, resolve, send } from './foreign-wallet.ts';
import { holderOf, shown } from './raw.ts';
import { startScene, VACCINATION_VCT, type Scene } from './scene.ts';

describe('a wallet made of @openid4vc/openid4vp', () => {
  let scene: Scene;
  let wallet: Wallet;
  let credential: IssuedCredential;
  beforeAll(async () => {
    scene = await startScene();
    ({ wallet, credential } = await scene.holder());
  });
  afterAll(() => scene.stop());

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

  test('finds a request signed by a DID, and answers it', async () => {
    const link = await scene.ask({ ask: [{ vct: VACCINATION_VCT, claims: ['disease'] }], clientId: 'decentralized_identifier' });
    const resolved = await resolve(link);
    expect(resolved.client).toMatchObject({ prefix: 'decentralized_identifier', effective: link.clientId });
    await send(resolved, { 'credential-0': [await shown(scene, wallet, credential, requestOf(resolved), { disclose: ['disease'] })] });
    expect((await scene.view(link)).result).toMatchObject({ outcome: 'accepted' });
  });
});

describe('what a wallet of others was issued by OpenID4VCI', () => {
  let issuing: Issuing;
  let scene: Scene;
  beforeAll(async () => {
    issuing = await startIssuing();
    scene = await startScene({ trust: issuing.trust });
  });
  afterAll(async () => {
    await scene?.stop();
    await issuing?.stop();
  });
  const issued = async (configuration: string, holder: HolderSigner, proof: object = {}): Promise<string> => {
    const wallet = rawWallet(issuing);
    const token = (await wallet.token(await staff(issuing).offer())).body['access_token'] as string;
    const { body } = await wallet.json('/credential', token, { credential_configuration_id: configuration, proofs: { jwt: [await wallet.proof(await wallet.nonce(), holder, proof)] } });
    return (body['credentials'] as [{ credential: string }])[0].credential;
  };

  test('is presented by OpenID4VP: an SD-JWT VC with the certificates of its issuer', async () => {
    const holder = createHolderSigner();
    const text = await issued('vaccination_dc_sd_jwt', holder);
    const link = await scene.ask({ ask: [{ vct: VACCINATION_VCT, claims: ['occurred'] }] });
    const resolved = await resolve(link);
    const { client_id: audience, nonce } = requestOf(resolved);
    await send(resolved, { 'credential-0': [await presentSdJwtVc(text, { disclose: ['occurred'], audience, nonce, now: scene.now(), holder })] });
    expect((await scene.view(link)).result).toMatchObject({ outcome: 'accepted', credentials: { 'credential-0': [{ shown: { issuer: issuing.issuer.me.did, issuerName: 'City Clinic', holderBound: true } }] } });
  });

  test('is presented by OpenID4VP: a VC-JWT in a presentation', async () => {
    const holder = createHolderSigner();
    const text = await issued('vaccination_jwt_vc_json', holder, { header: { jwk: undefined, kid: `${didOfHolder(holder.key)}#0` } });
    const link = await scene.ask({ ask: [{ type: 'VaccinationCredential' }] });
    const resolved = await resolve(link);
    const { client_id: audience, nonce: challenge } = requestOf(resolved);
    await send(resolved, { 'credential-0': [await createVpJwt(holder, { credentials: [text], challenge, audience, now: scene.now() })] });
    expect((await scene.view(link)).result).toMatchObject({ outcome: 'accepted', credentials: { 'credential-0': [{ shown: { form: 'vp-jwt' } }] } });
  });
});
