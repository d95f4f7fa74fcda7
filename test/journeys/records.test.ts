// Public patient summaries, from the hospital that writes them to the patient who checks who read them: stored, shared, read, revoked, accounted for. In one
// process, on a real chain and both databases; the same journey in browsers is told elsewhere.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRead } from '#records/client/open-record.ts';
import { verifyAccessLog } from '#records/client/access-log.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { readAuditEvent } from '#records/model/audit/index.ts';
import { resourcesOf, sectionsOf, validateResource } from '#records/model/fhir/index.ts';
import { createExchangeScene, random32, type ExchangeScene, type Member, type Patient } from '../records/exchange/scene.ts';
import { bundleText, hasVectors, summaries } from '../records/model/fhir/examples.ts';
import { describeOnDatabases } from '../server/databases.ts';

describeOnDatabases('records of public patient summaries', RECORDS_MIGRATIONS, ({ database }) => {
  let scene: ExchangeScene;
  let hospital: Member;
  let doctor: Member;
  beforeAll(async () => {
    scene = await createExchangeScene(database());
    [hospital, doctor] = [await scene.member('hospital'), await scene.member()];
  });
  afterAll(() => scene.stop());

  const accounted = async (patient: Patient) => {
    scene.clock.pass(61); // a checkpoint a minute
    for (const { run } of scene.records.work) await run();
    return verifyAccessLog({ gateway: scene.gateway.as(patient.token), address: scene.signedBy, deployment: scene.care, endpoints: scene.rpc, now: scene.clock.now });
  };

  for (const path of summaries) {
    test.skipIf(!hasVectors)(`${path.replace(/^.*\//, '')} is written, shared in part, read, revoked and accounted for (skipped without the public vectors)`, async () => {
      const { patient: person, records } = resourcesOf(bundleText(path));
      const patient = await scene.patient();
      const card = { name: 'Somebody invented', ...(person && { resource: person.resource as never }) };
      const atHospital = await patient.client.createRelationship({ recipient: hospital.address, consent: scene.draft({ actions: ['read', 'write'] }), card });
      const written = await Promise.all(records.map(({ text }) => hospital.client.write(atHospital.id, text)));
      expect(written.length).toBeGreaterThan(0);

      // The hospital reads back every byte that it wrote, and the patient holds the same.
      const texts = (list: readonly { readonly content?: { readonly text: string } }[]) => list.map((record) => record.content?.text).toSorted();
      const ordinary = records.filter((_, i) => written[i]!.category !== 'sensitive');
      expect(texts((await hospital.client.readAll(atHospital.id, { purpose: 'TREAT' })) as never)).toEqual(ordinary.map(({ text }) => text).toSorted());
      expect(texts((await patient.client.records()) as never)).toEqual(records.map(({ text }) => text).toSorted());

      // A doctor is shown allergies and conditions only, and makes a summary of them.
      const shared = ['allergies', 'conditions'] as const;
      const atDoctor = await patient.client.createRelationship({ recipient: doctor.address, consent: scene.draft({ actions: ['read'], categories: shared, purposes: ['TREAT'] }), card });
      const seen = await doctor.client.readAll(atDoctor.id, { purpose: 'TREAT' });
      expect(seen.every(isRead)).toBe(true);
      expect(seen.map(({ meta: { id } }) => id).toSorted()).toEqual(written.filter(({ category }) => (shared as readonly string[]).includes(category)).map(({ id }) => id).toSorted());
      const summary = await doctor.client.summary(atDoctor.id, { purpose: 'TREAT' });
      expect(validateResource(summary).filter(({ severity }) => severity === 'error')).toEqual([]);
      const inSummary = sectionsOf(summary).flatMap(({ entries }) => entries);
      expect([inSummary.length > 0, inSummary.length <= seen.length]).toEqual([true, true]); // what was entered in error is left out

      await patient.client.revoke(atDoctor.id);
      expect(await scene.call('POST', `/relationships/${atDoctor.id}/read`, { request: random32(), purpose: 'TREAT' }, doctor.token)).toMatchObject({ status: 404, body: { code: 'record-unknown' } });

      // Whoever reads was entered, allowed or not, in a log that the chain shows to be whole.
      const { verdict, file } = await accounted(patient);
      expect(verdict).toMatchObject({ outcome: 'complete', upTo: file.entries.length, unanchored: 0 });
      const told = file.entries.map(({ document }) => readAuditEvent(document).access);
      expect(told.filter(({ kind }) => kind === 'written')).toHaveLength(written.length);
      expect(told.filter((access) => access.kind === 'read' && access.actor.kind === 'member' && access.actor.person.address === doctor.address).map((access) => 'released' in access && access.released.length)).toEqual([seen.length, seen.length]);
      expect(told.at(-1)).toMatchObject({ kind: 'denied', reason: 'revoked', actor: { person: { address: doctor.address } } });
      expect(told.filter(({ kind }) => kind === 'consent').map((access) => 'change' in access && access.change)).toEqual(['granted', 'granted', 'withdrawn']);
    });
  }
});
