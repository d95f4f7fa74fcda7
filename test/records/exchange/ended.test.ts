// What somebody tries whose membership, consent or patient ended a moment ago, and what a gateway does that slept through such an end.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Wallet } from 'ethers';
import { createMemoryJournal, createSender } from '#contracts';
import { grant as grantDirectly, revoke as revokeDirectly } from '#contracts/care/consent.ts';
import { assembleRecords } from '#records/gateway/assemble.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { createPatient } from '#records/client/patient.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { RELAY_LIMITS } from '#records/gateway/relay/budget.ts';
import { relationshipKey } from '#records/model/keys/derive.ts';
import type { Address } from '#records/model/members.ts';
import type { Database } from '#server';
import { describeOnDatabases } from '../../server/databases.ts';
import { told } from '../gateway/scene.ts';
import { createExchangeScene, observation, random32, type ExchangeScene, type Member, type Patient } from './scene.ts';

let scene: ExchangeScene;
let database: Database;
let doctor: Member;
/** The next transaction waits for it. */
let held: Promise<void> | undefined;
const share = (patient: Patient, member: Member = doctor) => patient.client.createRelationship({ recipient: member.address, consent: scene.draft(), card: scene.card });
const READ = { request: random32(), purpose: 'TREAT' };
const work = async () => { for (const { run } of scene.records.work) await run(); };
/** The address of a relationship as it acts on chain by itself, past the gateway. */
async function ownerOf({ root }: Patient, { number, recipient }: { readonly number: number; readonly recipient: Address }) {
  const wallet = new Wallet(relationshipKey(root, number, recipient).secretKey, scene.provider);
  await scene.provider.send('anvil_setBalance', [wallet.address, '0x8ac7230489e80000']);
  return createSender({ provider: scene.provider, wallet, journal: createMemoryJournal() });
}

/** A question of which the end comes when it is let go. */
function slowly(path: string, body: unknown, token: string, app = scene.records.app) {
  const text = new TextEncoder().encode(JSON.stringify(body));
  let end = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(text.slice(0, 5));
      end = () => { controller.enqueue(text.slice(5)); controller.close(); };
    },
  });
  const answer = Promise.resolve(app.request(path, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: stream, duplex: 'half' } as RequestInit));
  return { end, answer };
}
const letIn = () => new Promise((resolve) => { setTimeout(resolve, 100); });

describeOnDatabases('what has ended', RECORDS_MIGRATIONS, ({ database: opened }) => {
  beforeAll(async () => {
    const on = opened();
    database = { ...on, transaction: async (work) => {
      const wait = held;
      held = undefined;
      await wait;
      return on.transaction(work);
    } };
    scene = await createExchangeScene(database);
    doctor = await scene.member();
  });
  afterAll(() => scene.stop());

  describe('a membership that ended', () => {
    test('ends questions too that were on their way: who is suspended while its body arrives gets nothing', async () => {
      const patient = await scene.patient();
      const late = await scene.member();
      const { id } = await share(patient, late);
      const { end, answer } = slowly(`/relationships/${id}/read`, READ, late.token);
      await letIn();
      expect((await scene.suspend(late.address)).status).toBe(200);
      end();
      expect((await answer).status).toBe(401);
    });

    test('is not hidden by an account that is a patient’s besides: no old chain lets in whoever stands on it', async () => {
      const [both, patient] = [await scene.patient(), await scene.patient()];
      await scene.grant('doctor', { account: { address: both.account } as never });
      const strict = await assembleRecords({ ...scene.parts, maxReadAge: 600 });
      const ask = async (token: string) => (await strict.app.request('/relationships/received', { headers: { authorization: `Bearer ${token}` } })).status;
      expect([await ask(both.token), await ask(patient.token)]).toEqual([200, 403]);
      scene.clock.pass(700);
      expect([await ask(both.token), await ask(patient.token)]).toEqual([503, 403]);
      await scene.watch.sync();
    });
  });

  describe('a consent that ended while the gateway was away', () => {
    test('opens nothing from the first question on, before anything was followed', async () => {
      const patient = await scene.patient();
      const [gone, kept] = [await share(patient), await share(patient, await scene.member('nurse'))];
      await doctor.client.write(gone.id, observation(1));
      await (await ownerOf(patient, gone)).send(revokeDirectly(scene.care, gone.grant), { id: 'while away' });
      await (await ownerOf(patient, kept)).send(grantDirectly(scene.care, kept.grant, `${kept.word.slice(0, -2)}00` as never), { id: 'other words' });
      const { call } = await scene.restart();
      for (const [method, path, body] of [['POST', 'read', READ], ['GET', 'writing-keys', undefined]] as const) {
        expect([path, told(await call(method, `/relationships/${gone.id}/${path}`, body, doctor.token))]).toEqual([path, [404, 'record-unknown']]);
      }
      await work();
    });

    test('does not come back with a copy of the database from before', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient);
      await doctor.client.write(id, observation(1));
      const tables = ['relationship', 'consent_state', 'epoch_wrap', 'epoch_signature'];
      for (const table of tables) await database.query(`CREATE TABLE yesterday_${table} AS SELECT * FROM ${table}`);
      await patient.client.revoke(id);
      for (const table of tables) await database.query(`DELETE FROM ${table}${table === 'relationship' ? ' WHERE id = $1' : ''}`, table === 'relationship' ? [id] : []);
      for (const table of tables) await database.query(`INSERT INTO ${table} SELECT * FROM yesterday_${table}${table === 'relationship' ? ' WHERE id = $1' : ''}`, table === 'relationship' ? [id] : []);
      const { call } = await scene.restart();
      expect(told(await call('POST', `/relationships/${id}/read`, READ, doctor.token))).toEqual([404, 'record-unknown']);
    });

    test('does not fork the account of accesses from an older copy of the database: it gives no key and enters nothing until the newest is back', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient);
      const anchor = scene.records.work.find(({ says }) => says.includes('cannot be anchored'))!;
      const anchored = async () => {
        scene.clock.pass(61);
        await anchor.run();
        await scene.watch.sync();
      };
      await anchored();
      const tables = ['access_covered', 'access_leaf', 'access_checkpoint'];
      const keep = (name: string) => Promise.all(tables.map((table) => database.query(`CREATE TABLE ${name}_${table} AS SELECT * FROM ${table}`)));
      const putBack = async (name: string) => {
        for (const table of tables) await database.query(`DELETE FROM ${table}`);
        for (const table of tables) await database.query(`INSERT INTO ${table} SELECT * FROM ${name}_${table}`);
      };
      await keep('older');
      await doctor.client.write(id, observation(1));
      await anchored();
      await keep('newest');
      await putBack('older');
      const { call } = await scene.restart();
      const entered = () => database.query('SELECT count(*)::int8 AS entries FROM access_entry');
      const before = await entered();
      expect(await call('GET', '/ready')).toMatchObject({ status: 503, body: { checks: { history: 'failed', database: 'ok' } } });
      expect(told(await call('POST', `/relationships/${id}/read`, READ, doctor.token))).toEqual([503, 'chain-inconsistent']);
      expect(told(await call('POST', '/epochs', { keys: { epochs: [], signatures: [], wraps: [], records: [] }, version: 0 }, patient.token))).toEqual([503, 'chain-inconsistent']);
      expect(await entered()).toEqual(before);
      await putBack('newest');
      expect((await call('GET', '/ready')).status).toBe(200);
      expect((await call('POST', `/relationships/${id}/read`, READ, doctor.token)).status).toBe(200);
    });
  });

describe('a consent that was confirmed', () => {
  test('is not taken back by whoever looked at the chain before, and notes what it saw later', async () => {
    const patient = await scene.patient();
    scene.chainIsAway(true);
    await share(patient);
    const stateOf = async () => (await patient.client.relationships()).map(({ state }) => state);
    expect(await stateOf()).toEqual(['pending']);
    let go = () => {};
    held = new Promise((resolve) => { go = resolve; });
    const slow = scene.records.work.find(({ says }) => says.includes('compared with the chain'))!.run();
    await expect.poll(() => held === undefined).toBe(true);
    scene.chainIsAway(false);
    await scene.records.work.find(({ says }) => says.includes('carried to the chain'))!.run();
    expect(await stateOf()).toEqual(['active']);
    go();
    await slow;
    expect(await stateOf()).toEqual(['active']);
  });
});

describe('a revocation', () => {
  test('that reached the chain too late counts all the same, and is signed again, so that the chain agrees in the end', async () => {
    const patient = await scene.patient();
    const { id, owner, grant } = await share(patient);
    const onChain = async () => (await scene.watch.sync(), scene.watch.grantOf(owner, grant));
    const told = async () => (await patient.client.relationships()).map(({ state, owesRevocation }) => [state, owesRevocation]);
    scene.chainIsAway(true);
    await patient.client.changeConsent(id, scene.draft({ actions: ['read'] }));
    await patient.client.revoke(id); // behind a grant that will not be carried either
    expect(await told()).toEqual([['revoked', false]]);
    await scene.provider.send('evm_setNextBlockTimestamp', [scene.clock.now() + 3700]); // both have run out by then
    await scene.provider.send('anvil_mine', ['0x1']);
    scene.clock.pass(3400);
    scene.chainIsAway(false);
    await work(); // the grant is refused, and then the revocation
    await work();
    expect([await told(), await onChain() === undefined]).toEqual([[['revoked', true]], false]);
    await patient.client.catchUp();
    expect([await told(), await onChain()]).toEqual([[['revoked', false]], undefined]);
    await expect(patient.client.revoke(id)).rejects.toMatchObject({ code: 'consent-over' });
  });
});

describe('a day on which strangers have spent their part', () => {
  test('refuses them whole, and neither patients of whom the chain or a member knows, nor anybody’s revocation', async () => {
    const poor = await assembleRecords({ ...scene.parts, relayLimits: { ...RELAY_LIMITS, gas: { ...RELAY_LIMITS.gas, strangers: 0 } } });
    const fetchPoor = (url: string, init?: RequestInit) => Promise.resolve(poor.app.request(url.replace('http://gateway.test', ''), init));
    const there = ({ root, token }: Patient) => createPatient({ ...scene.surroundings(token), root, gateway: createGatewayClient({ url: 'http://gateway.test', token, fetch: fetchPoor as never }) });
    const offer = { recipient: doctor.address, consent: scene.draft(), card: scene.card };
    const [stranger, known, ending] = [await scene.patient(), await scene.patient(), await scene.patient()];
    await expect(there(stranger).createRelationship(offer)).rejects.toMatchObject({ code: 'rate-limited', field: 'relay' });
    expect(await there(stranger).relationships()).toEqual([]);
    await database.query('UPDATE relationship SET created_at = created_at - 700000 WHERE id = $1', [(await share(known, await scene.member('nurse'))).id]);
    expect(await there(known).createRelationship(offer)).toMatchObject({ state: 'active' });
    const { id } = await share(ending);
    expect(await there(ending).revoke(id)).toMatchObject({ state: 'revoked', owesRevocation: false });
    const asked = await there(stranger).readAsked((await doctor.client.ask({ actions: ['read', 'write'], purposes: ['TREAT'], until: scene.clock.now() + 86_400 })).link);
    expect(await there(stranger).createRelationship({ ...offer, consent: scene.draft({ purposes: ['TREAT'] }), asked })).toMatchObject({ state: 'active' });
  });
});

describe('an older copy of the database that lacks the newest epochs', () => {
  test('has no number given away twice, so that who was revoked in between holds no key of what comes', async () => {
    const patient = await scene.patient();
    const [kept, ended] = [await share(patient), await share(patient, await scene.member('nurse'))];
    const epochs = async () => (await scene.call('GET', '/relationships', undefined, patient.token)).body['epochs'] as { category: string; epoch: number; key: string }[];
    const older = await epochs();
    await share(patient, await scene.member());
    const lost = (await epochs()).filter(({ key }) => !older.some((one) => one.key === key));
    await patient.client.revoke(ended.id);
    lost.push(...(await epochs()).filter(({ key }) => ![...older, ...lost].some((one) => one.key === key)));
    for (const { key } of lost) {
      for (const table of ['epoch_wrap', 'epoch_signature']) await database.query(`DELETE FROM ${table} t USING epoch e, relationship r WHERE r.id = t.relationship AND e.patient = r.patient AND e.category = t.category AND e.number = t.number AND e.key = $1`, [key]);
      await database.query('DELETE FROM epoch WHERE key = $1', [key]);
    }
    scene.clock.pass(60); // putting it back took a while
    await patient.client.revoke(kept.id);
    const anew = (await epochs()).filter(({ key }) => !older.some((one) => one.key === key));
    expect([lost.length, anew.length].every((count) => count > 0)).toBe(true);
    expect(anew.filter(({ category, epoch, key }) => lost.some((one) => one.key === key || (one.category === category && one.epoch === epoch)))).toEqual([]);
  });
});

  describe('a patient who was erased', () => {
    test('takes nobody else along: doctors see the others, and the consents of all are followed and carried', async () => {
      const [erased, stays] = [await scene.patient(), await scene.patient()];
      const [gone, other] = [await share(erased), await share(stays)];
      scene.chainIsAway(true);
      await erased.client.revoke(gone.id); // waits to be carried, and opens no more
      expect((await scene.call('DELETE', '/patients', undefined, erased.token)).status).toBe(204);
      scene.chainIsAway(false);
      await (await ownerOf(erased, gone)).send(revokeDirectly(scene.care, gone.grant), { id: 'afterwards' });
      await (await ownerOf(stays, other)).send(revokeDirectly(scene.care, other.grant), { id: 'past the gateway' });
      const third = await share(stays, await scene.member('nurse'));
      expect((await doctor.client.relationships()).map(({ id }) => id)).not.toContain(gone.id);
      await work();
      const states = new Map((await stays.client.relationships()).map(({ id, state }) => [id, state]));
      expect([states.get(other.id), states.get(third.id)]).toEqual(['revoked', 'active']);
    });

    test('is to a doctor as if there had never been one', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient);
      await scene.call('DELETE', '/patients', undefined, patient.token);
      const unknown = await scene.call('POST', `/relationships/0x${'0'.repeat(64)}/read`, READ, doctor.token);
      expect(await scene.call('POST', `/relationships/${id}/read`, READ, doctor.token)).toEqual(unknown);
    });
  });
});
