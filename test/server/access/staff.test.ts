// People sign in with passkeys, over HTTP, and what attackers make of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESS_MIGRATIONS, PERMISSIONS, ROLE_PERMISSIONS, ROLES } from '#server';
import { describeOnDatabases } from '../databases.ts';
import { createAuthenticator, type Misbehaviour } from './authenticator.ts';
import { openClinic, type Answer, type Clinic } from './clinic.ts';
import { openEmptyDatabase } from '../empty-database.ts';

const told = ({ status, body }: Answer) => [status, body.code];
const REFUSED = [401, 'not-authorised'];
const FORBIDDEN = [403, 'forbidden'];

describeOnDatabases('createAccess', ACCESS_MIGRATIONS, ({ database }) => {
  let clinic: Clinic;
  beforeAll(async () => { clinic = await openClinic(database()); });
  afterAll(() => clinic.stop());

  describe('the first admin', () => {
    test('comes in by a link that works once, and only while there is none', async () => {
      const first = (await clinic.access.inviteFirstAdmin())!;
      expect(first.link).toBe(`${clinic.origin}/staff/join#${first.code}`);
      const again = (await clinic.access.inviteFirstAdmin())!;
      const admin = clinic.person();
      expect(told(await admin.join(first.code))).toEqual(REFUSED);
      expect((await admin.join(again.code)).status).toBe(200);
      expect((await admin.call('GET', '/staff/me')).body).toMatchObject({ displayName: 'Administrator', roles: ['admin'], organisation: 'clinic', records: 'https://records.example/console/' });
      expect(await clinic.access.inviteFirstAdmin()).toBeUndefined();
      expect(told(await clinic.person().join(again.code))).toEqual(REFUSED);
    });
  });

  describe('roles', () => {
    test.each(ROLES)('%s may do what the table says and nothing else', async (role) => {
      const one = await clinic.joined([role]);
      for (const permission of PERMISSIONS) expect([permission, (await one.may(permission)).status]).toEqual([permission, ROLE_PERMISSIONS[role].includes(permission) ? 200 : 403]);
    });
    test('one person may have several', async () => {
      const both = await clinic.joined(['clinician', 'verifier']);
      expect([(await both.may('credentials:issue')).status, (await both.may('presentations:request')).status, (await both.may('staff:manage')).status]).toEqual([200, 200, 403]);
    });
    test('nobody is let in to anything without a session', async () => {
      for (const permission of PERMISSIONS) expect(told(await clinic.person().may(permission))).toEqual(REFUSED);
    });
  });

  describe('signing in', () => {
    test('a passkey opens a session of its own each time', async () => {
      const one = await clinic.joined(['clinician']);
      const before = one.cookie();
      expect((await one.signIn()).status).toBe(200);
      expect(one.cookie()).not.toBe(before);
      expect((await one.may('credentials:issue')).body).toEqual({ id: one.id, kind: 'staff', organisation: 'clinic' });
    });

    const bad: [string, Misbehaviour][] = [
      ['a page of another origin', { origin: 'https://evil.example' }],
      ['another port of this machine', { origin: 'http://localhost:1' }],
      ['another relying party', { rpId: 'evil.example' }],
      ['nobody verified', { userVerified: false }],
      ['a challenge of its own making', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
      ['a frame of another page', { crossOrigin: true }],
      ['the answer to a registration', { type: 'webauthn.create' }],
      ['a signature of another key', { forged: true }],
      ['the name of another user', { userHandle: Buffer.from('somebody').toString('base64url') }],
    ];
    test.each(bad)('with %s is refused', async (_name, misbehaviour) => {
      const one = await clinic.joined(['clinician']);
      const cookie = one.cookie();
      const answer = await one.signIn(misbehaviour);
      expect([told(answer), answer.headers.getSetCookie(), one.cookie()]).toEqual([REFUSED, [], cookie]);
    });
    test.each(bad.filter(([, { forged, userHandle, type }]) => !forged && userHandle === undefined && type === undefined).concat([['the answer to a sign-in', { type: 'webauthn.get' }], ['certificates that name addresses to fetch from', { fmt: 'packed' }]]))('joining with %s is refused, and the invitation stays good', async (_name, misbehaviour) => {
      const { body } = await clinic.asOperator('POST', '/staff/members', { displayName: 'X', roles: ['clinician'] });
      const one = clinic.person();
      expect(told(await one.join(String(body['invitation']), misbehaviour))).toEqual(REFUSED);
      expect((await one.join(String(body['invitation']))).status).toBe(200);
    });

    test('who replays an answer that he saw is refused', async () => {
      const one = await clinic.joined(['clinician']);
      const { body } = await one.call('POST', '/staff/sign-in/options');
      const credential = one.authenticator.get(body as never);
      expect((await one.call('POST', '/staff/sign-in', { credential })).status).toBe(200);
      expect(told(await clinic.person().call('POST', '/staff/sign-in', { credential }))).toEqual(REFUSED);
    });
    test('nor does it help that the authenticator does not count', async () => {
      const one = await clinic.joined(['clinician']);
      const { body } = await one.call('POST', '/staff/sign-in/options');
      await database().query('UPDATE access_passkey SET counter = 0 WHERE id = $1', [one.authenticator.id]);
      const credential = one.authenticator.get(body as never, { counter: 0 });
      expect((await one.call('POST', '/staff/sign-in', { credential })).status).toBe(200);
      expect(told(await clinic.person().call('POST', '/staff/sign-in', { credential }))).toEqual(REFUSED);
    });
    test('a challenge is good for the session and the invitation that asked for it', async () => {
      const one = await clinic.joined(['admin']);
      const elsewhere = clinic.person(one.authenticator);
      await elsewhere.signIn();
      const { body } = await elsewhere.call('POST', '/staff/step-up/options');
      expect(told(await one.call('POST', '/staff/step-up', { credential: one.authenticator.get(body as never) }))).toEqual(REFUSED);
      const [mine, other] = [await clinic.asOperator('POST', '/staff/members', { displayName: 'X', roles: ['verifier'] }), await clinic.asOperator('POST', '/staff/members', { displayName: 'Y', roles: ['admin'] })];
      const thief = clinic.person();
      const { body: options } = await thief.call('POST', '/staff/join/options', { invitation: mine.body['invitation'] });
      expect(told(await thief.call('POST', '/staff/join', { invitation: other.body['invitation'], credential: thief.authenticator.create(options as never) }))).toEqual(REFUSED);
    });
    test('a challenge is good for its purpose, and for a short time', async () => {
      const one = await clinic.joined(['clinician']);
      const { body: stepUp } = await one.call('POST', '/staff/step-up/options');
      expect(told(await one.call('POST', '/staff/sign-in', { credential: one.authenticator.get(stepUp as never) }))).toEqual(REFUSED);
      const { body } = await one.call('POST', '/staff/sign-in/options');
      clinic.pass(301);
      expect(told(await one.call('POST', '/staff/sign-in', { credential: one.authenticator.get(body as never) }))).toEqual(REFUSED);
    });
    test('a copy of an authenticator is found out by its counter', async () => {
      const one = await clinic.joined(['clinician']);
      expect((await one.signIn()).status).toBe(200);
      expect((await one.signIn({ counter: 50 })).status).toBe(200);
      expect(told(await one.signIn({ counter: 50 }))).toEqual(REFUSED);
      expect(told(await one.signIn({ counter: 7 }))).toEqual(REFUSED);
      expect((await one.signIn({ counter: 51 })).status).toBe(200);
      const { body } = await clinic.asOperator('GET', `/audit?target=${one.authenticator.id}&action=session.start`);
      expect((body as never as { entries: object[] }).entries).toEqual([1, 2].map(() => expect.objectContaining({ outcome: 'refused', actorKind: 'nobody', organisation: 'clinic' })));
    });
    test('whoever plants a session id does not share the session (fixation)', async () => {
      const victim = await clinic.joined(['clinician']);
      const attacker = await clinic.joined(['verifier']);
      const planted = attacker.cookie();
      victim.setCookie(planted);
      expect((await victim.signIn()).status).toBe(200);
      expect(victim.cookie()).not.toBe(planted);
      expect(told(await attacker.call('GET', '/staff/me'))).toEqual(REFUSED);
      attacker.setCookie(`${planted.split('=')[0]}=${'a'.repeat(43)}`);
      expect(told(await attacker.call('GET', '/staff/me'))).toEqual(REFUSED);
    });
  });

  describe('an invitation', () => {
    test('that was stolen works for one of two who use it at once', async () => {
      const { body } = await clinic.asOperator('POST', '/staff/members', { displayName: 'X', roles: ['clinician'] });
      const people = [clinic.person(), clinic.person(), clinic.person()];
      const answers = await Promise.all(people.map((one) => one.join(String(body['invitation']))));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
    });
    test('is over after three days', async () => {
      const { body } = await clinic.asOperator('POST', '/staff/members', { displayName: 'X', roles: ['clinician'] });
      clinic.pass(259_200);
      expect(told(await clinic.person().join(String(body['invitation'])))).toEqual(REFUSED);
    });
    test('is worth nothing once another was given, or the member is suspended', async () => {
      const { body: first } = await clinic.asOperator('POST', '/staff/members', { displayName: 'X', roles: ['clinician'] });
      const { body: second } = await clinic.asOperator('POST', `/staff/members/${String(first['member'])}/invitations`);
      expect(told(await clinic.person().join(String(first['invitation'])))).toEqual(REFUSED);
      expect((await clinic.asOperator('POST', `/staff/members/${String(first['member'])}/suspend`)).status).toBe(204);
      expect(told(await clinic.person().join(String(second['invitation'])))).toEqual(REFUSED);
      expect(told(await clinic.asOperator('POST', `/staff/members/${String(first['member'])}/invitations`))).toEqual([409, 'status-conflict']);
    });
  });

  describe('a session', () => {
    const alive = async (one: { call: Clinic['send'] }) => (await one.call('GET', '/staff/me')).status;
    test('ends when nothing was asked for half an hour', async () => {
      const one = await clinic.joined(['clinician']);
      clinic.pass(1700);
      expect(await alive(one)).toBe(200);
      clinic.pass(1700);
      expect(await alive(one)).toBe(200);
      clinic.pass(1801);
      expect(await alive(one)).toBe(401);
    });
    test('ends after twelve hours, however busy', async () => {
      const one = await clinic.joined(['clinician']);
      for (let i = 0; i < 28; i++) {
        clinic.pass(1500);
        expect(await alive(one)).toBe(200);
      }
      clinic.pass(1500);
      expect(await alive(one)).toBe(401);
    });
    test('ends at once with suspension, and with other roles', async () => {
      const [one, two] = [await clinic.joined(['clinician']), await clinic.joined(['clinician'])];
      expect((await clinic.asOperator('POST', `/staff/members/${one.id}/suspend`)).status).toBe(204);
      expect((await clinic.asOperator('PUT', `/staff/members/${two.id}/roles`, { roles: ['verifier'] })).status).toBe(204);
      expect([await alive(one), await alive(two)]).toEqual([401, 401]);
      expect(told(await one.signIn())).toEqual(REFUSED);
      expect((await two.signIn()).status).toBe(200);
      expect([(await two.may('credentials:issue')).status, (await two.may('presentations:request')).status]).toEqual([403, 200]);
      expect((await clinic.asOperator('POST', `/staff/members/${one.id}/reinstate`)).status).toBe(204);
      expect((await one.signIn()).status).toBe(200);
    });
    test('can be seen and ended from another, by its owner alone', async () => {
      const one = await clinic.joined(['clinician']);
      const elsewhere = clinic.person(one.authenticator);
      await elsewhere.signIn();
      const sessions = (await one.call('GET', '/staff/sessions')).body as never as { id: string; current: boolean }[];
      expect(sessions.map(({ current }) => current).toSorted()).toEqual([false, true]);
      const other = sessions.find(({ current }) => !current)!.id;
      expect(told(await (await clinic.joined(['admin'])).call('DELETE', `/staff/sessions/${other}`))).toEqual([400, 'request-invalid']);
      expect((await one.call('DELETE', `/staff/sessions/${other}`)).status).toBe(204);
      expect([await alive(elsewhere), await alive(one)]).toEqual([401, 200]);
    });
    test('signed out of is over, whatever cookie was kept', async () => {
      const one = await clinic.joined(['clinician']);
      const kept = one.cookie();
      expect((await one.call('POST', '/staff/sign-out')).status).toBe(204);
      one.setCookie(kept);
      expect(await alive(one)).toBe(401);
    });
    test('has a cookie that no script reads and no other site sends, and stands in the database as a digest', async () => {
      const one = await clinic.joined(['clinician']);
      const answer = await one.signIn();
      expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^session-\d+=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)]);
      expect(JSON.stringify(answer.body)).not.toContain(one.cookie().split('=')[1]);
      const rows = await database().query<{ digest: Uint8Array }>('SELECT digest FROM access_session');
      expect(rows.every(({ digest }) => digest.length === 32 && !Buffer.from(digest).toString('base64url').includes(one.cookie().split('=')[1]!))).toBe(true);
    });
  });

  describe('a change that no page of ours sent', () => {
    test.each([
      ['by a form', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' }],
      ['by a script of another origin', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }],
    ])('%s is refused, though the browser sends the cookie', async (_name, headers) => {
      const one = await clinic.joined(['clinician']);
      for (const path of ['/may/credentials:issue', '/staff/sign-out', '/staff/sign-in/options']) expect(told(await one.call('POST', path, {}, headers))).toEqual(FORBIDDEN);
      expect((await one.call('GET', '/staff/me')).status).toBe(200);
    });
    test('without the header of our pages is refused', async () => {
      const one = await clinic.joined(['clinician']);
      for (const path of ['/may/credentials:issue', '/staff/sign-out']) {
        expect((await clinic.send('POST', path, undefined, { cookie: one.cookie() })).body).toMatchObject({ code: 'forbidden', field: 'healthpass-csrf' });
        expect((await clinic.send('POST', path, undefined, { cookie: one.cookie(), authorization: 'Bearer not-a-token-of-anybody' })).body).toMatchObject(path === '/staff/sign-out' ? { code: 'forbidden' } : { code: 'not-authorised', field: 'authorization' });
      }
    });
  });

  describe('what is dangerous', () => {
    test('needs the user to be verified within five minutes', async () => {
      const one = await clinic.joined(['admin']);
      expect((await one.may('keys:rotate')).status).toBe(200);
      clinic.pass(300);
      for (const permission of ['keys:rotate', 'staff:manage', 'patients:erase']) expect((await one.may(permission)).body).toMatchObject({ code: 'forbidden', field: 'userVerification' });
      expect((await one.may('credentials:status')).status).toBe(200);
      const before = one.cookie();
      expect((await one.stepUp()).status).toBe(204);
      expect((await one.may('keys:rotate')).status).toBe(200);
      one.setCookie(before);
      expect((await one.may('keys:rotate')).status).toBe(401);
    });
    test('is not opened by the passkey of somebody else, nor without the user', async () => {
      const [one, other] = [await clinic.joined(['admin']), await clinic.joined(['admin'])];
      clinic.pass(300);
      const { body } = await one.call('POST', '/staff/step-up/options');
      expect(told(await one.call('POST', '/staff/step-up', { credential: other.authenticator.get(body as never) }))).toEqual(REFUSED);
      expect(told(await one.stepUp({ userVerified: false }))).toEqual(REFUSED);
      expect((await one.may('keys:rotate')).status).toBe(403);
    });
  });

  describe('passkeys', () => {
    test('one person has several, and keeps the last', async () => {
      const one = await clinic.joined(['clinician']);
      const second = createAuthenticator(clinic.origin);
      const { body } = await one.call('POST', '/staff/passkeys/options');
      expect((body as never as { excludeCredentials: { id: string }[] }).excludeCredentials.map(({ id }) => id)).toEqual([one.authenticator.id]);
      expect((await one.call('POST', '/staff/passkeys', { credential: second.create(body as never) })).status).toBe(201);
      const elsewhere = clinic.person(second);
      expect((await elsewhere.signIn()).status).toBe(200);
      expect((await elsewhere.call('DELETE', `/staff/passkeys/${one.authenticator.id}`)).status).toBe(204);
      expect(told(await one.signIn())).toEqual(REFUSED);
      expect(told(await elsewhere.call('DELETE', `/staff/passkeys/${second.id}`))).toEqual([409, 'status-conflict']);
      clinic.pass(300);
      expect((await elsewhere.call('POST', '/staff/passkeys/options')).body).toMatchObject({ code: 'forbidden', field: 'userVerification' });
    });
    test('of another person cannot be taken over or removed', async () => {
      const [one, thief] = [await clinic.joined(['clinician']), await clinic.joined(['admin'])];
      const { body } = await thief.call('POST', '/staff/passkeys/options');
      expect(told(await thief.call('POST', '/staff/passkeys', { credential: one.authenticator.create(body as never) }))).toEqual([409, 'status-conflict']);
      expect(told(await thief.call('DELETE', `/staff/passkeys/${one.authenticator.id}`))).toEqual([400, 'request-invalid']);
    });
  });

  describe('people of an organisation', () => {
    test('a clinician cannot make himself an admin', async () => {
      const one = await clinic.joined(['clinician']);
      expect(told(await one.call('PUT', `/staff/members/${one.id}/roles`, { roles: ['admin'] }))).toEqual(FORBIDDEN);
      expect(told(await one.call('POST', '/staff/members', { displayName: 'Me again', roles: ['admin'] }))).toEqual(FORBIDDEN);
      expect(told(await one.call('POST', '/clients', { name: 'Me', permissions: ['credentials:issue'] }))).toEqual(FORBIDDEN);
    });
    test('nobody changes what he himself may do', async () => {
      const one = await clinic.joined(['admin']);
      expect(told(await one.call('PUT', `/staff/members/${one.id}/roles`, { roles: ['admin', 'clinician'] }))).toEqual([409, 'status-conflict']);
      expect(told(await one.call('POST', `/staff/members/${one.id}/suspend`))).toEqual([409, 'status-conflict']);
    });
    test('an admin of another organisation sees and changes nothing here', async () => {
      expect((await clinic.asOperator('POST', '/staff/organisations', { id: 'airport', name: 'Airport' })).status).toBe(201);
      const [here, there] = [await clinic.joined(['clinician']), await clinic.joined(['admin'], 'airport')];
      const list = (await there.call('GET', '/staff/members?organisation=clinic')).body as never as { id: string }[];
      expect(list.map(({ id }) => id)).toEqual([there.id]);
      for (const [method, path, body] of [['PUT', `/staff/members/${here.id}/roles`, { roles: ['verifier'], organisation: 'clinic' }], ['POST', `/staff/members/${here.id}/suspend?organisation=clinic`], ['POST', `/staff/members/${here.id}/invitations?organisation=clinic`]] as const) {
        expect(told(await there.call(method, path, body))).toEqual([400, 'request-invalid']);
      }
      expect(told(await there.call('POST', '/staff/organisations', { id: 'mine', name: 'Mine' }))).toEqual(FORBIDDEN);
      const made = await there.call('POST', '/staff/members', { displayName: 'X', roles: ['clinician'], organisation: 'clinic' });
      expect((await clinic.asOperator('GET', '/staff/members?organisation=airport')).body).toEqual(expect.arrayContaining([expect.objectContaining({ id: made.body['member'] })]));
      expect((await here.call('GET', '/staff/me')).status).toBe(200);
    });
    test('the last admin stays, even when two send each other away at once', async () => {
      await clinic.asOperator('POST', '/staff/organisations', { id: 'small', name: 'Small' });
      const [one, two] = [await clinic.joined(['admin'], 'small'), await clinic.joined(['admin'], 'small')];
      const answers = await Promise.all([one.call('POST', `/staff/members/${two.id}/suspend`), two.call('PUT', `/staff/members/${one.id}/roles`, { roles: ['verifier'] })]);
      expect(answers.map(({ status }) => status).filter((status) => status === 204)).toHaveLength(1);
      const [left] = (await clinic.asOperator('GET', '/staff/members?organisation=small')).body as never as { id: string; roles: string[]; status: string }[];
      const admins = ((await clinic.asOperator('GET', '/staff/members?organisation=small')).body as never as (typeof left)[]).filter((member) => member!.status === 'active' && member!.roles.includes('admin'));
      expect(admins).toHaveLength(1);
      expect(told(await clinic.asOperator('POST', `/staff/members/${admins[0]!.id}/suspend?organisation=small`))).toEqual([409, 'status-conflict']);
    });
    test('a display name stands nowhere in the open', async () => {
      const { body } = await clinic.asOperator('POST', '/staff/members', { displayName: 'zqcanary', roles: ['clinician'] });
      const rows = await database().query<Record<string, unknown>>('SELECT * FROM access_member WHERE id = $1', [body['member']]);
      expect(JSON.stringify(rows, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))).not.toContain('zqcanary');
      expect(JSON.stringify((await clinic.asOperator('GET', '/staff/members')).body)).toContain('zqcanary');
    });
  });
});

describe('brute force', () => {
  test('of invitations is slowed for the address that does it', async () => {
    const database = await openEmptyDatabase(ACCESS_MIGRATIONS);
    const clinic = await openClinic(database, { limits: { failures: 5 } });
    const guess = () => clinic.send('POST', '/staff/join/options', { invitation: 'a'.repeat(43) });
    for (let i = 0; i < 6; i++) expect(told(await guess())).toEqual(REFUSED);
    expect(told(await guess())).toEqual([429, 'rate-limited']);
    await clinic.stop();
    await database.close();
  });
});
