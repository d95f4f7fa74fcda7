// Certificates on paper through the services: issued, printed again, compared with a document, and gone with the rest when they are revoked.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodePaper } from '#formats/paper/index.ts';
import { sampleImmunization } from '#network/samples/index.ts';
import { startServices, until, type Json, type Services } from '../conformance/services.ts';
import { now } from '../journeys/network.ts';

type Certificate = { readonly id: string; readonly issuance: string; readonly text: string; readonly validUntil: number };
const fhir = sampleImmunization(now());

describe('paper', () => {
  let services: Services;
  let operator: Record<string, string>;
  let document: Json;
  let first: Certificate;
  beforeAll(async () => {
    services = await startServices();
    operator = { authorization: `Bearer ${services.token}` };
  }, 120_000);
  afterAll(() => services.stop());
  const post = (path: string, body: unknown = {}) => services.post('issuer', path, body, operator);
  const get = async (path: string) => (await services.get('issuer', path, operator)).body;
  const verify = async ({ text }: Certificate, match?: Json) => (await services.post('verifier', '/verify', { text, ...(match && { match }) })).body;

  test('a record is issued onto paper, which counts beside the document of its owner', async () => {
    const { status, body } = await post('/paper', { fhir });
    expect(status).toBe(201);
    first = (body as { certificates: Certificate[] }).certificates[0]!;
    const { event, ...row } = await get(`/issuances/${first.issuance}`) as { event: { person: Json } } & Json;
    expect(row).toMatchObject({ source: 'paper', status: 'valid', validUntil: first.validUntil, credentials: [{ id: first.id }], history: [] });
    document = event.person;
    expect(await verify(first)).toMatchObject({ outcome: 'refused', reason: 'document-needed' });
    expect(await verify(first, document)).toMatchObject({ outcome: 'accepted', shown: { onPaper: true } });
    expect(await verify(first, { ...document, family: 'Other' })).toMatchObject({ outcome: 'refused', reason: 'match-wrong' });
  });

  test('printed again it is another copy, under an entry that nothing else has', async () => {
    const { status, body } = await post(`/issuances/${first.issuance}/paper`);
    const second = body as Certificate;
    expect([status, second.issuance, second.id === first.id]).toEqual([201, first.issuance, false]);
    const { credentials } = await get(`/issuances/${first.issuance}`) as { credentials: { index: number }[] };
    expect(new Set(credentials.map(({ index }) => index)).size).toBe(2);
    expect(await verify(second, document)).toMatchObject({ outcome: 'accepted' });
    expect(await decodePaper(second.text)).not.toBe(await decodePaper(first.text));
  });

  test('revoked for a reason, every sheet is refused, none is printed, and the register says why', async () => {
    expect((await post('/credentials/revoke', { ids: [first.issuance], reason: 'issued-in-error', note: 'Wrong patient.' })).body).toMatchObject({ credentials: [{ changed: true }, { changed: true }] });
    await until(() => services.post('verifier', '/verify', { text: first.text, match: document }), ({ body }) => body['reason'] === 'credential-revoked');
    await until(() => services.get('issuer', `/issuances/${first.issuance}`, operator), ({ body }) => body['status'] === 'revoked');
    expect(await get(`/issuances/${first.issuance}`)).toMatchObject({ reason: 'issued-in-error', history: [{ action: 'revoke', state: 'done', reason: 'issued-in-error', note: 'Wrong patient.', copies: 2, changed: true }] });
    expect((await post('/issuances/search', { status: 'revoked', lot: 'UTO-YF-3' })).body).toMatchObject({ total: 1, issuances: [{ id: first.issuance, event: { lot: 'UTO-YF-3' } }] });
    expect(await post(`/issuances/${first.issuance}/paper`)).toMatchObject({ status: 409, body: { code: 'status-conflict' } });
    const trail = JSON.stringify(await get('/audit?limit=100'));
    expect(trail).toContain('issued-in-error');
    for (const personal of ['Wrong patient', 'Specimen', 'UTO-YF-3']) expect(trail).not.toContain(personal);
  });

  test('of somebody who was erased is not printed, nor is what nobody issued', async () => {
    const { body } = await post('/paper', { fhir });
    const { issuance } = (body as { certificates: Certificate[] }).certificates[0]!;
    const { patient } = await get(`/issuances/${issuance}`) as { patient: string };
    await fetch(`${services.endpoints.issuer}/patients/${patient}`, { method: 'DELETE', headers: operator });
    expect(await post(`/issuances/${issuance}/paper`)).toMatchObject({ status: 410, body: { code: 'patient-erased' } });
    expect(await post('/issuances/none/paper')).toMatchObject({ status: 404, body: { code: 'credential-unknown' } });
  });
});
