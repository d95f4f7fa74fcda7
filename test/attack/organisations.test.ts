// Two organisations on one machine: what a program of the one can do with what the other has issued, offered, recorded and written down.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { sampleImmunization } from '#network/samples/index.ts';
import { CLIENT_PERMISSIONS } from '#server/access/roles.ts';
import { credential, startServices, type Answer, type Json, type Services } from '../conformance/services.ts';
import { now } from '../journeys/network.ts';

const NAME = 'urn:example:record:4711';
type Program = { readonly get: (path: string) => Promise<Answer>; readonly post: (path: string, body: unknown) => Promise<Answer>; readonly remove: (path: string) => Promise<Answer> };

describe('a program of another organisation', () => {
  let services: Services;
  let own: Program;
  let other: Program;
  let issued: string;
  let issuance: string;
  beforeAll(async () => {
    services = await startServices({ HEALTHPASS_MODE: 'production', HEALTHPASS_ALLOW_DEVELOPMENT_KEYS: 'yes' });
    const operator = { authorization: `Bearer ${services.token}` };
    await services.post('issuer', '/staff/organisations', { id: 'other', name: 'Other' }, operator);
    const program = async (organisation: string): Promise<Program> => {
      const { body: { id, secret } } = await services.post('issuer', '/clients', { name: 'Program', permissions: CLIENT_PERMISSIONS, organisation }, operator);
      const { body } = await services.post('issuer', '/oauth/token', 'grant_type=client_credentials', { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
      const headers = { authorization: `Bearer ${body['access_token']}` };
      return {
        get: (path) => services.get('issuer', path, headers), post: (path, sent) => services.post('issuer', path, sent, headers),
        async remove(path) {
          const response = await fetch(services.endpoints.issuer + path, { method: 'DELETE', headers });
          return { status: response.status, headers: response.headers, body: await response.json().catch(() => ({})) as Json };
        },
      };
    };
    [own, other] = [await program('main'), await program('other')];
    const { body } = await own.post('/credentials', { fhir: sampleImmunization(now()), bindings: [{ commitment: '5', key: createHolderSigner().key }] });
    issued = (body as { credentials: { id: string }[] }).credentials[0]!.id;
    issuance = ((await own.get('/issuances')).body as { issuances: { id: string }[] }).issuances[0]!.id;
  }, 120_000);
  afterAll(() => services.stop());

  test.each(['revoke', 'suspend', 'reinstate'])('cannot %s its credentials, named by credential or by issuance, alone or beside its own', async (action) => {
    const { body } = await other.post('/credentials', { fhir: sampleImmunization(now()), bindings: [{ commitment: '6', key: createHolderSigner().key }] });
    const theirs = (body as { credentials: { id: string }[] }).credentials[0]!.id;
    for (const ids of [[issued], [issuance], [theirs, issued]]) expect(await other.post(`/credentials/${action}`, { ids })).toMatchObject({ status: 404, body: { code: 'credential-unknown' } });
  });

  test('cannot revoke through VC-API what has the same id there, nor by issuing under that id', async () => {
    expect((await own.post('/credentials/issue', { credential: credential({ id: NAME }) })).status).toBe(201);
    const revoke = { credentialId: NAME, credentialStatus: { statusPurpose: 'revocation' }, status: true };
    expect(await other.post('/credentials/status', revoke)).toMatchObject({ status: 404, body: { code: 'credential-unknown' } });
    const { body } = await other.post('/credentials/issue', { credential: credential({ id: NAME }) });
    expect(await other.post('/credentials/status', revoke)).toMatchObject({ status: 200 });
    const indexOf = (answer: Json) => ((answer['verifiableCredential'] as Json)['credentialStatus'] as Json)['statusListIndex'];
    expect(indexOf(body)).toEqual(expect.any(String));
    expect(await own.post('/credentials/status', { ...revoke, credentialStatus: { statusPurpose: 'suspension' } })).toMatchObject({ status: 200 }); // a revoked one could not be
  });

  test('sees and changes no patient, issuance, offer, campaign or entry of the audit trail', async () => {
    const offer = (await own.post('/offers', { fhir: sampleImmunization(now()) })).body['id'] as string;
    const patient = ((await own.get('/patients')).body as { patients: { id: string }[] }).patients[0]!.id;
    for (const path of [`/patients/${patient}`, `/issuances/${issuance}`, `/offers/${offer}`, `/offers/${offer}/qr`]) {
      expect([path, (await own.get(path)).status, (await other.get(path)).status]).toEqual([path, 200, 404]);
    }
    expect((await other.get(`/offers/${offer}/events`)).status).toBe(404);
    expect((await other.remove(`/offers/${offer}`)).status).toBe(404);
    expect((await other.post(`/offers/${offer}/reissue`, {})).status).toBe(404);
    expect((await other.post(`/issuances/${issuance}/paper`, {})).status).toBe(404);
    expect((await other.get(`/suggestions?patient=${patient}`)).status).toBe(404);
    expect((await other.post(`/offers/${offer}/result`, { fhir: sampleImmunization(now()) })).status).toBe(404);
    const text = JSON.stringify([(await other.get('/audit?limit=500')).body, (await other.get('/patients')).body, (await other.get('/issuances')).body, (await other.get('/campaigns')).body,
      (await other.get('/offers')).body, (await other.post('/issuances/search', { text: issuance })).body, (await other.post('/patients/search', { name: 'specimen' })).body]);
    for (const id of [issued, issuance, offer, patient]) expect(text).not.toContain(id);
    expect((await other.get('/audit/verification')).status).toBe(403);
  });

  test('does nothing with the keys of the issuer, which all organisations share', async () => {
    expect(await other.post('/anchors', {})).toMatchObject({ status: 403, body: { code: 'forbidden', field: 'permission' } });
    expect((await own.post('/anchors', {})).status).toBe(200);
  });
});
