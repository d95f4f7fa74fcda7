// Campaigns over HTTP: what comes and goes as streams, who may do what, and reports that no spreadsheet runs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaignRoutes, type Campaigns } from '#issuer/campaigns/index.ts';
import { ISSUER_MIGRATIONS } from '#issuer';
import { createOperatorAccess, createRouter, listen, tokenDigest, type Database, type Listening } from '#server';
import { csvFile, HEADER } from './fixture.ts';
import { NOW, openIssuer, type TestIssuer } from './issuer.ts';
import { openEmptyDatabase } from '../../server/empty-database.ts';

const TOKEN = 'a token of the operator of this machine';

describe('/campaigns', () => {
  let database: Database;
  let issuer: TestIssuer;
  let campaigns: Campaigns;
  let server: Listening;
  beforeAll(async () => {
    database = await openEmptyDatabase(ISSUER_MIGRATIONS);
    issuer = await openIssuer(database);
    campaigns = await issuer.open({ offers: undefined });
    const app = createRouter(campaignRoutes(campaigns, () => NOW), { access: createOperatorAccess(tokenDigest(TOKEN.replaceAll(' ', '-'))) });
    server = await listen(app, 0);
  });
  afterAll(async () => {
    await server.stop(100);
    await campaigns.stop();
    await database.close();
  });

  const call = async (method: string, path: string, body?: string | ReadableStream<Uint8Array>, headers: Record<string, string> = {}) => {
    const response = await fetch(server.url + path, { method, headers: { authorization: `Bearer ${TOKEN.replaceAll(' ', '-')}`, ...headers }, ...(body === undefined ? {} : { body, duplex: 'half' as const }) });
    const text = await response.text();
    return { status: response.status, type: response.headers.get('content-type') ?? '', text, json: () => JSON.parse(text) as Record<string, unknown> & { id: string; code: string; field: string } };
  };
  const post = (csv: string, query = '', headers = {}) => call('POST', `/campaigns${query}`, csv, { 'content-type': 'text/csv', ...headers });
  const until = async (id: string, ...states: string[]) => {
    for (let tries = 0; tries < 3000; tries++) {
      const campaign = (await call('GET', `/campaigns/${id}`)).json();
      if (states.includes(campaign['state'] as string)) return campaign;
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
    throw new Error('it does not come to an end');
  };

  test('a file is uploaded, watched, started, and reported as CSV and NDJSON', async () => {
    const made = await post(csvFile(30));
    expect([made.status, made.json()['state']]).toEqual([201, 'checking']);
    const { id } = made.json();
    await until(id, 'draft');
    expect((await call('POST', `/campaigns/${id}/start`)).status).toBe(200);
    const events = await call('GET', `/campaigns/${id}/events`);
    expect(events.type).toContain('text/event-stream');
    expect(events.text.trim().split('\n\n').at(-1)).toMatch(/^event: progress\ndata: .*"state":"done"/);
    const report = await call('GET', `/campaigns/${id}/report?format=csv`);
    const lines = report.text.trim().split('\r\n');
    expect([report.type, lines[0], lines.length]).toEqual(['text/csv; charset=utf-8', 'row,id,outcome,code,field,credentials,offer,link', 31]);
    expect((await call('GET', `/campaigns/${id}/report`)).text.trim().split('\n')).toHaveLength(30);
    expect((await call('GET', '/campaigns')).json()['campaigns']).toMatchObject([{ id, done: 30 }]);
  });

  test.each([
    ['a formula', '=HYPERLINK("http://x")', false], ['a call', '@SUM(1)', false], ['a sum', '+1+1', false], ['a difference', '-2+3', false],
  ])('%s as the id of a row is no part of any file', async (_name, id) => {
    const made = await post(`${HEADER}\n"${id.replaceAll('"', '""')}",Meyer,Anna,1980-02-01,208,1,2,2026-01-01,L,C,DE`);
    const { id: campaign } = made.json();
    await until(campaign, 'draft');
    const { text } = await call('GET', `/campaigns/${campaign}/report?format=csv`);
    expect(text.split('\r\n')[1]).toBe('2,,refused,text-malformed,id,,,');
  });

  test.each([['=1+1'], ['+1'], ['-1'], ['@A1'], ['\t=1'], ['  =1+1'], ['\r=1'], ['＝1+1'], ['%0A=1']])('an id that a record brings and a spreadsheet would run is made a text: %j', async (key) => {
    const resource = { resourceType: 'Immunization', status: 'completed', vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '208' }] }, patient: {}, occurrenceDateTime: '2026-01-01' };
    const made = await call('POST', '/campaigns?format=ndjson&again=true', JSON.stringify({ id: key, resource, patient: { resourceType: 'Patient', name: [{ family: 'Meyer', given: ['Anna'] }] } }));
    const { id } = made.json();
    await until(id, 'draft');
    const { text } = await call('GET', `/campaigns/${id}/report?format=csv`);
    const cells = text.slice(text.indexOf('\r\n') + 2);
    expect(cells).toMatch(/^1,"'/);
    expect(JSON.parse((await call('GET', `/campaigns/${id}/report`)).text)).toMatchObject({ id: key });
  });

  test.each<[string, string, string, number, string]>([
    ['no format', '/campaigns', '', 400, 'format'], ['an unknown column in the mapping', '/campaigns?format=csv&mapping={"colour":"x"}', 'a', 400, 'mapping'],
    ['a mapping that is no JSON', '/campaigns?format=csv&mapping={', 'a', 400, ''], ['an unknown parameter', '/campaigns?format=csv&lot=x', 'a', 400, 'body'], ['a lifetime of seconds', '/campaigns?format=csv&lifetime=3', 'a', 400, 'lifetime'],
  ])('refuses %s', async (_name, path, body, status, field) => {
    const answer = await call('POST', path, body);
    expect(answer.status).toBe(status);
    if (field !== '') expect(answer.json().field).toBe(field);
  });

  test('an upload that is cut off leaves nothing', async () => {
    const [{ count: before }] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM campaign') as [{ count: number }];
    const cut = new ReadableStream<Uint8Array>({
      async pull(controller) {
        controller.enqueue(new TextEncoder().encode(`${csvFile(600)}\n`));
        await new Promise((resolve) => { setTimeout(resolve, 100); });
        controller.error(new Error('cut'));
      },
    });
    await expect(call('POST', '/campaigns?format=csv', cut)).rejects.toThrow();
    for (let tries = 0; tries < 1200; tries++) {
      const [{ count }] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM campaign') as [{ count: number }];
      if (count === before) return;
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
    throw new Error('something is left');
  });

  test.each([['GET', '/campaigns'], ['POST', '/campaigns?format=csv'], ['POST', '/status-campaigns'], ['GET', '/campaigns/0a1b2c3d-0000-4000-8000-000000000000/report']])('%s %s needs somebody who may', async (method, path) => {
    expect((await fetch(server.url + path, { method })).status).toBe(401);
  });

  test('the same request under one key is answered with the same campaign', async () => {
    const headers = { 'idempotency-key': 'upload-of-today' };
    const [first, again] = [await post(csvFile(4), '?again=true', headers), await post(csvFile(4), '?again=true', headers)];
    expect([first.status, again.status, again.json().id]).toEqual([201, 200, first.json().id]);
    expect((await post(csvFile(5), '?again=true', headers)).json()).toMatchObject({ code: 'campaign-conflict', field: 'idempotency-key' });
    expect((await post(csvFile(5), '', { 'idempotency-key': 'x' })).status).toBe(400);
  });

  test('no answer holds a word of the file', async () => {
    const made = await post(`${HEADER}\ncase,Kanarienvogel,Kanarienvogel,1980-02-01,Kanarienvogel,1,2,2026-01-01,Kanarienvogel,C,DE`);
    const { id } = made.json();
    await until(id, 'draft');
    const answers = [made.text, (await call('GET', `/campaigns/${id}`)).text, (await call('GET', `/campaigns/${id}/report`)).text, (await call('GET', `/campaigns/${id}/report?format=csv`)).text, (await post('Kanarienvogel\nKanarienvogel')).text, (await post(`${HEADER}\n"Kanarienvogel`)).text];
    expect(answers.join()).not.toContain('Kanarien');
    const [dump] = await database.query<{ text: string }>(`SELECT string_agg(campaign_row::text, '') AS text FROM campaign_row`);
    expect(dump!.text).not.toContain(Buffer.from('Kanarien').toString('hex'));
  });
});
