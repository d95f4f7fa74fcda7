import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryJournal, createSender } from '#contracts';
import { grantFor } from '#contracts/care/consent.ts';
import { createDelegate, createDelegating, delegateKey } from '#records/client/delegates.ts';
import { grantWord, parsePolicy, type MandateScope } from '#records/model/consent/index.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { createMember } from '#records/client/member.ts';
import { isRead } from '#records/client/open-record.ts';
import { createPatient } from '#records/client/patient.ts';
import { assembleRecords } from '#records/gateway/assemble.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { RELAY_LIMITS } from '#records/gateway/relay/budget.ts';
import { createRoot } from '#records/model/keys/root.ts';
import { createSigner } from '#records/model/signing.ts';
import { hexToBytes } from '@noble/hashes/utils.js';
import { Wallet } from 'ethers';
import { describeOnDatabases } from '../../server/databases.ts';
import { allergy, createExchangeScene, observation, random32, type ExchangeScene, type Json, type Member, type Patient } from './scene.ts';

let scene: ExchangeScene;
let doctor: Member;
const code = (value: string) => ({ code: value });
const share = (patient: Patient) => patient.client.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card });
async function delegate() {
  const key = delegateKey(createRoot(), 0);
  const token = await scene.tokenOf(createSigner(Buffer.from(key.secretKey.slice(2), 'hex')));
  return { client: createDelegate(scene.surroundings(token), key), address: key.address, token, key };
}
async function appointed(scope: readonly MandateScope[], days = 10) {
  const [patient, acting] = [await scene.patient(), await delegate()];
  const { id } = await share(patient);
  const delegating = createDelegating(scene.surroundings(patient.token), patient.root);
  const current = async () => (await patient.client.relationships()).find((one) => one.id === id)!;
  const until = (scene.clock.now() + days * 86_400) as never;
  await delegating.appoint(await current(), { delegate: acting.address, scope, until });
  const [mandate] = await acting.client.mandates();
  return { patient, acting, id, delegating, current, mandate: mandate! };
}

describeOnDatabases('delegates', RECORDS_MIGRATIONS, ({ database }) => {
  beforeAll(async () => {
    scene = await createExchangeScene(database());
    doctor = await scene.member();
  });
  afterAll(() => scene.stop());

  describe('a delegate', () => {
    test('whom the chain names ends a relationship at once; new keys follow from the patient’s wallet', async () => {
      const { patient, acting, id, mandate, delegating } = await appointed(['revoke']);
      expect(await delegating.list()).toMatchObject([{ relationship: id, delegate: acting.address, scope: ['revoke'] }]);
      await doctor.client.write(id, observation(1));
      await acting.client.revoke(mandate);
      expect(await scene.call('POST', `/relationships/${id}/read`, { request: random32(), purpose: 'TREAT' }, doctor.token)).toMatchObject({ status: 404 });
      expect((await patient.client.relationships())[0]).toMatchObject({ state: 'revoked' });
      expect((await patient.client.catchUp()).epochs).toBeGreaterThan(0);
      const log = (await scene.call('GET', '/log?limit=50', undefined, patient.token)).body['entries'] as { document: string }[];
      expect(log.some(({ document }) => document.includes(acting.address.slice(2, 12)) || document.toLowerCase().includes(acting.address))).toBe(true);
    });

    test('changes a consent within his scope: it counts at once, and what the doctor had the keys of is read and written on without the patient’s wallet', async () => {
      const { patient, acting, id, mandate } = await appointed(['grant']);
      await doctor.client.write(id, observation(2));
      await doctor.client.write(id, allergy('Penicillin'));
      const read = async () => (await doctor.client.read(id, { purpose: 'TREAT' })).records.map((record) => [record.meta.category, isRead(record) ? 'read' : record.problem]).toSorted();
      await acting.client.change(mandate, scene.draft({ categories: ['allergies'], purposes: ['TREAT'] }));
      expect(await read()).toEqual([['allergies', 'read']]);
      await doctor.client.write(id, allergy('Latex'));
      await expect(doctor.client.write(id, observation(3))).rejects.toMatchObject(code('key-unknown')); // of that kind no key is shown to write by any more
      await acting.client.change((await acting.client.mandates())[0]!, scene.draft({ categories: ['allergies', 'results'], purposes: ['TREAT'] }));
      expect(await read()).toEqual([['allergies', 'read'], ['allergies', 'read'], ['results', 'key-missing']]);
      await patient.client.catchUp();
      expect((await read()).map(([, problem]) => problem)).toEqual(['read', 'read', 'read']);
      await expect(acting.client.revoke((await acting.client.mandates())[0]!)).rejects.toMatchObject(code('forbidden'));
    });

    test('who grants on chain to somebody else, together with the gateway, gets no keys for that person out of the wallet', async () => {
      const { patient, acting, id, current } = await appointed(['grant']);
      const [one, stranger] = [await current(), await scene.member()];
      const policy = parsePolicy({ ...one.policy, recipient: stranger.address });
      const word = grantWord(policy, hexToBytes(one.salt.slice(2)));
      const wallet = new Wallet(acting.key.secretKey, scene.provider);
      await scene.provider.send('anvil_setBalance', [wallet.address, '0x8ac7230489e80000']);
      await createSender({ provider: scene.provider, wallet, journal: createMemoryJournal() }).send(grantFor(scene.care, one.owner, one.grant, word), { id: 'to a stranger' });
      const shown = { ...one, recipient: stranger.address, policy, word, lacksKeys: true };
      const wraps: Json[] = [];
      const gateway = scene.tampered(patient.token, {
        response: (path, body) => (path === '/relationships' ? { ...body, relationships: body.relationships.map((other: Json) => (other.id === id ? shown : other)) } : body),
        request: (path, body) => { if (path === '/epochs') wraps.push(...body.keys.wraps); return body; },
      });
      await createPatient({ ...scene.surroundings(patient.token), gateway, root: patient.root }).catchUp().catch(() => {});
      expect(wraps).toEqual([]);
    });

    test('shortens a consent, which ends while the wallet sleeps: what is written later has new keys once it opens', async () => {
      const { patient, acting, mandate } = await appointed(['grant']);
      await acting.client.change(mandate, scene.draft({ until: scene.clock.now() + 600 }));
      scene.clock.pass(700);
      await scene.watch.sync();
      expect((await patient.client.catchUp()).epochs).toBeGreaterThan(0);
      expect((await patient.client.catchUp()).epochs).toBe(0);
    });

    test('is dismissed on chain too with what is kept on the account for what takes back', async () => {
      const { patient, acting, current } = await appointed(['grant']);
      const poor = await assembleRecords({ ...scene.parts, relayLimits: { ...RELAY_LIMITS, reserve: 1e14 } });
      const fetchPoor = (url: string, init?: RequestInit) => Promise.resolve(poor.app.request(url.replace('http://gateway.test', ''), init));
      const gateway = createGatewayClient({ url: 'http://gateway.test', token: patient.token, fetch: fetchPoor as never });
      await createDelegating({ ...scene.surroundings(patient.token), gateway }, patient.root).dismiss(await current(), acting.address);
      await scene.watch.sync();
      expect(scene.watch.delegateOf((await current()).owner, acting.address)).toBeUndefined();
    });

    test('leaves single records readable too; a gateway that names another word than they were wrapped for opens nothing', async () => {
      const { patient, acting, id, mandate } = await appointed(['grant']);
      await doctor.client.write(id, observation(2));
      await patient.client.changeConsent(id, scene.draft({ dataPeriod: { from: '2026-01-01' } }));
      await acting.client.change((await acting.client.mandates())[0]!, scene.draft({ dataPeriod: { from: '2026-02-01' }, purposes: ['TREAT'] }));
      expect((await doctor.client.read(id, { purpose: 'TREAT' })).records.map(isRead)).toEqual([true]);
      const lying = scene.tampered(doctor.token, { response: (path, body) => (path.endsWith('/read') ? { ...body, entries: body.entries.map((entry: object) => ({ ...entry, word: mandate.grant })) } : body) });
      const deceived = createMember({ ...scene.surroundings(doctor.token), gateway: lying, account: doctor.account, readingKeys: [doctor.readingKeys] });
      expect((await deceived.read(id, { purpose: 'TREAT' })).records).toMatchObject([{ problem: 'sealed-invalid' }]);
    });

    test('who was dismissed, whose time is over, or whom another named, may nothing', async () => {
      const { acting, id, mandate, delegating } = await appointed(['grant', 'revoke'], 1);
      const stranger = await delegate();
      const foreign = { ...mandate, nonce: 0 };
      await expect(stranger.client.revoke(foreign)).rejects.toMatchObject(code('record-unknown'));
      const statement = { nonce: 0, deadline: scene.clock.now() + 600, signature: `0x${'1'.repeat(128)}1b` };
      expect(await scene.call('POST', `/delegations/${id}/revocation`, { statement }, stranger.token)).toEqual(await scene.call('POST', `/delegations/${random32()}/revocation`, { statement }, stranger.token));
      scene.clock.pass(86_401);
      await scene.watch.sync();
      await expect(acting.client.revoke(mandate)).rejects.toMatchObject({ code: expect.stringMatching(/^(?:forbidden|not-authorised)$/) as string });
      expect((await delegating.list().catch(() => [])).length).toBe(0);
      const again = await appointed(['revoke']);
      await again.delegating.dismiss(await again.current(), again.acting.address);
      await expect(again.acting.client.revoke(again.mandate)).rejects.toMatchObject(code('record-unknown'));
      expect((await again.current()).state).toBe('active');
    });
  });
});
