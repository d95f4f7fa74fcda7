// Programs get access tokens by what they hold, over HTTP, and what attackers make of it.
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESS_MIGRATIONS, PERMISSIONS } from '#server';
import { describeOnDatabases } from '../databases.ts';
import { openClinic, type Answer, type Clinic } from './clinic.ts';
import { openEmptyDatabase } from '../empty-database.ts';

const INVALID = [401, 'invalid_client'];
const told = ({ status, body }: Answer) => [status, body.error ?? body.code];

describeOnDatabases('POST /oauth/token', ACCESS_MIGRATIONS, ({ database }) => {
  let clinic: Clinic;
  beforeAll(async () => { clinic = await openClinic(database()); });
  afterAll(() => clinic.stop());

  async function ask(form: Record<string, string>, headers: Record<string, string> = {}, path = '/oauth/token'): Promise<Answer> {
    const response = await fetch(clinic.url + path, { method: 'POST', body: new URLSearchParams(form), headers });
    return { status: response.status, body: (await response.json().catch(() => ({}))) as Answer['body'], headers: response.headers };
  }
  const basic = (id: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
  const grant = { grant_type: 'client_credentials' };
  const create = async (body: object = {}): Promise<{ id: string; secret: string }> =>
    (await clinic.asOperator('POST', '/clients', { name: 'Laboratory', permissions: ['credentials:issue', 'credentials:read'], ...body })).body as never;
  const tokenOf = async ({ id, secret }: { id: string; secret: string }) => String((await ask(grant, basic(id, secret))).body['access_token']);
  const use = (token: string, permission: string) => clinic.send('POST', `/may/${permission}`, undefined, { authorization: `Bearer ${token}` });

  describe('with a secret', () => {
    test('gives a token for what the client may do, and for nothing else', async () => {
      const client = await create();
      const answer = await ask(grant, basic(client.id, client.secret));
      expect(answer.body).toEqual({ access_token: expect.stringMatching(/^[\w-]{43}$/) as string, token_type: 'Bearer', expires_in: 600, scope: 'credentials:issue credentials:read' });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const token = String(answer.body['access_token']);
      expect((await use(token, 'credentials:issue')).body).toEqual({ id: client.id, kind: 'client', organisation: 'clinic' });
      for (const permission of PERMISSIONS) expect((await use(token, permission)).status).toBe(['credentials:issue', 'credentials:read'].includes(permission) ? 200 : 403);
    });
    test('gives less where less is asked for, never more', async () => {
      const client = await create();
      const { body } = await ask({ ...grant, scope: 'credentials:read' }, basic(client.id, client.secret));
      expect([body['scope'], (await use(String(body['access_token']), 'credentials:issue')).status]).toEqual(['credentials:read', 403]);
      for (const scope of ['credentials:status', 'credentials:read staff:manage', 'x', ' ']) expect(told(await ask({ ...grant, scope }, basic(client.id, client.secret)))).toEqual([400, 'invalid_scope']);
    });
    test('a token is over after ten minutes', async () => {
      const token = await tokenOf(await create());
      clinic.pass(599);
      expect((await use(token, 'credentials:issue')).status).toBe(200);
      clinic.pass(1);
      expect(told(await use(token, 'credentials:issue'))).toEqual([401, 'not-authorised']);
    });
    test.each<[string, (client: { id: string; secret: string }, other: { id: string; secret: string }) => Record<string, string>]>([
      ['a wrong secret', ({ id }) => basic(id, 'a'.repeat(43))],
      ['no secret', ({ id }) => basic(id, '')],
      ['the secret of another', ({ id }, other) => basic(id, other.secret)],
      ['the name of nobody', ({ secret }) => basic('nobody', secret)],
      ['words of SQL', ({ secret }) => basic("x' OR '1'='1", secret)],
      ['the token of the operator', () => ({ authorization: 'Bearer operator-token-of-this-test-0123456789' })],
      ['nothing', () => ({})],
    ])('%s is refused', async (_name, headers) => {
      const answer = await ask(grant, headers(await create(), await create()));
      expect([told(answer), answer.headers.get('www-authenticate')]).toEqual([INVALID, 'Basic realm="clients"']);
    });
    test('only client credentials are taken, in a form, each parameter once', async () => {
      const client = await create();
      expect(told(await ask({ grant_type: 'authorization_code' }, basic(client.id, client.secret)))).toEqual([400, 'unsupported_grant_type']);
      expect(told(await ask({ grant_type: 'password', username: 'x', password: 'x' }, basic(client.id, client.secret)))).toEqual([400, 'unsupported_grant_type']);
      expect(told(await clinic.send('POST', '/oauth/token', grant, basic(client.id, client.secret)))).toEqual([400, 'invalid_request']);
      expect(told(await ask({ ...grant, client_id: 'another' }, basic(client.id, client.secret)))).toEqual(INVALID);
    });
    test('the old secret goes on for a while, then no more', async () => {
      const client = await create();
      const { body } = await clinic.asOperator('POST', `/clients/${client.id}/secrets`, { overlap: 60 });
      expect([(await ask(grant, basic(client.id, client.secret))).status, (await ask(grant, basic(client.id, String(body['secret'])))).status]).toEqual([200, 200]);
      clinic.pass(60);
      expect(told(await ask(grant, basic(client.id, client.secret)))).toEqual(INVALID);
      const at = (await clinic.asOperator('POST', `/clients/${client.id}/secrets`, { overlap: 0 })).body;
      expect(told(await ask(grant, basic(client.id, String(body['secret']))))).toEqual(INVALID);
      expect((await ask(grant, basic(client.id, String(at['secret'])))).status).toBe(200);
    });
    test('a revoked client has nothing that works: no secret, no token', async () => {
      const client = await create();
      const token = await tokenOf(client);
      expect((await clinic.asOperator('DELETE', `/clients/${client.id}`)).status).toBe(204);
      expect([told(await use(token, 'credentials:issue')), told(await ask(grant, basic(client.id, client.secret)))]).toEqual([[401, 'not-authorised'], INVALID]);
      expect(told(await clinic.asOperator('POST', `/clients/${client.id}/secrets`, {}))).toEqual([400, 'request-invalid']);
    });
    test('a token given back works no more, and nobody gives back that of another', async () => {
      const [client, other] = [await create(), await create()];
      const token = await tokenOf(client);
      expect((await ask({ token }, basic(other.id, other.secret), '/oauth/revoke')).status).toBe(200);
      expect((await use(token, 'credentials:issue')).status).toBe(200);
      expect(told(await ask({ token }, basic(client.id, 'wrong'), '/oauth/revoke'))).toEqual(INVALID);
      expect((await ask({ token }, basic(client.id, client.secret), '/oauth/revoke')).status).toBe(200);
      expect((await use(token, 'credentials:issue')).status).toBe(401);
    });
    test('secrets and tokens stand in the database as digests, names sealed', async () => {
      const client = await create({ name: 'zqcanary' });
      const token = await tokenOf(client);
      const rows = await Promise.all(['access_client', 'access_client_secret', 'access_client_token', 'audit'].map((table) => database().query<Record<string, unknown>>(`SELECT * FROM ${table}`)));
      const text = JSON.stringify(rows, (_, value: unknown) => (value instanceof Uint8Array ? `${Buffer.from(value).toString('latin1')}${Buffer.from(value).toString('base64url')}` : value));
      for (const secret of [client.secret, token, 'zqcanary']) expect(text).not.toContain(secret);
      expect(JSON.stringify((await clinic.asOperator('GET', '/clients')).body)).toContain('zqcanary');
    });
  });

  describe('with a key', () => {
    let key: CryptoKey;
    let client: { id: string };
    beforeAll(async () => {
      const pair = await generateKeyPair('ES256', { extractable: true });
      key = pair.privateKey;
      client = await create({ keys: { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one' }] } });
      expect(client).not.toHaveProperty('secret');
    });
    const assertion = (claims: object = {}, { alg = 'ES256', signer = key as CryptoKey | Uint8Array } = {}) => {
      const at = clinic.now();
      const all = { iss: client.id, sub: client.id, aud: `${new URL(clinic.url).origin}/oauth/token`, jti: crypto.randomUUID(), iat: at, exp: at + 60, ...claims };
      return new SignJWT(all as never).setProtectedHeader({ alg, kid: 'one' }).sign(signer);
    };
    const show = async (text: string, change: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      ask({ ...grant, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: text, ...change }, headers);

    test('gives a token, for the token endpoint or the service as audience', async () => {
      for (const aud of [`${new URL(clinic.url).origin}/oauth/token`, new URL(clinic.url).origin]) expect((await show(await assertion({ aud }))).status).toBe(200);
    });
    test('an assertion is good once, even when it is shown twice at once', async () => {
      const text = await assertion();
      expect((await Promise.all([show(text), show(text), show(text)])).map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
      clinic.pass(30);
      expect(told(await show(text))).toEqual(INVALID);
    });
    const wrong: [string, () => object][] = [
      ['addressed to another service', () => ({ aud: 'https://other.example/oauth/token' })],
      ['addressed to two', () => ({ aud: [`${new URL(clinic.url).origin}/oauth/token`, 'https://other.example'] })],
      ['addressed to nobody', () => ({ aud: undefined })],
      ['that is over', () => ({ exp: clinic.now() - 61 })],
      ['that is good for a day', () => ({ exp: clinic.now() + 86_400 })],
      ['without an end', () => ({ exp: undefined })],
      ['without a name of its own', () => ({ jti: undefined })],
      ['made by somebody else', () => ({ iss: 'somebody' })],
      ['about somebody else', () => ({ sub: 'somebody' })],
      ['that is not good yet', () => ({ nbf: clinic.now() + 3600 })],
    ];
    test.each(wrong)('an assertion %s is refused', async (_name, claims) => {
      expect(told(await show(await assertion(claims())))).toEqual(INVALID);
    });
    test('an assertion signed by another key, by no key, or by the public key as a password is refused', async () => {
      const other = await generateKeyPair('ES256');
      expect(told(await show(await assertion({}, { signer: other.privateKey })))).toEqual(INVALID);
      expect(told(await show(await assertion({}, { alg: 'HS256', signer: new TextEncoder().encode('x'.repeat(32)) })))).toEqual(INVALID);
      const [, payload] = (await assertion()).split('.');
      expect(told(await show(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`))).toEqual(INVALID);
      for (const text of ['', 'x', 'a.b.c', `${'a'.repeat(4000)}.b.c`]) expect(told(await show(text))).toEqual(INVALID);
    });
    test('one way of showing who it is at a time, and the one it is registered for', async () => {
      const withSecret = await create();
      expect(told(await show(await assertion(), {}, basic(withSecret.id, withSecret.secret)))).toEqual(INVALID);
      expect(told(await show(await assertion(), { client_assertion_type: 'urn:x' }))).toEqual(INVALID);
      expect(told(await show(await assertion({ iss: withSecret.id, sub: withSecret.id })))).toEqual(INVALID);
      expect(told(await ask(grant, basic(client.id, '')))).toEqual(INVALID);
      expect(told(await clinic.asOperator('POST', `/clients/${client.id}/secrets`, {}))).toEqual([409, 'status-conflict']);
    });
    test('a private key is not taken for a public one', async () => {
      const pair = await generateKeyPair('ES256', { extractable: true });
      expect(told(await clinic.asOperator('POST', '/clients', { name: 'X', permissions: ['credentials:read'], keys: { keys: [await exportJWK(pair.privateKey)] } }))).toEqual([400, 'request-invalid']);
    });
  });

  describe('clients of an organisation', () => {
    test('cannot be given power over people, keys or other clients', async () => {
      for (const permission of ['staff:manage', 'clients:manage', 'keys:rotate', 'patients:erase']) {
        expect(told(await clinic.asOperator('POST', '/clients', { name: 'X', permissions: [permission] }))).toEqual([400, 'request-invalid']);
      }
    });
    test('are seen, changed and revoked by their own admins only', async () => {
      await clinic.asOperator('POST', '/staff/organisations', { id: 'harbour', name: 'Harbour' });
      const [mine, admin, clinician] = [await create(), await clinic.joined(['admin'], 'harbour'), await clinic.joined(['clinician'])];
      expect((await admin.call('GET', '/clients?organisation=clinic')).body).toEqual([]);
      expect(told(await admin.call('DELETE', `/clients/${mine.id}?organisation=clinic`))).toEqual([400, 'request-invalid']);
      expect(told(await admin.call('POST', `/clients/${mine.id}/secrets`, { organisation: 'clinic' }))).toEqual([400, 'request-invalid']);
      expect(told(await clinician.call('GET', '/clients'))).toEqual([403, 'forbidden']);
      const theirs = (await admin.call('POST', '/clients', { name: 'X', permissions: ['audit:read'], organisation: 'clinic' })).body as never as { id: string; secret: string };
      expect(await use(await tokenOf(theirs), 'audit:read')).toMatchObject({ body: { organisation: 'harbour' } });
      expect((await use(await tokenOf(mine), 'credentials:issue')).status).toBe(200);
    });
  });
});

describe('brute force', () => {
  test('of a secret is stopped for the address that does it', async () => {
    const database = await openEmptyDatabase(ACCESS_MIGRATIONS);
    const clinic = await openClinic(database, { limits: { failures: 4 } });
    const guess = () => fetch(`${clinic.url}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }), headers: { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` } });
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await guess()).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect(Number((await guess()).headers.get('retry-after'))).toBeGreaterThan(0);
    await clinic.stop();
    await database.close();
  });
});
