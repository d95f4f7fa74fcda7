// The main path of a patient through the wallet's pages, against the real services and chain: made by keyboard, a certificate added by link and by
// picture, a pass shown online and offline, a rule that is not met, a request answered and refused, a certificate put on hold.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { sampleBundle, sampleImmunization } from '#network/samples/index.ts';
import { launchChromium } from '../../browser/chromium.ts';
import { hasChromium } from '../../browser/faces.ts';
import { pictureOfCode, pictureOfPng } from '../../browser/film.ts';
import { openPage, PHONE, type Watched } from '../../browser/page.ts';
import { codesIn } from '../../browser/read-code.ts';
import { startFaces, type FacesSystem } from '../../browser/system.ts';
import { now, ok } from '../../journeys/network.ts';
import { button, link, onPage, pngOf, unlock, PASSPHRASE } from './wallet-person.browser.ts';

const RULE = 'yellow-fever';
type Made = { readonly id: string; readonly link: string; readonly txCode: string };
type Asked = { readonly id: string; readonly secret: string; readonly link: string };

describe.skipIf(!hasChromium)('the pages of the wallet', () => {
  let [system, browser, watched] = [] as unknown as [FacesSystem, Browser, Watched];
  let page: Page;
  let context: BrowserContext;
  const offer = async (fhir: unknown = sampleImmunization(now())) => ok(await system.issuer('/offers', { fhir })) as Made;
  const go = (address: string) => page.evaluate((hash) => { location.hash = hash; }, address);
  const press = async (...keys: string[]) => { for (const key of keys) await page.keyboard.press(key); };
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.id);
  const codeOnScreen = async () => codesIn(pictureOfPng(await page.screenshot()));

  beforeAll(async () => {
    [system, browser] = await Promise.all([startFaces(), launchChromium()]);
    watched = await openPage(browser, system.urls.wallet, PHONE);
    ({ page, context } = watched);
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });

  test('are begun by keyboard alone, and say what is wrong with a passphrase that is too short', async () => {
    await onPage(page, 'Your health certificates, in your hands', 'welcome');
    await press('Tab');
    expect(await focused()).toBe('Get started');
    await press('Enter');
    await onPage(page, 'Protect your wallet', 'protect');
    await press('Tab');
    expect(await focused()).toBe('name');
    await page.keyboard.type('Anna');
    await page.reload();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Anna');
    await page.getByLabel('Your name').focus();
    await press('Tab', 'Tab');
    expect(await focused()).toBe('Use a passphrase instead');
    await press('Enter');
    await page.getByLabel('Your name').focus();
    await press('Tab');
    expect(await focused()).toBe('passphrase');
    await page.keyboard.type('short');
    await press('Enter');
    expect(await focused()).toBe('passphrase');
    await onPage(page, 'Protect your wallet', 'protect-short');
    await press('Control+A');
    await page.keyboard.type(PASSPHRASE);
    await press('Enter');
    await onPage(page, 'Certificates', 'empty');
    await link(page, /^Anna/).waitFor();
  });

  test('add a certificate by its link, and count the tries of a wrong number', async () => {
    const made = await offer();
    await page.getByRole('main').getByRole('link', { name: 'Add a certificate' }).click();
    await onPage(page, 'Add a certificate', 'add');
    await page.getByText('Paste the link instead').click();
    await page.getByLabel('Link').fill('https://example.com/');
    await button(page, 'Continue').click();
    await page.getByText('This is not an offer of a certificate').waitFor();
    await page.getByLabel('Link').fill(made.link);
    await page.reload();
    await unlock(page);
    expect(await page.getByLabel('Link').inputValue()).toBe(made.link);
    await button(page, 'Continue').click();
    await onPage(page, 'Enter the number', 'pin');
    await page.getByLabel('Number (PIN)').fill(made.txCode === '000000' ? '111111' : '000000');
    await button(page, 'Continue').click();
    await page.locator('#pin-error', { hasText: '4 tries are left' }).waitFor();
    await onPage(page, 'Enter the number', 'pin-wrong');
    await page.getByLabel('Number (PIN)').fill(made.txCode);
    await button(page, 'Continue').click();
    await onPage(page, 'Is this right?', 'preview');
    expect(await page.locator('.pass').innerText()).toMatch(/Yellow fever[\s\S]*For Erika Utopia Specimen/);
    await button(page, 'Add to the wallet').click();
    await onPage(page, 'Added', 'added');
    await link(page, 'See my certificates').click();
    await onPage(page, 'Certificates', 'home');
    expect(await page.locator('.pass .status').innerText()).toMatch(/^Valid/);
  });

  test('say that an offer is over, and that a code is no offer', async () => {
    const made = await offer();
    await fetch(`${system.endpoints.issuer}/offers/${made.id}`, { method: 'DELETE', headers: { authorization: `Bearer ${system.token}` } });
    await go(`#/add?offer=${encodeURIComponent(made.link)}`);
    await onPage(page, 'The certificate could not be added', 'offer-over');
    await page.getByText('This offer is over').waitFor();
  });

  test('show what one certificate says', async () => {
    await go('#/');
    await link(page, 'Yellow fever').click();
    await onPage(page, 'Vaccination', 'record');
    await page.getByText('UTO-YF-3').waitFor();
    await button(page, 'Remove this certificate').click();
    await page.getByRole('dialog').waitFor();
    await onPage(page, 'Vaccination', 'record-remove');
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('say what a pass proves and what stays secret, and show one that the verifier takes', async () => {
    await link(page, 'Show').click();
    await page.getByText('Ready').first().waitFor();
    await onPage(page, 'Show a pass', 'show');
    await link(page, /^Yellow fever/).click();
    await onPage(page, 'Yellow fever (international certificate)', 'asked');
    await page.getByText(/^Proves that you were vaccinated against yellow fever/).waitFor();
    await page.getByText(/^This stays secret/).waitFor();
    await button(page, 'Show the code').click();
    await page.getByRole('img', { name: 'Code of your pass' }).waitFor();
    await onPage(page, 'Yellow fever (international certificate)', 'shown');
    const [text] = await codeOnScreen();
    expect(ok(await system.verifier('/verify', { text, policy: RULE }))).toMatchObject({ outcome: 'accepted' });
    await expect.poll(async () => (await codeOnScreen())[0]).not.toBe(text);
    await press('Escape');
    await page.getByRole('heading', { name: 'Show a pass' }).waitFor();
  });

  test('show the code without a network, after a reload', async () => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.getByText('Ready').first().waitFor();
    await context.setOffline(true);
    await go(`#/show/${RULE}`);
    await page.reload();
    await unlock(page);
    await page.getByText('You are offline').waitFor();
    await onPage(page, 'Yellow fever (international certificate)', 'asked-offline');
    await button(page, 'Show the code').click();
    await page.getByRole('img', { name: 'Code of your pass' }).waitFor();
    const [text] = await codeOnScreen();
    await context.setOffline(false);
    expect(ok(await system.verifier('/verify', { text, policy: RULE }))).toMatchObject({ outcome: 'accepted' });
    await button(page, 'Done').click();
  });

  test('name who asks by the code of a place, and refuse an unknown code', async () => {
    const venue = JSON.stringify({ policy: RULE, audience: 'Gate B12', challenge: 'ab'.repeat(16) });
    await go('#/show/scan');
    await page.getByLabel('Choose a picture').setInputFiles({ name: 'venue.png', mimeType: 'image/png', buffer: pngOf(pictureOfCode('https://example.com')) });
    await page.getByText('This code asks for nothing that the wallet knows').waitFor();
    await onPage(page, 'Scan the code of the place', 'scan');
    await page.getByLabel('Choose a picture').setInputFiles({ name: 'venue.png', mimeType: 'image/png', buffer: pngOf(pictureOfCode(venue)) });
    await page.getByText('Gate B12').waitFor();
    await onPage(page, 'Yellow fever (international certificate)', 'asked-venue');
    await button(page, /^(Show the code|Make the pass)$/).click();
    await page.getByRole('img', { name: 'Code of your pass' }).waitFor();
    const [text] = await codeOnScreen();
    expect(ok(await system.verifier('/verify', { text, policy: RULE, audience: 'Gate B12', challenge: 'ab'.repeat(16) }))).toMatchObject({ outcome: 'accepted' });
    await button(page, 'Done').click();
  });

  test('say why nothing fits, and what would', async () => {
    await go('#/show/measles-school');
    await onPage(page, 'You cannot show this yet', 'nothing-fits');
    expect(await page.getByRole('main').innerText()).toMatch(/measles, at least dose 2/);
  });

  describe('to whom a checkpoint asks', () => {
    const ask = async () => {
      const body = { ask: [{ policy: RULE }, { vct: 'urn:healthpass:vaccination:1', claims: ['disease', 'occurred', 'family_name'], purpose: 'Entry' }] };
      const response = await fetch(`${system.endpoints.verifier}/presentations`, { method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${system.token}` } });
      return ok({ status: response.status, type: '', body: await response.json() }) as Asked;
    };
    const result = async ({ id, secret }: Asked) => (await fetch(`${system.endpoints.verifier}/presentations/${id}`, { headers: { 'presentation-secret': secret } })).json();

    test('nothing is sent before something is chosen, then exactly that', async () => {
      const asked = await ask();
      await go(`#/show?request=${encodeURIComponent(asked.link)}`);
      await onPage(page, 'Somebody asks for a certificate', 'answer');
      await page.getByText('Sample Checkpoint').waitFor();
      expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
      await button(page, 'Show this').click();
      await page.getByText('Choose what you show first').waitFor();
      await onPage(page, 'Somebody asks for a certificate', 'answer-not-chosen');
      expect(await result(asked)).not.toMatchObject({ status: 'answered' });
      await page.getByRole('radio', { name: /Details of a certificate/ }).check();
      await button(page, 'Show this').click();
      await onPage(page, 'Shown', 'answered');
      expect(await result(asked)).toMatchObject({ status: 'answered', result: { outcome: 'accepted' } });
    });

    test('a refusal sends nothing of the record', async () => {
      const asked = await ask();
      await go(`#/show?request=${encodeURIComponent(asked.link)}`);
      await button(page, 'Refuse').click();
      await onPage(page, 'Refused', 'refused');
      expect(await result(asked)).not.toMatchObject({ result: { outcome: 'accepted' } });
    });
  });

  test('remember what was shown to whom, until it is erased', async () => {
    await go('#/history');
    await onPage(page, 'What you have shown', 'history');
    const told = await page.getByRole('main').innerText();
    expect(told).toMatch(/Gate B12/);
    expect(told).toMatch(/Sample Checkpoint[\s\S]*Family name/);
    await button(page, 'Erase all').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase all' }).click();
    await page.getByText('You have shown nothing yet').waitFor();
  });

  test('take a whole record for a child from a picture of its code, under the child’s name', async () => {
    const made = await offer(sampleBundle(now()));
    await go('#/people');
    await page.getByLabel('Name', { exact: true }).fill('Ben');
    await button(page, 'Add a person').click();
    await onPage(page, /Certificates of .?Ben/, 'empty-child');
    await link(page, 'Add').click();
    await button(page, 'Scan the code').click();
    await page.getByLabel('Choose a picture').setInputFiles({ name: 'offer.png', mimeType: 'image/png', buffer: pngOf(pictureOfCode(made.link)) });
    await page.getByLabel('Number (PIN)').fill(made.txCode);
    await button(page, 'Continue').click();
    await button(page, /^Add to the wallet of .?Ben/).click();
    await link(page, 'See my certificates').click();
    await onPage(page, /Certificates of .?Ben/, 'home-child');
    expect(await page.locator('.pass').count()).toBeGreaterThan(5);
  });

  test('warn when a certificate is put on hold', async () => {
    await go('#/people');
    await page.locator('.person-name', { hasText: 'Anna' }).click();
    await link(page, 'Yellow fever').click();
    const id = decodeURIComponent((await page.evaluate(() => location.hash)).replace('#/record/', ''));
    ok(await system.issuer('/credentials/suspend', { ids: [id] }));
    await system.trustWhen((state) => state.lists.some(({ latestWords }) => latestWords.size > 0));
    await button(page, 'Check now').click();
    await page.locator('.notice', { hasText: 'on hold' }).waitFor();
    await onPage(page, 'Vaccination', 'record-suspended');
    await go('#/');
    await page.locator('.alert', { hasText: 'On hold' }).waitFor();
    await onPage(page, /Certificates of .?Anna/, 'home-suspended');
  });

  test('asked nobody but their site and the services, and wrote nothing down', () => {
    expect(watched.complaints.filter((line) => !/\b(400|410|404)\b|ERR_INTERNET_DISCONNECTED/.test(line))).toEqual([]);
    expect([...watched.origins].toSorted()).toEqual([new URL(system.urls.wallet).origin, system.endpoints.issuer, system.endpoints.verifier].toSorted());
  });
});
