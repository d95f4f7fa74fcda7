// All routes of both services, as they describe themselves: who may call them, what browsers may do with them, that none reads more than it takes,
// and that whoever changes something leaves an entry in the audit trail. A new route is in here by itself, or breaks a test.
import { request } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { policyById } from '#passport/policies/index.ts';
import { sampleBundle, sampleImmunization } from '#network/samples/index.ts';
import { now, type Network } from '../journeys/network.ts';

type Operation = { readonly service: 'issuer' | 'verifier'; readonly method: string; readonly path: string; readonly security: readonly Record<string, string[]>[]; readonly media: string | undefined };
type Called = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers };

/** Routes with a permission that change nothing, though they are no GET. */
const READING: Readonly<Record<string, string>> = {
  'POST /preview': 'counts what a record gives, and keeps nothing',
  'POST /issuances/search': 'what is searched for is in a body, so that it is in no URL',
  'POST /patients/search': 'a search by name is in a body, so that the name is in no URL',
};
/** Routes whose entry another test shows, as a campaign has to stand at the right point for them. */
const SHOWN_ELSEWHERE: Readonly<Record<string, string>> = {
  'POST /issuers': 'network/operator accredits one', 'POST /issuers/{id}/suspend': 'network/operator suspends one', 'POST /issuers/{id}/reinstate': 'network/operator reinstates one',
  'POST /issuers/{id}/remove': 'network/operator removes one', 'POST /issuers/{id}/lists': 'network/operator assigns some',
  'POST /keys/rotation/switch': 'issuer/rotation goes through all steps', 'POST /keys/rotation/confirm': 'issuer/rotation goes through all steps',
  'POST /campaigns/{id}/pause': 'the same lines as start', 'POST /campaigns/{id}/resume': 'the same lines as start',
};
const NOBODY_ID = '00000000-0000-4000-8000-000000000000';
const keyOf = ({ method, path }: Pick<Operation, 'method' | 'path'>) => `${method} ${path}`;
const isSecured = ({ security }: Operation) => security.some((one) => 'operator' in one || 'session' in one);

const { version: _version, ...adult } = policyById('over-18')!.document;

export const describeRoutes = (of: () => Network) => describe('every route', () => {
  const operations: Operation[] = [];
  const services = ['issuer', 'verifier'] as const;
  beforeAll(async () => {
    for (const service of services) {
      const { paths } = (await (await fetch(`${of().endpoints[service]}/openapi.json`)).json()) as { paths: Record<string, Record<string, { security?: Record<string, string[]>[]; requestBody?: { content: object } }>> };
      for (const [path, item] of Object.entries(paths)) {
        for (const [method, { security = [], requestBody }] of Object.entries(item)) operations.push({ service, method: method.toUpperCase(), path, security, media: requestBody && Object.keys(requestBody.content)[0] });
      }
    }
  });
  const urlOf = ({ service, path }: Operation) => of().endpoints[service] + path.replace(/\{\w+\}/g, NOBODY_ID);
  async function call(url: string, method: string, { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {}): Promise<Called> {
    const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body);
    const response = await fetch(url, { method, headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, redirect: 'manual', signal: AbortSignal.timeout(60_000), ...(text === undefined ? {} : { body: text }) });
    return { status: response.status, headers: response.headers, body: (await response.json().catch(() => ({}))) as Record<string, unknown> };
  }

  test('that asks for a permission or a session is closed to nobody in particular', async () => {
    const secured = operations.filter(isSecured);
    expect(secured.length).toBeGreaterThan(60);
    for (const operation of secured) {
      const { status, body, headers } = await call(urlOf(operation), operation.method);
      // What only sessions may call reads its body first.
      const isRead = operation.media !== undefined && !operation.security.some((one) => 'operator' in one);
      expect([keyOf(operation), status, body['code'], headers.get('access-control-allow-origin')]).toEqual([keyOf(operation), ...(isRead ? [400, 'json-malformed'] : [401, 'not-authorised']), null]);
    }
  });

  test('carries the headers of a surface, refused or not', async () => {
    for (const operation of operations.filter(({ path }) => !path.endsWith('/events'))) {
      const { headers } = await call(urlOf(operation), operation.method, operation.method === 'GET' ? {} : { body: '{' });
      expect([keyOf(operation), headers.get('x-content-type-options'), /^(?:no-referrer|same-origin)$/.test(headers.get('referrer-policy') ?? ''), headers.get('content-security-policy')?.startsWith("default-src 'none'")]).toEqual([keyOf(operation), 'nosniff', true, true]);
      if (headers.get('access-control-allow-origin') === null) expect([keyOf(operation), headers.get('cache-control'), headers.get('cross-origin-resource-policy')]).toEqual([keyOf(operation), expect.stringContaining('no-store'), 'same-origin']);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test('that pages of other origins may not call is refused to them before it does anything', async () => {
    for (const operation of operations.filter(({ method }) => method !== 'GET')) {
      const { status, headers, body } = await call(urlOf(operation), operation.method, { body: '{}', headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } });
      if (headers.get('access-control-allow-origin') === null) expect([keyOf(operation), status, body['code'] ?? body['error']]).toEqual([keyOf(operation), 403, expect.stringMatching(/^(forbidden|access_denied)$/)]);
      else expect([keyOf(operation), isSecured(operation)]).toEqual([keyOf(operation), false]);
    }
  });

  test('refuses a body that is announced as larger than it takes, without waiting for it', async () => {
    const announce = (operation: Operation) => new Promise<number>((resolve, reject) => {
      const sent = request(urlOf(operation), { method: operation.method, headers: { authorization: `Bearer ${of().token}`, 'content-type': operation.media!, 'content-length': 40_000_000 } }, (response) => { sent.destroy(); resolve(response.statusCode!); });
      sent.setTimeout(10_000, () => { sent.destroy(); reject(new Error(`${keyOf(operation)} waits for the body`)); });
      sent.on('error', (error) => reject(error)).flushHeaders();
    });
    for (const operation of operations.filter(({ media }) => media !== undefined)) {
      const status = await announce(operation);
      expect([keyOf(operation), status >= 400 && status < 500]).toEqual([keyOf(operation), true]);
    }
  });

  test('that changes something writes an entry into the audit trail, or has a reason not to', async () => {
    const shown = new Set<string>();
    const headers = { authorization: `Bearer ${of().token}` };
    const newest = async (service: Operation['service']) => ((await call(`${of().endpoints[service]}/audit?limit=1`, 'GET', { headers })).body['entries'] as { id: number }[])[0]?.id ?? 0;
    const does = async (service: Operation['service'], route: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Record<string, unknown>> => {
      const before = await newest(service);
      const method = route.split(' ')[0]!;
      const answer = await call(of().endpoints[service] + path, method, { body, headers: { ...headers, ...more } });
      const { entries } = (await call(`${of().endpoints[service]}/audit?limit=50`, 'GET', { headers })).body as { entries: { id: number; actorKind: string; organisation: string; outcome: string }[] };
      const own = entries.filter(({ id, actorKind }) => id > before && actorKind === 'operator');
      expect([service, route, answer.status < 300, own.length > 0, own[0]?.outcome]).toEqual([service, route, true, true, 'done']);
      shown.add(`${service} ${route}`);
      return answer.body;
    };

    for (const service of services) {
      const organisation = `walk-${service}`;
      await does(service, 'POST /staff/organisations', '/staff/organisations', { id: organisation, name: 'Walk' });
      const { member } = await does(service, 'POST /staff/members', '/staff/members', { displayName: 'Somebody', roles: ['clinician'], organisation });
      const at = (what: string) => `/staff/members/${String(member)}/${what}?organisation=${organisation}`;
      await does(service, 'POST /staff/members/{id}/invitations', at('invitations'));
      await does(service, 'PUT /staff/members/{id}/roles', `/staff/members/${String(member)}/roles`, { roles: ['verifier'], organisation });
      await does(service, 'POST /staff/members/{id}/suspend', at('suspend'));
      await does(service, 'POST /staff/members/{id}/reinstate', at('reinstate'));
      const { id } = await does(service, 'POST /clients', '/clients', { name: 'Laboratory', permissions: ['audit:read'] });
      await does(service, 'POST /clients/{id}/secrets', `/clients/${String(id)}/secrets`, {});
      await does(service, 'DELETE /clients/{id}', `/clients/${String(id)}`);
    }
    await does('verifier', 'POST /rules', '/rules', { document: { ...adult, id: 'walk' } });
    await does('verifier', 'DELETE /rules/{id}', '/rules/walk');
    const today = new Date(now() * 1000).toISOString().slice(0, 10);
    const event = String((await does('verifier', 'POST /events', '/events', { name: 'Walk', audience: 'Walk', rule: 'over-18', days: [today] }))['id']);
    await does('verifier', 'POST /events/{id}/entries', `/events/${event}/entries`, { lane: 'the-lane-of-a-walk', name: 'North', after: 0, entries: [] });
    await does('verifier', 'DELETE /events/{id}', `/events/${event}`);
    const session = await does('verifier', 'POST /presentations', '/presentations', { ask: [{ policy: 'over-18' }] });
    await does('verifier', 'DELETE /presentations/{id}', `/presentations/${String(session['id'])}`);

    const fhir = sampleImmunization(now());
    const { credentials } = (await does('issuer', 'POST /credentials', '/credentials', { fhir, bindings: [{ commitment: '77', key: createHolderSigner().key }] })) as { credentials: { id: string }[] };
    const ids = [credentials[0]!.id];
    for (const action of ['suspend', 'reinstate', 'revoke']) await does('issuer', `POST /credentials/${action}`, `/credentials/${action}`, { ids });
    const offer = await does('issuer', 'POST /offers', '/offers', { fhir });
    const again = await does('issuer', 'POST /offers/{id}/reissue', `/offers/${String(offer['id'])}/reissue`, {});
    await does('issuer', 'DELETE /offers/{id}', `/offers/${String(again['id'])}`);
    const waiting = await does('issuer', 'POST /offers', '/offers', { deferred: true, kind: 'vaccination' });
    await does('issuer', 'POST /offers/{id}/result', `/offers/${String(waiting['id'])}/result`, { fhir });
    const campaign = String((await does('issuer', 'POST /campaigns', '/campaigns?make=offers&pin=true', JSON.stringify(sampleBundle(now())), { 'content-type': 'application/fhir+json' }))['id']);
    const until = async (state: string) => {
      for (let tries = 0; tries < 1200; tries++) {
        if ((await call(`${of().endpoints.issuer}/campaigns/${campaign}`, 'GET', { headers })).body['state'] === state) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`the campaign does not become ${state}`);
    };
    await until('draft');
    await does('issuer', 'POST /campaigns/{id}/start', `/campaigns/${campaign}/start`);
    await until('done');
    await does('issuer', 'POST /campaigns/{id}/pins', `/campaigns/${campaign}/pins`);
    const of2 = await does('issuer', 'POST /status-campaigns', '/status-campaigns', { action: 'revoke', of: { campaign } });
    await does('issuer', 'POST /status-campaigns/file', '/status-campaigns/file?action=revoke', `{"id":"${ids[0]}"}\n`, { 'content-type': 'application/x-ndjson' });
    await does('issuer', 'POST /campaigns/{id}/cancel', `/campaigns/${String(of2['id'])}/cancel`);
    await does('issuer', 'POST /campaigns/{id}/erase', `/campaigns/${campaign}/erase`);
    await does('issuer', 'POST /patients', '/patients', { family: 'Walk', given: ['Somebody'], birthDate: '1970-01-01' });
    const paper = await does('issuer', 'POST /paper', '/paper', { fhir });
    await does('issuer', 'POST /issuances/{id}/paper', `/issuances/${(paper['certificates'] as { issuance: string }[])[0]!.issuance}/paper`);
    const { patients } = (await call(`${of().endpoints.issuer}/patients`, 'GET', { headers })).body as { patients: { id: string }[] };
    await does('issuer', 'DELETE /patients/{id}', `/patients/${patients[0]!.id}`);
    await does('issuer', 'POST /anchors', '/anchors');
    await does('issuer', 'POST /keys/rotation', '/keys/rotation', { keys: 'did' });
    await does('issuer', 'POST /keys/rotation/back', '/keys/rotation/back');
    for (let tries = 0; tries < 1200 && ((await call(`${of().endpoints.issuer}/keys/rotation`, 'GET', { headers })).body['rotation'] as { stage: string }).stage !== 'withdrawn'; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    await does('issuer', 'POST /keys/rotate', '/keys/rotate', { keys: 'claims' });

    const changing = operations.filter(({ method, security }) => method !== 'GET' && security.some((one) => 'operator' in one)).map((one) => `${one.service} ${keyOf(one)}`);
    expect(changing.filter((one) => !shown.has(one) && ![READING, SHOWN_ELSEWHERE].some((list) => one.split(' ').slice(1).join(' ') in list))).toEqual([]);
    for (const service of services) expect((await call(`${of().endpoints[service]}/audit/verification`, 'GET', { headers })).body).toMatchObject({ intact: true });
    const trail = JSON.stringify((await call(`${of().endpoints.issuer}/audit?limit=500`, 'GET', { headers })).body);
    for (const personal of ['Specimen', 'Erika', 'Juno', 'UTO-', 'Somebody', of().token]) expect(trail).not.toContain(personal);
  });
});
