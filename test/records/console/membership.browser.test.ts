// From keys that are made to a role that stands: a doctor applies, a body decides, an organisation confirms its people and hands them its key; who is
// suspended is told so. All in browsers, on a gateway and a chain that are real.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { violationsOf } from '../../browser/accessibility.ts';
import { hasChromium } from '../../browser/faces.ts';
import { PHONE, type Watched } from '../../browser/page.ts';
import { shot } from '../../browser/screenshot.ts';
import { wordsOf } from '../../browser/words.ts';
import { apply, button, go, heading, openRecordsDesk, words as w, type RecordsDesk } from './desk.browser.ts';

describe.skipIf(!hasChromium)('members at the records console', () => {
  let desk: RecordsDesk;
  let [body, doctor, hospital]: Watched[] = [];
  beforeAll(async () => {
    desk = await openRecordsDesk();
    [body, doctor, hospital] = await Promise.all([desk.person('passkey'), desk.person('passphrase'), desk.person('passkey')]);
  });
  afterAll(() => desk?.stop());

  const dialog = (page: Page) => page.getByRole('dialog');
  async function approve(page: Page, name: string): Promise<void> {
    await go(page, 'members');
    await go(page, 'applications');
    await page.locator('.card', { hasText: name }).getByRole('button', { name: w.applications.approve }).click();
    await dialog(page).getByRole('button', { name: w.applications.approve }).click();
    await page.getByText(w.applications.approved.replace('{name}', `\u2068${name}\u2069`)).waitFor();
  }

  test('an account that governance appoints decides about applications', async () => {
    const { page } = body!;
    expect(await violationsOf(page)).toEqual([]);
    await desk.appoint(page);
    await page.reload();
    await button(page, w.unlock.passkey).click();
    await page.getByText(w.standing.body).first().waitFor();
    await go(page, 'applications');
    await page.getByText(w.applications.none).waitFor();
  });

  test('a form that lacks something says what, and where', async () => {
    const { page } = doctor!;
    await page.getByRole('radio', { name: w.roles.doctor }).check();
    await page.locator('#name').fill('Dr. Ada Sample');
    await button(page, w.apply.send).click();
    const summary = page.getByRole('alert');
    await summary.getByText(w.apply.missing.licence).waitFor();
    expect(await page.locator('#licence').getAttribute('aria-invalid')).toBe('true');
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'records/apply-missing');
    await summary.getByRole('link', { name: w.apply.missing.licence }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('licence');
  });

  test('a doctor applies with the keyboard alone, is approved until a day, and the page notices', async () => {
    const { page } = doctor!;
    await page.locator('#licence').focus();
    await page.keyboard.type('123-456');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('Germ');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(w.standing.waiting).waitFor();
    await shot(page, 'records/waiting');
    await approve(body!.page, 'Dr. Ada Sample');
    await page.getByText(w.standing.approved).waitFor();
    await page.locator('summary', { hasText: w.standing.credential }).click();
    expect(await page.locator('.credential').textContent()).toMatch(/^ey[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'records/registered');
  });

  test('a hospital confirms a nurse, a body approves her, and she opens what the hospital hands over', async () => {
    await apply(hospital!.page, 'hospital', 'Sample Hospital');
    await hospital!.page.getByText(w.standing.waiting).waitFor();
    await approve(body!.page, 'Sample Hospital');
    await hospital!.page.getByText(w.standing.approved).waitFor();
    const nurse = await desk.person('passkey', { ...PHONE, colorScheme: 'dark' });
    await apply(nurse.page, 'nurse', 'Nora Nurse', 'Sample Hospital');
    await nurse.page.getByText(w.standing.confirming).waitFor();
    await go(hospital!.page, 'staff');
    await button(hospital!.page, `${w.staff.confirm}: Nora Nurse`).click();
    await shot(hospital!.page, 'records/confirm');
    await dialog(hospital!.page).getByRole('button', { name: w.staff.confirm }).click();
    await approve(body!.page, 'Nora Nurse');
    await nurse.page.getByText(w.standing.keyWaits).waitFor();
    await go(hospital!.page, 'membership');
    await go(hospital!.page, 'staff');
    await button(hospital!.page, `${w.staff.handOver}: Nora Nurse`).click();
    await dialog(hospital!.page).getByRole('button', { name: w.staff.handOver }).click();
    await hospital!.page.getByText(w.staff.handed, { exact: true }).waitFor();
    expect(await violationsOf(hospital!.page)).toEqual([]);
    await shot(hospital!.page, 'records/staff');
    await nurse.page.getByText(w.standing.keyHere).waitFor();
    expect([await violationsOf(nurse.page), await nurse.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([[], 0]);
    await shot(nurse.page, 'records/nurse-dark');
    await nurse.context.close();
  });

  test('who is suspended is told so at once, and is back when reinstated', async () => {
    const { page } = body!;
    await go(page, 'members');
    await button(page, `${w.members.acts.suspend.act}: Dr. Ada Sample`).click();
    await dialog(page).getByRole('button', { name: w.members.acts.suspend.act }).click();
    await page.locator('tr', { hasText: 'Dr. Ada Sample' }).getByText(w.members.suspended).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'records/members');
    await go(doctor!.page, 'account');
    await doctor!.page.evaluate(() => { location.hash = '#/membership'; }); // whoever was told already has no link to it
    await heading(doctor!.page, w.suspended.title).waitFor();
    await shot(doctor!.page, 'records/suspended');
    await button(page, `${w.members.acts.reinstate.act}: Dr. Ada Sample`).click();
    await dialog(page).getByRole('button', { name: w.members.acts.reinstate.act }).click();
    await page.locator('tr', { hasText: 'Dr. Ada Sample' }).getByText(w.members.active).waitFor();
    await button(doctor!.page, w.suspended.look).click();
    await doctor!.page.getByText(w.standing.approved).waitFor();
  });

  test('a refusal says why, in another language and direction', async () => {
    const { page, context } = await desk.person('passkey');
    await apply(page, 'pharmacy', 'Corner Pharmacy');
    await page.getByText(w.standing.waiting).waitFor();
    await go(body!.page, 'applications');
    await body!.page.locator('.card', { hasText: 'Corner Pharmacy' }).getByRole('button', { name: w.applications.refuse }).click();
    await dialog(body!.page).locator('#reason').fill('There is no such licence.');
    await dialog(body!.page).getByRole('button', { name: w.applications.refuse }).click();
    await page.getByText('There is no such licence.').waitFor();
    const ar = await wordsOf('records', 'ar');
    await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
    await page.getByText(ar.standing.refused).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'records/refused-ar');
    await context.close();
  });

  test('the keys lock in every tab, and a file brings them back elsewhere', async () => {
    const { page, context } = doctor!;
    const other = await context.newPage();
    await other.goto(desk.url);
    await heading(other, w.unlock.title).waitFor();
    await go(page, 'account');
    await page.locator('#file-passphrase').fill('another horse battery');
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, w.keyFile.make).click()]);
    await shot(page, 'records/account');
    expect(await violationsOf(page)).toEqual([]);
    const elsewhere = await desk.browser.newContext();
    const fresh = await elsewhere.newPage();
    await fresh.goto(`${desk.url}#/restore`);
    await fresh.locator('#key-file').setInputFiles(await download.path());
    await fresh.locator('#passphrase').fill('another horse battery');
    await button(fresh, w.restore.open).click();
    await go(fresh, 'membership');
    await fresh.getByText(w.standing.approved).waitFor();
    await elsewhere.close();
    await button(page, w.lockNow).click();
    await heading(page, w.unlock.title).waitFor();
  });

  test('no page asked another origin than its own, and none complained', () => {
    for (const { origins, complaints } of [body!, doctor!, hospital!]) {
      expect([...origins]).toEqual([new URL(desk.url).origin]);
      expect(complaints.filter((said) => !/401|403/.test(said))).toEqual([]);
    }
  });
});
