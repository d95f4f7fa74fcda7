// What keeps a wallet safe and usable, by its pages: the lock, ways in, people, a backup that comes back, deletion; and how the pages look in other
// languages, sizes and lights.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildFaces, buildFolder } from '#faces/build/index.ts';
import { LANGUAGES } from '#passport';
import { violationsOf } from '../../browser/accessibility.ts';
import { launchChromium } from '../../browser/chromium.ts';
import { hasChromium } from '../../browser/faces.ts';
import { DESK, openPage, PHONE } from '../../browser/page.ts';
import { addPasskeys } from '../../browser/passkeys.ts';
import { shot } from '../../browser/screenshot.ts';
import { button, link, makeWallet, onPage, PASSPHRASE, unlock } from './wallet-person.browser.ts';
import { serveWalletPage, type WalletPage } from './wallet-page.ts';

const PLACES = ['', 'show', 'add', 'more', 'people', 'history', 'security', 'backup', 'restore', 'wipe', 'about', 'show/scan', 'record/urn:uuid:0'];

describe.skipIf(!hasChromium)('the care of a wallet', () => {
  let [browser, site] = [] as unknown as [Browser, WalletPage];
  let page: Page;
  const open = async (options: BrowserContextOptions = PHONE) => {
    const opened = (await openPage(browser, site.url, options)).page;
    return opened;
  };
  const go = (address: string, on = page) => on.evaluate((hash) => { location.hash = hash; }, address);
  beforeAll(async () => {
    await buildFaces(['wallet']);
    [browser, site] = await Promise.all([launchChromium(), serveWalletPage({ mirrors: ['http://127.0.0.1:9'], folder: buildFolder('wallet') })]);
    page = await open();
    await makeWallet(page, 'Anna');
    await page.getByRole('heading', { name: 'Certificates', exact: true }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  test('a person locks it, is told of a wrong passphrase, and goes on where they were', async () => {
    await go('#/about');
    await page.getByRole('heading', { name: 'About and privacy' }).waitFor();
    await page.getByText('Not fetched yet').waitFor();
    await page.reload();
    await onPage(page, 'Unlock your wallet', 'locked');
    await button(page, 'Unlock').click();
    await page.getByText('Enter your passphrase').waitFor();
    await unlock(page, 'wrong horse battery');
    await page.locator('#passphrase-error', { hasText: 'This passphrase does not open the wallet' }).waitFor();
    await onPage(page, 'Unlock your wallet', 'locked-wrong');
    await unlock(page);
    await onPage(page, 'About and privacy', 'about');
  });

  test('people are added, shown, renamed, and removed with a warning', async () => {
    await link(page, /^Anna/).click();
    await page.getByLabel('Name', { exact: true }).fill('Ben');
    await button(page, 'Add a person').click();
    await page.getByRole('heading', { name: /Certificates of .?Ben/ }).waitFor();
    await link(page, /^Ben/).click();
    await onPage(page, 'People', 'people');
    await button(page, /^Rename .?Ben/).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Benjamin');
    await button(page, 'Save').click();
    await button(page, /^Remove .?Benjamin/).click();
    await page.getByText('All certificates and passes of this person are deleted').waitFor();
    await onPage(page, 'People', 'people-remove');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await link(page, /^Anna/).waitFor();
    expect(await page.locator('.person').count()).toBe(1);
  });

  test('another passphrase and a passkey open it', async () => {
    const passkeys = await addPasskeys(page);
    await go('#/security');
    await page.getByLabel('Lock when it is not used for').selectOption('15');
    await button(page, 'Add fingerprint, face or device PIN').click();
    await page.getByText('Added.').waitFor();
    await page.getByText('Change the passphrase').click();
    await page.getByLabel('New passphrase').fill('another horse battery');
    await button(page, 'Save').click();
    await page.getByText('The passphrase was changed.').waitFor();
    await onPage(page, 'Lock and keys', 'security');
    await link(page, 'More').click();
    await onPage(page, 'More', 'more');
    await button(page, 'Lock now').click();
    await onPage(page, 'Unlock your wallet', 'locked-passkey');
    await unlock(page);
    await page.locator('#passphrase-error').waitFor();
    await button(page, 'Unlock with fingerprint, face or device PIN').click();
    await page.getByRole('heading', { name: 'More' }).waitFor();
    await go('#/security');
    expect(await page.getByLabel('Lock when it is not used for').inputValue()).toBe('15');
    await passkeys.forget();
    await link(page, 'More').click();
    await button(page, 'Lock now').click();
    await button(page, 'Unlock with fingerprint, face or device PIN').click();
    await page.getByText('it was cancelled, took too long, or the passkey was deleted').waitFor();
    await unlock(page, 'another horse battery');
    await page.getByRole('heading', { name: 'More' }).waitFor();
  });

  test('a backup comes back into another browser, and not by a wrong passphrase', async () => {
    await go('#/backup');
    await page.getByLabel('Passphrase for the file').fill(PASSPHRASE);
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Make a backup file').click()]);
    await page.getByText('The file was saved').waitFor();
    await onPage(page, 'Backup', 'backup');
    const other = await open();
    await link(other, 'I have a backup file').click();
    await onPage(other, 'Restore a backup', 'restore');
    const restore = async (passphrase: string) => {
      await other.getByLabel('Backup file').setInputFiles(await download.path());
      await other.getByLabel('Passphrase for the file').fill(passphrase);
      await button(other, 'Open the file').click();
    };
    await restore('wrong horse battery');
    await onPage(other, 'The backup could not be restored', 'restore-wrong');
    await button(other, 'Try again').click();
    await restore(PASSPHRASE);
    await onPage(other, 'This is in the file', 'restore-read');
    await button(other, 'Restore').click();
    await onPage(other, 'Restored', 'restored');
    await link(other, 'See my certificates').click();
    await link(other, /^Anna/).waitFor();
    await other.reload();
    await unlock(other);
    await link(other, /^Anna/).waitFor();
    await other.context().close();
  });

  test('every page of it speaks every language, from both sides, with nothing that axe finds wrong', async () => {
    for (const language of LANGUAGES) {
      await page.evaluate((chosen) => { localStorage.setItem('language', chosen); location.hash = '#/'; }, language);
      await page.reload();
      await page.locator('#passphrase').fill('another horse battery');
      let before = await page.locator('h1').innerText();
      await page.locator('form button[type=submit]').click();
      for (const place of PLACES) {
        await go(`#/${place}`);
        await page.waitForFunction((left) => ![undefined, left].includes(document.querySelector('h1')?.innerText), before);
        before = await page.locator('h1').innerText();
        expect([language, place, await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)]).toEqual([language, place, false]);
        // What axe looks at differs by direction, not by language.
        if (language === 'en' || language === 'ar') expect([language, place, await violationsOf(page)]).toEqual([language, place, []]);
      }
      await go('#/');
      await shot(page, `wallet/home-empty-${language}`);
    }
    await page.evaluate(() => localStorage.setItem('language', 'en'));
  });

  test.each([
    ['desk', DESK], ['dark', { ...PHONE, colorScheme: 'dark' }], ['forced', { ...PHONE, forcedColors: 'active' }], ['twice', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ] satisfies [string, BrowserContextOptions][])('it is made and read in %s', async (name, options) => {
    const other = await open(options);
    await onPage(other, 'Your health certificates, in your hands', `welcome-${name}`);
    await makeWallet(other);
    for (const [place, heading] of [['', 'Certificates'], ['show', 'Show a pass'], ['add', 'Add a certificate'], ['security', 'Lock and keys'], ['wipe', 'Delete this wallet']] as const) {
      await go(`#/${place}`, other);
      await onPage(other, heading, `${place || 'empty'}-${name}`);
    }
    await other.context().close();
  });

  test('it is deleted only by whoever types the word', async () => {
    await page.reload();
    await unlock(page, 'another horse battery');
    await go('#/wipe');
    await onPage(page, 'Delete this wallet', 'wipe');
    await page.getByLabel('Type').fill('yes');
    await button(page, 'Delete everything').click();
    await page.getByText('Type the word as it stands there').waitFor();
    await page.getByLabel('Type').fill('delete');
    await button(page, 'Delete everything').click();
    await page.getByRole('heading', { name: 'Your health certificates, in your hands' }).waitFor();
    await page.reload();
    await button(page, 'Get started').waitFor();
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBeLessThan(2);
  });
});
