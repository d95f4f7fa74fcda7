// What strangers, readers, writers, gateways and stores try, each named; on a real chain, with a real store.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HealthpassError } from '#passport';
import { grant as grantDirectly, revoke as revokeDirectly } from '#contracts/care/consent.ts';
import { createMemoryJournal, createSender } from '#contracts';
import { createMember } from '#records/client/member.ts';
import { isRead, type OpenedRecord } from '#records/client/open-record.ts';
import { createPatient } from '#records/client/patient.ts';
import { createStorage } from '#records/client/storage.ts';
import { readAuditEvent } from '#records/model/audit/index.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { REFUSAL_SLICE } from '#records/gateway/refusals.ts';
import { canonicalPolicy, grantWord, parseConsent, parsePolicy } from '#records/model/consent/index.ts';
import { contentOf, createAuthor, createProvenance, encodeRecordContent } from '#records/model/fhir/index.ts';
import { sealRecord } from '#records/model/keys/container.ts';
import { epochKeys, relationshipKey } from '#records/model/keys/derive.ts';
import { epochFor } from '#records/model/keys/epochs.ts';
import { openRecordKey, sealRecordKey } from '#records/model/keys/wraps.ts';
import type { Address } from '#records/model/members.ts';
import type { RecordId, RecordMeta } from '#records/model/record.ts';
import { createSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import { hexToBytes } from '@noble/hashes/utils.js';
import { Wallet } from 'ethers';
import type { Database } from '#server';
import { describeOnDatabases } from '../../server/databases.ts';
import { allergy, condition, createExchangeScene, observation, random32, type ExchangeScene, type Json, type Member, type Patient } from './scene.ts';

let scene: ExchangeScene;
let database: Database;
let doctor: Member;
let other: Member;
const share = (patient: Patient, member: Member, change: Record<string, unknown> = {}) =>
  patient.client.createRelationship({ recipient: member.address, consent: scene.draft(change), ...(change['effect'] !== 'deny' && { card: scene.card }) });
/** What the patient's log says of the last accesses, in short. */
const logOf = async ({ token }: Patient): Promise<string[]> =>
  ((await scene.call('GET', '/log?limit=200', undefined, token)).body['entries'] as { document: string }[]).map(({ document }) => document);
const asMember = (member: Member, tamper: Parameters<typeof scene.tampered>[1]) =>
  createMember({ ...scene.surroundings(member.token), gateway: scene.tampered(member.token, tamper), account: member.account, readingKeys: [member.readingKeys] });
const asPatient = (patient: Patient, request: (path: string, body: Json) => unknown) =>
  createPatient({ ...scene.surroundings(patient.token), gateway: scene.tampered(patient.token, { request }), root: patient.root });
const code = (value: string) => ({ code: value });

/** A program of the author's own, which files what it likes; `signed`: when, by its clock. */
async function fileAs({ account, client, token }: Member, { relationship, patient }: { readonly relationship: string; readonly patient: Address }, resource: object, filing: Pick<RecordMeta, 'category' | 'date'>, signed: number): Promise<void> {
  const secret = Buffer.from(account.secretKey.slice(2), 'hex');
  const [{ text, digest }, id] = [contentOf(JSON.stringify(resource)), random32().slice(2, 34) as RecordId];
  const provenance = await createProvenance({ text, id, patient, by: 'member', author: createAuthor(secret, scene.chainId), now: signed as never });
  const { key, container } = await sealRecord({ id, ...filing, author: account.address }, encodeRecordContent({ text, provenance }));
  const [reference, epoch] = [await scene.storage.upload(container), epochFor(await client.writingKeys(relationship), filing.category, scene.clock.now())!];
  const entry = { id: `0x${id}`, ...filing, epoch: epoch.epoch, reference: `0x${reference}`, content: digest, time: scene.clock.now() } as const;
  await scene.gateway.as(token).post(`/relationships/${relationship}/records`, {
    ...entry, id, reference, sealedKey: await sealRecordKey(epoch.key, key, { record: id, category: filing.category, epoch: epoch.epoch, reference }), signature: createSigner(secret).sign(offChain(scene.chainId), 'RecordEntry', entry),
  });
}

function createLyingStorage(swap: (reference: string, body: Uint8Array) => Promise<Uint8Array | undefined>) {
  return createStorage({ url: scene.storageUrl, fetch: (async (url: string, init?: RequestInit) => {
    const answer = await fetch(url, init);
    const reference = /\/bytes\/(\w+)$/.exec(url)?.[1];
    if (!reference) return answer;
    const body = await swap(reference, new Uint8Array(await answer.arrayBuffer()));
    return body ? new Response(body as never) : new Response('{}', { status: 404 });
  }) as never });
}

describeOnDatabases('attacks on the exchange', RECORDS_MIGRATIONS, ({ database: opened }) => {
  beforeAll(async () => {
    database = opened();
    scene = await createExchangeScene(database);
    [doctor, other] = [await scene.member(), await scene.member('nurse')];
  });
  afterAll(() => scene.stop());

  describe('a reader', () => {
    test('who was revoked opens what was written before, and nothing that was written later, with every old key in hand', async () => {
      const patient = await scene.patient();
      const [lost] = [await share(patient, doctor), await share(patient, other)];
      const before = await doctor.client.write(lost.id, observation(11));
      await patient.client.revoke(lost.id);
      const kept = (await patient.client.relationships()).find(({ recipient }) => recipient === other.address)!;
      const after = await other.client.write(kept.id, observation(12));
      // All that anybody could hold or steal: every epoch key up to the revocation, and the sealed keys of both records.
      const { body } = await scene.call('POST', '/records/search', {}, patient.token);
      const open = (id: string, epoch: number) => {
        const entry = (body as Json).entries.find((one: Json) => one.meta.id === id);
        return openRecordKey(epochKeys(patient.root, 'results', epoch), entry.sealedKey, { record: id as never, category: 'results', epoch: entry.epoch, reference: entry.reference });
      };
      const entryOf = (id: string) => (body as Json).entries.find((one: Json) => one.meta.id === id);
      const old = entryOf(before.id).epoch as number;
      expect(entryOf(after.id).epoch).toBeGreaterThan(old);
      await expect(open(before.id, old)).resolves.toHaveLength(32);
    const { body: shown } = await scene.call('GET', '/relationships', undefined, patient.token);
    const earlier = (shown as Json).epochs.filter((one: Json) => one.category === 'results' && one.epoch < entryOf(after.id).epoch);
    expect(earlier.length).toBeGreaterThan(0);
    for (const { epoch } of earlier) await expect(open(after.id, epoch)).rejects.toMatchObject(code('sealed-invalid'));
      const wraps = await database.query('SELECT 1 FROM epoch_wrap WHERE relationship = $1 UNION ALL SELECT 1 FROM record_wrap WHERE relationship = $1', [lost.id]);
      expect(wraps).toEqual([]);
    });

    test('who asks for another purpose is refused as if nothing were there, and the patient’s log tells why', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor, { purposes: ['TREAT'] });
      await doctor.client.write(id, observation(9));
      const refused = await scene.call('POST', `/relationships/${id}/read`, { request: random32(), purpose: 'HRESCH' }, doctor.token);
      expect(refused).toEqual(await scene.call('POST', `/relationships/${random32()}/read`, { request: random32(), purpose: 'HRESCH' }, doctor.token));
      expect(JSON.stringify(refused.body)).not.toMatch(/purpose|HRESCH/);
      expect((await logOf(patient)).at(-1)).toMatch(/purpose/);
      expect((await logOf(patient)).at(-1)).toMatch(/HRESCH/);
      // Nor does anybody make an emergency of it who is alone: only where the patient named it.
      const any = await share(patient, other);
      await expect(other.client.read(any.id, { purpose: 'ETREAT' })).rejects.toMatchObject(code('record-unknown'));
      await patient.client.changeConsent(any.id, scene.draft({ purposes: ['TREAT', 'ETREAT'] }));
      expect((await other.client.read(any.id, { purpose: 'ETREAT' })).records).toHaveLength(1);
    });

    test('is let in neither by what a denial excepts, nor past what another consent for the same reader excepts', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor, { purposes: ['TREAT'] });
      await doctor.client.write(id, observation(9));
      const denial = await share(patient, doctor, { effect: 'deny', purposes: ['PUBHLTH', 'HRESCH'], exceptions: [{ purposes: ['HRESCH'] }] });
      await patient.client.untilActive(denial.id);
      await expect(doctor.client.read(id, { purpose: 'HRESCH' })).rejects.toMatchObject(code('record-unknown'));
      expect((await doctor.client.read(id, { purpose: 'TREAT' })).records).toHaveLength(1);
      const excepting = await share(patient, doctor, { purposes: ['TREAT'], exceptions: [{ actors: [doctor.address], categories: ['allergies'] }, { period: { until: scene.clock.now() + 3600 }, categories: ['results'] }] });
      await patient.client.untilActive(excepting.id);
      expect((await doctor.client.read(id, { purpose: 'TREAT' })).records).toEqual([]);
    });

    test('cannot go on with the cursor of another reader, of another question, or one that was changed', async () => {
      const patient = await scene.patient();
      const [one, two] = [await share(patient, doctor), await share(patient, other)];
      for (const value of [1, 2, 3]) await doctor.client.write(one.id, observation(value));
      const { next, records } = await doctor.client.read(one.id, { purpose: 'TREAT', limit: 2 });
      expect(records).toHaveLength(2);
      await expect(other.client.read(two.id, { purpose: 'TREAT', limit: 2, cursor: next! })).rejects.toMatchObject(code('request-invalid'));
      await expect(doctor.client.read(one.id, { purpose: 'TREAT', limit: 2, categories: ['results'], cursor: next! })).rejects.toMatchObject(code('request-invalid'));
      await expect(doctor.client.read(one.id, { purpose: 'TREAT', limit: 2, cursor: `A${next!.slice(1)}` })).rejects.toMatchObject(code('request-invalid'));
      expect((await doctor.client.read(one.id, { purpose: 'TREAT', limit: 2, cursor: next! })).records).toHaveLength(1);
      expect(await doctor.client.readAll(one.id, { purpose: 'TREAT' })).toHaveLength(3);
    });

    test('is not told by pages, totals, order or cursors of what it may not see', async () => {
      const [plain, rich] = [await scene.patient(), await scene.patient()];
      const seen: Json[] = [];
      for (const patient of [plain, rich]) {
        const writer = await share(patient, other);
        for (const day of ['2026-01-01', '2026-01-03']) await other.client.write(writer.id, condition('seen', day));
        if (patient === rich) for (const day of ['2025-12-31', '2026-01-02', '2026-01-04']) {
          await other.client.write(writer.id, observation(5, day));
          await patient.client.addRecord(condition('hidden', day));
        }
        const { id } = await share(patient, doctor, { categories: ['conditions'], authors: [other.address] });
        const first = (await scene.call('POST', `/relationships/${id}/read`, { request: random32(), purpose: 'TREAT', limit: 1 }, doctor.token)).body as Json;
        const second = (await scene.call('POST', `/relationships/${id}/read`, { request: random32(), purpose: 'TREAT', limit: 1, cursor: first.next }, doctor.token)).body as Json;
        seen.push([first, second].map((page) => [Object.keys(page).toSorted(), page.entries.map((entry: Json) => [Object.keys(entry).toSorted(), entry.meta.date]), page.next?.length]));
        expect(second.next).toBeUndefined();
      }
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[0][0][1][0][1]).toBe('2026-01-03');
    });

    test('gets nothing by the wraps of another grant, whoever put them there', async () => {
      const patient = await scene.patient();
      const [one, two] = [await share(patient, doctor), await share(patient, other)];
      await doctor.client.write(one.id, observation(7));
      await database.query('UPDATE epoch_wrap SET wrap = (SELECT w.wrap FROM epoch_wrap w WHERE w.relationship = $1 AND w.category = epoch_wrap.category AND w.number = epoch_wrap.number) WHERE relationship = $2 AND EXISTS (SELECT 1 FROM epoch_wrap w WHERE w.relationship = $1 AND w.category = epoch_wrap.category AND w.number = epoch_wrap.number)', [one.id, two.id]);
      expect((await other.client.read(two.id, { purpose: 'TREAT' })).records).toMatchObject([{ problem: 'sealed-invalid' }]);
      // Nor does the same reader by a wrap that was made for the consent before.
      const [wrap] = await database.query<{ wrap: string }>("SELECT wrap FROM epoch_wrap WHERE relationship = $1 AND category = 'results' ORDER BY number DESC LIMIT 1", [one.id]);
      await patient.client.changeConsent(one.id, scene.draft({ until: scene.clock.now() + 40 * 86_400 }));
      expect((await doctor.client.read(one.id, { purpose: 'TREAT' })).records.every(isRead)).toBe(true);
      await database.query("UPDATE epoch_wrap SET wrap = $2 WHERE relationship = $1 AND category = 'results'", [one.id, wrap!.wrap]);
      expect((await doctor.client.read(one.id, { purpose: 'TREAT' })).records).toMatchObject([{ problem: 'sealed-invalid' }]);
    });

    test('opens nothing without a receipt that the gateway signed for this relationship and this moment', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      await doctor.client.write(id, observation(8));
      const { receipt } = await doctor.client.read(id, { purpose: 'TREAT' });
      for (const change of [{ event: random32() }, { relationship: random32() }, { time: receipt.time - 3600 }, { signature: `0x${'1'.repeat(130)}` }]) {
        const client = asMember(doctor, { response: (path, body) => (path.endsWith('/read') ? { ...body, receipt: { ...body.receipt, ...change } } : body) });
        await expect(client.read(id, { purpose: 'TREAT' })).rejects.toMatchObject(code('receipt-invalid'));
      }
    });

    test('is not given the receipt of one read for another: a gateway enters each, and the patient finds each by its receipt', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      const numbers: string[] = [];
      let [kept, isLying] = [undefined as Json, false];
      const reader = asMember(doctor, {
        request: (path, body) => (path.endsWith('/read') && numbers.push(body.request), body),
        response: (path, body) => (path.endsWith('/read') ? { ...body, receipt: isLying ? kept : (kept = body.receipt) } : body),
      });
      for (let i = 0; i < 2; i++) await reader.read(id, { purpose: 'TREAT' });
      isLying = true;
      await expect(reader.read(id, { purpose: 'TREAT' })).rejects.toMatchObject(code('receipt-invalid')); // given in the same second, for the same person
      expect(new Set(numbers).size).toBe(3);
      expect((await logOf(patient)).map((document) => readAuditEvent(document).access).filter(({ kind }) => kind === 'read')).toMatchObject(numbers.map((request) => ({ request })));
    });

    test('sees nothing where the chain says otherwise than the gateway was told: a revocation past the gateway, another grant', async () => {
      const patient = await scene.patient();
      const [first, second] = [await share(patient, doctor), await share(patient, other)];
      const ownerOf = async ({ number, recipient }: { readonly number: number; readonly recipient: Address }) => {
        const wallet = new Wallet(relationshipKey(patient.root, number, recipient).secretKey, scene.provider);
        await scene.provider.send('anvil_setBalance', [wallet.address, '0x8ac7230489e80000']);
        return createSender({ provider: scene.provider, wallet, journal: createMemoryJournal() });
      };
      await (await ownerOf(first)).send(revokeDirectly(scene.care, first.grant), { id: 'past the gateway' });
      await (await ownerOf(second)).send(grantDirectly(scene.care, second.grant, `${second.word.slice(0, -2)}00` as never), { id: 'another word' });
      for (const { run } of scene.records.work) await run();
      await expect(doctor.client.read(first.id, { purpose: 'TREAT' })).rejects.toMatchObject(code('record-unknown'));
      await expect(other.client.read(second.id, { purpose: 'TREAT' })).rejects.toMatchObject(code('record-unknown'));
      expect((await logOf(patient)).at(-1)).toMatch(/changed/);
      // The wallet makes new keys when it next looks, as what was revoked was known to somebody.
      expect((await patient.client.catchUp()).epochs).toBeGreaterThan(0);
      expect((await patient.client.catchUp()).epochs).toBe(0);
    });
  });

  describe('a writer', () => {
    test('without permission to write is refused as if nothing were there, in a category that it may not write as well', async () => {
      const patient = await scene.patient();
      const reader = await share(patient, doctor, { actions: ['read'] });
      const writer = await share(patient, other, { categories: ['allergies'] });
      await expect(doctor.client.write(reader.id, observation(3))).rejects.toMatchObject(code('record-unknown'));
      await expect(other.client.write(writer.id, observation(3))).rejects.toMatchObject(code('key-unknown'));
      const filed = await asMember(other, { request: (path, body) => (path.endsWith('/records') ? { ...body, category: 'results' } : body) }).write(writer.id, allergy('nuts')).catch((error: unknown) => error);
      expect(filed).toMatchObject(code('record-unknown'));
      expect((await logOf(patient)).at(-1)).toMatch(/category/);
      const researcher = await scene.member('researcher');
      expect((await scene.call('POST', `/relationships/${reader.id}/records`, {}, researcher.token)).status).toBe(403);
    });

    test('cannot file what another signed, under another’s name, twice, for another patient, or with a word changed', async () => {
      const [patient, second] = [await scene.patient(), await scene.patient()];
      const [one, two, elsewhere] = [await share(patient, doctor), await share(patient, other), (await share(second, other), await share(second, doctor))];
      let sent: Json;
      await asMember(doctor, { request: (path, body) => (path.endsWith('/records') ? (sent = body) : body) }).write(one.id, observation(4));
      expect((await scene.call('POST', `/relationships/${two.id}/records`, sent, other.token)).body['code']).toBe('not-authorised');
      expect((await scene.call('POST', `/relationships/${one.id}/records`, sent, doctor.token)).body).toMatchObject({ code: 'request-invalid', field: 'id' });
      // Epochs of two patients have one number when they were made in one second; then it is the id that was filed before.
      expect(['epoch-over', 'request-invalid']).toContain((await scene.call('POST', `/relationships/${elsewhere.id}/records`, sent, doctor.token)).body['code']);
      for (const change of [{ date: '2020-01-01' }, { category: 'conditions' }, { content: random32() }, { reference: 'ab'.repeat(32) }]) {
        const { status } = await scene.call('POST', `/relationships/${one.id}/records`, { ...sent, id: 'ab'.repeat(16), ...change }, doctor.token);
        expect(status).toBe(401);
      }
      scene.clock.pass(301);
      expect((await scene.call('POST', `/relationships/${one.id}/records`, sent, doctor.token)).body).toMatchObject({ code: 'request-invalid', field: 'time' });
      expect(await patient.client.records()).toHaveLength(1);
    });

    test('files a diagnosis that is sensitive as an ordinary one, or at another day: no client shows it, and the reader’s and the patient’s say why', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      const labelled = { ...condition('told in confidence'), meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] } };
      await expect(doctor.client.write(id, labelled)).rejects.toMatchObject(code('key-unknown')); // our own program files it as what it is, where this doctor may not write
      const { resourceType, clinicalStatus, code: told, subject } = condition('of no day');
      const now = scene.clock.now();
      const day = (time: number) => new Date(time * 1000).toISOString().slice(0, 10);
      for (const [resource, meta, signed] of [
        [labelled, { category: 'conditions', date: '2026-01-05' }, now],
        [condition('long ago', '2026-01-05'), { category: 'conditions', date: '2021-01-05' }, now],
        [{ resourceType, clinicalStatus, code: told, subject }, { category: 'conditions', date: day(now - 90 * 86_400) }, now - 90 * 86_400],
        [condition('as it is'), { category: 'conditions', date: '2026-01-05' }, now],
      ] as const) await fileAs(doctor, { relationship: id, patient: patient.account }, resource, meta as never, signed);
      const of = (records: readonly OpenedRecord[]) => records.map((record) => [record.meta.date, isRead(record) ? 'read' : record.problem]).toSorted();
      const { records } = await doctor.client.read(id, { purpose: 'TREAT' });
      const expected = [['2021-01-05', 'filing-differs'], ['2026-01-05', 'filing-differs'], ['2026-01-05', 'read'], [day(now - 90 * 86_400), 'filing-differs']].toSorted();
      expect(of(records)).toEqual(expected);
      expect(of(await patient.client.records())).toEqual(expected);
      expect(JSON.stringify(records)).not.toContain('told in confidence');
    });

    test('who files a record whose key opens to nobody keeps the patient from sharing nothing: it alone is found damaged', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      const spoilt = await asMember(doctor, { request: (path, body) => (path.endsWith('/records') ? { ...body, sealedKey: 'A'.repeat(body.sealedKey.length) } : body) }).write(id, observation(1));
      const good = await doctor.client.write(id, observation(2));
      const narrow = await share(patient, other, { categories: ['results'], dataPeriod: { from: '2026-01-01' } });
      await patient.client.untilActive(narrow.id);
      const later = await asMember(doctor, { request: (path, body) => (path.endsWith('/records') ? { ...body, sealedKey: 'A'.repeat(body.sealedKey.length) } : body) }).write(id, observation(3));
      await patient.client.catchUp();
      const read = (await other.client.read(narrow.id, { purpose: 'TREAT' })).records.map((record) => [record.meta.id, isRead(record) ? 'read' : record.problem]);
      expect(new Map(read as [string, string][])).toEqual(new Map([[spoilt.id, 'sealed-invalid'], [good.id, 'read'], [later.id, 'sealed-invalid']]));
    });

    test('cannot seal under a key that is over, nor refer to what the store has not', async () => {
      const patient = await scene.patient();
      const [one, two] = [await share(patient, doctor), await share(patient, other)];
      let sent: Json;
      const stop = new HealthpassError('cancelled', 'kept back');
      await expect(asMember(doctor, { request: (path, body) => { if (path.endsWith('/records')) { sent = body; throw stop; } return body; } }).write(one.id, observation(4))).rejects.toMatchObject(code('service-unavailable'));
      await patient.client.revoke(two.id);
      expect((await scene.call('POST', `/relationships/${one.id}/records`, sent, doctor.token)).body['code']).toBe('epoch-over');
      const unstored = createMember({ ...scene.surroundings(doctor.token), storage: { ...scene.storage, upload: async () => 'ab'.repeat(32) as never }, account: doctor.account, readingKeys: [] });
      await expect(unstored.write(one.id, observation(4))).rejects.toMatchObject(code('sealed-invalid')); // without keys the card does not open
      const blind = createMember({ ...scene.surroundings(doctor.token), storage: { ...scene.storage, upload: async () => 'ab'.repeat(32) as never }, account: doctor.account, readingKeys: [doctor.readingKeys] });
      await expect(blind.write(one.id, observation(4))).rejects.toMatchObject(code('chunk-unknown'));
    });

    test('seals under no key that the patient did not sign, whatever the gateway shows', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      const foreign = epochKeys((await scene.patient()).root, 'results', 1).publicKey;
      const client = asMember(doctor, { response: (path, body) => (path.endsWith('/writing-keys') ? { ...body, epochs: body.epochs.map((epoch: Json) => ({ ...epoch, key: foreign })) } : body) });
      await expect(client.write(id, observation(2))).rejects.toMatchObject(code('not-authorised'));
      // Nor under one that was followed by another, once it has seen that.
      const lost = await share(patient, other);
      let [old, isLying] = [undefined as Json, false];
      const wary = asMember(doctor, { response: (path, body) => (path.endsWith('/writing-keys') ? (isLying ? { ...old, now: body.now } : (old ??= body, body)) : body) });
      await wary.write(id, observation(3));
      await patient.client.revoke(lost.id);
      await wary.write(id, observation(4));
      isLying = true;
      await expect(wary.write(id, observation(5))).rejects.toMatchObject(code('epoch-over'));
    });
  });

  describe('a gateway', () => {
    test('is given no keys for whom the patient did not allow it: another recipient, a policy of its own making, a relationship that was revoked', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      /** What a wallet that opens anew wraps for the relationship as it is shown. */
      const given = async (show: (one: Json) => Json): Promise<number> => {
        const sent: Json[] = [];
        const gateway = scene.tampered(patient.token, {
          response: (path, body) => (path === '/relationships' ? { ...body, relationships: body.relationships.map((one: Json) => (one.id === id ? show({ ...one, lacksKeys: true }) : one)) } : body),
          request: (path, body) => { if (path === '/epochs') sent.push(...body.keys.wraps); return body; },
        });
        await createPatient({ ...scene.surroundings(patient.token), gateway, root: patient.root }).catchUp().catch(() => {});
        return sent.length;
      };
      const withPolicy = (one: Json, change: Json) => {
        const policy = parsePolicy({ ...one.policy, ...change });
        return { ...one, policy, recipient: policy.recipient, word: grantWord(policy, hexToBytes(one.salt.slice(2))) };
      };
      expect(await given((one) => one)).toBeGreaterThan(0);
      expect(await given((one) => ({ ...one, recipient: other.address }))).toBe(0);
      expect(await given((one) => ({ ...one, recipient: other.address, policy: { ...one.policy, recipient: other.address } }))).toBe(0);
      expect(await given((one) => withPolicy(one, { recipient: other.address }))).toBe(0);
      expect(await given((one) => withPolicy(one, { categories: ['sensitive'] }))).toBe(0);
      expect(await given((one) => ({ ...one, owner: relationshipKey(patient.root, 5, doctor.address).address, number: 5 }))).toBe(0);
      await patient.client.revoke(id);
      expect(await given((one) => ({ ...one, state: 'active' }))).toBe(0);
    });

    test('is given no keys for whom a consent is over, whatever time it says it is', async () => {
      const patient = await scene.patient();
      await share(patient, doctor, { until: scene.clock.now() + 86_400 });
      let wraps = 0;
      const gateway = scene.tampered(patient.token, {
        response: (path, body) => (path === '/relationships' ? { ...body, relationships: body.relationships.map((one: Json) => ({ ...one, lacksKeys: true })) } : body),
        request: (path, body) => { if (path === '/epochs') wraps += body.keys.wraps.length; return body; },
      });
      const catchUpAt = (now: () => number) => createPatient({ ...scene.surroundings(patient.token), gateway, root: patient.root, now: now as never }).catchUp();
      await catchUpAt(() => scene.clock.now() + 2 * 86_400);
      expect(wraps).toBe(0);
      await catchUpAt(scene.clock.now);
      expect(wraps).toBeGreaterThan(0);
    });

    test('is given no keys for a consent that it had the wallet sign twice, once the patient has revoked it', async () => {
      const patient = await scene.patient();
      const direct = scene.gateway.as(patient.token);
      let [refused, wraps, isLying]: [Json, number, boolean] = [undefined, 0, false];
      const post: typeof direct.post = async (path, body) => {
        if (path === '/epochs') wraps += (body as Json).keys.wraps.length;
        if (path !== '/relationships' || refused) return direct.post(path, body);
        refused = body;
        throw new HealthpassError('consent-conflict', 'look again', { field: 'version' });
      };
      const standing = (one: Json) => {
        const policy = canonicalPolicy({ ...parseConsent(refused.consent).choices, version: 1 });
        const { id, number, owner, grant, consent, salt } = refused;
        return { ...one, id, number, owner, grant, consent, salt, policy, word: grantWord(policy, hexToBytes(refused.salt.slice(2))), state: 'active', lacksKeys: true };
      };
      const get: typeof direct.get = async (path, query) => {
        const body = (await direct.get(path, query)) as Json;
        return isLying && path === '/relationships' ? { ...body, relationships: body.relationships.map(standing) } : body;
      };
      const client = createPatient({ ...scene.surroundings(patient.token), gateway: { ...direct, get, post }, root: patient.root });
      const { id } = await client.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card });
      await client.revoke(id);
      isLying = true;
      await client.catchUp().catch(() => {}); // a gateway that does not lie takes no such wraps
      expect(wraps).toBe(0);
    });

    test('is given no key of a single record that the consent does not give, whatever it says is missing or of which day', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor, { categories: ['results'], dataPeriod: { from: '2026-03-01' } });
      const [old, recent, other] = [await patient.client.addRecord(observation(1, '2026-02-01')), await patient.client.addRecord(observation(2, '2026-03-02')), await patient.client.addRecord(condition('hidden'))];
      const given = async (missing: readonly string[], show: (meta: Json) => Json = (meta) => meta): Promise<string[]> => {
        const sent: string[] = [];
        const gateway = scene.tampered(patient.token, {
          response: (path, body) => (path === '/relationships' ? { ...body, relationships: body.relationships.map((one: Json) => ({ ...one, missing })) }
            : path === '/records/search' ? { ...body, entries: body.entries.map((entry: Json) => ({ ...entry, meta: show(entry.meta) })) } : body),
          request: (path, body) => { if (path === `/relationships/${id}/wraps`) sent.push(...body.records.map(({ record }: Json) => record)); return body; },
        });
        await createPatient({ ...scene.surroundings(patient.token), gateway, root: patient.root }).catchUp().catch(() => {});
        return sent;
      };
      expect(await given([old.id, recent.id, other.id])).toEqual([recent.id]);
      expect(await given([old.id], (meta) => ({ ...meta, date: '2026-03-05' }))).toEqual([]);
    });

    test('has nobody change a consent for whom it was not made', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      const gateway = scene.tampered(patient.token, { response: (path, body) => (path === '/relationships' ? { ...body, relationships: body.relationships.map((one: Json) => ({ ...one, recipient: other.address })) } : body) });
      await expect(createPatient({ ...scene.surroundings(patient.token), gateway, root: patient.root }).changeConsent(id, scene.draft({ categories: ['results'] }))).rejects.toMatchObject(code('not-authorised'));
    });
  });

  describe('a gateway whose index lies', () => {
    test('to a reader: another patient’s record, category, day, author or key is found out each time; what it leaves out is not', async () => {
      const [patient, second] = [await scene.patient(), await scene.patient()];
      const [one, two] = [await share(patient, doctor), await share(second, doctor)];
      await doctor.client.write(one.id, observation(4));
      await doctor.client.write(two.id, observation(5));
      const foreign = await new Promise<Json>((resolve) => {
        void asMember(doctor, { response: (path, body) => (path.endsWith('/read') && resolve(body), body) }).read(two.id, { purpose: 'TREAT' });
      });
      const shown = async (lie: (body: Json, entry: Json) => Json) => {
        const client = asMember(doctor, { response: (path, body) => (path.endsWith('/read') ? { ...body, ...lie(body, body.entries[0]) } : body) });
        return (await client.read(one.id, { purpose: 'TREAT' })).records.map((record) => (isRead(record) ? 'read' : record.problem));
      };
      const meta = (change: Json) => (_: Json, entry: Json) => ({ entries: [{ ...entry, meta: { ...entry.meta, ...change } }] });
      expect(await shown(() => ({}))).toEqual(['read']);
      // The doctor may read both, and wrote both: still no record stands in the other's file, whichever wraps come with it.
      expect(['sealed-invalid', 'key-missing']).toContain((await shown(() => ({ entries: foreign.entries })))[0]); // by whether epochs of both have one number
      expect(await shown(() => ({ entries: foreign.entries, epochWraps: foreign.epochWraps }))).not.toContain('read');
      expect(await shown(meta({ category: 'conditions' }))).toEqual(['entry-unsigned']);
      expect(await shown(meta({ date: '2020-01-01' }))).toEqual(['entry-unsigned']);
      expect(await shown(meta({ author: other.address }))).toEqual(['entry-unsigned']);
      expect(await shown(meta({ author: 'patient' }))).toEqual(['entry-unsigned']);
      expect(await shown((_, entry) => ({ entries: [{ ...entry, epoch: entry.epoch + 1 }] }))).toEqual(['entry-unsigned']);
      expect(await shown((_, entry) => ({ entries: [entry, entry] }))).toEqual(['read', 'read']); // the same one twice, by its id
      expect(await shown(() => ({ entries: [] }))).toEqual([]); // told by nothing: docs/threat-model.md
    });
  });

  describe('a consent that has ended', () => {
    test('is not ended once more: consent-over', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      await patient.client.revoke(id);
      await expect(patient.client.revoke(id)).rejects.toMatchObject(code('consent-over'));
    });
  });

  describe('a gateway that shows an epoch key of its own', () => {
    test('gets no signature for it, neither for a reader nor for somebody who may only write', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      await doctor.client.write(id, observation(6));
      const { publicKey: planted } = epochKeys((await scene.patient()).root, 'results', 1);
      let signed = 0;
      const client = createPatient({
        ...scene.surroundings(patient.token), root: patient.root,
        gateway: scene.tampered(patient.token, {
          response: (path, body) => (path === '/relationships' && 'epochs' in body ? { ...body, epochs: body['epochs'].map((epoch: Json) => ({ ...epoch, key: planted })) } : body),
          request: (_, body) => ((signed += (JSON.stringify(body).match(/"signatures":\[\{/g) ?? []).length), body),
        }),
      });
      for (const actions of [['read'], ['write']]) {
        await expect(client.createRelationship({ recipient: other.address, consent: scene.draft({ actions, categories: ['results'] }), card: scene.card }), actions[0]).rejects.toMatchObject(code('sealed-invalid'));
      }
      expect(signed).toBe(0);
    });
  });

  describe('a store', () => {
    test('that swaps, changes or loses what it holds is found out, and the other records are read all the same', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      const written = [await doctor.client.write(id, observation(1, '2026-01-01')), await doctor.client.write(id, observation(2, '2026-01-02')), await doctor.client.write(id, observation(3, '2026-01-03'))];
      const { records } = await doctor.client.read(id, { purpose: 'TREAT' });
      const [first, second] = written.map((one) => records.find(({ meta }) => meta.id === one.id)!.reference);
      const lying = (swap: (reference: string, body: Uint8Array) => Promise<Uint8Array | undefined>) => createMember({
        ...scene.surroundings(doctor.token), account: doctor.account, readingKeys: [doctor.readingKeys], storage: createLyingStorage(swap),
      });
      const read = async (swap: Parameters<typeof lying>[0]) => Object.fromEntries((await lying(swap).read(id, { purpose: 'TREAT' })).records.map((record) => [record.meta.date, isRead(record) ? 'read' : record.problem]));
      const bytesOf = async (reference: string) => new Uint8Array(await (await fetch(`${scene.storageUrl}/bytes/${reference}`)).arrayBuffer());
      expect(await read(async (reference, body) => (reference === first ? bytesOf(second!) : body))).toEqual({ '2026-01-01': 'chunk-invalid', '2026-01-02': 'read', '2026-01-03': 'read' });
      expect(await read(async (reference, body) => (reference === second ? body.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) : body))).toEqual({ '2026-01-01': 'read', '2026-01-02': 'chunk-invalid', '2026-01-03': 'read' });
      expect(await read(async (reference, body) => (reference === first ? undefined : body))).toEqual({ '2026-01-01': 'chunk-unknown', '2026-01-02': 'read', '2026-01-03': 'read' });
    });

    test('whose gateway shows the reference of another record opens nothing: each key is bound to its place', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      for (const value of [1, 2]) await doctor.client.write(id, observation(value, `2026-01-0${value}`));
      const client = asMember(doctor, { response: (path, body) => (path.endsWith('/read') ? { ...body, entries: body.entries.map((entry: Json, i: number) => ({ ...entry, reference: body.entries[1 - i].reference })) } : body) });
      expect((await client.read(id, { purpose: 'TREAT' })).records.map((record) => (isRead(record) ? 'read' : record.problem))).toEqual(['entry-unsigned', 'entry-unsigned']);
      const swapped = asMember(doctor, { response: (path, body) => (path.endsWith('/read') ? { ...body, entries: body.entries.map((entry: Json, i: number) => ({ ...entry, sealedKey: body.entries[1 - i].sealedKey })) } : body) });
      expect((await swapped.read(id, { purpose: 'TREAT' })).records.map((record) => (isRead(record) ? 'read' : record.problem))).toEqual(['sealed-invalid', 'sealed-invalid']);
    });
  });

  describe('a patient, or whoever has a patient’s session', () => {
    /** The bodies that a wallet sends, as they are sent. */
    const sentBy = async (patient: Patient, change: (path: string, body: Json) => unknown, work: (client: ReturnType<typeof createPatient>) => Promise<unknown>) => work(asPatient(patient, change)).catch((error: unknown) => error);

    test('cannot forge a grant: of an address that signed nothing, of other words than were signed, with a Consent that says something else', async () => {
      const patient = await scene.patient();
      const thief = relationshipKey((await scene.patient()).root, 0, doctor.address).address;
      const wider = { provision: { type: 'permit' } };
      const attempts: readonly [string, (body: Json) => unknown, string][] = [
        ['owner', (body) => ({ ...body, owner: thief }), 'not-authorised'],
        ['proof', (body) => ({ ...body, proof: body.statement.signature }), 'not-authorised'],
        ['recipient', (body) => ({ ...body, recipient: other.address }), 'not-authorised'],
        ['salt', (body) => ({ ...body, salt: random32() }), 'not-authorised'],
        ['signature', (body) => ({ ...body, statement: { ...body.statement, signature: body.proof } }), 'not-authorised'],
        ['deadline', (body) => ({ ...body, statement: { ...body.statement, deadline: body.statement.deadline + 1 } }), 'not-authorised'],
        ['nonce', (body) => ({ ...body, statement: { ...body.statement, nonce: 1 } }), 'consent-conflict'],
        ['grant', (body) => ({ ...body, grant: random32() }), 'policy-invalid'],
        ['consent', (body) => ({ ...body, consent: { ...body.consent, ...wider } }), 'fhir-unsupported'],
        ['period', (body) => ({ ...body, consent: { ...body.consent, provision: { ...body.consent.provision, period: { ...body.consent.provision.period, end: '2029-01-01T00:00:00Z' } } } }), 'not-authorised'],
      ];
      for (const [name, forge, expected] of attempts) {
        const outcome = await sentBy(patient, (path, body) => (path === '/relationships' ? forge(body) : body), (client) => client.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card }));
        expect([name, (outcome as HealthpassError).code]).toEqual([name, expected]);
      }
      expect(await patient.client.relationships()).toEqual([]);
      expect((await doctor.client.relationships()).filter(({ card }) => card?.account === patient.account)).toEqual([]);
    });

    test('cannot replay: a proof of another account, a consent that was replaced, a revocation, an answer to a request', async () => {
      const [patient, thief] = [await scene.patient(), await scene.patient()];
      let [created, changed, revoked]: Json[] = [];
      const { link } = await doctor.client.ask({ actions: ['read'], purposes: ['TREAT'], until: scene.clock.now() + 86_400 });
      const recording = asPatient(patient, (path, body) => {
        if (path === '/relationships') created = body;
        if (path.endsWith('/consent')) changed ??= body;
        if (path.endsWith('/revocation')) revoked = body;
        return body;
      });
      const { id } = await recording.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card, asked: await patient.client.readAsked(link) });
      await recording.changeConsent(id, scene.draft({ categories: ['allergies', 'results'] }));
      await patient.client.changeConsent(id, scene.draft({ categories: ['allergies'] }));
      const post = async (path: string, body: Json, { token }: Patient, method = 'POST') => (await scene.call(method, path, body, token)).body['code'];
      const versionOf = async ({ token }: Patient) => (await scene.call('GET', '/relationships', undefined, token)).body['version'];
      expect(await post('/relationships', { ...created, version: 0 }, thief)).toBe('not-authorised');
      expect(await post('/relationships', { ...created, version: await versionOf(patient) }, patient)).toBe('consent-conflict'); // id, number and address are used up
      expect(await post(`/relationships/${id}/consent`, { ...changed, version: await versionOf(patient) }, patient, 'PUT')).toBe('consent-conflict');
      await recording.revoke(id);
      expect(await post(`/relationships/${id}/revocation`, { ...revoked, version: await versionOf(patient) }, patient)).toMatch(/^consent-(?:over|conflict)$/);
      const asked = await patient.client.readAsked(link);
      await expect(patient.client.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card, asked })).rejects.toMatchObject(code('consent-conflict'));
    });

    test('cannot leave out a wrap, nor give one to somebody whom it is not for', async () => {
      const patient = await scene.patient();
      const first = await share(patient, other, { categories: ['allergies'] });
      const wrong = (change: (keys: Json) => Json) => sentBy(patient, (path, body) => (path === '/relationships' ? { ...body, keys: { ...body.keys, ...change(body.keys) } } : body), (client) => client.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card }));
      const withoutOne = (keys: Json[]) => keys.filter((key) => key !== keys.find(({ relationship }) => relationship !== first.id)); // what others lack follows later
      for (const [name, change, expected] of [
        ['a wrap is missing', (keys) => ({ wraps: withoutOne(keys.wraps) }), 'consent-conflict'],
        ['a signature is missing', (keys) => ({ signatures: withoutOne(keys.signatures) }), 'consent-conflict'],
        ['a wrap for whom no consent allows it', (keys) => ({ wraps: [...keys.wraps, { ...keys.wraps.find((one: Json) => one.category === 'results'), relationship: first.id }] }), 'request-invalid'],
        ['a record’s wrap where the category is open', (keys) => ({ records: [{ relationship: first.id, record: 'ab'.repeat(16), wrap: keys.wraps[0].wrap }] }), 'request-invalid'],
        ['an epoch without its key’s signature', (keys) => ({ signatures: keys.signatures.map((one: Json, i: number) => (i === 0 ? { ...one, signature: keys.signatures[1].signature } : one)) }), 'not-authorised'],
      ['a number that was given before', (keys) => ({ epochs: keys.epochs.map((one: Json) => ({ ...one, epoch: 1 })) }), 'consent-conflict'],
        ['an epoch that began in the past', (keys) => ({ epochs: keys.epochs.map((one: Json) => ({ ...one, since: one.since - 86_400 })) }), 'consent-conflict'],
      ] as readonly [string, (keys: Json) => Json, string][]) expect([name, (await wrong(change) as HealthpassError).code]).toEqual([name, expected]);
    });

    test('cannot give the same key a thousand times: it is refused before the first signature is checked', async () => {
      const patient = await scene.patient();
      for (const part of ['signatures', 'wraps']) {
        const outcome = await sentBy(patient, (path, body) => (path === '/relationships' ? { ...body, keys: { ...body.keys, [part]: Array.from({ length: 1000 }, () => body.keys[part][0]) } } : body),
          (client) => client.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card }));
        expect([part, outcome]).toEqual([part, expect.objectContaining(code('request-invalid'))]);
      }
    });

    test('cannot fill the memory of the gateway with what nobody looks at in a Consent', async () => {
      const text = { status: 'additional', div: 'x'.repeat(2_000_000) };
      const outcome = await sentBy(await scene.patient(), (path, body) => (path === '/relationships' ? { ...body, consent: { ...body.consent, text } } : body),
        (client) => client.createRelationship({ recipient: doctor.address, consent: scene.draft(), card: scene.card }));
      expect(outcome).toMatchObject(code('text-too-long'));
    });

    test('cannot publish epochs without end: those that were overtaken are gone, and those ahead have a limit', async () => {
      const { token } = await scene.patient();
      const publish = async (from: number, count: number, since: number) => {
        const epochs = Array.from({ length: count }, (_, i) => ({ category: 'results', epoch: from + i, key: random32(), since: since + i }));
        const { body: { version } } = await scene.call('GET', '/relationships', undefined, token);
        return scene.call('POST', '/epochs', { keys: { epochs, signatures: [], wraps: [], records: [] }, version: version as number }, token);
      };
      const now = scene.clock.now();
      for (let from = 1; from <= 801; from += 400) expect((await publish(from, 400, now + 1000 + from)).status).toBe(200);
      expect((await publish(1201, 1, now)).body['epochs']).toMatchObject([{ epoch: 1201 }]);
      let last = { status: 200, body: {} as Record<string, unknown> };
      for (let from = 2001; last.status === 200 && from < 12_000; from += 400) last = await publish(from, 400, now + 1000 + from);
      expect(last).toMatchObject({ status: 503, body: { code: 'service-unavailable', field: 'keys.epochs' } });
    });

    test('revokes only with new keys, and only what is his own', async () => {
      const [patient, stranger] = [await scene.patient(), await scene.patient()];
      const one = await share(patient, doctor);
      let sent: Json;
      const outcome = await sentBy(patient, (path, body) => (path.endsWith('/revocation') ? (sent = { ...body, keys: { epochs: [], signatures: [], wraps: [], records: [] } }) : body), (client) => client.revoke(one.id));
      expect(outcome).toMatchObject(code('consent-conflict'));
      for (const path of [`/relationships/${one.id}/revocation`, `/relationships/${random32()}/revocation`]) {
        expect((await scene.call('POST', path, { ...sent, version: 0 }, stranger.token))).toMatchObject({ status: 404, body: { code: 'record-unknown' } });
      }
      await expect(doctor.client.read(one.id, { purpose: 'TREAT' })).resolves.toMatchObject({ records: [] });
    });
  });

  describe('a stranger', () => {
    test('with a session and a role gets of every route of a relationship what he gets of one that does not exist', async () => {
      const patient = await scene.patient();
      const { id } = await share(patient, doctor);
      await doctor.client.write(id, observation(6));
      const routes: readonly [string, string, unknown][] = [
        ['GET', 'writing-keys', undefined], ['POST', 'read', { request: random32(), purpose: 'TREAT' }],
        ['POST', 'records', { id: 'ab'.repeat(16), category: 'results', date: '2026-01-01', epoch: 1, reference: 'ab'.repeat(32), sealedKey: 'A'.repeat(100), content: random32(), time: scene.clock.now(), signature: `0x${'1'.repeat(130)}` }],
      ];
      for (const [method, path, body] of routes) {
        const [foreign, unknown] = [await scene.call(method, `/relationships/${id}/${path}`, body, other.token), await scene.call(method, `/relationships/${random32()}/${path}`, body, other.token)];
        expect([path, foreign]).toEqual([path, unknown]);
        expect(foreign).toMatchObject({ status: 404, body: { code: 'record-unknown' } });
      }
      expect((await other.client.relationships()).map((one) => one.id)).not.toContain(id);
      expect(await logOf(patient)).toHaveLength(2); // the consent and the record: who has no relationship leaves nothing in a patient’s log
    });

    test('cannot tell by the time whether a relationship is unknown, another’s, or was revoked', async () => {
      const patient = await scene.patient();
      const [foreign, revoked] = [await share(patient, other), await share(patient, doctor)];
      await patient.client.revoke(revoked.id);
      const shortest = { unknown: Infinity, foreign: Infinity, revoked: Infinity };
      const kinds = Object.keys(shortest) as (keyof typeof shortest)[];
      // A machine that has much else to do makes each of them longer at times, but never shorter: that all of them can end with the first slice shows in the end.
      for (let round = 0; round < 100 && !kinds.every((kind) => shortest[kind] < 2 * REFUSAL_SLICE); round++) {
        for (const kind of kinds) {
          const id = { unknown: random32(), foreign: foreign.id, revoked: revoked.id }[kind];
          const began = performance.now();
          const { status } = await scene.call('POST', `/relationships/${id}/read`, { request: random32(), purpose: 'TREAT' }, doctor.token);
          shortest[kind] = Math.min(shortest[kind], performance.now() - began);
          expect(status).toBe(404);
        }
      }
      // A timer may be early by less than a millisecond.
      for (const kind of kinds) expect([kind, Math.floor((shortest[kind] + 1) / REFUSAL_SLICE)]).toEqual([kind, 1]);
    });
  });
});
