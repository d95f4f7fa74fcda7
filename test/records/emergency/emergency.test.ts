// Emergency access from the card to the review, on a real chain and gateway, with the clients that wallets and consoles use. And what attackers get: nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approveEmergency, carry, domainOf } from '#contracts/care/index.ts';
import { appointBody } from '#contracts/care/roles.ts';
import type { HealthpassError } from '#passport';
import { createCustodianDesk, type CustodianDesk } from '#records/client/emergency/custodian.ts';
import { createEmergencyDesk, type EmergencyDesk } from '#records/client/emergency/institution.ts';
import { createPatientEmergency, type PatientEmergency } from '#records/client/emergency/patient.ts';
import { createReviewDesk } from '#records/client/emergency/review.ts';
import { createUnknownPatients } from '#records/client/emergency/unknown.ts';
import { isRead } from '#records/client/open-record.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { readAuditEvent } from '#records/model/audit/index.ts';
import { accountKey, emergencyKeys, sealingKeys, signingKey } from '#records/model/keys/derive.ts';
import { joinEmergencyKey, openShare, splitEmergencyKey } from '#records/model/emergency/shares.ts';
import { commitmentOf } from '#records/model/emergency/statement.ts';
import { createRoot } from '#records/model/keys/root.ts';
import { CATEGORIES } from '#records/model/record.ts';
import { createSigner } from '#records/model/signing.ts';
import type { Database } from '#server';
import { describeOnDatabases } from '../../server/databases.ts';
import { allergy, condition, createExchangeScene, random32, type ExchangeScene, type Json, type Member, type Patient } from '../exchange/scene.ts';

let scene: ExchangeScene;
let database: Database;
type Hospital = Member & { readonly desk: EmergencyDesk; readonly custody: CustodianDesk };
let [north, south, east]: Hospital[] = [];
let doctor: Member;

const depsOf = (member: Pick<Member, 'token' | 'account' | 'readingKeys'>) => ({ ...scene.surroundings(member.token), account: member.account, readingKeys: [member.readingKeys] });
async function hospital(): Promise<Hospital> {
  const member = await scene.member('hospital');
  return { ...member, desk: createEmergencyDesk(depsOf(member)), custody: createCustodianDesk(depsOf(member)) };
}
type Prepared = Patient & { readonly emergency: PatientEmergency; readonly relationship: string };
/** A patient with an allergy and a condition, who lays allergies and medications ready. */
async function prepared(change: Record<string, unknown> = {}): Promise<Prepared> {
  const ana = await scene.patient();
  const emergency = createPatientEmergency({ ...scene.surroundings(ana.token), root: ana.root });
  const { id } = await ana.client.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card });
  await doctor.client.write(id, allergy('Penicillin'));
  await doctor.client.write(id, condition('Migraine'));
  await emergency.turnOn({ categories: ['allergies', 'medications'], custodians: [north!.address, south!.address, east!.address], card: scene.card, ...change });
  return { ...ana, emergency, relationship: id };
}
const codeOf = async ({ emergency }: Prepared) => (await emergency.setting())!.code;
const refused = (code: string) => expect.objectContaining({ code }) as unknown;
const failing = <T>(work: Promise<T>): Promise<unknown> => work.then(() => 'nothing was refused', (error: unknown) => error);
async function logOf({ token }: Patient) {
  const { entries } = (await scene.gateway.as(token).get('/log')) as { entries: { document: string }[] };
  return entries.map(({ document }) => readAuditEvent(document).access);
}
const shownTo = async ({ custody }: Hospital, id: string) => (await custody.waiting()).find(({ asked }) => asked.id === id)!.asked;
const approve = async (by: Hospital, id: string) => by.custody.approve(await shownTo(by, id));
/** Asked by the north, approved by the others. */
async function released(ana: Prepared): Promise<string> {
  const { id } = await north!.desk.ask({ find: { code: await codeOf(ana) }, reason: 'unconscious' });
  await approve(south!, id);
  await approve(east!, id);
  return id;
}

describeOnDatabases('emergency access', RECORDS_MIGRATIONS, ({ database: opened }) => {
  beforeAll(async () => {
    database = opened();
    scene = await createExchangeScene(database);
    [north, south, east] = [await hospital(), await hospital(), await hospital()];
    doctor = await scene.member();
  });
  afterAll(() => scene.stop());

  describe('an emergency', () => {
    test('is asked, approved by two others, read, ended, reviewed; the patient is told of each step, and everything gets new keys', async () => {
      const ana = await prepared();
      const notices: unknown[] = [];
      const listening = new AbortController();
      void ana.client.listen((notice) => void notices.push(notice), listening.signal);
      const told = { north: [] as unknown[], south: [] as unknown[], doctor: [] as unknown[] };
      for (const [name, member] of Object.entries({ north: north!, south: south!, doctor })) void member.client.listen({}, (notice) => void told[name as keyof typeof told].push(notice), listening.signal);
      const { id } = await north!.desk.ask({ find: { code: (await codeOf(ana)).toLowerCase().replaceAll('-', ' ') }, reason: 'unconscious' });
      expect(await ana.emergency.accesses()).toMatchObject([{ id, institution: north!.address, reason: 'unconscious', state: 'asked', approvals: [] }]);
      expect(await failing(north!.desk.open(id))).toEqual(refused('emergency-waiting'));

      const waiting = (await south!.custody.waiting()).find(({ asked }) => asked.id === id)!;
      expect(waiting).toMatchObject({ asked: { institution: north!.address, reason: 'unconscious' }, approvals: 0, needed: 2, hasApproved: false });
      expect(JSON.stringify(waiting)).not.toContain('Ana');
      await approve(south!, id);
      expect(await failing(north!.desk.open(id))).toEqual(refused('emergency-waiting'));
      await approve(east!, id);

      const opened = await north!.desk.open(id);
      expect(opened.about).toMatchObject({ name: 'Ana Sample', account: ana.account });
      const { records, receipt } = await opened.read();
      expect(records.map((record) => isRead(record) && record.resource['code'])).toEqual([{ text: 'Penicillin' }]);
      expect(receipt.relationship).toBe(id);
      // What is written while it runs can be read too, also under a key that was published since.
      await ana.client.addRecord({ resourceType: 'MedicationStatement', status: 'active', medicationCodeableConcept: { text: 'Warfarin' }, subject: { reference: 'Patient/1' }, effectiveDateTime: '2026-03-01' } as never);
      expect((await opened.readAll()).filter(isRead).map(({ meta }) => meta.category).toSorted()).toEqual(['allergies', 'medications']);

      await north!.desk.end(id);
      expect(await failing(opened.read())).toEqual(refused('emergency-over'));
      const key = signingKey(new Uint8Array(32).fill(7));
      await scene.governance.send(appointBody(scene.care, key.address, ['hospital']), { id: 'reviewers' });
      await scene.watch.sync();
      const body = createReviewDesk({ ...scene.surroundings(await scene.tokenOf(createSigner(Buffer.from(key.secretKey.slice(2), 'hex')))), account: key });
      expect(await body.list()).toMatchObject([{ id, state: 'ended', reads: 2 }]);
      await body.review(id, 'justified');
      expect(await ana.emergency.accesses()).toMatchObject([{ id, state: 'reviewed', finding: 'justified', approvals: [south!.address, east!.address] }]);

      const steps = (await logOf(ana)).flatMap((access) => (access.kind === 'emergency' ? [access.step] : access.kind === 'read' && access.emergency ? [`read ${access.purpose}`] : []));
      expect(steps).toEqual(['asked', 'approved', 'approved', 'opened', 'read ETREAT', 'read ETREAT', 'ended', 'reviewed']);
      await expect.poll(() => notices.filter((notice) => (notice as { kind: string }).kind === 'emergency').length).toBeGreaterThanOrEqual(8);
      // The hospitals that ask and that hold a part are told too, that and no more; nobody else is.
      await expect.poll(() => Math.min(told.north.length, told.south.length)).toBeGreaterThanOrEqual(6);
      expect([...told.north, ...told.south].every((notice) => JSON.stringify(notice) === JSON.stringify({ kind: 'emergency', subject: id }))).toBe(true);
      expect(JSON.stringify(told.doctor)).not.toContain('emergency');
      listening.abort();

      const before = (await ana.emergency.setting())!;
      expect(before.renewDue).toBe(true);
      expect(await ana.emergency.catchUp()).toEqual({ wraps: 0, renewed: true, turnedOff: false });
      expect(await ana.emergency.setting()).toMatchObject({ renewDue: false, code: before.code, categories: ['allergies', 'medications'] });
      // The new keys open for the next emergency, by the same card.
      const again = await north!.desk.open(await released(ana));
      expect((await again.readAll()).filter(isRead)).toHaveLength(2);
    });

    test('that is asked for while the wallet renews its keys goes on, and the keys are renewed after it', async () => {
      const ana = await prepared();
      const first = await released(ana);
      await (await north!.desk.open(first)).read();
      await north!.desk.end(first);
      const direct = scene.gateway.as(ana.token);
      let meanwhile = '';
      const put = async (path: string, body: unknown) => {
        meanwhile ||= await released(ana); // between what the wallet looked at and what it sends
        return direct.put(path, body);
      };
      const wallet = createPatientEmergency({ ...scene.surroundings(ana.token), gateway: { ...direct, put }, root: ana.root });
      expect(await wallet.catchUp()).toMatchObject({ renewed: false, turnedOff: false });
      const opened = await north!.desk.open(meanwhile);
      expect((await opened.readAll()).filter(isRead)).toHaveLength(1);
      await north!.desk.end(meanwhile);
      expect(await wallet.catchUp()).toMatchObject({ renewed: true });
      expect(await wallet.setting()).toMatchObject({ renewDue: false });
    });

    test('finds by an identifier that the patient chose, however it is written, and by no other', async () => {
      const ana = await prepared({ identifier: { kind: 'person', name: 'Zoë  Ana Sample', birthDate: '1980-02-01' } });
      const { id } = await north!.desk.ask({ find: { identifier: { kind: 'person', name: 'sample, zoe ANA', birthDate: '1980-02-01' } }, reason: 'cannot-consent' });
      expect((await ana.emergency.accesses())[0]!.id).toBe(id);
      expect(await failing(north!.desk.ask({ find: { identifier: { kind: 'person', name: 'Zoe Ana Sample', birthDate: '1980-02-02' } }, reason: 'cannot-consent' }))).toEqual(refused('record-unknown'));
      const tables = JSON.stringify(await database.query('SELECT * FROM emergency_setting'));
      expect(tables).not.toMatch(/sample|1980/i);
      await ana.emergency.turnOn({ categories: ['allergies'], custodians: [north!.address, south!.address] });
      expect(await failing(north!.desk.ask({ find: { identifier: { kind: 'person', name: 'Zoe Ana Sample', birthDate: '1980-02-01' } }, reason: 'cannot-consent' }))).toEqual(refused('record-unknown'));
    });

    test('of a person whom nobody knows: records are written, and handed over to whoever it turns out to be and agrees', async () => {
      const unknown = createUnknownPatients({ ...depsOf(north!), member: north!.client, hospital: north!.address });
      const { id, relationship } = await unknown.add('Unknown, ward 3, bed 2');
      await north!.client.write(relationship, allergy('Latex'));
      expect(await unknown.list()).toMatchObject([{ id, label: 'Unknown, ward 3, bed 2', relationship }]);
      const ana = await scene.patient();
      const agreed = await ana.client.createRelationship({ recipient: north!.address, consent: scene.draft(), card: scene.card });
      expect(await unknown.handOver(id, agreed.id)).toBe(1);
      expect(await ana.client.records()).toMatchObject([{ meta: { category: 'allergies', author: north!.address }, authorship: { outcome: 'verified' } }]);
      expect(await unknown.list()).toEqual([]);
      expect(await failing(north!.client.read(relationship, { purpose: 'TREAT' }))).toEqual(refused('record-unknown'));
    });
  });

  describe('who attacks emergencies', () => {
    test('a hospital that only lists what it asked is given nothing that opens: what opens is entered in the account first', async () => {
      const ana = await prepared();
      const id = await released(ana);
      const call = async (path: string) => (await scene.call('GET', path, undefined, north!.token)).body;
      const listed = ((await call('/emergencies'))['accesses'] as Json[]).find((one) => one.id === id);
      expect([listed.state, listed.opening]).toEqual(['released', undefined]);
      const isEntered = async () => (await logOf(ana)).some((access) => access.kind === 'emergency' && access.step === 'opened');
      expect(await isEntered()).toBe(false);
      expect((await call(`/emergencies/${id}`))['opening']).toBeDefined();
      expect(await isEntered()).toBe(true);
    });

    test('a gateway that shows a setting of its own making is given no keys for it: another key, other hospitals, more categories', async () => {
      const ana = await prepared();
      const forge = async (change: (setting: Json) => Json): Promise<{ wraps: number; code: unknown }> => {
        let wraps = 0;
        const gateway = scene.tampered(ana.token, {
          response: (path, body) => (path === '/emergency-setting' && body.setting ? { setting: change({ ...body.setting, wrapped: [] }) } : body),
          request: (path, body) => { if (path.startsWith('/emergency-setting')) wraps += body.wraps.length; return body; },
        });
        const emergency = createPatientEmergency({ ...scene.surroundings(ana.token), gateway, root: ana.root });
        return { wraps: (await emergency.catchUp().then(() => wraps, () => wraps)), code: await emergency.setting().then(() => undefined, (error: HealthpassError) => error.code) };
      };
      expect(await forge((setting) => setting)).toEqual({ wraps: expect.any(Number) as unknown, code: undefined });
      expect((await forge((setting) => setting)).wraps).toBeGreaterThan(0);
      const thief = sealingKeys(new Uint8Array(32).fill(9)).publicKey;
      for (const change of [
        (setting: Json) => ({ ...setting, head: { ...setting.head, key: thief } }), (setting: Json) => ({ ...setting, categories: [...setting.categories, 'sensitive'] }),
        (setting: Json) => ({ ...setting, isUsed: true, custodians: [doctor.address, north!.address] }), (setting: Json) => ({ ...setting, number: setting.number + 1 }),
      ]) expect(await forge(change)).toEqual({ wraps: 0, code: 'not-authorised' });
    });

    test('a gateway that says another quorum than the contract has splits no key by it', async () => {
      const ana = await prepared();
      const surroundings = scene.surroundings(ana.token);
      const wallet = createPatientEmergency({ ...surroundings, config: { ...surroundings.config, quorum: 3 }, root: ana.root });
      expect(await wallet.turnOn({ categories: ['allergies'], custodians: [north!.address, south!.address, east!.address] })).toMatchObject({ threshold: 2 });
    });

    test('an institution alone opens nothing: it holds no part in its own question, approves none, and one approval is too few', async () => {
      const ana = await prepared();
      const { id } = await north!.desk.ask({ find: { code: await codeOf(ana) }, reason: 'unconscious' });
      expect(await failing(north!.custody.approve(await shownTo(south!, id)))).toEqual(refused('forbidden'));
      expect((await north!.custody.waiting()).some(({ asked }) => asked.id === id)).toBe(false);
      expect(await failing(scene.gateway.as(north!.token).get(`/emergencies/${id}/share`))).toEqual(refused('forbidden'));
      await approve(south!, id);
      await approve(south!, id); // approving twice counts once
      expect(await ana.emergency.accesses()).toMatchObject([{ state: 'asked', approvals: [south!.address] }]);
      expect(await failing(scene.gateway.as(north!.token).post(`/emergencies/${id}/read`, { request: random32() }))).toEqual(refused('emergency-waiting'));
      expect((await logOf(ana)).at(-1)).toMatchObject({ kind: 'denied', purpose: 'ETREAT' });
      const own = approveEmergency(scene.care, id as never);
      await expect(scene.parts.provider.estimateGas({ ...own, from: north!.address })).rejects.toThrow(); // nor on chain
    });

    test('a gateway that shows one question and has another approved: a hospital signs only for what it saw', async () => {
      const [ana, ben] = [await prepared(), await prepared()];
      const { id } = await north!.desk.ask({ find: { code: await codeOf(ana) }, reason: 'unconscious' });
      const other = await north!.desk.ask({ find: { code: await codeOf(ben) }, reason: 'poisoning' });
      const shown = await shownTo(south!, id);
      for (const lie of [{ ...shown, id: other.id as typeof shown.id }, { ...(await shownTo(south!, other.id)), reason: 'unconscious' as const }]) {
        expect(await failing(south!.custody.approve(lie))).toEqual(refused('offer-untrusted'));
      }
      expect(await ben.emergency.accesses()).toMatchObject([{ state: 'asked', approvals: [] }]);
    });

    test('a part is given to no hospital before it approved, and a replayed or foreign approval is none', async () => {
      const ana = await prepared();
      const [{ id }, other] = [await north!.desk.ask({ find: { code: await codeOf(ana) }, reason: 'unconscious' }), await north!.desk.ask({ find: { code: await codeOf(ana) }, reason: 'poisoning' })];
      expect(await failing(scene.gateway.as(south!.token).get(`/emergencies/${id}/share`))).toEqual(refused('emergency-waiting'));
      expect(await failing(scene.gateway.as(south!.token).post(`/emergencies/${id}/share`, { passed: 'A'.repeat(120) }))).toEqual(refused('emergency-waiting'));
      const key = createSigner(Buffer.from(south!.account.secretKey.slice(2), 'hex'));
      const value = { id: id as `0x${string}`, institution: south!.address, nonce: 99, deadline: scene.clock.now() + 600 };
      const statement = { nonce: value.nonce, deadline: value.deadline, signature: key.sign(domainOf(scene.care, 'ApproveEmergency'), 'ApproveEmergency', value) };
      expect(await failing(scene.gateway.as(south!.token).post(`/emergencies/${other.id}/approvals`, statement))).toEqual(refused('signature-invalid'));
      expect(await failing(scene.gateway.as(east!.token).post(`/emergencies/${id}/approvals`, statement))).toEqual(refused('signature-invalid'));
      expect(await failing(scene.gateway.as(south!.token).post(`/emergencies/${id}/approvals`, statement))).toEqual(refused('transaction-failed'));
      await approve(south!, id);
      // The very statement that was carried, carried again by a stranger.
      const used = { ...value, nonce: 0 };
      await expect(scene.parts.provider.estimateGas({ ...carry(scene.care, 'ApproveEmergency', used, key.sign(domainOf(scene.care, 'ApproveEmergency'), 'ApproveEmergency', used)) })).rejects.toThrow();
    });

    test('strangers, other members, and other hospitals get the same answer as for what does not exist', async () => {
      const ana = await prepared();
      const id = await released(ana);
      const west = await hospital();
      for (const path of [`/emergencies/${id}`, `/emergencies/${random32()}`]) expect(await failing(scene.gateway.as(west.token).get(path))).toEqual(refused('record-unknown'));
      for (const path of [`/emergencies/${id}/share`, `/emergencies/${random32()}/share`]) expect(await failing(scene.gateway.as(west.token).get(path))).toEqual(refused('record-unknown'));
      expect(await failing(scene.gateway.as(doctor.token).post(`/emergencies/${id}/read`, { request: random32() }))).toEqual(refused('record-unknown'));
      expect(await failing(scene.gateway.as(ana.token).post(`/emergencies/${id}/read`, { request: random32() }))).toEqual(refused('forbidden'));
      const ben = await prepared();
      expect(await failing(ben.emergency.stop(id))).toEqual(refused('record-unknown'));
      expect(await failing(west.desk.ask({ find: { code: await codeOf(ana) }, reason: 'unconscious' }).then(({ id: own }) => west.desk.open(own)))).toEqual(refused('emergency-waiting'));
    });

    test('a code that is none, an old card and a patient who laid nothing ready look the same, and guessing has an end', async () => {
      const ana = await prepared();
      const old = await codeOf(ana);
      await ana.emergency.newCard();
      const west = await hospital();
      const answers = [];
      for (const code of [old, '00000-00000-00000-00000-00000-0']) answers.push(await failing(west.desk.ask({ find: { code }, reason: 'unconscious' })));
      await ana.emergency.turnOff();
      answers.push(await failing(west.desk.ask({ find: { code: old }, reason: 'unconscious' })));
      expect(new Set(answers.map((error) => `${(error as { code: string }).code} ${(error as Error).message}`)).size).toBe(1);
      for (let i = 3; i < 10; i++) await failing(west.desk.ask({ find: { code: old }, reason: 'unconscious' }));
      expect(await failing(west.desk.ask({ find: { code: old }, reason: 'unconscious' }))).toEqual(refused('rate-limited'));
    });

    test('of guesses that are made at once no more are answered than of those one after the other', async () => {
      const west = await hospital();
      const answers = await Promise.all(Array.from({ length: 25 }, () => failing(west.desk.ask({ find: { code: '00000-00000-00000-00000-00000-0' }, reason: 'unconscious' }))));
      const counts = Map.groupBy(answers, (error) => (error as HealthpassError).code);
      expect([counts.get('record-unknown')?.length, counts.get('rate-limited')?.length]).toEqual([10, 15]);
    });

    test('a guess under the id of a question that was asked looks like a miss and counts as one, so that nobody is found without being told', async () => {
      const [ana, ben] = [await prepared(), await prepared()];
      const west = await hospital();
      const first = { id: '', salt: '' };
      const guess = (code: string, salt: 'another' | 'the same') => {
        const gateway = scene.gateway.as(west.token);
        const resigned = { ...gateway, post: async (path: string, body: Json) => {
          if (path !== '/emergencies') return gateway.post(path, body);
          if (first.id === '') Object.assign(first, body.asked);
          const asked = { ...body.asked, id: first.id, ...(salt === 'the same' && { salt: first.salt }) };
          const value = { id: asked.id, institution: west.address, commitment: commitmentOf(asked), until: asked.until, nonce: body.statement.nonce, deadline: body.statement.deadline };
          const signature = createSigner(Buffer.from(west.account.secretKey.slice(2), 'hex')).sign(domainOf(scene.care, 'OpenEmergency'), 'OpenEmergency', value);
          return gateway.post(path, { ...body, asked, statement: { ...body.statement, signature } });
        } };
        return failing(createEmergencyDesk({ ...depsOf(west), gateway: resigned }).ask({ find: { code }, reason: 'unconscious' }));
      };
      expect(await guess(await codeOf(ben), 'the same')).toBe('nothing was refused');
      const before = (await logOf(ana)).length;
      for (const salt of ['another', 'the same'] as const) {
        const [hit, miss] = [await guess(await codeOf(ana), salt), await guess('00000-00000-00000-00000-00000-0', salt)];
        expect([hit, miss]).toEqual([refused('record-unknown'), refused('record-unknown')]);
        expect((hit as Error).message).toBe((miss as Error).message);
      }
      expect((await logOf(ana)).length).toBe(before);
      for (let i = 4; i < 10; i++) await guess(await codeOf(ana), 'another');
      expect(await guess(await codeOf(ana), 'another')).toEqual(refused('rate-limited'));
    });

    test('a denial that is on its way to other words holds all the same, and what is asked for after the end is entered', async () => {
      const ana = await prepared();
      const opened = await north!.desk.open(await released(ana));
      const until = scene.clock.now() + 86_400;
      const denial = await ana.client.createRelationship({ recipient: north!.address, consent: { effect: 'deny', actions: ['read'], categories: ['conditions'], until } as never });
      await ana.client.untilActive(denial.id);
      expect((await opened.read()).records).toHaveLength(1);
      scene.chainIsAway(true);
      try {
        await ana.client.changeConsent(denial.id, { effect: 'deny', actions: ['read'], until } as never);
        expect((await opened.read()).records).toEqual([]);
      } finally {
        scene.chainIsAway(false);
      }
      await ana.emergency.stop(opened.id);
      expect(await failing(opened.read())).toEqual(refused('emergency-over'));
      expect((await logOf(ana)).at(-1)).toMatchObject({ kind: 'denied', purpose: 'ETREAT', action: 'read', reason: 'revoked' });
    });

    test('a patient’s setting that names the same key twice is refused as such', async () => {
      const ana = await prepared();
      const { setting } = (await scene.gateway.as(ana.token).get('/emergency-setting')) as Json;
      const wraps = Array.from({ length: 2 }, () => ({ ...setting.wrapped[0], wrap: 'A'.repeat(100) }));
      expect(await failing(scene.gateway.as(ana.token).post('/emergency-setting/wraps', { id: setting.head.id, wraps }))).toEqual(refused('request-invalid'));
    });

    test('nothing is read outside of what was laid ready, nor what the patient denies, nor after the patient’s word', async () => {
      const ana = await prepared();
      const id = await released(ana);
      const opened = await north!.desk.open(id);
      expect((await opened.read({ categories: ['conditions'] })).records).toEqual([]);
      expect((await opened.read({ categories: [...CATEGORIES] })).records).toHaveLength(1);
      const excepting = await ana.client.createRelationship({ recipient: north!.address, card: { name: 'Ana Sample' }, consent: { actions: ['read'], until: scene.clock.now() + 86_400, exceptions: [{ categories: ['allergies'] }] } as never });
      await ana.client.untilActive(excepting.id);
      expect((await opened.read()).records).toEqual([]); // what a permission excepts is denied like anything else
      await ana.client.revoke(excepting.id);
      expect((await opened.read()).records).toHaveLength(1);
      const denial = await ana.client.createRelationship({ recipient: north!.address, consent: { effect: 'deny', actions: ['read'], until: scene.clock.now() + 86_400 } as never });
      await ana.client.untilActive(denial.id);
      expect((await opened.read()).records).toEqual([]);
      expect((await logOf(ana)).at(-1)).toMatchObject({ kind: 'read', released: [], withheld: [{ category: 'allergies' }] });
      await ana.emergency.stop(id);
      expect(await failing(opened.read())).toEqual(refused('emergency-over'));

    });

    test('a suspended institution reads nothing any more, and approves nothing', async () => {
      const ana = await prepared();
      const west = await hospital();
      const { id } = await west.desk.ask({ find: { code: await codeOf(ana) }, reason: 'unconscious' });
      await approve(south!, id);
      await approve(east!, id);
      const opened = await west.desk.open(id);
      await scene.suspend(west.address);
      expect(await failing(opened.read())).toEqual(refused('not-authorised'));
      expect((await ana.emergency.accesses())[0]!.state).toBe('asked'); // the chain releases nothing for it
      expect(await failing(prepared({ custodians: [south!.address, west.address] }))).toEqual(refused('request-invalid')); // nor does it hold a part
    });

    test('an approval counts as long as the hospital that gave it is one', async () => {
      const ana = await prepared();
      const west = await hospital();
      await ana.emergency.turnOn({ categories: ['allergies'], custodians: [south!.address, west.address, east!.address] });
      const { id } = await north!.desk.ask({ find: { code: await codeOf(ana) }, reason: 'unconscious' });
      await approve(south!, id);
      await approve(west, id);
      const opened = await north!.desk.open(id);
      await scene.suspend(west.address);
      expect(await failing(opened.read())).toEqual(refused('emergency-waiting'));
      expect((await ana.emergency.accesses())[0]).toMatchObject({ state: 'asked', approvals: [south!.address] });
      expect((await east!.custody.waiting()).find(({ asked }) => asked.id === id)).toMatchObject({ approvals: 1, needed: 2 });
      await approve(east!, id);
      expect((await opened.read()).records).toHaveLength(1);
    });

    test('who opened once opens nothing of later: not after another setting, and not after none', async () => {
      const ana = await prepared();
      const epochOf = async () => {
        const { epochs } = (await scene.gateway.as(ana.token).get('/relationships')) as { epochs: { category: string; epoch: number }[] };
        return Math.max(...epochs.filter(({ category }) => category === 'allergies').map(({ epoch }) => epoch));
      };
      const [west, far] = [await hospital(), await hospital()];
      await ana.emergency.turnOn({ categories: ['allergies'], custodians: [west.address, far.address] });
      const { id } = await north!.desk.ask({ find: { code: await codeOf(ana) }, reason: 'unconscious' });
      for (const one of [west, far]) await approve(one, id);
      await north!.desk.open(id);
      await north!.desk.end(id);
      const before = await epochOf();
      await scene.suspend(far.address);
      // A hospital that was chosen is none any more: too few are left, and the patient chooses others.
      expect(await ana.emergency.catchUp()).toEqual({ wraps: 0, renewed: false, turnedOff: true });
      const renewed = await epochOf();
      expect([renewed > before, await ana.emergency.setting()]).toEqual([true, undefined]);
      await ana.emergency.turnOn({ categories: ['allergies'], custodians: [south!.address, east!.address] });
      await north!.desk.open(await released(ana));
      await ana.emergency.turnOff();
      expect(await epochOf()).toBeGreaterThan(renewed);
    });

    test('a gateway that hands out all parts before anybody approved has given away nothing: fewer holders than are needed open nothing', async () => {
      const root = createRoot();
      const keys = [north!, south!, east!].map(({ address, readingKeys }) => ({ custodian: address, key: readingKeys.publicKey }));
      const { head, shares } = await splitEmergencyKey(emergencyKeys(root, 1), keys, { threshold: 2, subjects: [random32()] });
      expect(await failing(openShare(north!.readingKeys, head, shares[1]!))).toEqual(refused('sealed-invalid'));
      const mine = await openShare(north!.readingKeys, head, shares[0]!);
      expect(await failing(joinEmergencyKey(head, [mine]))).toEqual(refused('share-invalid'));
      expect(await failing(joinEmergencyKey(head, [mine, mine]))).toEqual(refused('share-invalid'));
      // Nor does an approval for one patient open the part of another: the part is bound to whom it is about.
      expect(await failing(openShare(north!.readingKeys, { ...head, subjects: [random32()] }, shares[0]!))).toEqual(refused('sealed-invalid'));
      const theirs = await openShare(south!.readingKeys, head, shares[1]!);
      expect((await joinEmergencyKey(head, [mine, theirs])).publicKey).toBe(head.key);
    });

    test('after the time nothing is read, and the log says when it ended', async () => {
      const ben = await prepared();
      const late = await north!.desk.open(await released(ben));
      scene.clock.pass(13 * 3600);
      const token = await scene.tokenOf(createSigner(Buffer.from(north!.account.secretKey.slice(2), 'hex')));
      expect(await failing(scene.gateway.as(token).post(`/emergencies/${late.id}/read`, { request: random32() }))).toEqual(refused('emergency-over'));
      await Promise.all(scene.records.work.filter(({ says }) => says.includes('emergency')).map(({ run }) => run()));
      const ofBen = createPatientEmergency({ ...scene.surroundings(await scene.tokenOf(createSigner(Buffer.from(accountKey(ben.root).secretKey.slice(2), 'hex')))), root: ben.root });
      expect(await ofBen.accesses()).toMatchObject([{ state: 'ended', endedAt: expect.any(Number) }]);
    });
  });
});
