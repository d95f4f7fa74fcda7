// A prescription from the doctor to the counter, on a real chain and gateway, with the clients that wallets and consoles use: dispensed once, whoever tries.
import { verifyCredential } from 'did-jwt-vc';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CARE_INTERFACES, domainOf } from '#contracts/care/index.ts';
import { createPatientPrescriptions, type OpenPrescription, type PatientPrescriptions } from '#records/client/prescriptions/patient.ts';
import { createPharmacy, type Handed, type Pharmacy, type ShownDesk } from '#records/client/prescriptions/pharmacy.ts';
import { createPrescriber, type Prescriber } from '#records/client/prescriptions/prescriber.ts';
import { isRead } from '#records/client/open-record.ts';
import { readAuditEvent } from '#records/model/audit/index.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { createAuthor } from '#records/model/fhir/index.ts';
import { sealTo } from '#records/model/keys/hpke.ts';
import { createPrescription } from '#records/model/prescription/credential.ts';
import { createMedicationRequest } from '#records/model/prescription/request.ts';
import { createPrescriptionSecret, innerOf, nullifierOf, useSecret } from '#records/model/prescription/secret.ts';
import { verifyPrescription, type PrescriptionContext } from '#records/model/prescription/verify.ts';
import { BINDINGS } from '#records/model/prescription/wire.ts';
import type { Address } from '#records/model/members.ts';
import { createSigner } from '#records/model/signing.ts';
import type { Database } from '#server';
import { startProxy } from '../../contracts/proxy.ts';
import { describeOnDatabases } from '../../server/databases.ts';
import { createExchangeScene, random32, type ExchangeScene, type Member, type Patient } from '../exchange/scene.ts';

let scene: ExchangeScene;
let database: Database;
let doctor: Member & { readonly prescriber: Prescriber };
let [sun, moon]: (Member & { readonly desk: Pharmacy })[] = [];
let ana: Patient & { readonly prescriptions: PatientPrescriptions; readonly relationship: string };

const depsOf = (member: Member) => ({ ...scene.surroundings(member.token), account: member.account, readingKeys: [member.readingKeys], member: member.client });
const pharmacy = async () => {
  const member = await scene.member('pharmacy');
  return { ...member, desk: createPharmacy(depsOf(member)) };
};
const draft = (change: Record<string, unknown> = {}) => ({ medicine: { text: 'Amoxicillin 500 mg' }, dosage: 'One three times a day', repeats: 0, until: scene.clock.now() + 86_400, ...change }) as Parameters<Prescriber['prescribe']>[1];
const refused = (code: string) => expect.objectContaining({ code }) as unknown;
const failing = <T>(work: Promise<T>): Promise<unknown> => work.then(() => 'nothing was refused', (error: unknown) => error);
const held = async (id: string) => (await ana.prescriptions.list()).find((one) => one.id === id) as OpenPrescription;
let leaving: AbortController;
/** To the counter: the desk, and what lies on it. */
async function handTo(at: { readonly desk: Pharmacy }, id: string): Promise<{ desk: ShownDesk; handed: Handed; waiting: ReturnType<PatientPrescriptions['outcome']> }> {
  const desk = await at.desk.show();
  const given = await ana.prescriptions.handOver(id, await ana.prescriptions.readDesk(desk.link), { name: 'Ana Sample' });
  const waiting = ana.prescriptions.outcome(given, leaving.signal);
  waiting.catch(() => {}); // a test that does not look at it leaves the wallet waiting
  return { desk, handed: await at.desk.receive(desk), waiting };
}

describeOnDatabases('prescriptions', RECORDS_MIGRATIONS, ({ database: opened }) => {
  beforeAll(async () => {
    [database, leaving] = [opened(), new AbortController()];
    scene = await createExchangeScene(database);
    const member = await scene.member();
    doctor = { ...member, prescriber: createPrescriber(depsOf(member)) };
    [sun, moon] = [await pharmacy(), await pharmacy()];
    const patient = await scene.patient();
    const { id } = await patient.client.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card });
    ana = { ...patient, prescriptions: createPatientPrescriptions({ ...scene.surroundings(patient.token), root: patient.root }), relationship: id };
  });
  afterAll(async () => {
    leaving.abort();
    await scene.stop();
  });

  describe('a prescription', () => {
    test('is written to the records, handed to a pharmacy of the patient’s choice, dispensed and repeated, each time once', async () => {
      const { id, record } = await doctor.prescriber.prescribe(ana.relationship, draft({ repeats: 1, quantity: { value: 20, unit: 'tablets' } }));
      expect((await ana.client.records()).filter(isRead)).toMatchObject([{ meta: { id: record, category: 'medications', author: doctor.address }, resource: { resourceType: 'MedicationRequest' } }]);
      expect(await held(id)).toMatchObject({ title: 'Amoxicillin 500 mg', prescriber: doctor.address, state: 'open', uses: [{ state: 'unused' }, { state: 'unused' }] });

      const listening = new AbortController();
      const told = { sun: [] as unknown[], moon: [] as unknown[] };
      for (const [name, member] of Object.entries({ sun: sun!, moon: moon! })) void member.client.listen({}, (notice) => void told[name as keyof typeof told].push(notice), listening.signal);
      const { desk, handed, waiting } = await handTo(sun!, id);
      expect(handed).toMatchObject({ verdict: { outcome: 'verified', number: 0 }, person: { name: 'Ana Sample' } });
      await expect.poll(() => told).toEqual({ sun: [{ kind: 'letter', subject: desk.id }], moon: [] });
      listening.abort();
      expect(JSON.stringify(handed.part)).not.toContain(ana.account);
      expect(await sun!.desk.dispense(desk, handed)).toMatchObject({ outcome: 'dispensed', isWritten: false });
      const reply = await waiting;
      expect(reply).toMatchObject({ outcome: 'dispensed', dispense: { resourceType: 'MedicationDispense', status: 'completed' } });
      if (reply.outcome === 'dispensed') await ana.client.addRecord(reply.dispense!); // valid, as the wallet keeps it
      expect(await held(id)).toMatchObject({ state: 'open', uses: [{ state: 'dispensed' }, { state: 'unused' }] });

      // The repeat, at a pharmacy that may write: there it stands in the records by itself.
      await ana.client.createRelationship({ recipient: moon!.address, consent: scene.draft({ actions: ['write'], categories: ['medications'] }), card: scene.card });
      const second = await handTo(moon!, id);
      expect(second.handed.verdict).toMatchObject({ outcome: 'verified', number: 1 });
      expect(await moon!.desk.dispense(second.desk, second.handed)).toMatchObject({ outcome: 'dispensed', isWritten: true });
      expect(await second.waiting).toEqual({ outcome: 'dispensed' });
      expect((await ana.client.records()).filter(isRead).filter(({ meta }) => meta.author === moon!.address)).toMatchObject([{ resource: { resourceType: 'MedicationDispense', type: { coding: [{ code: 'RF' }] } } }]);
      expect(await held(id)).toMatchObject({ state: 'used-up' });
      expect(await failing(handTo(sun!, id))).toEqual(refused('record-unknown'));
      expect((await database.query('SELECT handed FROM pharmacy_desk WHERE handed IS NOT NULL')).every((row) => row['handed'] === '')).toBe(true); // letters that were read are gone
    });

    test('in a race of two pharmacies is dispensed by exactly one, and the other is told that it was', async () => {
      const { id } = await doctor.prescriber.prescribe(ana.relationship, draft());
      const [first, second] = [await handTo(sun!, id), await handTo(moon!, id)];
      expect([first.handed.verdict.outcome, second.handed.verdict.outcome]).toEqual(['verified', 'verified']);
      const outcomes = await Promise.all([sun!.desk.dispense(first.desk, first.handed), moon!.desk.dispense(second.desk, second.handed)]);
      expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['dispensed', 'refused']);
      expect(outcomes.find(({ outcome }) => outcome === 'refused')).toEqual({ outcome: 'refused', reason: 'already-dispensed' });
      // Nor a second time at the same pharmacy, by another clerk who has the same letter.
      const [winner] = outcomes[0].outcome === 'dispensed' ? [sun!] : [moon!];
      const again = outcomes[0].outcome === 'dispensed' ? first : second;
      expect(await winner.desk.dispense(again.desk, again.handed)).toEqual({ outcome: 'refused', reason: 'already-dispensed' });
    });

    test('is dispensed at one desk of a pharmacy while another desk of it dispenses another', async () => {
      const ids = [await doctor.prescriber.prescribe(ana.relationship, draft()), await doctor.prescriber.prescribe(ana.relationship, draft()), await doctor.prescriber.prescribe(ana.relationship, draft())];
      const shown = [];
      for (const { id } of ids) shown.push(await handTo(sun!, id));
      expect(await Promise.all(shown.map(({ desk, handed }) => sun!.desk.dispense(desk, handed)))).toMatchObject([{ outcome: 'dispensed' }, { outcome: 'dispensed' }, { outcome: 'dispensed' }]);
    });

    test('of which one use is dispensed in the moment of the withdrawal loses all the others', async () => {
      const { id } = await doctor.prescriber.prescribe(ana.relationship, draft({ repeats: 2 }));
      const { desk, handed } = await handTo(sun!, id);
      const deps = depsOf(doctor);
      let dispensed: unknown;
      const post: typeof deps.gateway.post = async (path, body) => {
        dispensed ??= await sun!.desk.dispense(desk, handed);
        return deps.gateway.post(path, body);
      };
      expect(await createPrescriber({ ...deps, gateway: { ...deps.gateway, post } }).withdraw(id)).toBe(2);
      expect(dispensed).toMatchObject({ outcome: 'dispensed' });
      expect(await held(id)).toMatchObject({ uses: [{ state: 'dispensed' }, { state: 'void' }, { state: 'void' }] });
    });

    test('is withdrawn by its prescriber: no pharmacy dispenses it, and the patient sees it', async () => {
      const { id } = await doctor.prescriber.prescribe(ana.relationship, draft({ repeats: 2 }));
      const { desk, handed, waiting } = await handTo(sun!, id);
      expect(await doctor.prescriber.withdraw(id)).toBe(3);
      expect((await doctor.prescriber.issued()).find((one) => one.id === id)).toMatchObject({ title: 'Amoxicillin 500 mg', uses: [{ state: 'void' }, { state: 'void' }, { state: 'void' }] });
      expect(await sun!.desk.dispense(desk, handed)).toEqual({ outcome: 'refused', reason: 'void' });
      expect(await waiting).toEqual({ outcome: 'refused', reason: 'void' });
      expect((await held(id)).state).toBe('void');
      await ana.prescriptions.remove(id);
      expect(await held(id)).toBeUndefined();
      // Nor is one of a patient who was forgotten kept.
      const ben = await scene.patient();
      const { id: relationship } = await ben.client.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card });
      await doctor.prescriber.prescribe(relationship, draft());
      await scene.gateway.as(ben.token).delete('/patients');
      const forget = scene.records.work.find(({ says }) => says.startsWith('prescriptions of patients'))!;
      await forget.run();
      expect(await database.query('SELECT 1 FROM prescription WHERE relationship = $1', [relationship])).toEqual([]);
    });

    test('is dispensed, and the wallet told so, though their nodes are a moment behind the one that carried it', async () => {
      const selector = CARE_INTERFACES.DispenseRegistry.getFunction('useOf')!.selector;
      let late = 2;
      const node = await startProxy(scene.rpc[0]!, ({ method, params: [call] }, truth) =>
        (method === 'eth_call' && (call as { data: string }).data.startsWith(selector) && !/^0x0+$/.test(String(truth)) && late-- > 0 ? `0x${'0'.repeat(128)}` : truth));
      const on = <Deps extends { readonly config: object }>(deps: Deps): Deps => ({ ...deps, config: { ...deps.config, rpc: [node.url] } });
      const { id } = await doctor.prescriber.prescribe(ana.relationship, draft());
      const counter = createPharmacy(on(depsOf(sun!)));
      const wallet = createPatientPrescriptions(on({ ...scene.surroundings(ana.token), root: ana.root }));
      const desk = await counter.show();
      const given = await wallet.handOver(id, await wallet.readDesk(desk.link));
      expect(await counter.dispense(desk, await counter.receive(desk))).toMatchObject({ outcome: 'dispensed' });
      late = 2;
      expect(await wallet.outcome(given)).toMatchObject({ outcome: 'dispensed' });
      await node.stop();
    });

    test('is handed out by nobody on the word of a gateway that sends nothing to the chain', async () => {
      const { id } = await doctor.prescriber.prescribe(ana.relationship, draft());
      const { desk, handed } = await handTo(sun!, id);
      const deps = depsOf(sun!);
      const post: typeof deps.gateway.post = async () => ({ transaction: random32() });
      expect(await failing(createPharmacy({ ...deps, gateway: { ...deps.gateway, post } }).dispense(desk, handed))).toEqual(refused('chain-inconsistent'));
      expect(await held(id)).toMatchObject({ state: 'open' });
    });

    test('is refused for its reason also when the desk is closed by then', async () => {
      const { id } = await doctor.prescriber.prescribe(ana.relationship, draft());
      const { desk, handed, waiting } = await handTo(sun!, id);
      await doctor.prescriber.withdraw(id);
      await sun!.desk.close(desk);
      expect(await sun!.desk.dispense(desk, handed)).toEqual({ outcome: 'refused', reason: 'void' });
      expect(await waiting).toEqual({ outcome: 'expired' });
    });

    test('is withdrawn however many were prescribed since', async () => {
      const busy = await scene.member();
      const { id: relationship } = await ana.client.createRelationship({ recipient: busy.address, consent: scene.draft(), card: scene.card });
      const prescriber = createPrescriber(depsOf(busy));
      const { id } = await prescriber.prescribe(relationship, draft());
      // As many as a page has, each over by now: what is good is listed all the same.
      const [{ prescriber: index }] = await database.query<{ prescriber: Uint8Array }>('SELECT prescriber FROM prescription_issued WHERE id = $1', [id]) as [{ prescriber: Uint8Array }];
      for (let i = 0; i < 500; i++) {
        const other = random32();
        const own = { secret: random32(), uses: 1, title: 'Sample', relationship, validUntil: scene.clock.now() - 1, prescription: 'urn:uuid:0' };
        const sealed = await sealTo(busy.readingKeys.publicKey, Buffer.from(JSON.stringify(own)), BINDINGS.prescriber(other));
        await database.query('INSERT INTO prescription_issued (id, prescriber, own, at) VALUES ($1, $2, $3, $4)', [other, index, sealed, scene.clock.now() + 1]);
      }
      expect((await prescriber.issued()).find((one) => one.id === id)).toMatchObject({ uses: [{ state: 'unused' }] });
      expect(await prescriber.withdraw(id)).toBe(1);
    });

    test('is a credential that others can verify', async () => {
      const author = createAuthor(Buffer.from(doctor.account.secretKey.slice(2), 'hex'), scene.chainId);
      const jwt = await createPrescription(createMedicationRequest(draft(), author.did, scene.clock.now()), createPrescriptionSecret(), author);
      const document = { id: author.did, verificationMethod: [{ id: `${author.did}#controller`, type: 'EcdsaSecp256k1RecoveryMethod2020', controller: author.did, blockchainAccountId: `eip155:${scene.chainId}:${doctor.address}` }], assertionMethod: [`${author.did}#controller`] };
      const resolver = { resolve: async () => ({ didDocument: document, didDocumentMetadata: {}, didResolutionMetadata: {} }) };
      const { verifiableCredential } = await verifyCredential(jwt, resolver as never);
      expect(verifiableCredential).toMatchObject({ issuer: { id: author.did }, type: ['VerifiableCredential', 'MedicationPrescription'], credentialSubject: { medicationRequest: { resourceType: 'MedicationRequest' } } });
    });
  });

  describe('verifyPrescription', () => {
    const made = async (change: Record<string, unknown> = {}) => {
      const author = createAuthor(Buffer.from(doctor.account.secretKey.slice(2), 'hex'), scene.chainId);
      const secret = createPrescriptionSecret();
      return { secret: useSecret(secret, 0), root: secret, number: 0, prescription: await createPrescription(createMedicationRequest(draft(change), author.did, scene.clock.now()), secret, author) };
    };
    const context = (change: Partial<PrescriptionContext> = {}): PrescriptionContext => ({
      chainId: scene.chainId, registry: scene.care.contracts.DispenseRegistry, now: scene.clock.now(), hasRole: async (_, role) => role === 'doctor', useOf: async () => undefined, ...change,
    });
    const reason = async (shown: Awaited<ReturnType<typeof made>>, change: Partial<PrescriptionContext> = {}) => {
      const verdict = await verifyPrescription(shown, context(change));
      return verdict.outcome === 'refused' ? verdict.reason : verdict.outcome;
    };

    test('refuses each for its reason, and nothing else', async () => {
      const shown = await made();
      expect(await reason(shown)).toBe('verified');
      expect(await reason({ ...shown, prescription: 'not.a.jwt' })).toBe('malformed');
      const [head, payload, signature] = shown.prescription.split('.') as [string, string, string];
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number; vc: { credentialSubject: { medicationRequest: { dosageInstruction: { text: string }[] } } } };
      claims.vc.credentialSubject.medicationRequest.dosageInstruction[0]!.text = 'All at once';
      expect(await reason({ ...shown, prescription: [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.') })).toBe('signature-invalid');
      expect(await reason(shown, { hasRole: async () => false })).toBe('prescriber-unknown');
      expect(await reason(shown, { chainId: 1 })).toBe('prescriber-unknown');
      expect(await reason(await made({ from: scene.clock.now() + 600 }))).toBe('not-yet');
      expect(await reason(shown, { now: (scene.clock.now() + 86_401) as never })).toBe('expired');
      expect(await reason({ ...shown, secret: random32() })).toBe('use-unknown');
      expect(await reason({ ...shown, number: 1 })).toBe('use-unknown'); // more often than was prescribed
      expect(await reason(shown, { useOf: async () => ({ use: 'void' }) })).toBe('void');
      expect(await reason(shown, { useOf: async () => ({ use: 'dispensed' }) })).toBe('already-dispensed');
    });

    test('a pharmacy that was handed one use learns nothing of the others', async () => {
      const { root, secret } = await made({ repeats: 1 });
      const place = { chainId: scene.chainId, registry: scene.care.contracts.DispenseRegistry };
      expect(new Set([0, 1].flatMap((number) => [useSecret(root, number), nullifierOf(useSecret(root, number), doctor.address, place)])).size).toBe(4);
      expect(nullifierOf(useSecret(secret, 1), doctor.address, place)).not.toBe(nullifierOf(useSecret(root, 1), doctor.address, place));
    });
  });

  describe('who attacks prescriptions', () => {
    test('a prescription of whom the patient lets write none is refused as if nothing were there, and entered in the account', async () => {
      const { id } = await ana.client.createRelationship({ recipient: (await scene.member()).address, consent: scene.draft({ actions: ['read'] }), card: scene.card });
      const reader = await scene.member();
      const { id: own } = await ana.client.createRelationship({ recipient: reader.address, consent: scene.draft({ actions: ['read'] }), card: scene.card });
      const leave = (relationship: string) => scene.call('POST', `/relationships/${relationship}/prescriptions`, { id: random32(), sealed: 'A'.repeat(200), own: 'A'.repeat(200) }, reader.token);
      const [foreign, denied] = [await leave(id), await leave(own)];
      expect(denied).toEqual(foreign);
      expect(denied).toMatchObject({ status: 404, body: { code: 'record-unknown' } });
      const entries = (await scene.call('GET', '/log?limit=200', undefined, ana.token)).body['entries'] as { document: string }[];
      expect(readAuditEvent(entries.at(-1)!.document).access).toMatchObject({ kind: 'denied', action: 'write', asked: { categories: ['medications'] } });
    });

    test('a prescriber is not told, by leaving the same one again, whether the patient threw it away', async () => {
      const [kept, thrown] = [random32(), random32()];
      const leave = (id: string) => scene.call('POST', `/relationships/${ana.relationship}/prescriptions`, { id, sealed: 'A'.repeat(200), own: 'A'.repeat(200) }, doctor.token);
      for (const id of [kept, thrown]) expect((await leave(id)).status).toBe(204);
      expect((await scene.call('DELETE', `/prescriptions/${thrown}`, undefined, ana.token)).status).toBe(204);
      const answers = [await leave(kept), await leave(thrown)];
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[1]).toMatchObject({ status: 400, body: { code: 'request-invalid', field: 'id' } });
      await scene.call('DELETE', `/prescriptions/${kept}`, undefined, ana.token);
    });

    test('a suspended prescriber’s prescription is not dispensed', async () => {
      const member = await scene.member();
      const { id: relationship } = await ana.client.createRelationship({ recipient: member.address, consent: scene.draft(), card: scene.card });
      const { id } = await createPrescriber(depsOf(member)).prescribe(relationship, draft());
      await scene.suspend(member.address);
      const { desk, handed, waiting } = await handTo(sun!, id);
      expect(handed.verdict).toMatchObject({ outcome: 'refused', reason: 'prescriber-unknown' });
      await sun!.desk.refuse(desk, handed);
      expect(await waiting).toEqual({ outcome: 'refused', reason: 'prescriber-unknown' });
    });

    test('another doctor who was shown the prescription and its secret withdraws nothing of it', async () => {
      const { id } = await doctor.prescriber.prescribe(ana.relationship, draft());
      const { desk, handed } = await handTo(sun!, id);
      const colleague = await scene.member();
      const inner = innerOf(handed.part.secret, { chainId: scene.chainId, registry: scene.care.contracts.DispenseRegistry });
      const value = { inner, nonce: 0, deadline: scene.clock.now() + 600 };
      const withdraw = (prescriber: Address, as: Member) => scene.gateway.as(as.token).post('/prescriptions/voids', {
        inner, attempt: random32(), statement: { nonce: 0, deadline: value.deadline, signature: createSigner(Buffer.from(as.account.secretKey.slice(2), 'hex')).sign(domainOf(scene.care, 'VoidPrescription'), 'VoidPrescription', { ...value, prescriber }) },
      });
      expect(await failing(withdraw(doctor.address, colleague))).toEqual(refused('signature-invalid'));
      await withdraw(colleague.address, colleague); // withdraws a prescription of its own that nobody has
      expect((await held(id)).state).toBe('open');
      expect(await sun!.desk.dispense(desk, handed)).toMatchObject({ outcome: 'dispensed' });
    });

    test('a letter for one pharmacy opens at no other, a desk takes one letter, and a closed desk none', async () => {
      const { id } = await doctor.prescriber.prescribe(ana.relationship, draft());
      const { desk } = await handTo(sun!, id);
      const read = await ana.prescriptions.readDesk(desk.link);
      expect(await failing(ana.prescriptions.handOver(id, read))).toEqual(refused('record-unknown'));
      expect(await failing(moon!.desk.receive(desk))).toEqual(refused('record-unknown'));
      const other = await moon!.desk.show();
      const [{ handed: letter }] = await database.query<{ handed: string }>('SELECT handed FROM pharmacy_desk WHERE id = $1', [desk.id]) as [{ handed: string }];
      await scene.gateway.post(`/pharmacy-desks/${other.id}/letter`, { sealed: letter });
      expect(await failing(moon!.desk.receive(other))).toEqual(refused('sealed-invalid'));
      await sun!.desk.close(desk);
      expect(await failing(ana.prescriptions.readDesk(desk.link))).toEqual(refused('record-unknown'));
      expect(await failing(ana.prescriptions.readDesk(desk.link.replace('http%3A%2F%2Fgateway.test', 'http%3A%2F%2Fevil.test')))).toEqual(refused('offer-untrusted'));
    });

    test('who may not prescribe or dispense, or signed as somebody else, carries nothing to the chain', async () => {
      const nurse = await scene.member('nurse');
      const { id: relationship } = await ana.client.createRelationship({ recipient: nurse.address, consent: scene.draft(), card: scene.card });
      expect(await failing(createPrescriber(depsOf(nurse)).prescribe(relationship, draft()))).toEqual(refused('forbidden'));
      const value = { nullifier: random32(), nonce: 0, deadline: scene.clock.now() + 60 };
      const signature = createSigner(Buffer.from(nurse.account.secretKey.slice(2), 'hex')).sign(domainOf(scene.care, 'Dispense'), 'Dispense', { ...value, pharmacy: sun!.address });
      const request = { nullifier: value.nullifier, attempt: random32(), statement: { nonce: 0, deadline: value.deadline, signature } };
      expect(await failing(scene.gateway.as(nurse.token).post('/prescriptions/dispenses', request))).toEqual(refused('forbidden'));
      expect(await failing(scene.gateway.as(ana.token).post('/prescriptions/dispenses', request))).toEqual(refused('forbidden'));
      expect(await failing(scene.gateway.as(sun!.token).post('/prescriptions/dispenses', request))).toEqual(refused('signature-invalid'));
      expect(await failing(scene.gateway.as(doctor.token).post('/prescriptions/voids', { inner: value.nullifier, attempt: request.attempt, statement: request.statement }))).toEqual(refused('signature-invalid'));
      // A doctor to whom the patient gave no right to write leaves nothing either.
      const reader = await scene.member();
      const { id: readOnly } = await ana.client.createRelationship({ recipient: reader.address, consent: scene.draft({ actions: ['read'] }), card: scene.card });
      expect(await failing(scene.gateway.as(reader.token).post(`/relationships/${readOnly}/prescriptions`, { id: random32(), sealed: 'A'.repeat(60), own: 'A'.repeat(60) }))).toEqual(refused('record-unknown'));
    });
  });
});
