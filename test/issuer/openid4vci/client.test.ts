// The issuer driven by the client code of @openid4vc over real HTTP, from the link to the notification.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { didOfHolder, type HolderSigner } from '#formats/credential/index.ts';
import { typeIntegrity, typeMetadata } from '#formats/sd-jwt-vc/type-metadata.ts';
import { verifySdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import { verifyVcJwt } from '#formats/vc-jwt/index.ts';
import { LOCALES } from '#formats/credential/display.ts';
import { sampleImmunization } from '#network/samples/index.ts';
import { jsonOf } from '../../formats/fixture.ts';
import { libraryWallet, signerOf, type LibraryWallet } from './client.ts';
import { call, staff, startScene, type Made, type Scene } from './scene.ts';

const SD = 'vaccination_dc_sd_jwt';
const VC = 'vaccination_jwt_vc_json';
let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

/** A wallet that has read an offer and the metadata behind it. */
async function open(made: Made, wallet: LibraryWallet) {
  const credentialOffer = await wallet.client.resolveCredentialOffer(made.link);
  const issuerMetadata = await wallet.client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const prove = async (credentialConfigurationId: string, keys: readonly HolderSigner[], clientId?: string) => {
    const { c_nonce: nonce } = await wallet.client.requestNonce({ issuerMetadata });
    const proofs = await Promise.all(keys.map((key) => wallet.client.createCredentialRequestJwtProof({ issuerMetadata, credentialConfigurationId, signer: signerOf(key), nonce, issuedAt: new Date(), ...(clientId && { clientId }) })));
    return { jwt: proofs.map(({ jwt }) => jwt) as [string, ...string[]] };
  };
  return { credentialOffer, issuerMetadata, prove };
}
const trusting = () => ({ trust: scene.trust(), now: scene.now(), maxTrustAge: 3600 });
const textsOf = (response: { credentials?: unknown }) => (response.credentials as { credential: string }[]).map(({ credential }) => credential);

describe('@openid4vc', () => {
  test('gets a batch by pre-authorized code with a transaction code, DPoP and nonce, and notifies', async () => {
    const wallet = libraryWallet();
    const made = await staff(scene).offer();
    const { credentialOffer, issuerMetadata, prove } = await open(made, wallet);
    const { accessTokenResponse: { access_token: accessToken, token_type: type }, dpop } = await wallet.client.retrievePreAuthorizedCodeAccessTokenFromOffer({ credentialOffer, issuerMetadata, txCode: made.txCode!, dpop: wallet.dpop() });
    expect(type).toBe('DPoP');
    const keys = [0, 1, 2].map(wallet.newKey);
    const got = await wallet.client.retrieveCredentials({ issuerMetadata, accessToken, credentialConfigurationId: SD, proofs: await prove(SD, keys), dpop: dpop! });
    const texts = textsOf(got.credentialResponse);
    for (const [i, text] of texts.entries()) {
      expect(verifySdJwtVc(text, { ...trusting(), requireKeyBinding: false, holderKey: keys[i]!.key, certificateRoots: [scene.authority.root] }).outcome).toBe('accepted');
    }
    expect(texts).toHaveLength(3);
    const vc = await wallet.client.retrieveCredentials({ issuerMetadata, accessToken, credentialConfigurationId: VC, proofs: await prove(VC, keys.slice(0, 1)), dpop: { ...dpop!, ...got.dpop } });
    expect(verifyVcJwt(textsOf(vc.credentialResponse)[0]!, { ...trusting(), holder: didOfHolder(keys[0]!.key) }).outcome).toBe('accepted');
    await wallet.client.sendNotification({ issuerMetadata, accessToken, dpop: { ...dpop!, ...vc.dpop }, notification: { notificationId: got.credentialResponse.notification_id!, event: 'credential_accepted' } });
    expect(await staff(scene).state(made.id)).toBe('accepted');
  });

  test('gets what the person authorised in a browser: pushed request, PKCE, DPoP, iss', async () => {
    const clientId = 'library-wallet';
    const wallet = libraryWallet({ clientId });
    const made = await staff(scene).offer({ flows: ['authorization_code'] });
    const { credentialOffer, issuerMetadata, prove } = await open(made, wallet);
    const redirectUri = 'com.example.wallet:/callback';
    const bound = wallet.dpop();
    const begun = await wallet.client.initiateAuthorization({ credentialOffer, issuerMetadata, clientId, redirectUri, scope: SD, dpop: bound });
    if (begun.authorizationFlow !== 'Oauth2Redirect') throw new Error('it asks for a presentation');
    const url = new URL(begun.authorizationRequestUrl);
    const page = await call(url.href, { method: 'GET' });
    expect(page.text).toContain('form');
    const answer = new URLSearchParams({ ...Object.fromEntries(url.searchParams), tx_code: made.txCode!, answer: 'agree' });
    const back = await call(`${scene.url}/authorize`, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: answer.toString() });
    const authorizationServerMetadata = issuerMetadata.authorizationServers[0]!;
    const { code } = wallet.client.parseAndVerifyAuthorizationResponseRedirectUrl({ url: back.headers.get('location')!, authorizationServerMetadata }) as { code: string };
    const token = await wallet.client.retrieveAuthorizationCodeAccessTokenFromOffer({
      issuerMetadata, credentialOffer, authorizationCode: code, pkceCodeVerifier: begun.pkce!.codeVerifier, redirectUri, dpop: bound,
    });
    const key = wallet.newKey();
    const got = await wallet.client.retrieveCredentials({ issuerMetadata, accessToken: token.accessTokenResponse.access_token, credentialConfigurationId: SD, proofs: await prove(SD, [key], clientId), dpop: token.dpop! });
    expect(verifySdJwtVc(textsOf(got.credentialResponse)[0]!, { ...trusting(), requireKeyBinding: false, holderKey: key.key }).outcome).toBe('accepted');
  });

  test('waits for a result that comes later', async () => {
    const wallet = libraryWallet();
    const made = (await staff(scene).send('POST', '/offers', { deferred: true, kind: 'vaccination' })).body as unknown as Made;
    const { credentialOffer, issuerMetadata, prove } = await open(made, wallet);
    const { accessTokenResponse, dpop } = await wallet.client.retrievePreAuthorizedCodeAccessTokenFromOffer({ credentialOffer, issuerMetadata, txCode: made.txCode!, dpop: wallet.dpop() });
    const { access_token: accessToken } = accessTokenResponse;
    const first = await wallet.client.retrieveCredentials({ issuerMetadata, accessToken, credentialConfigurationId: SD, proofs: await prove(SD, [wallet.newKey()]), dpop: dpop! });
    const transactionId = first.credentialResponse.transaction_id!;
    const poll = (last: { nonce?: string } | undefined) => wallet.client.retrieveDeferredCredentials({ issuerMetadata, accessToken, transactionId, dpop: { ...dpop!, ...last } });
    const waiting = await poll(first.dpop);
    expect(waiting.deferredCredentialResponse.transaction_id).toBe(transactionId);
    await staff(scene).send('POST', `/offers/${made.id}/result`, { fhir: sampleImmunization(scene.now()) });
    expect(textsOf((await poll(waiting.dpop)).deferredCredentialResponse)).toHaveLength(1);
  });
});

describe('the metadata', () => {
  const get = (path: string) => call(scene.url + path, { method: 'GET' });

  test('are at the well-known paths, and may be read by any page', async () => {
    for (const path of ['openid-credential-issuer', 'oauth-authorization-server', 'jwt-vc-issuer']) {
      const answer = await get(`/.well-known/${path}`);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('access-control-allow-origin')]).toEqual([200, 'application/json', '*']);
    }
  });
  test('describe nine configurations, each with a scope and names in every language', async () => {
    const { body } = await get('/.well-known/openid-credential-issuer');
    const configurations = Object.entries(body['credential_configurations_supported'] as Record<string, { scope: string; format: string; proof_types_supported: object; credential_metadata: { display: { locale: string }[]; claims: { display: { locale: string; name: string }[] }[] } }>);
    expect(configurations).toHaveLength(9);
    for (const [id, { scope, proof_types_supported: proofTypes, credential_metadata: { display, claims } }] of configurations) {
      expect([scope, proofTypes]).toEqual([id, { jwt: { proof_signing_alg_values_supported: ['ES256'] } }]);
      for (const words of [display, ...claims.map((claim) => claim.display)]) expect(words.map(({ locale }) => locale)).toEqual([...LOCALES]);
    }
    expect(body).toMatchObject({ credential_issuer: scene.url, batch_credential_issuance: { batch_size: 20 }, display: LOCALES.map((locale) => ({ name: 'City Clinic', locale })) });
  });
  test('demand pushed requests and PKCE S256, and say who answers', async () => {
    expect((await get('/.well-known/oauth-authorization-server')).body).toMatchObject({
      issuer: scene.url, require_pushed_authorization_requests: true, code_challenge_methods_supported: ['S256'], dpop_signing_alg_values_supported: ['ES256'],
      authorization_response_iss_parameter_supported: true, 'pre-authorized_grant_anonymous_access_supported': true, token_endpoint_auth_methods_supported: ['none'],
    });
  });
  test('name the key that signs SD-JWT VCs as the DID document does', async () => {
    const { kid } = (await scene.issuer.agent.signingKeys()).sd;
    const { body } = await get('/.well-known/jwt-vc-issuer');
    expect(body).toMatchObject({ issuer: scene.url, jwks: { keys: [{ kty: 'EC', crv: 'P-256', kid, alg: 'ES256' }] } });
    expect((await get('/jwks')).body).toEqual(body['jwks']);
  });
  test('of a type have the integrity that credentials carry, to the byte', async () => {
    const { text, body } = await get('/types/vaccination');
    expect(body).toEqual(typeMetadata('vaccination'));
    const integrity = `sha256-${createHash('sha256').update(text).digest('base64')}`;
    expect(integrity).toBe(typeIntegrity('vaccination'));
    const { text: credential } = await scene.issuer.issueSd({ certified: { url: scene.url, x5c: ['x'], statusListUrl: `${scene.url}/x` } });
    expect(jsonOf(credential.split('.')[1]!)['vct#integrity']).toBe(integrity);
  });
});
