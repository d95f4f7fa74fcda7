// Looking after what was issued: found, revoked one and many on the real chain; what others wrote into names and lots stays text.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { violationsOf } from '../../browser/accessibility.ts';
import { hasChromium } from '../../browser/faces.ts';
import { shot } from '../../browser/screenshot.ts';
import { newWallet } from '../../journeys/network.ts';
import { go, openDesk, record, type Desk } from './desk.browser.ts';

const IMAGE = '<img src=x onerror="window.ran=1">';
const FORMULA = '=cmd|\' /C calc\'!A0';

describe.skipIf(!hasChromium)('the register', () => {
  let desk: Desk;
  let page: Page;
  let complaints: readonly string[];
  const rows = () => page.locator('tbody tr');
  const statuses = () => page.locator('tbody .tags').allTextContents();
  beforeAll(async () => {
    desk = await openDesk();
    const wallet = await newWallet();
    for (const [family, given] of [['Sample', 'Anna'], ['Muster', 'Jürgen'], ['Prøve', 'Åse']] as const) await desk.system.issueTo(wallet, record(family, given, '1985-04-12'));
    for (const [family, given, lot] of [[IMAGE, 'Xss', IMAGE], ['Al\u202elive', 'Ze\u200bro', 'L\u2066X'], ['Formula', '=1+1', FORMULA]] as const) await desk.system.issuer('/offers', { fhir: record(family, given, '1990-01-01', { lot }) });
    ({ page, complaints } = await desk.colleague(['clinician']));
  });
  afterAll(() => desk?.close());

  test('shows what was issued, the newest first, with its status', async () => {
    await go(page, desk.system, 'register');
    await expect.poll(() => rows().count()).toBe(6);
    expect((await statuses()).toSorted()).toEqual(['Not taken yet', 'Not taken yet', 'Not taken yet', 'Valid', 'Valid', 'Valid']);
    await shot(page, 'console/register');
    expect(await violationsOf(page)).toEqual([]);
  });

  test('a name or lot with markup is shown as it was written, and runs nothing', async () => {
    await page.getByText(IMAGE).first().waitFor();
    expect(await page.evaluate(() => [document.images.length, (window as { ran?: number }).ran])).toEqual([0, undefined]);
  });

  test('characters that turn or hide text are shown as marks, so that no name looks like another', async () => {
    await page.getByText('Al\ufffdlive, Ze\ufffdro').waitFor();
    expect(await page.evaluate(() => /[\u202e\u200b\u2066]/.test(document.querySelector('tbody')!.textContent))).toBe(false);
  });

  test('what is saved for a spreadsheet holds no formula', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    const cells = text.split('\r\n').flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)).map((cell) => cell.replace(/^"|"$/g, ''));
    expect(cells.filter((cell) => /^\s*[=+\-@|]/.test(cell))).toEqual([]);
    expect(text).toContain(`'${FORMULA}`);
  });

  test('is searched by name and by status', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('muster');
    await expect.poll(() => rows().count()).toBe(1);
    await page.locator('#search').fill('nobody at all');
    await page.getByText('No certificate fits this.').waitFor();
    await shot(page, 'console/register-nothing');
    await page.locator('#search').fill('');
    await page.getByLabel('Status').selectOption('valid');
    await expect.poll(() => rows().count()).toBe(3);
  });

  test('several are chosen by keys and revoked at once, after saying how many and that it is for good', async () => {
    await page.getByRole('heading', { level: 1 }).focus();
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
    await page.getByText('2 chosen').waitFor();
    await shot(page, 'console/register-chosen');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Revoke (2)' }).click();
    await page.getByText('This cannot be undone').waitFor();
    await page.getByLabel('Reason').selectOption('data-wrong');
    await shot(page, 'console/revoke');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Revoke 2 certificates' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByLabel('Status').selectOption('revoked');
    await expect.poll(() => rows().count()).toBe(2);
    const { now } = (await desk.system.issuer('/statistics')).body as { now: { revoked: number } };
    expect(now.revoked).toBe(2);
  });

  test('one is suspended with a note, and reinstated; its history says so', async () => {
    await page.getByLabel('Status').selectOption('valid');
    await expect.poll(() => rows().count()).toBe(1);
    await page.locator('a[data-row]').click();
    await page.getByRole('button', { name: 'Suspend' }).click();
    await page.getByLabel('Note').fill('Asked at the counter');
    await page.getByRole('button', { name: 'Suspend 1 certificate' }).click();
    await page.getByRole('button', { name: 'Reinstate' }).waitFor();
    await page.getByText('Asked at the counter').waitFor();
    await shot(page, 'console/certificate');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Reinstate' }).click();
    await page.getByRole('button', { name: 'Reinstate 1 certificate' }).click();
    await page.locator('.tags', { hasText: 'Valid' }).waitFor();
  });

  test('who may not revoke sees no way to', async () => {
    const { page: other, context } = await desk.colleague(['verifier']);
    await other.getByRole('heading', { name: 'My account' }).waitFor();
    expect(await other.getByRole('navigation').getByRole('link').count()).toBe(0);
    await go(other, desk.system, 'register');
    await other.getByRole('heading', { name: 'There is nothing here.' }).waitFor();
    await context.close();
  });

  test('an admin erases a person, after being verified once more', async () => {
    const { page: admin, context } = await desk.colleague(['admin', 'clinician']);
    await go(admin, desk.system, 'patients');
    await admin.getByLabel('Find a patient').fill('prøve');
    await admin.getByRole('link', { name: /Prøve/ }).click();
    await admin.getByRole('heading', { name: /Prøve/ }).waitFor();
    // attack: names of windows stay in the history of the browser, and go where that is synchronised to
    expect(await admin.title()).not.toMatch(/Prøve/);
    await admin.getByRole('button', { name: 'Erase this person' }).click();
    expect(await admin.getByRole('dialog').getByRole('button', { name: 'Erase this person' }).isDisabled()).toBe(true);
    await admin.getByLabel('I know that this cannot be undone').check();
    await shot(admin, 'console/erase');
    expect(await violationsOf(admin)).toEqual([]);
    await admin.getByRole('dialog').getByRole('button', { name: 'Erase this person' }).click();
    await admin.getByRole('heading', { name: 'Patients' }).waitFor();
    await admin.getByLabel('Find a patient').fill('prøve');
    await admin.getByText('No patient fits this.').waitFor();
    await context.close();
  });

  test('nothing complained on the way', () => expect(complaints).toEqual([]));
});
