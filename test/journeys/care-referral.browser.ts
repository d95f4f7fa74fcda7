// Referral: a physician writes it to a colleague of the directory, the patient shares from it, the colleague reads just that and writes back.
import { describe, expect, test } from 'vitest';
import { violationsOf } from '../browser/accessibility.ts';
import { shot } from '../browser/screenshot.ts';
import { CARE_CANARIES as C, type CareStage } from './care-stage.browser.ts';

export const describeReferral = (of: () => CareStage) => describe('referral from a physician to a specialist', () => {
  test('the physician is let in by a link, and refers to somebody of the directory', async () => {
    const { person, phone, desk } = of();
    const physician = await desk('physician');
    await person.openLink(await physician.ask({ period: 'year' }));
    await person.confirm();
    await physician.answered();
    await physician.refer('Dr. Sample Cardiologist', C.referral);
    await shot(physician.page, 'records/care-referred');
    await person.openRecord(C.referral);
    await shot(phone.page, 'wallet/care-referral');
    expect(await violationsOf(phone.page)).toEqual([]);
  });

  test('the patient shares from the referral, and the specialist reads what was shared; what was withheld leaves no trace', async () => {
    const { person, desk } = of();
    await person.shareFrom(C.referral, 'Dr. Sample Cardiologist');
    await person.choose({ only: ['allergies', 'plans', 'documents'], lasts: 'month' });
    await person.confirm();
    const specialist = await desk('cardiologist');
    await specialist.openPatient(C.person);
    expect((await specialist.timeline()).toSorted()).toEqual([C.allergy, C.referral]);
    await shot(specialist.page, 'records/care-specialist');
    const { page } = specialist;
    expect(await page.locator('main').innerText()).toContain('2 entries');
    expect(await page.locator('#kind option').allTextContents()).toEqual([specialist.w.record.filter.all, specialist.w.categories.allergies, specialist.w.categories.plans]);
    for (const withheld of [C.encounter, C.secret]) expect(await page.content()).not.toContain(withheld);
  });

  test('the specialist writes back, and the physician’s page says so by itself', async () => {
    const { desk } = of();
    const [specialist, physician] = [await desk('cardiologist'), await desk('physician')];
    await physician.timeline();
    await specialist.openEntry(C.referral);
    await specialist.write('note', { title: C.report, text: `${C.report} in every word` });
    await physician.news();
    expect(await physician.timeline()).toContain(C.report);
    await physician.openEntry(C.report);
    await physician.page.getByText(physician.w.item.member.replace('{name}', '\u2068Dr. Sample Cardiologist\u2069')).waitFor();
    await shot(physician.page, 'records/care-report');
    expect(await violationsOf(physician.page)).toEqual([]);
  });
});
