import { createHash } from 'node:crypto';
import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { createOperatorAccess, createRouter, NO_ACCESS, operationId, route, templateOf, type Access, type ApiInfo, type OpenApiDocument, type Route } from '#server';
import { brokenRules, operationsIn, readerOf, undescribed } from './openapi-rules.ts';

const INFO: ApiInfo = { title: 'Sample <service>', description: 'A & B', version: '1.2.3', tags: { things: 'Things <script>alert(1)</script>', operations: 'How it is.' } };
const thing = z.object({ name: z.string() }).meta({ id: 'Thing' });
const answers = { 200: { description: 'It', schema: thing } };
const run = () => ({ name: 'x' });
const ROUTES: Route[] = [
  route({ method: 'get', path: '/things/:id', summary: 'Read', tag: 'things', permission: null, answers, run }),
  route({ method: 'put', path: '/things/:id', summary: 'Write', tag: 'things', permission: 'credentials:issue', params: z.object({ id: z.string().max(9).meta({ description: 'Which <one>' }) }), body: { schema: thing }, answers, problems: ['status-conflict'], run }),
  route({ method: 'get', path: '/identifiers/:did{.+}', summary: 'Resolve', tag: 'things', permission: null, query: z.object({ versionId: z.string().optional() }), answers, run }),
  route({ method: 'post', path: '/token', summary: 'Give a token', tag: 'things', permission: null, errors: 'protocol', schemes: ['dpop'], body: { schema: z.looseObject({ grant_type: z.string() }), form: true }, answers, run }),
  route({ method: 'get', path: '/authorize', summary: 'Ask for a code', tag: 'things', permission: null, query: z.union([z.object({ request_uri: z.string() }), z.looseObject({ scope: z.string(), state: z.string().optional() })]), answers, run }),
  route({ method: 'delete', path: '/things/:id', summary: 'Remove', tag: 'things', permission: null, answers: { 204: { description: 'Gone' } }, run: () => undefined }),
];
const app = (access: Access, routes = ROUTES) => createRouter(routes, { access, info: INFO });
const documentOf = async (access: Access = createOperatorAccess(Buffer.alloc(32)), routes = ROUTES) => (await (await app(access, routes).request('/openapi.json')).json()) as OpenApiDocument;
const operation = async (id: string, document?: OpenApiDocument) => operationsIn(document ?? await documentOf()).find((one) => one.operation.operationId === id)!.operation;

describe('GET /openapi.json', () => {
  test('describes every route of the service, itself included, and keeps the rules of OpenAPI 3.1', async () => {
    const document = await documentOf();
    expect(brokenRules(document)).toEqual([]);
    expect(operationsIn(document).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'get /things/{id}', 'put /things/{id}', 'delete /things/{id}', 'get /identifiers/{did}', 'post /token', 'get /authorize', 'get /ready', 'get /openapi.json', 'get /docs',
    ]);
    for (const schema of Object.values(document.components?.schemas ?? {})) expect(readerOf(schema, document)).toBeDefined();
  });

  test('names the parameters of a path whose schema the route leaves out, and what the schema says where there is one', async () => {
    expect((await operation('getThingsById')).parameters).toEqual([{ in: 'path', name: 'id', required: true, schema: { type: 'string' } }]);
    expect((await operation('putThingsById')).parameters).toEqual([expect.objectContaining({ in: 'path', required: true, description: 'Which <one>', schema: expect.objectContaining({ maxLength: 9 }) })]);
    const alternatives = (await operation('getAuthorize')).parameters as { name: string; required?: boolean }[];
    expect(alternatives.map(({ name, required = false }) => [name, required])).toEqual([['request_uri', false], ['scope', false], ['state', false]]);
    expect((await operation('getIdentifiersByDid')).parameters).toEqual([expect.objectContaining({ in: 'path', name: 'did' }), expect.objectContaining({ in: 'query', name: 'versionId' })]);
  });

  test('tells of JSON and form bodies, and of the errors that each kind of route gives', async () => {
    const [write, token] = [await operation('putThingsById'), await operation('postToken')];
    expect([write.requestBody, token.requestBody].map((body) => Object.keys((body as { content: object }).content))).toEqual([['application/json'], ['application/x-www-form-urlencoded']]);
    expect(Object.keys(write.responses!)).toEqual(['200', '400', '401', '409', '413', 'default']);
    expect(write.responses!['409']).toEqual({ description: 'status-conflict', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } });
    expect(token.responses!['400']).toMatchObject({ content: { 'application/json': { schema: { $ref: '#/components/schemas/ProtocolError' } } } });
    expect((await operation('deleteThingsById')).responses!['204']).toEqual({ description: 'Gone' });
  });

  test('says how callers are known: as the access of the service, and as routes with a protocol of their own say', async () => {
    expect([(await operation('putThingsById')).security, (await operation('getThingsById')).security, (await operation('postToken')).security]).toEqual([[{ operator: [] }], [], [{ dpop: [] }]]);
    const many = await documentOf({ schemes: ['session', 'client'], authorise: NO_ACCESS.authorise });
    expect((await operation('putThingsById', many)).security).toEqual([{ session: [] }, { client: ['credentials:issue'] }]);
    expect([brokenRules(many), Object.keys(many.components!.securitySchemes!)]).toEqual([[], ['session', 'client', 'dpop']]);
  });

  test('a rule that is broken is found', async () => {
    const document = await documentOf();
    const spoilt = (change: (copy: OpenApiDocument) => void) => { const copy = structuredClone(document); change(copy); return brokenRules(copy).length; };
    expect(spoilt((copy) => { copy.paths!['/things/{id}']!.get!.operationId = 'postToken'; })).toBe(1);
    expect(spoilt((copy) => { copy.paths!['/things/{id}']!.get!.parameters = []; })).toBe(1);
    expect(spoilt((copy) => { delete copy.components!.schemas!['Thing']; })).toBeGreaterThan(0);
    expect(spoilt((copy) => { delete copy.components!.securitySchemes; })).toBe(2);
    expect(spoilt((copy) => { delete copy.tags![0]!.description; })).toBe(1);
    const answer = { method: 'get', path: '/things/{id}', status: 200, type: 'application/json' };
    expect([{ name: 'x' }, { name: 5 }, {}, { name: 'x', more: 1 }].map((body) => undescribed(document, { ...answer, body }) === undefined)).toEqual([true, false, false, false]);
    expect([{ ...answer, status: 404 }, { ...answer, path: '/none' }, { ...answer, type: 'text/html' }].map((one) => undescribed(document, { ...one, body: {} }) === undefined)).toEqual([false, false, false]);
  });
});

describe('GET /docs', () => {
  const page = async () => { const response = await app(NO_ACCESS).request('/docs'); return { headers: response.headers, text: await response.text() }; };

  test('shows what the document says, every word of it as text', async () => {
    const { text } = await page();
    for (const word of ['Sample &lt;service&gt;', 'A &amp; B', 'Which &lt;one&gt;', '/identifiers/{did}', 'status-conflict', 'href="#schema-Problem"']) expect(text).toContain(word);
    expect(text).not.toMatch(/<script|Sample <service>|\son\w+=|javascript:/i);
  });

  test('needs no script and nothing from elsewhere, and its policy allows none', async () => {
    const { headers, text } = await page();
    const [style] = /(?<=<style>)[^]*?(?=<\/style>)/.exec(text)!;
    expect(headers.get('content-security-policy')).toBe(`default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`);
    expect(text).not.toMatch(/(?:src|href)="(?!#|\/openapi\.json)/);
  });

  test('can be read with a screen reader and by keyboard: language, landmarks, one first heading, named tables', async () => {
    const { text } = await page();
    expect(text).toMatch(/<html lang="en">/);
    for (const landmark of ['<header>', '<nav aria-label="Routes">', '<main id="routes">', 'class="skip" href="#routes"']) expect(text).toContain(landmark);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text.match(/<table /g)!.length).toBe(text.match(/<table aria-label="[^"]+"/g)!.length);
    expect(text.match(/<th>/g)).toBeNull(); // each has a scope
    const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });
});

describe('templateOf and operationId', () => {
  test.each([['/', '/', 'get'], ['/a/:b', '/a/{b}', 'getAByB'], ['/a-b/:c/d', '/a-b/{c}/d', 'getABByCD'], ['/x/:y{.+}', '/x/{y}', 'getXByY'], ['/.well-known/jwt-vc-issuer', '/.well-known/jwt-vc-issuer', 'getWellKnownJwtVcIssuer']])('%s', (path, template, id) => {
    expect([templateOf(path), operationId({ method: 'get', path })]).toEqual([template, id]);
  });
});
