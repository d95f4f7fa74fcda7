import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNotices } from '#records/gateway/notifications/notices.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import type { Database } from '#server';
import { describeOnDatabases } from '../../server/databases.ts';
import { allergy, condition, createExchangeScene, observation, random32, type ExchangeScene, type Member, type Patient } from './scene.ts';

let scene: ExchangeScene;
let doctor: Member;
let nurse: Member;
let opened: Database;
/** Sessions cannot be read. */
let isBroken = false;
const share = (patient: Patient, member: Member, change: Record<string, unknown> = {}) => patient.client.createRelationship({ recipient: member.address, consent: scene.draft(change), card: scene.card });

type Heard = { readonly kind: string; readonly relationship?: string; readonly id: string };
/** A stream, read as it comes. */
function hear({ token }: { readonly token: string }, query = '', last?: string) {
  const heard: Heard[] = [];
  const ending = new AbortController();
  let open = () => {};
  const isOpen = new Promise<void>((resolve) => { open = resolve; });
  const over = (async () => {
    const response = await scene.records.app.request(`/notifications${query}`, { headers: { authorization: `Bearer ${token}`, ...(last !== undefined && { 'last-event-id': last }) } });
    if (!response.ok) return open(), response.status;
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    ending.signal.addEventListener('abort', () => void reader.cancel());
    for (let rest = ''; ;) {
      const { done, value } = await reader.read();
      if (done) return 'ended';
      open();
      const parts = (rest + value).split('\n\n');
      rest = parts.pop()!;
      for (const part of parts) {
        const [data, id] = [/^data: (.*)$/m.exec(part)?.[1], /^id: (.*)$/m.exec(part)?.[1]];
        if (data !== undefined) heard.push({ ...JSON.parse(data) as Heard, id: id! });
      }
    }
  })();
  return { heard, over, isOpen, end: () => ending.abort(), kinds: () => heard.map(({ kind, relationship }) => [kind, relationship]) };
}
const until = async (is: () => boolean) => { for (let waited = 0; !is() && waited < 60_000; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50)); };

describeOnDatabases('notifications', RECORDS_MIGRATIONS, ({ database }) => {
  beforeAll(async () => {
    const on = database();
    const guarded = <T>(sql: string, work: () => Promise<T>) => (isBroken && sql.includes('FROM session') ? Promise.reject(new Error('zqcanary')) : work());
    opened = { ...on, query: (sql, parameters) => guarded(sql, () => on.query(sql, parameters)) };
    scene = await createExchangeScene(opened);
    [doctor, nurse] = [await scene.member(), await scene.member('nurse')];
  });
  afterAll(() => scene.stop());

  describe('GET /notifications', () => {
    test('tells a member what it may know when it is told, and nothing of what it may not; the patient, everything', async () => {
      const patient = await scene.patient();
      const whole = await share(patient, nurse);
      const narrow = await share(patient, doctor, { categories: ['allergies'], purposes: ['TREAT'] });
      const [ears, others, own] = [hear(doctor, '?purpose=TREAT'), hear(doctor, '?purpose=HRESCH'), hear(patient)];
      await Promise.all([ears.isOpen, others.isOpen, own.isOpen]);
      await nurse.client.write(whole.id, observation(1));
      await nurse.client.write(whole.id, condition('hidden'));
      await nurse.client.write(whole.id, allergy('nuts'));
      await doctor.client.read(narrow.id, { purpose: 'TREAT' });
      await until(() => ears.heard.length > 0 && own.heard.length >= 4);
      expect(ears.kinds()).toEqual([['records', narrow.id]]);
      expect(others.kinds()).toEqual([]);
      expect(own.kinds()).toEqual([['records', undefined], ['records', undefined], ['records', undefined], ['access', narrow.id]]);
      for (const one of [ears, others, own]) one.end();
    });

    test('ends with the relationship that it rests on, and tells what was written before a revocation to nobody after it', async () => {
      const patient = await scene.patient();
      const [kept, lost] = [await share(patient, nurse), await share(patient, doctor)];
      const ears = hear(doctor, `?relationship=${lost.id}`);
      await ears.isOpen;
      await patient.client.revoke(lost.id);
      expect(await ears.over).toBe('ended');
      expect(ears.kinds()).toEqual([['over', lost.id]]);
      await nurse.client.write(kept.id, observation(2));
      const again = hear(doctor, '', ears.heard[0]!.id);
      await again.isOpen;
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(again.kinds()).toEqual([]);
      again.end();
      expect(await hear(doctor, `?relationship=${lost.id}`).over).toBe(404);
      expect(await hear(doctor, `?relationship=${random32()}`).over).toBe(404);
    });

    test('goes on after what was heard last, by a sealed place that is worth nothing to anybody else', async () => {
      const patient = await scene.patient();
      const [one, two] = [await share(patient, doctor), await share(patient, nurse)];
      const ears = hear(doctor);
      await ears.isOpen;
      await nurse.client.write(two.id, observation(3));
      await until(() => ears.heard.length > 0);
      ears.end();
      await nurse.client.write(two.id, observation(4));
      const on = hear(doctor, '', ears.heard[0]!.id);
      await until(() => on.heard.length > 0);
      expect(on.kinds()).toEqual([['records', one.id]]);
      expect(on.heard[0]!.id).not.toBe(ears.heard[0]!.id);
      expect(on.heard[0]!.id).toHaveLength(ears.heard[0]!.id.length);
      const foreign = hear(nurse, '', ears.heard[0]!.id);
      await foreign.isOpen;
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(foreign.kinds()).toEqual([]);
      on.end();
      foreign.end();
    });

    test('ends with the session, with a suspension, and lets nobody open more than a few', async () => {
      const [leaving, suspended] = [await scene.member(), await scene.member('nurse')];
      const [one, two] = [hear(leaving), hear(suspended)];
      await Promise.all([one.isOpen, two.isOpen]);
      await scene.call('DELETE', '/sessions', undefined, leaving.token);
      await scene.suspend(suspended.address);
      expect(await Promise.all([one.over, two.over])).toEqual(['ended', 'ended']);
      expect(await hear(suspended).over).toBe(401);
      const many = Array.from({ length: 5 }, () => hear(doctor));
      await Promise.all(many.map(({ isOpen }) => isOpen));
      expect(await hear(doctor).over).toBe(503);
      for (const open of many) open.end();
    });

    test('a stream whose head alone is asked for (HEAD) is not held open', async () => {
      const { token } = await scene.member();
      for (let i = 0; i < 6; i++) await scene.records.app.request('/notifications', { method: 'HEAD', headers: { authorization: `Bearer ${token}` } });
      await expect.poll(async () => {
        const ears = hear({ token });
        await ears.isOpen;
        ears.end();
        return ears.over;
      }, { timeout: 5000 }).toBe('ended');
    });

    test('strangers, who have as many accounts as they like, leave room for members and for patients who share something', async () => {
      const strangers = await Promise.all(Array.from({ length: 40 }, () => scene.patient()));
      const many = strangers.flatMap(({ token }) => Array.from({ length: 5 }, () => hear({ token })));
      await Promise.all(many.map(({ isOpen }) => isOpen));
      const sharing = await scene.patient();
      expect(await hear(sharing).over).toBe(503);
      await share(sharing, doctor);
      for (const { token } of [sharing, await scene.member()]) {
        const ears = hear({ token });
        await ears.isOpen;
        ears.end();
        expect(await ears.over).toBe('ended');
      }
      for (const open of many) open.end();
      await Promise.all(many.map(({ over }) => over));
    });

    test('tells what comes to light late, of a lower number than what was told before', async () => {
      const [patient, member] = [await scene.patient(), await scene.member()];
      const { id } = await share(patient, member);
      const notices = createNotices(scene.records.deps);
      const notice = { kind: 'relationship', patient: (await opened.query<{ patient: never }>('SELECT patient FROM relationship WHERE id = $1', [id]))[0]!.patient, relationship: id as never, recipient: member.address, quiet: true } as const;
      const ears = hear(member);
      await ears.isOpen;
      // As two transactions at once leave them: the number is taken, what has it is committed later.
      const [late] = await opened.transaction(async (tx) => {
        await notices.add(tx, notice);
        return tx.query<{ id: number; audience: Uint8Array; sealed: Uint8Array; at: number }>('DELETE FROM notice WHERE id = (SELECT max(id) FROM notice) RETURNING id::int8 AS id, audience, sealed, at::int8 AS at');
      });
      await opened.transaction((tx) => notices.add(tx, notice));
      await until(() => ears.heard.length > 0);
      await opened.query('INSERT INTO notice (id, audience, sealed, at) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4)', [late!.id, late!.audience, late!.sealed, scene.clock.now()]);
      await expect.poll(() => ears.kinds(), { timeout: 5000 }).toEqual([['relationship', id], ['relationship', id]]);
      ears.end();
    });

    test('leaves out nothing of what was missed, however much it is', async () => {
      const [patient, member] = [await scene.patient(), await scene.member()];
      const { id } = await share(patient, member);
      const notices = createNotices(scene.records.deps);
      const [{ patient: of }] = (await opened.query<{ patient: never }>('SELECT patient FROM relationship WHERE id = $1', [id])) as [{ patient: never }];
      const notice = { kind: 'relationship', patient: of, relationship: id as never, recipient: member.address, quiet: true } as const;
      const ears = hear(member);
      await ears.isOpen;
      await opened.transaction((tx) => notices.add(tx, notice));
      await until(() => ears.heard.length > 0);
      ears.end();
      await opened.transaction((tx) => notices.add(tx, ...Array.from({ length: 1001 }, () => notice)));
      await opened.query('UPDATE notice SET at = at - 60'); // a while ago: only what is asked for brings it
      const on = hear(member, '', ears.heard[0]!.id);
      await until(() => on.heard.length >= 1001);
      expect(on.heard).toHaveLength(1001);
      on.end();
    });

    test('ends with a relationship at its time, of which no notice comes', async () => {
      const [patient, member] = [await scene.patient(), await scene.member()];
      const { id } = await share(patient, member, { until: scene.clock.now() + 600 });
      const ears = hear(member, `?relationship=${id}`);
      await ears.isOpen;
      scene.clock.pass(601);
      expect(await ears.over).toBe('ended');
      expect(ears.kinds()).toEqual([['over', id]]);
    });

    test('ends for whoever left the organisation, and tells of emergencies only those of its staff who take part in them', async () => {
      const hospital = await scene.grant('hospital');
      const staff = async (role: 'doctor' | 'nurse') => {
        const account = await scene.grant(role, { organisation: hospital.address });
        scene.roles.confirm(hospital.address, account.address);
        return { account, token: await scene.tokenOf(account) };
      };
      const [leaving, ward] = [await staff('doctor'), await staff('nurse')];
      const [ears, others] = [hear(leaving), hear(ward)];
      await Promise.all([ears.isOpen, others.isOpen]);
      const notice = { kind: 'emergency', patient: 'somebody' as never, subject: random32(), recipient: hospital.address, quiet: true } as const;
      await opened.transaction((tx) => createNotices(scene.records.deps).add(tx, notice));
      await until(() => ears.heard.length > 0);
      expect([ears.kinds(), others.kinds()]).toEqual([[['emergency', undefined]], []]);
      await scene.grant('doctor', { account: leaving.account });
      expect(await ears.over).toBe('ended');
      others.end();
    });

    test('breaks off without a word of what went wrong', async () => {
      const ears = hear(await scene.member());
      await ears.isOpen;
      isBroken = true;
      expect(await ears.over.finally(() => { isBroken = false; })).toBe('ended');
      expect(scene.trouble.at(-1)).toBe('a stream of notices broke off (Error)');
    });
  });
});
