// Admission to a hospital that never saw the patient: it asks by a code, the wallet films the code, gives less than was asked, and sees afterwards who looked.
import { describe, expect, test } from 'vitest';
import { violationsOf } from '../browser/accessibility.ts';
import { pictureOfPng } from '../browser/film.ts';
import { shot } from '../browser/screenshot.ts';
import { CARE_CANARIES as C, type CareStage } from './care-stage.browser.ts';

export const describeAdmission = (of: () => CareStage) => describe('admission to a hospital that never saw the patient', () => {
  test('a person begins records in the wallet, and writes down what only the person knows', async () => {
    const { person, phone } = of();
    await person.begin(C.person);
    await person.beginRecords(`Ada ${C.person}`, C.birth);
    await person.writeDown('allergy', C.allergy);
    await person.writeDown('note', C.secret, { isSensitive: true, text: `${C.secret} in every word` });
    await shot(phone.page, 'wallet/care-own-records');
    expect(await violationsOf(phone.page)).toEqual([]);
  });

  test('the hospital asks, the wallet films the code, and the patient gives less than was asked', async () => {
    const { person, phone, desk, cinema } = of();
    const hospital = await desk('hospital');
    await hospital.ask();
    await shot(hospital.page, 'records/care-ask');
    expect(await violationsOf(hospital.page)).toEqual([]);
    await cinema.film([pictureOfPng(await hospital.page.screenshot())], { share: 0.95 });
    await person.scan();
    await shot(phone.page, 'wallet/care-asked');
    expect(await violationsOf(phone.page)).toEqual([]);
    await person.choose({ lasts: 'week', only: ['allergies', 'conditions', 'encounters', 'medications', 'results'] });
    await shot(phone.page, 'wallet/care-narrowed');
    await person.confirm();
    await shot(phone.page, 'wallet/care-granted');
    await hospital.answered();
  });

  test('the hospital reads a summary in which everything says who wrote it, and nothing of what was withheld', async () => {
    const { page, tab, timeline, openEntry, w } = await of().desk('hospital');
    await page.locator('.summary .entry', { hasText: C.allergy }).getByText(w.item.patient).waitFor();
    await shot(page, 'records/care-summary');
    expect(await violationsOf(page)).toEqual([]);
    expect(await timeline()).toEqual([C.allergy]);
    await openEntry(C.allergy);
    await shot(page, 'records/care-reported');
    expect(await page.locator('main').innerText()).not.toContain(C.secret);
    await tab('access');
    await shot(page, 'records/care-access');
  });

  test('what the hospital writes is in the wallet, signed by it, and the wallet tells who looked', async () => {
    const { person, phone, desk } = of();
    const hospital = await desk('hospital');
    await hospital.write('visit', { visitClass: 'IMP', reason: C.encounter });
    expect(await hospital.timeline()).toHaveLength(2);
    await shot(hospital.page, 'records/care-timeline');
    expect((await person.records()).filter((line) => line.includes('Sample General Hospital'))).toHaveLength(1);
    await shot(phone.page, 'wallet/care-records');
    const lines = (await person.looked()).join('\n');
    await shot(phone.page, 'wallet/care-looked');
    expect(await violationsOf(phone.page)).toEqual([]);
    expect(lines).toMatch(/Sample General Hospital.*(?:read|looked)/);
    expect(lines).not.toContain('zq');
  });
});
