// What is open in development is closed in production: VC-API signs in the issuer's name.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { credential, startServices, type Services } from './services.ts';

describe('VC-API in production', () => {
  let services: Services;
  beforeAll(async () => { services = await startServices({ HEALTHPASS_MODE: 'production', HEALTHPASS_ALLOW_DEVELOPMENT_KEYS: 'yes' }); }, 60_000);
  afterAll(() => services.stop());
  const paths = ['/credentials/issue', '/data-integrity/credentials/issue', '/vc-jose-cose/credentials/issue', '/jwt-vc/credentials/issue', '/credentials/status'] as const;

  test.each(paths)('POST %s is for whoever may issue or revoke, and nobody else', async (path) => {
    const body = { credential: credential(), credentialId: 'urn:example:1', credentialStatus: { statusPurpose: 'revocation' } };
    for (const headers of [{}, { authorization: 'Bearer of-somebody-else-entirely' }]) expect(await services.post('issuer', path, body, headers as Record<string, string>)).toMatchObject({ status: 401, body: { code: 'not-authorised' } });
    expect([201, 400, 404]).toContain((await services.post('issuer', path, body, { authorization: `Bearer ${services.token}` })).status);
  });

  test('the operator issues what the others may not', async () => {
    const answer = await services.post('issuer', '/credentials/issue', { credential: credential() }, { authorization: `Bearer ${services.token}` });
    expect(answer).toMatchObject({ status: 201, body: { verifiableCredential: { proof: { type: 'DataIntegrityProof' } } } });
    expect(await services.post('verifier', '/credentials/verify', answer.body, { authorization: `Bearer ${services.token}` })).toMatchObject({ status: 200 });
  });

  test.each(['/credentials/verify', '/presentations/verify'])('POST %s is closed to who may not ask for presentations', async (path) => {
    expect(await services.post('verifier', path, {})).toMatchObject({ status: 401, body: { code: 'not-authorised' } });
  });

  test('what others verify with stays open: lists, names and DIDs', async () => {
    for (const path of ['/vc-api', '/status-lists/1', '/token-status-lists/1', `/1.0/identifiers/${services.issuers.jwt_vc}`]) expect((await services.get('issuer', path)).status).toBe(200);
  });
});
