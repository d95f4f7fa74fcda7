// Token Status List (IETF) from the same bits, read with the library that wallets and verifiers use.
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { getListFromStatusListJWT } from '@sd-jwt/jwt-status-list';
import { describe, expect, test } from 'vitest';
import { credential, issued, until, type Services } from './services.ts';

export function describeTokenStatusList(of: () => Services): void {
  const url = '/token-status-lists/1';
  const token = async () => `${(await of().get('issuer', url)).body['text']}`;
  const change = (credentialId: unknown, statusPurpose: string, status = true) => of().post('issuer', '/credentials/status', { credentialId, credentialStatus: { statusPurpose }, status });
  const statusBecomes = (index: number, status: number) => until(() => of().get('issuer', url), ({ body }) => getListFromStatusListJWT(`${body['text']}`).getStatus(index) === status);

  describe('GET /token-status-lists/:list', () => {
    test('is signed by the issuer, names itself and ends soon', async () => {
      const text = await token();
      const header = decodeProtectedHeader(text);
      expect(header).toEqual({ alg: 'ES256', typ: 'statuslist+jwt', kid: `${of().issuers['vc+jwt']}#0` });
      const key = await importJWK(JSON.parse(Buffer.from(of().issuers['vc+jwt'].slice('did:jwk:'.length), 'base64url').toString()) as object, 'ES256');
      const { payload } = await jwtVerify(text, key);
      expect(payload).toMatchObject({ sub: of().endpoints.issuer + url, ttl: 60, exp: payload.iat! + 3600, status_list: { bits: 2, lst: expect.stringMatching(/^[\w-]+$/), aggregation_uri: `${of().endpoints.issuer}/token-status-lists` } });
    });

    test('tells valid, suspended and revoked apart, and follows the chain', async () => {
      const { id, credentialStatus } = await issued(of(), credential()) as { id: string; credentialStatus: { statusListIndex: string } };
      const index = Number(credentialStatus.statusListIndex);
      expect(getListFromStatusListJWT(await token()).getStatus(index)).toBe(0);
      await change(id, 'suspension');
      await statusBecomes(index, 2);
      await change(id, 'suspension', false);
      await statusBecomes(index, 0);
      await change(id, 'revocation');
      await statusBecomes(index, 1);
    });

    test('is not given again to who has it, and says how long that is', async () => {
      const { headers } = await of().get('issuer', url);
      expect([headers.get('content-type'), headers.get('cache-control')]).toEqual(['application/statuslist+jwt', 'public, max-age=60']);
      expect((await of().get('issuer', url, { 'if-none-match': `"other", ${headers.get('etag')}` })).status).toBe(304);
    });

    test('is one for all: the list of a past time would say when somebody looked', async () => {
      expect((await of().get('issuer', `${url}?time=1700000000`)).status).toBe(501);
    });

    test('is found by the aggregation, which names no others', async () => {
      expect((await of().get('issuer', '/token-status-lists')).body).toEqual({ status_lists: [of().endpoints.issuer + url] });
      expect((await of().get('issuer', '/token-status-lists/2')).status).toBe(404);
    });
  });
}
