// Every route of the gateway and everybody who may knock: who is let in stands in a table here, so that a route that is new, or that lets in
// somebody else than it did, breaks a test. And what strangers can cost: nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBudget } from '#records/gateway/relay/budget.ts';
import { createRelay } from '#records/gateway/relay/relay.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { appointBody } from '#contracts/care/roles.ts';
import { carry, domainOf } from '#contracts/care/statements.ts';
import { ROLES_OF_BODIES, type Role } from '#records/model/members.ts';
import type { Database } from '#server';
import { describeOnDatabases } from '../../server/databases.ts';
import { createScene, newAccount, told, type Answer, type Scene } from './scene.ts';

const MEMBERS = ['doctor', 'nurse', 'pharmacy', 'hospital', 'laboratory', 'researcher', 'device-operator', 'verifier'] as const satisfies readonly Role[];
const CALLERS = ['nobody', 'patient', ...MEMBERS, 'body'] as const;
type Known = (typeof CALLERS)[number];

const READERS: readonly Known[] = ['doctor', 'nurse', 'pharmacy', 'hospital', 'laboratory'];
/** In emergencies, and for medicines. */
const ASKING: readonly Known[] = ['doctor', 'hospital'];
const WRITERS: readonly Known[] = [...READERS, 'device-operator'];

/** Who is let in: `everybody`, also without a session; else these of the callers. */
const ALLOWED: Readonly<Record<string, 'everybody' | readonly Known[]>> = {
  'GET /health': 'everybody', 'GET /ready': 'everybody', 'GET /openapi.json': 'everybody', 'GET /docs': 'everybody', 'GET /config': 'everybody',
  'POST /sessions/challenge': 'everybody', 'POST /sessions': 'everybody', 'DELETE /sessions': CALLERS,
  'GET /members': 'everybody', 'GET /members/{address}': 'everybody',
  'POST /applications': CALLERS, 'GET /applications': CALLERS, 'DELETE /applications/{id}': CALLERS, 'POST /applications/{id}/confirmation': MEMBERS, 'POST /applications/{id}/decision': ['body'],
  'GET /membership': CALLERS, 'POST /reading-keys': MEMBERS, 'POST /staff-keys': MEMBERS, 'GET /staff-keys': MEMBERS,
  'POST /members/{address}/suspension': ['body'], 'POST /members/{address}/withdrawal': ['body'],
  'POST /patients': CALLERS, 'DELETE /patients': ['patient'],
  'GET /relationships': ['patient'], 'POST /relationships': ['patient'], 'PUT /relationships/{id}/consent': ['patient'], 'POST /relationships/{id}/revocation': ['patient'], 'POST /relationships/{id}/wraps': ['patient'],
  'POST /epochs': ['patient'], 'GET /relationships/received': MEMBERS, 'POST /requests': READERS, 'GET /requests': MEMBERS, 'GET /requests/{id}': 'everybody',
  'GET /relationships/{id}/writing-keys': WRITERS, 'POST /relationships/{id}/records': WRITERS, 'POST /relationships/{id}/read': READERS, 'POST /records': ['patient'], 'POST /records/search': ['patient'],
  'GET /notifications': CALLERS,
  'POST /relationships/{id}/delegates': ['patient'], 'GET /delegations': ['patient'], 'GET /delegations/received': CALLERS, 'PUT /delegations/{id}/consent': CALLERS, 'POST /delegations/{id}/revocation': CALLERS,
  'GET /guardians': ['patient'], 'POST /guardian-shares': ['patient'], 'GET /guardian-shares': CALLERS, 'POST /recoveries': CALLERS, 'GET /recoveries/{id}': CALLERS, 'GET /recoveries/{id}/asked': CALLERS,
  'POST /recoveries/{id}/shares': CALLERS, 'DELETE /recoveries/{id}': ['patient'],
  'GET /emergency-setting': ['patient'], 'PUT /emergency-setting': ['patient'], 'DELETE /emergency-setting': ['patient'], 'POST /emergency-setting/wraps': ['patient'], 'GET /emergency-accesses': ['patient'], 'POST /emergency-accesses/{id}/end': ['patient'],
  'POST /emergencies': ASKING, 'GET /emergencies': ASKING, 'GET /emergencies/{id}': ASKING, 'POST /emergencies/{id}/read': ASKING, 'POST /emergencies/{id}/end': ASKING,
  'GET /emergencies/waiting': ['hospital'], 'POST /emergencies/{id}/approvals': ['hospital'], 'GET /emergencies/{id}/share': ['hospital'], 'POST /emergencies/{id}/share': ['hospital'],
  'GET /emergencies/reviews': ['body'], 'POST /emergencies/{id}/review': ['body'], 'POST /unknown-patients': ASKING, 'GET /unknown-patients': ASKING, 'DELETE /unknown-patients/{id}': ASKING,
  'POST /relationships/{id}/prescriptions': ASKING, 'GET /prescriptions/issued': ASKING, 'POST /prescriptions/voids': ASKING, 'GET /prescriptions': ['patient'], 'DELETE /prescriptions/{id}': ['patient'],
  'POST /pharmacy-desks': ['pharmacy'], 'GET /pharmacy-desks/{id}': 'everybody', 'POST /pharmacy-desks/{id}/letter': 'everybody', 'GET /pharmacy-desks/{id}/letter': ['pharmacy'],
  'POST /pharmacy-desks/{id}/reply': ['pharmacy'], 'GET /pharmacy-desks/{id}/reply': 'everybody', 'DELETE /pharmacy-desks/{id}': ['pharmacy'], 'POST /prescriptions/dispenses': ['pharmacy'],
  'GET /log': ['patient'], 'GET /log/proofs': ['patient'], 'GET /anchors': 'everybody',
};

let scene: Scene;
let database: Database;
/** A body that cannot be read: whoever is let in is told so, and nothing is done. */
const knock = (route: string, token?: string): Promise<Answer> => {
  const [method, path] = route.split(' ') as [string, string];
  const url = path.replace('/notifications', '/notifications?relationship=none').replace('{address}', newAccount().address).replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
  return scene.call(method, url, method === 'GET' || method === 'DELETE' ? undefined : '{', token);
};

describeOnDatabases('the gateway', RECORDS_MIGRATIONS, ({ database: opened }) => {
  beforeAll(async () => {
    database = opened();
    scene = await createScene(database);
  });
  afterAll(() => scene.stop());

  describe('the guard of the gateway', () => {
    test('knows every route, and lets in whom the table says', async () => {
      const { paths } = (await scene.call('GET', '/openapi.json')).body as { paths: Record<string, Record<string, unknown>> };
      const routes = Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));
      expect(routes.toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
      const accounts = new Map<Known, () => Promise<string>>([['nobody', () => scene.tokenOf(newAccount())], ['patient', async () => (await scene.patient()).token], ['body', () => scene.bodyToken()]]);
      for (const role of MEMBERS) {
        const account = await scene.grant(role);
        accounts.set(role, () => scene.tokenOf(account));
      }
      const tokens = new Map<Known, string>();
      for (const route of routes) {
        const allowed = ALLOWED[route]!;
        const unknown = await knock(route);
        const forged = await knock(route, 'A'.repeat(43));
        for (const answer of [unknown, forged]) expect([route, answer.status === 401 ? answer.body['code'] : 'let in']).toEqual([route, allowed === 'everybody' ? 'let in' : 'not-authorised']);
        for (const caller of CALLERS) {
          const token = tokens.get(caller) ?? (await accounts.get(caller)!());
          if (route.startsWith('DELETE')) tokens.delete(caller); // it may have ended
          else tokens.set(caller, token);
          const { status, body } = await knock(route, token);
          const isIn = status !== 403 && status !== 401;
          if (isIn && status >= 500) throw new Error(`${route} failed for ${caller}`);
          expect([route, caller, isIn, isIn || body['code']]).toEqual([route, caller, allowed === 'everybody' || allowed.includes(caller), (allowed === 'everybody' || allowed.includes(caller)) || 'forbidden']);
        }
      }
      expect(scene.trouble).toEqual([]);
    });

    test('reads no body that is longer than a route takes, and none of a stranger', async () => {
      const { paths } = (await scene.call('GET', '/openapi.json')).body as { paths: Record<string, Record<string, { requestBody?: unknown }>> };
      const taking = Object.entries(paths).flatMap(([path, item]) => Object.entries(item).flatMap(([method, { requestBody }]) => (requestBody ? [`${method.toUpperCase()} ${path}`] : [])));
      expect(taking.length).toBeGreaterThan(10);
      const endless = () => new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)) });
      for (const route of taking) {
        const [method, path] = route.split(' ') as [string, string];
        const url = path.replace('{address}', newAccount().address).replace('desks/{id}', `desks/0x${'0'.repeat(64)}`).replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
        const { status } = await scene.records.app.request(url, { method, body: endless(), duplex: 'half' } as RequestInit);
        expect([route, status]).toEqual([route, ALLOWED[route] === 'everybody' ? 413 : 401]);
      }
    });

    test('who was a body and was dismissed decides no more, in the same session', async () => {
      const [deputy, doctor] = [newAccount(), newAccount()];
      await scene.governance.send(appointBody(scene.care, deputy.address, ['doctor']), { id: 'deputy' });
      await scene.watch.sync();
      const token = await scene.tokenOf(deputy);
      const { body: { id } } = await scene.call('POST', '/applications', scene.application(doctor, 'doctor'), await scene.tokenOf(doctor));
      const decision = await scene.acceptance({ member: doctor.address, role: 'doctor', nonce: await scene.nonceOf(token) }, deputy);
      await scene.governance.send(appointBody(scene.care, deputy.address, []), { id: 'dismissed' });
      await scene.watch.sync();
      expect(told(await scene.call('POST', `/applications/${String(id)}/decision`, decision, token))).toEqual([403, 'forbidden']);
    });

    test('a body of one role decides about no other', async () => {
      const [pharmacists, doctor] = [newAccount(), await scene.join('doctor')];
      await scene.governance.send(appointBody(scene.care, pharmacists.address, ['pharmacy']), { id: 'pharmacists' });
      await scene.watch.sync();
      expect(told(await scene.suspend(doctor.address, true, { as: pharmacists }))).toEqual([403, 'forbidden']);
      const nurse = newAccount();
      const { body: { id } } = await scene.call('POST', '/applications', scene.application(nurse, 'nurse'), await scene.tokenOf(nurse));
      const token = await scene.tokenOf(pharmacists);
      const decision = await scene.acceptance({ member: nurse.address, role: 'nurse', nonce: 0 }, pharmacists);
      expect(told(await scene.call('POST', `/applications/${String(id)}/decision`, decision, token))).toEqual([404, 'application-unknown']);
      expect((await scene.call('GET', '/applications', undefined, token)).body).toEqual([]);
    });

    test('a chain that was not read for too long lets in no member, and the service says that it is not ready', async () => {
      const { token } = await scene.patient();
      const doctor = await scene.tokenOf(await scene.grant('doctor'));
      scene.clock.pass(100_001);
      const again = { patient: await scene.tokenOf(newAccount()).catch((error: Error) => error.message), token };
      expect(again.patient).toContain('503');
      expect(told(await scene.call('GET', '/membership', undefined, doctor))).toEqual([401, 'not-authorised']); // idle for a day
      expect(await scene.call('GET', '/ready')).toMatchObject({ status: 503, body: { checks: { chain: 'failed', database: 'ok' } } });
      await scene.watch.sync();
      expect((await scene.call('GET', '/ready')).status).toBe(200);
    });
  });

  describe('createRelay', () => {
    const grantOf = (owner = newAccount(), nonce = 0) => {
      const word = `0x${(BigInt(scene.clock.now()) << 216n | BigInt(scene.clock.now() + 100_000) << 176n | 7n).toString(16).padStart(64, '0')}` as const;
      const value = { owner: owner.address, id: `0x${'01'.repeat(32)}` as const, word, nonce, deadline: scene.clock.now() + 1000 };
      return carry(scene.care, 'Grant', value, owner.sign(domainOf(scene.care, 'Grant'), 'Grant', value));
    };
    const spent = async () => BigInt(await scene.provider.getBalance(scene.parts.sender.address));

    test('sends a call once, whatever comes twice, and pays nothing for one that the chain would refuse', async () => {
      const { relay } = scene.records.deps;
      const call = grantOf();
      const first = await relay(call, 'one');
      const balance = await spent();
      expect((await relay(call, 'one')).hash).toBe(first.hash);
      await expect(relay(call, 'two')).rejects.toMatchObject({ code: 'transaction-failed', field: 'InvalidAccountNonce' });
      await expect(relay(grantOf(newAccount(), 5), 'three')).rejects.toMatchObject({ code: 'transaction-failed', field: 'InvalidAccountNonce' });
      expect(await spent()).toBe(balance);
    });

  const limits = { gas: { strangers: 0, patients: 10_000_000, members: 250_000 }, calls: 2, changes: 50, reserve: 0 };
  const relayWith = (reserve: number) => createRelay({ ...scene.records.deps, sender: scene.parts.sender, budget: createBudget({ ...scene.records.deps, limits: { ...limits, reserve } }) });

  test('ends what members cost in a day, each and together, and never what patients and safety need', async () => {
    const relay = relayWith(0);
      const account = newAccount().address;
      await database.query('DELETE FROM relay_spending');
    for (const id of ['a1', 'a2']) await relay(grantOf(), id, { account, pot: 'members' });
    await expect(relay(grantOf(), 'a3', { account, pot: 'members' })).rejects.toMatchObject({ code: 'rate-limited' });
    await relay(grantOf(), 'b1', { account: newAccount().address, pot: 'members' });
    await expect(relay(grantOf(), 'c1', { account: newAccount().address, pot: 'members' })).rejects.toMatchObject({ code: 'rate-limited' });
    await relay(grantOf(), 'p1', { account: newAccount().address, pot: 'patients' });
      await relay(grantOf(), 's1', { account, pot: 'safety' });
      scene.clock.pass(86_401);
    await relay(grantOf(), 'a4', { account, pot: 'members' });
  });

  test('pays no grant from what is kept on the account for revocations', async () => {
    const relay = relayWith(1e14);
    await expect(relay(grantOf(), 'g1', { pot: 'patients' })).rejects.toMatchObject({ code: 'service-unavailable', field: 'balance' });
    await relay(grantOf(), 's2', { pot: 'safety' });
    });
  });

  test('the table has every role that bodies give', () => expect([...MEMBERS].toSorted()).toEqual([...ROLES_OF_BODIES].toSorted()));
});
