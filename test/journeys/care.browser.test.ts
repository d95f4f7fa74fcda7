// Connected care through the pages, in one browser and on one system: a hospital that never saw the patient, a specialist, a laboratory, pharmacies,
// another doctor, an emergency; and that not a word of any record went anywhere in clear.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { hasChromium } from '../browser/faces.ts';
import { shot } from '../browser/screenshot.ts';
import { keptBy } from '../browser/traces.ts';
import { describeAdmission } from './care-admission.browser.ts';
import { describeApps } from './care-apps.browser.ts';
import { describeEmergency } from './care-emergency.browser.ts';
import { describeLaboratory } from './care-laboratory.browser.ts';
import { describeMoving } from './care-moving.browser.ts';
import { describePrescription } from './care-prescription.browser.ts';
import { describeReferral } from './care-referral.browser.ts';
import { CARE_CANARIES, openCareStage, type CareStage } from './care-stage.browser.ts';
import { bytesBelow, chainText, foundIn } from './leaks.ts';

vi.setConfig({ testTimeout: 240_000 });
const WORDS = Object.values(CARE_CANARIES);
const found = (text: string) => foundIn(Buffer.from(text), WORDS);

describe.skipIf(!hasChromium)('connected care', () => {
  let stage: CareStage;
  beforeAll(async () => { stage = await openCareStage(); });
  afterAll(() => stage?.close());
  beforeEach(({ onTestFailed }) => onTestFailed(async () => {
    for (const [i, { page }] of stage.seen.entries()) if (!page.isClosed()) await shot(page, `failed/care-${i}`);
  }));
  const of = () => stage;

  describeApps(of);
  describeAdmission(of);
  describeReferral(of);
  describeLaboratory(of);
  describePrescription(of);
  describeMoving(of);
  describeEmergency(of);

  test('no page asked anybody but the services, or complained', () => {
    const { endpoints, urls } = stage.system;
    const own = new Set([...Object.values(endpoints), ...Object.values(urls)].flatMap((url) => [new URL(url).origin, new URL(url).origin.replace('127.0.0.1', 'localhost')]));
    for (const { origins, complaints } of stage.seen) {
      expect([...origins].filter((origin) => !own.has(origin))).toEqual([]);
      expect(complaints.filter((complaint) => !/Failed to load resource/.test(complaint))).toEqual([]); // a refusal is answered with a status, which browsers note
    }
  });

  test('not a word of a record went into an address, a console, a notification, or what browsers keep in clear', async () => {
    expect(stage.notified()).toContain('"kind"');
    expect(found(stage.notified())).toEqual([]);
    for (const { told, page, context } of stage.seen) {
      expect(found(told.join('\n'))).toEqual([]);
      if (!page.isClosed()) expect(found(`${await keptBy(page)} ${JSON.stringify(await context.cookies())}`)).toEqual([]);
    }
  });

  test('nor into a log, the chain, the database of the gateway, or the storage', async () => {
    const { system, logged } = stage;
    const chain = await chainText(system.endpoints.rpc);
    expect([chain.length > 10_000, found(chain)]).toEqual([true, []]);
    expect([logged().length > 10_000, found(logged())]).toEqual([true, []]);
    const { id } = (await (await stage.program('family-doctor')).client.relationships())[0]!;
    const database = await bytesBelow(system.folder.recordsDatabase); // with the log that is written ahead of every table
    expect([database.includes(Buffer.from(id.slice(2), 'hex')) || database.includes(id), foundIn(database, WORDS)]).toEqual([true, []]);
    const storage = await bytesBelow(system.folder.storageFolder);
    expect([storage.length > 1000, foundIn(storage, WORDS)]).toEqual([true, []]);
  });
});
