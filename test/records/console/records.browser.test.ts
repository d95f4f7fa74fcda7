// A doctor at the console: asks a patient by a code, reads what is given, writes what is signed and refused what is wrong, orders from a laboratory, and
// stands before a closed page the moment the patient ends it. The patient is a wallet's own client.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { PatientClient } from '#records/client/patient.ts';
import { violationsOf } from '../../browser/accessibility.ts';
import { hasChromium } from '../../browser/faces.ts';
import type { Watched } from '../../browser/page.ts';
import { shot } from '../../browser/screenshot.ts';
import { wordsOf } from '../../browser/words.ts';
import { allergy, condition, observation, prohibition } from '../exchange/scene.ts';
import { button, go, heading, openRecordsDesk, words as w, type RecordsDesk } from './desk.browser.ts';

describe.skipIf(!hasChromium)('a record at the console', () => {
  let desk: RecordsDesk;
  let doctor: Watched;
  let page: Page;
  let patient: PatientClient;
  let relationship: string;
  beforeAll(async () => {
    desk = await openRecordsDesk();
    [doctor, patient] = await Promise.all([desk.member('doctor', 'Dr. Ada Sample'), desk.patient()]);
    ({ page } = doctor);
    await patient.addRecords([allergy('Penicillin <b>bold</b>'), condition('Asthma'), prohibition('Ibuprofen'), observation(13.1), observation(12.4, '2026-04-02')]);
  });
  afterAll(() => desk?.stop());
  const tab = (name: keyof typeof w.tabs) => page.getByRole('link', { name: w.tabs[name], exact: true }).click();
  const wide = (at: Page) => at.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  test('a patient who scans the code shares, and the page says so by itself', async () => {
    await go(page, 'patients');
    await page.getByText(w.patients.none).waitFor();
    await page.getByRole('link', { name: w.patients.ask }).click();
    await heading(page, w.ask.title).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'records/ask');
    await page.locator('#message').fill('For your visit on Friday');
    await button(page, w.ask.send).click();
    await page.getByRole('img', { name: w.ask.code }).waitFor();
    await shot(page, 'records/ask-code');
    const link = await page.getByRole('link', { name: w.ask.openWallet }).getAttribute('href');
    const asked = await patient.readAsked(link!);
    expect(asked.terms).toMatchObject({ actions: ['read', 'write'], purposes: ['TREAT'], message: 'For your visit on Friday' });
    const made = await patient.createRelationship({ recipient: asked.recipient, consent: { actions: ['read', 'write'], until: asked.terms.until as never }, card: desk.scene.card, asked });
    relationship = made.id;
    await heading(page, w.ask.granted).waitFor();
    await page.getByText('Ana Sample').waitFor();
    await shot(page, 'records/granted');
    await page.getByRole('link', { name: w.patients.open }).click();
  });

  test('the summary shows what may be read, each with its author', async () => {
    await heading(page, 'Ana Sample').waitFor();
    await page.locator('.card', { hasText: w.sections['48765-2'] }).getByText('Penicillin <b>bold</b>').waitFor();
    await page.getByText(w.item.patient).first().waitFor();
    await page.locator('.entry', { hasText: 'Ibuprofen' }).getByText(w.cautions['do-not-perform']).waitFor();
    const results = page.locator('.card', { hasText: w.sections['30954-2'] });
    expect(await results.locator('.entry:visible').allTextContents()).toEqual([expect.stringContaining('12.4')]); // the newest in sight
    await results.getByText('1 earlier value').click();
    await results.locator('.entry:visible', { hasText: '13.1' }).waitFor();
    expect([await violationsOf(page), await wide(page), await page.title()]).toEqual([[], 0, w.places.patients]);
    await shot(page, 'records/summary');
  });

  test('a form that lacks something names it; what is written is signed and stands in the timeline', async () => {
    await tab('write');
    await page.getByRole('link', { name: w.kinds.result.name }).click();
    await page.locator('#value').fill('5,4x');
    await button(page, w.writing.sign).click();
    await page.getByRole('alert').getByText(w.faults.number).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'records/write-fault');
    await page.locator('#test').selectOption('glucose');
    await page.locator('#value').fill('');
    await page.locator('#value').pressSequentially('97,5'); // what is wrong takes no focus from who mends it
    await button(page, w.writing.sign).click();
    await page.getByText(w.writing.written).waitFor();
    await page.getByRole('link', { name: w.writing.toTimeline }).click();
    await page.locator('#find').fill('2345-7');
    const entry = page.locator('.entry', { hasText: 'Glucose' });
    await entry.getByText('Dr. Ada Sample').waitFor();
    expect([await page.locator('.entry').count(), await violationsOf(page)]).toEqual([1, []]);
    await page.locator('#find').fill('');
    await shot(page, 'records/timeline');
    await entry.getByRole('link').click();
    await page.getByText('97.5 mg/dL').waitFor();
    await page.getByText(w.item.signed).waitFor();
    await page.locator('summary', { hasText: w.item.original }).click();
    await page.locator('.original', { hasText: '"http://unitsofmeasure.org"' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'records/item');
  });

  test('FHIR of another system is refused by element, rule and line; the right one keeps its digits', async () => {
    await tab('write');
    await page.getByRole('link', { name: w.kinds.fhir.says }).click();
    const wrong = JSON.stringify({ ...observation(7), status: 'done', extra: true }, undefined, 2);
    await page.locator('#fhir').fill(wrong);
    await button(page, w.writing.check).click();
    const faults = page.getByRole('alert');
    await faults.getByText('Observation.status').waitFor();
    await faults.locator('li', { hasText: 'Observation.status' }).getByText(w.writing.where.replace('{line}', '3'), { exact: false }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'records/fhir-faults');
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await wide(page)).toBe(0);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.locator('#fhir').fill(JSON.stringify(observation(7)).replace('"value":7', '"value":7.250'));
    await button(page, w.writing.check).click();
    await page.getByText(w.writing.checked).waitFor();
    await button(page, w.writing.sign).click();
    await page.getByText(w.writing.written).waitFor();
    const mine = await patient.records();
    expect(mine.some((record) => 'content' in record && record.content.text.includes('7.250'))).toBe(true);
  });

  test('an order goes to a laboratory of the directory, whose result comes back to the page while it is open', async () => {
    const { account, ...laboratory } = await desk.member('laboratory', 'Sample Laboratory');
    await tab('refer');
    await page.getByRole('radio', { name: w.care.order }).check();
    await page.locator('#member').fill('Sample Lab');
    await page.getByRole('option', { name: 'Sample Laboratory' }).click();
    await page.getByRole('checkbox', { name: w.choices.test.tsh }).check();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'records/order');
    await button(page, w.care.send).click();
    await page.getByText(/Ordered from/).waitFor();
    const order = (await patient.records()).find((record) => 'resource' in record && record.resource.resourceType === 'ServiceRequest');
    expect(JSON.stringify(order && 'resource' in order && order.resource['performer']).toLowerCase()).toContain(account);
    await patient.createRelationship({ recipient: account, consent: { actions: ['read', 'write'], categories: ['plans', 'results'], until: (Math.floor(Date.now() / 1000) + 86_400) as never }, card: desk.scene.card });
    await laboratory.page.getByRole('link', { name: w.places.patients }).click();
    await laboratory.page.getByRole('link', { name: 'Ana Sample' }).click();
    await laboratory.page.getByRole('link', { name: w.tabs.timeline, exact: true }).click();
    await laboratory.page.locator('.entry', { hasText: w.categories.plans }).getByRole('link').click();
    await laboratory.page.getByRole('link', { name: w.item.answer }).click();
    expect(await laboratory.page.locator('#test').inputValue()).toBe('tsh');
    await laboratory.page.locator('#value').fill('2.1');
    await button(laboratory.page, w.writing.sign).click();
    await laboratory.page.getByText(w.writing.written).waitFor();
    await laboratory.context.close();
    await page.getByText(w.record.news).waitFor();
    await button(page, w.record.readAgain).click();
    await tab('timeline');
    await page.locator('.entry', { hasText: '2.1 mIU/L' }).getByText('Sample Laboratory').waitFor();
  });

  test('in Arabic on the smallest phone in the dark it holds too', async () => {
    const ar = await wordsOf('records', 'ar');
    await page.setViewportSize({ width: 320, height: 640 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.evaluate((id) => { location.hash = `#/patients/${id}/timeline`; }, relationship);
    await page.locator('.entry').first().waitFor();
    await button(page, w.menu).click();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
    await page.getByText(ar.tabs.timeline).waitFor();
    await button(page, ar.menu).click();
    for (const at of ['timeline', 'summary', 'write', 'write/vitals', 'refer', 'access']) {
      await page.evaluate(([id, path]) => { location.hash = `#/patients/${id!}/${path!}`; }, [relationship, at]);
      await page.locator('.tab-list').waitFor();
      await page.waitForFunction(() => document.querySelector('.waiting') === null);
      await shot(page, `records/ar-${at.replace('/', '-')}`);
      expect([at, at === 'summary' || at === 'access' ? await violationsOf(page) : [], await wide(page)]).toEqual([at, [], 0]);
    }
    await page.evaluate((id) => { location.hash = `#/patients/${id}/timeline`; }, relationship);
    await page.locator('.entry-what a').first().click();
    await page.locator('.item .facts').waitFor();
    expect(await page.locator('.item .facts').innerText()).not.toContain('\ufffd'); // days in Arabic have marks of direction, and they are ours
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('combobox', { name: 'اللغة' }).selectOption('en');
  });

  test('the moment the patient ends it the page closes, and says what stays and what does not', async () => {
    await page.evaluate((id) => { location.hash = `#/patients/${id}/timeline`; }, relationship);
    await page.locator('.entry').first().waitFor();
    await patient.revoke(relationship);
    await heading(page, w.access.ended).waitFor();
    await page.getByText(w.access.endedSays).waitFor();
    expect([await page.getByText('Asthma').count(), await violationsOf(page)]).toEqual([0, []]);
    await shot(page, 'records/ended');
  });

  test('nothing complained on the way, and nothing of a patient left for another place', () => {
    expect(doctor.complaints.filter((said) => !/40[134]/.test(said))).toEqual([]);
    expect([...doctor.origins].toSorted()).toEqual([new URL(desk.url).origin, desk.scene.storageUrl].toSorted());
    expect(doctor.told.filter((said) => /Penicillin|Asthma|Ana/.test(said))).toEqual([]);
  });
});
