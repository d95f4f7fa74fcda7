// An account begins a session by signing a challenge; nothing else begins one, and nothing keeps one that has ended.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assembleRecords } from '#records/gateway/assemble.ts';
import { SESSION_IDLE, SESSION_LIFETIME } from '#records/gateway/sessions/sessions.ts';
import { CHALLENGE_LIFETIME } from '#records/gateway/sessions/challenges.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { offChain } from '#records/model/typed-data.ts';
import { describeOnDatabases } from '../../server/databases.ts';
import { createScene, newAccount, told, type Scene } from './scene.ts';

describeOnDatabases('sessions of accounts', RECORDS_MIGRATIONS, (on) => {
  let scene: Scene;
  beforeAll(async () => { scene = await createScene(on.database()); });
  afterAll(() => scene.stop());
  const end = (token: string) => scene.call('DELETE', '/sessions', undefined, token);

  test('an account that signs its challenge has a session, once', async () => {
    const account = newAccount();
    const { challenge, expires } = await scene.challenge(account.address);
    const signature = account.sign(offChain(scene.chainId), 'SignIn', { gateway: scene.records.deps.signer.address, account: account.address, challenge, expires });
    const body = { account: account.address, challenge, signature };
    const begun = await scene.call('POST', '/sessions', body);
    expect(begun).toMatchObject({ status: 201, body: { token: expect.stringMatching(/^[\w-]{43}$/), as: 'nobody', membership: { roles: [], decides: [] } } });
    expect(told(await scene.call('POST', '/sessions', body))).toEqual([410, 'challenge-over']);
    expect((await end(begun.body['token'] as string)).status).toBe(204);
    expect(told(await end(begun.body['token'] as string))).toEqual([401, 'not-authorised']);
  });

  test('a signature for another gateway, chain, account or time, or of somebody else, begins none, and uses the challenge up', async () => {
    const account = newAccount();
    const other = newAccount();
    for (const change of [{ gateway: other.address }, { chainId: 1 }, { account: other.address }, { expires: 2 ** 39 }, { as: other }, { challenge: `0x${'00'.repeat(32)}` as const }]) {
      expect([change, told(await scene.signIn(account, change))]).toEqual([change, [401, 'not-authorised']]);
    }
    const { challenge } = await scene.challenge(account.address);
    const wrong = { account: account.address, challenge, signature: `0x${'11'.repeat(65)}` };
    expect(told(await scene.call('POST', '/sessions', wrong))).toEqual([401, 'not-authorised']);
    expect(told(await scene.call('POST', '/sessions', wrong))).toEqual([410, 'challenge-over']);
  });

  test('the challenge of one account is none for another, nor after its time', async () => {
    const [account, other] = [newAccount(), newAccount()];
    const { challenge, expires } = await scene.challenge(account.address);
    const signature = other.sign(offChain(scene.chainId), 'SignIn', { gateway: scene.records.deps.signer.address, account: other.address, challenge, expires });
    expect(told(await scene.call('POST', '/sessions', { account: other.address, challenge, signature }))).toEqual([410, 'challenge-over']);
    const late = await scene.challenge(account.address);
    scene.clock.pass(CHALLENGE_LIFETIME);
    const signed = account.sign(offChain(scene.chainId), 'SignIn', { gateway: scene.records.deps.signer.address, account: account.address, ...late });
    expect(told(await scene.call('POST', '/sessions', { account: account.address, challenge: late.challenge, signature: signed }))).toEqual([410, 'challenge-over']);
  });

  test('everybody gets a challenge of the same form, known or not', async () => {
    const known = newAccount();
    await scene.tokenOf(known);
    const shapes = await Promise.all([known, newAccount()].map(async ({ address }) => Object.keys((await scene.call('POST', '/sessions/challenge', { account: address })).body)));
    expect(shapes[0]).toEqual(shapes[1]);
  });

  test('a session that nobody uses ends, and one that is used ends too in the end', async () => {
    const [idle, used] = [await scene.tokenOf(newAccount()), await scene.tokenOf(newAccount())];
    const answered = async (token: string) => (await scene.call('GET', '/membership', undefined, token)).status;
    const rounds = Math.floor(SESSION_LIFETIME / (SESSION_IDLE - 60));
    for (let round = 0; round < rounds; round++) {
      scene.clock.pass(SESSION_IDLE - 60);
      await scene.watch.sync();
      expect(await answered(used)).toBe(200);
    }
    expect(await answered(idle)).toBe(401);
    scene.clock.pass(SESSION_IDLE - 60);
    await scene.watch.sync();
    expect(await answered(used)).toBe(401);
  });

  test('neither token nor account stands in the database', async () => {
    const account = newAccount();
    const token = await scene.tokenOf(account);
    const rows = JSON.stringify(await scene.records.deps.database.query('SELECT encode(digest, \'hex\') d, id, encode(account, \'hex\') a, encode(sealed, \'hex\') s FROM session'));
    for (const secret of [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'base64url').toString('hex'), account.address.slice(2)]) expect(rows).not.toContain(secret);
  });

  test('nor does an account where it is counted how often it asks', async () => {
    const account = newAccount();
    const token = await scene.tokenOf(account);
    const { app } = await assembleRecords({ ...scene.parts, limits: 'database' });
    expect((await app.request('/membership', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    const rows = await on.database().query<{ key: string }>('SELECT key FROM rate_limit');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(account.address.slice(2));
  });

  test('the service says what it is, and who it is', async () => {
    expect(await scene.call('GET', '/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect(await scene.call('GET', '/config')).toMatchObject({ status: 200, body: { chainId: scene.chainId, gateway: scene.records.deps.signer.address, bodies: [{ address: scene.body.address }] } });
    expect(scene.trouble).toEqual([]);
  });
});
