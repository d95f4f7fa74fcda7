import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { describeOnDatabases } from '../../server/databases.ts';
import { allergy, condition, createExchangeScene, observation, random32, type ExchangeScene, type Member, type Patient } from './scene.ts';

let scene: ExchangeScene;
let doctor: Member;
let nurse: Member;
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
    scene = await createExchangeScene(database());
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
  });
});
