// A laboratory's result gets back to all who may see it and to nobody else: it is written by whoever may read nothing, told as it comes, and not to
// a hospital whose consent was withdrawn meanwhile.
import { describe, expect, test } from 'vitest';
import { violationsOf } from '../browser/accessibility.ts';
import { shot } from '../browser/screenshot.ts';
import { CARE_CANARIES as C, type CareStage } from './care-stage.browser.ts';

const TEST = /h(a|)emoglobin/i;

export const describeLaboratory = (of: () => CareStage) => describe('a result from the laboratory', () => {
  test('the physician orders, the patient lets the laboratory write and read nothing', async () => {
    const { person, desk } = of();
    const physician = await desk('physician');
    await physician.order('Sample Laboratory', ['haemoglobin'], C.order);
    await person.shareFrom(TEST, 'Sample Laboratory');
    await person.choose({ may: 'write', only: ['results'], lasts: 'week' });
    await person.confirm();
    const laboratory = await desk('laboratory');
    await laboratory.openPatient(C.person);
    expect(await laboratory.page.locator('nav.tabs a').allTextContents()).toEqual([laboratory.w.tabs.write, laboratory.w.tabs.access]);
    expect(await laboratory.page.content()).not.toContain(C.allergy);
  });

  test('the hospital whose consent is withdrawn sees its page close by itself', async () => {
    const { person, phone, desk } = of();
    const hospital = await desk('hospital');
    expect(await hospital.timeline()).toContain(C.encounter);
    await person.revoke('Sample General Hospital');
    await shot(phone.page, 'wallet/care-revoked');
    expect(await violationsOf(phone.page)).toEqual([]);
    await hospital.ended();
    await shot(hospital.page, 'records/care-ended');
    expect(await hospital.page.locator('main').innerText()).not.toMatch(/zq/i);
  });

  test('the result is told to physician and patient as it comes, and to nobody who may not see it', async () => {
    const { person, phone, desk, notified } = of();
    const [physician, laboratory, hospital, specialist] = await Promise.all([desk('physician'), desk('laboratory'), desk('hospital'), desk('cardiologist')]);
    await physician.timeline();
    await person.tab('records');
    const before = [hospital, specialist].map(({ watched }) => notified(watched));
    await laboratory.write('result', { test: 'haemoglobin', value: C.result, interpretation: 'H' });
    await phone.page.locator('.record-link', { hasText: 'Sample Laboratory' }).waitFor(); // nobody touched the page
    await physician.news();
    await physician.openEntry(TEST, 'Sample Laboratory');
    await physician.page.getByText(`${C.result} g/dL`).waitFor();
    await shot(physician.page, 'records/care-result');
    expect(notified(physician.watched)).toContain('"kind":"records"');
    expect([hospital, specialist].map(({ watched }) => notified(watched))).toEqual(before);
    await hospital.ended();
  });
});
