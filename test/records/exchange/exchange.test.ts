import { afterAll, beforeAll, expect, test } from 'vitest';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { isRead } from '#records/client/open-record.ts';
import { describeOnDatabases } from '../../server/databases.ts';
import { allergy, createExchangeScene, observation, type ExchangeScene } from './scene.ts';

describeOnDatabases('the exchange', RECORDS_MIGRATIONS, ({ database }) => {
  let scene: ExchangeScene;
  beforeAll(async () => { scene = await createExchangeScene(database()); });
  afterAll(() => scene.stop());

  test('a patient allows, a doctor writes and reads, the patient reads and revokes', async () => {
    const [ana, doctor] = [await scene.patient(), await scene.member()];
    const { link } = await doctor.client.ask({ actions: ['read', 'write'], purposes: ['TREAT'], until: scene.clock.now() + 86_400 });
    const asked = await ana.client.readAsked(link);
    expect(asked.member).toBe(doctor.address);
    const created = await ana.client.createRelationship({ recipient: doctor.address, consent: scene.draft({ purposes: ['TREAT'] }), card: scene.card, asked });
    expect(created.state).toBe('active');
    const [received] = await doctor.client.relationships();
    expect(received).toMatchObject({ id: created.id, state: 'active', isAnswer: true, card: { name: 'Ana Sample', account: ana.account } });

    const written = await doctor.client.write(created.id, observation(13.2));
    expect(written.category).toBe('results');
    const { records } = await doctor.client.read(created.id, { purpose: 'TREAT' });
    expect(records.map((record) => isRead(record) && record.resource['valueQuantity'])).toEqual([observation(13.2).valueQuantity]);
    expect(await ana.client.records()).toMatchObject([{ meta: { author: doctor.address }, authorship: { outcome: 'verified' } }]);

    expect((await ana.client.revoke(created.id)).state).toBe('revoked');
    await expect(doctor.client.read(created.id, { purpose: 'TREAT' })).rejects.toMatchObject({ code: 'record-unknown' });
    expect(await doctor.client.relationships()).toEqual([]);
  });

  test('an appointment that is still to come, and a plan that has not begun, are filed and read', async () => {
    const [ana, doctor] = [await scene.patient(), await scene.member()];
    const { id } = await ana.client.createRelationship({ recipient: doctor.address, consent: scene.draft({ purposes: ['TREAT'] }), card: scene.card });
    const [day, later] = [0, 30].map((days) => new Date((scene.clock.now() + days * 86_400) * 1000).toISOString().slice(0, 10)) as [string, string];
    await ana.client.addRecords([
      { resourceType: 'Appointment', status: 'booked', start: `${later}T09:00:00Z`, end: `${later}T09:30:00Z`, participant: [{ actor: { reference: 'Patient/1' }, status: 'accepted' }] } as never,
      { resourceType: 'CarePlan', status: 'active', intent: 'plan', subject: { reference: 'Patient/1' }, period: { start: later } } as never,
    ]);
    const read = await doctor.client.readAll(id, { purpose: 'TREAT' });
    expect(read.map((record) => [isRead(record), record.meta.date])).toEqual([[true, day], [true, day]]);
  });

  test('a member whose patients fill many pages is told of all of them, the newest first, and goes on after none of another’s', async () => {
    const [doctor, other] = [await scene.member(), await scene.member()];
    const ids: string[] = [];
    const shareWith = async ({ address }: typeof doctor) => {
      const { id } = await (await scene.patient()).client.createRelationship({ recipient: address, consent: scene.draft(), card: scene.card });
      scene.clock.pass(1);
      return id;
    };
    for (let n = 0; n < 3; n++) ids.unshift(await shareWith(doctor));
    const foreign = await shareWith(other);
    const page = async (after?: string) => (await scene.gateway.as(doctor.token).get('/relationships/received', { limit: '2', after })) as { relationships: { id: string }[]; next?: string };
    const first = await page();
    const second = await page(first.next);
    expect([first, second].map(({ relationships }) => relationships.map(({ id }) => id))).toEqual([ids.slice(0, 2), ids.slice(2)]);
    expect([first.next, second.next, await page(foreign)]).toEqual([ids[1], undefined, { relationships: [] }]);
    expect((await doctor.client.relationships()).map(({ id }) => id)).toEqual(ids);
  });

  test('who asks again is answered by a change of the access that is there, and sees that its code was read', async () => {
    const [ana, doctor, nurse] = [await scene.patient(), await scene.member(), await scene.member('nurse')];
    const ask = async (categories: readonly ('results' | 'allergies')[], of = doctor) => {
      const { id, link } = await of.client.ask({ actions: ['read'], purposes: ['TREAT'], categories: [...categories], until: scene.clock.now() + 86_400 });
      return { id, asked: await ana.client.readAsked(link) };
    };
    const first = await ask(['results']);
    const { id } = await ana.client.createRelationship({ recipient: doctor.address, consent: scene.draft({ categories: ['results'] }), card: scene.card, asked: first.asked });
    const second = await ask(['results', 'allergies']);
    const answer = { asked: second.asked, card: scene.card };
    expect(await ana.client.changeConsent(id, scene.draft({ categories: ['results', 'allergies'] }), answer)).toMatchObject({ id, request: second.id });
    expect(await ana.client.relationships()).toHaveLength(1);
    expect(await doctor.client.relationships()).toMatchObject([{ id, request: second.id, isAnswer: true, terms: { categories: expect.arrayContaining(['results', 'allergies']) as unknown } }]);
    await ana.client.addRecord(allergy('Latex') as never);
    expect((await doctor.client.readAll(id, { purpose: 'TREAT' })).map(({ meta }) => meta.category)).toEqual(['allergies']);
    // Neither what was answered before is answered again, nor what somebody else asked for.
    await expect(ana.client.changeConsent(id, scene.draft(), answer)).rejects.toMatchObject({ code: 'consent-conflict' });
    await expect(ana.client.changeConsent(id, scene.draft(), { ...answer, asked: (await ask(['results'], nurse)).asked })).rejects.toMatchObject({ code: 'request-invalid' });
    expect(await doctor.client.relationships()).toMatchObject([{ request: second.id }]);
  });
});
