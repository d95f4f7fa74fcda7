import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hono } from 'hono';
import { ISSUER_MIGRATIONS, openPatientBook, type PatientBook } from '#issuer';
import { patientRoutes } from '#issuer/patients/index.ts';
import { createLocalKeyProvider, createOperatorAccess, createRouter, newDataKey, openDatabase, tokenDigest, type Database } from '#server';
import { ANA, BEN, NOW, vaccination } from './people.ts';

const TOKEN = 'a'.repeat(64);

describe('patientRoutes', () => {
  let database: Database;
  let book: PatientBook;
  let app: Hono;
  let ana: { patient: string; issuance: string };
  const ask = async (method: string, path: string, body?: unknown, token = TOKEN) => {
    const response = await app.request(path, { method, headers: { authorization: `Bearer ${token}` }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, body: await response.json() as unknown };
  };
  beforeAll(async () => {
    database = await openDatabase(undefined, ISSUER_MIGRATIONS);
    book = await openPatientBook({ database, provider: createLocalKeyProvider([newDataKey()]), now: () => NOW });
    app = createRouter(patientRoutes(book), { access: createOperatorAccess(tokenDigest(TOKEN)) });
    const record = (event: ReturnType<typeof vaccination>) => database.transaction((tx) => book.record(tx, { event, organisation: 'a', source: 'test' }));
    await record(vaccination(BEN));
    ana = await record(vaccination());
  });
  afterAll(() => database.close());

  const anaJson = () => ({ id: ana.patient, organisation: 'a', recordedAt: NOW, issuances: 1, person: ANA });

  test('patients are given a page at a time', async () => {
    const first = await ask('GET', '/patients?limit=1');
    expect(first).toEqual({ status: 200, body: { patients: [anaJson()], cursor: expect.any(String) } });
    const second = await ask('GET', `/patients?limit=2&cursor=${(first.body as { cursor: string }).cursor}`);
    expect(second).toEqual({ status: 200, body: { patients: [expect.objectContaining({ person: BEN })] } });
  });

  test('a patient is found by name and birth date, which stand in no address', async () => {
    expect(await ask('POST', '/patients/search', { ...ANA, family: 'NÚÑEZ' })).toEqual({ status: 200, body: { patients: [anaJson()] } });
    expect(await ask('POST', '/patients/search', { ...ANA, birthDate: '1980-02-28' })).toEqual({ status: 200, body: { patients: [] } });
    expect(await ask('GET', `/patients?family=${ANA.birthDate}`)).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
  });

  test('an issuance says what it attests, the register only of what kind it is', async () => {
    const row = { id: ana.issuance, organisation: 'a', source: 'test', recordedAt: NOW, patient: ana.patient, kind: 'vaccination', credentials: [] };
    expect(await ask('GET', `/issuances?patient=${ana.patient}&kind=vaccination&from=${NOW}&to=${NOW + 1}`)).toEqual({ status: 200, body: { issuances: [row] } });
    expect(await ask('GET', `/issuances/${ana.issuance}`)).toEqual({ status: 200, body: { ...row, event: expect.objectContaining({ disease: '840539006', lot: 'LOT-77', person: ANA }) } });
    expect(await ask('GET', `/patients/${ana.patient}`)).toEqual({ status: 200, body: anaJson() });
  });

  test.each(['/patients?limit=0', '/patients?limit=201', '/patients?cursor=-1', '/patients?cursor=9e9', '/issuances?kind=operation', "/issuances?from=1'--", '/issuances?limit=1&limit[]=2'])('%s is refused by its field', async (path) => {
    expect(await ask('GET', path)).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
  });

  test('who has no permission sees and erases nothing', async () => {
    for (const [method, path] of [['GET', '/patients'], ['POST', '/patients/search'], ['GET', `/patients/${ana.patient}`], ['DELETE', `/patients/${ana.patient}`], ['GET', '/issuances'], ['GET', `/issuances/${ana.issuance}`]] as const) {
      expect(await ask(method, path, method === 'POST' ? ANA : undefined, 'b'.repeat(64))).toMatchObject({ status: 401, body: { code: 'not-authorised' } });
    }
  });

  test('an erased person is gone, and once', async () => {
    expect(await ask('DELETE', `/patients/${ana.patient}`)).toEqual({ status: 200, body: { issuances: 1 } });
    expect(await ask('DELETE', `/patients/${ana.patient}`)).toMatchObject({ status: 404, body: { code: 'patient-unknown', field: 'patient' } });
    expect(await ask('GET', `/patients/${ana.patient}`)).toMatchObject({ status: 404, body: { code: 'patient-unknown' } });
    expect(await ask('GET', `/issuances/${ana.issuance}`)).toEqual({ status: 200, body: { id: ana.issuance, organisation: 'a', source: 'test', recordedAt: NOW, patient: null, credentials: [] } });
  });
});
