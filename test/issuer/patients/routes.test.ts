import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hono } from 'hono';
import { ISSUER_MIGRATIONS, openPatientBook, type PatientBook } from '#issuer';
import { patientRoutes } from '#issuer/patients/index.ts';
import { createLocalKeyProvider, createOperatorAccess, createRouter, newDataKey, tokenDigest, type Database } from '#server';
import { ANA, BEN, NOW, vaccination } from './people.ts';
import { openEmptyDatabase } from '../../server/empty-database.ts';

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
    database = await openEmptyDatabase(ISSUER_MIGRATIONS);
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
    const row = { id: ana.issuance, organisation: 'a', source: 'test', recordedAt: NOW, patient: ana.patient, kind: 'vaccination', status: 'waiting', credentials: [] };
    expect(await ask('GET', `/issuances?patient=${ana.patient}&kind=vaccination&from=${NOW}&to=${NOW + 1}`)).toEqual({ status: 200, body: { issuances: [row] } });
    expect(await ask('GET', `/issuances?patient=${ana.patient}&status=waiting`)).toEqual({ status: 200, body: { issuances: [row], total: 1 } });
    expect(await ask('GET', `/issuances/${ana.issuance}`)).toEqual({ status: 200, body: { ...row, history: [], event: expect.objectContaining({ disease: '840539006', lot: 'LOT-77', person: ANA }) } });
    expect(await ask('GET', `/patients/${ana.patient}`)).toEqual({ status: 200, body: anaJson() });
  });

  test('the register is searched by what is sealed, in bodies alone', async () => {
    const ids = async (body: object) => ((await ask('POST', '/issuances/search', body)).body as { issuances: { id: string }[] }).issuances.map(({ id }) => id);
    expect(await ids({ lot: 'lot-77', text: 'núñez', disease: '840539006', product: 7, kind: 'vaccination' })).toEqual([ana.issuance]);
    expect(await ids({ text: 'maría nú' })).toEqual([ana.issuance]);
    expect(await ids({ text: ana.issuance.slice(0, 8) })).toEqual([ana.issuance]);
    for (const other of [{ lot: 'LOT-78' }, { text: 'nobody' }, { disease: '14189004' }, { product: 8 }, { kind: 'test' }, { status: 'valid' }]) expect(await ids(other)).toEqual([]);
    expect(await ask('GET', '/issuances?lot=LOT-77')).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
    expect(await ask('POST', '/issuances/search', { disease: 'covid' })).toMatchObject({ status: 400, body: { field: 'disease' } });
  });

  test('a patient is added once, and found by a part of the name or the birth date', async () => {
    const person = { family: 'O’Neill-Brandt', given: ['Élodie'], birthDate: '1991-07-14' };
    const { status, body } = await ask('POST', '/patients', person);
    expect([status, body]).toEqual([201, { id: expect.any(String), isNew: true }]);
    const { id } = body as { id: string };
    expect(await ask('POST', '/patients', { ...person, family: 'O’NEILL-BRANDT' })).toEqual({ status: 201, body: { id, isNew: false } });
    const found = async (search: object) => ((await ask('POST', '/patients/search', search)).body as { patients: { id: string }[] }).patients.map((one) => one.id);
    for (const search of [{ name: 'bran' }, { name: 'élo nei' }, { birthDate: '1991-07-14' }, { name: 'ÉLODIE', birthDate: '1991-07-14' }]) expect([search, await found(search)]).toEqual([search, [id]]);
    for (const search of [{ name: 'branx' }, { name: 'br' }, { name: 'elo' }, { name: 'bran', birthDate: '1991-07-15' }]) expect([search, await found(search)]).toEqual([search, []]);
    for (const nothing of [{}, { name: ' ' }, { family: 'X', given: [' '] }]) expect(await ask('POST', '/patients/search', nothing)).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
    expect(await ask('POST', '/patients', { ...person, given: [' '] })).toMatchObject({ status: 400, body: { code: 'request-invalid', field: 'family' } });
  });

  test('who was seen last comes first, and the form is filled with what was used last and the next dose', async () => {
    expect(((await ask('GET', '/patients?order=recent')).body as { patients: { id: string }[] }).patients.map(({ id }) => id)[0]).toBe(ana.patient);
    const { body } = await ask('GET', `/suggestions?patient=${ana.patient}`);
    expect(body).toEqual({
      products: [{ product: 7, disease: '840539006', country: 'ES', performer: 'Clinic', series: 2, usedAt: NOW, lot: 'LOT-77' }], tests: [],
      next: [{ disease: '840539006', product: 7, dose: 3, series: 2, lastAt: NOW - 86_400 }],
    });
    expect(((await ask('GET', '/suggestions')).body as { next: unknown[] }).next).toEqual([]);
    expect(await ask('GET', '/suggestions?patient=nobody')).toMatchObject({ status: 404, body: { code: 'patient-unknown' } });
  });

  test.each(['/patients?limit=0', '/patients?limit=201', '/patients?cursor=-1', '/patients?cursor=9e9', '/issuances?kind=operation', "/issuances?from=1'--", '/issuances?limit=1&limit[]=2'])('%s is refused by its field', async (path) => {
    expect(await ask('GET', path)).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
  });

  test('who has no permission sees and erases nothing', async () => {
    for (const [method, path] of [['GET', '/patients'], ['POST', '/patients/search'], ['GET', `/patients/${ana.patient}`], ['DELETE', `/patients/${ana.patient}`], ['GET', '/issuances'], ['POST', '/issuances/search'], ['POST', '/patients'], ['GET', '/suggestions'], ['GET', `/issuances/${ana.issuance}`]] as const) {
      expect(await ask(method, path, method === 'POST' ? ANA : undefined, 'b'.repeat(64))).toMatchObject({ status: 401, body: { code: 'not-authorised' } });
    }
  });

  test('an erased person is gone, and once', async () => {
    expect(await ask('DELETE', `/patients/${ana.patient}`)).toEqual({ status: 200, body: { issuances: 1 } });
    expect(await ask('DELETE', `/patients/${ana.patient}`)).toMatchObject({ status: 404, body: { code: 'patient-unknown', field: 'patient' } });
    expect(await ask('GET', `/patients/${ana.patient}`)).toMatchObject({ status: 404, body: { code: 'patient-unknown' } });
    expect(await ask('GET', `/issuances/${ana.issuance}`)).toEqual({ status: 200, body: { status: 'waiting', history: [], id: ana.issuance, organisation: 'a', source: 'test', recordedAt: NOW, patient: null, credentials: [] } });
  });
});
