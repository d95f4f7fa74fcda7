// The rest of the console on a whole system: sessions that end, colleagues, files of many people, keys that change, the network, and all pages in
// other looks and languages.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { violationsOf } from '../../browser/accessibility.ts';
import { hasChromium } from '../../browser/faces.ts';
import { DESK, PHONE } from '../../browser/page.ts';
import { shot } from '../../browser/screenshot.ts';
import { go, openDesk, record, type Desk } from './desk.browser.ts';

const CSV = ['Nachname;Vorname;Geb. am;Vakzin;Impfdatum;Charge', 'Muster;Jonas;12.04.1985;208;20.11.2026;EX1', 'Beispiel;Mira;13.05.1990;208;20.11.2026;EX1', 'Falsch;Kim;31.02.1990;208;20.11.2026;EX1'].join('\r\n');
const ALL = ['admin', 'clinician', 'operator'];

describe.skipIf(!hasChromium)('the console', () => {
  let desk: Desk;
  let page: Page;
  let complaints: readonly string[];
  beforeAll(async () => {
    desk = await openDesk();
    await desk.system.issuer('/offers', { fhir: record('Sample', 'Anna', '1985-04-12') });
    ({ page, complaints } = await desk.colleague(ALL));
  });
  afterAll(() => desk?.close());
  const dialog = () => page.getByRole('dialog');

  describe('a session that ends', () => {
    test('is asked for again over the page, which hides behind it, and nothing typed is lost', async () => {
      const { page: own, context } = await desk.colleague(['clinician']);
      await own.locator('#patient').fill('Sample');
      await own.getByRole('option', { name: /Sample, Anna/ }).click();
      await own.locator('#lot').fill('KEPT1');
      await own.locator('#product').fill('comirnaty');
      await own.locator('#product-list').getByRole('option').first().click();
      await own.locator('#lot').fill('KEPT1');
      const other = await context.newPage();
      await other.goto(desk.system.urls.console);
      await context.clearCookies();
      await own.keyboard.press('Control+Enter');
      await own.getByRole('heading', { name: 'You were signed out' }).waitFor();
      await shot(own, 'console/session-over');
      expect(await violationsOf(own)).toEqual([]);
      expect(await own.evaluate(() => getComputedStyle(document.querySelector('dialog')!, '::backdrop').backgroundColor)).toBe('rgb(255, 255, 255)');
      await own.getByRole('dialog').getByRole('button', { name: 'Sign in with a passkey' }).click();
      await own.getByRole('heading', { name: 'Ready for the patient' }).waitFor();
      await context.close();
    });

    test('by signing out ends it in every tab, and what was typed can be read by nobody', async () => {
      const { page: own, context } = await desk.colleague(['clinician']);
      await own.locator('#lot').fill('GONE1');
      await expect.poll(() => own.evaluate(() => sessionStorage.getItem('draft/visit'))).not.toBeNull();
      const other = await context.newPage();
      await other.goto(desk.system.urls.console);
      await other.getByRole('heading', { name: 'After a visit' }).waitFor();
      await own.getByRole('button', { name: 'Sign out' }).click();
      for (const each of [own, other]) await each.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
      expect(await own.evaluate(() => sessionStorage.getItem('draft/visit'))).toBeNull();
      await shot(own, 'console/sign-in');
      expect(await violationsOf(own)).toEqual([]);
      await context.close();
    });
  });

  describe('staff', () => {
    test('are invited by a link that is shown once, with a name that stays text', async () => {
      await go(page, desk.system, 'staff');
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      await page.getByLabel('Name').fill('<img src=x onerror="window.ran=1">');
      expect(await violationsOf(page)).toEqual([]);
      await shot(page, 'console/invite');
      await dialog().getByRole('button', { name: 'Invite somebody' }).click();
      await page.getByText(/\/staff\/join#/).waitFor();
      await page.locator('td', { hasText: '<img src=x' }).waitFor();
      expect(await page.evaluate(() => [document.images.length, (window as { ran?: number }).ran])).toEqual([0, undefined]);
    });

    test('a program gets its secret once', async () => {
      await page.getByRole('button', { name: 'Add a program' }).click();
      await dialog().getByLabel('Name').fill('Laboratory');
      await dialog().getByRole('button', { name: 'Add a program' }).click();
      await page.getByText('Both are for the program.').waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.reload();
      await page.locator('td', { hasText: 'Laboratory' }).waitFor();
      expect(await page.getByText('Both are for the program.').count()).toBe(0);
    });

    test('what is dangerous is done after another touch, and not at all when that is refused', async () => {
      await page.evaluate(() => fetch('/staff/me').then((answer) => answer.json()));
      await page.route('**/staff/members/*/suspend', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ code: 'forbidden', field: 'userVerification' }) }), { times: 1 });
      const row = page.locator('tr', { hasText: '<img' });
      await row.getByRole('button', { name: 'Suspend' }).click();
      await dialog().getByRole('button', { name: 'Suspend' }).click();
      await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
      await shot(page, 'console/step-up');
      await page.getByRole('dialog', { name: 'Confirm that it is you' }).getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('This was cancelled.').waitFor();
      await dialog().getByRole('button', { name: 'Suspend' }).click();
      await row.getByText('Suspended').waitFor();
    });

    test('the trail of it is whole, and says so', async () => {
      await go(page, desk.system, 'audit');
      await page.getByRole('button', { name: 'Check the trail' }).click();
      await page.getByText(/The trail is whole/).waitFor();
      await page.getByLabel('What', { exact: true }).fill('member.suspend');
      await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
      expect(await violationsOf(page)).toEqual([]);
      await shot(page, 'console/audit');
    });
  });

  describe('imports', () => {
    test('a file with headings of its own is understood, shown and mended, checked, started and reported', async () => {
      await go(page, desk.system, 'import');
      await page.getByText('A file of many people').click();
      await page.locator('#rows-file').setInputFiles({ name: 'impfungen.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
      const meaning = (header: string) => page.getByLabel(new RegExp(`Column .*${header}.* means`)).inputValue();
      expect([await meaning('Nachname'), await meaning('Geb. am'), await meaning('Vakzin'), await meaning('Impfdatum'), await page.getByLabel('Dates look like').inputValue()])
        .toEqual(['family', 'birthDate', 'product', 'date', 'DD.MM.YYYY']);
      expect(await page.locator('.mapping tbody tr').count()).toBe(3);
      await shot(page, 'console/import-mapping');
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Check the file' }).click();
      await page.getByRole('button', { name: 'Start' }).waitFor();
      await page.getByText('Checked: ready to start').first().waitFor();
      await page.locator('td', { hasText: 'birthDate' }).waitFor();
      await shot(page, 'console/import-checked');
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Start' }).click();
      await dialog().getByRole('button', { name: 'Start' }).click();
      await page.locator('.tag', { hasText: 'Done' }).waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Report (CSV)' }).click();
      expect((await download).suggestedFilename()).toBe('report.csv');
    });

    test('a FHIR record says what is wrong with it before it is sent, and who it is about', async () => {
      await go(page, desk.system, 'import');
      await page.getByLabel('Or paste it').fill('{"resourceType":"Immunization","status":"not-done"}');
      await page.getByRole('alert').waitFor();
      await page.getByLabel('Or paste it').fill(JSON.stringify(record('Sample', 'Anna', '1985-04-12', { dose: 2 })));
      await page.getByRole('heading', { name: 'Sample, Anna' }).waitFor();
      await shot(page, 'console/import-record');
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Issue' }).click();
      await page.getByRole('heading', { name: 'Ready for the patient' }).waitFor();
      await page.keyboard.press('n');
    });
  });

  describe('keys and network', () => {
    test('new keys are prepared, and given up as if nothing had happened', async () => {
      await go(page, desk.system, 'keys');
      await page.getByText('Accredited', { exact: true }).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Prepare' }).click();
      await page.getByText('The new keys are ready and nobody sees them yet.').waitFor();
      await shot(page, 'console/rotation');
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Go back' }).click();
      await dialog().getByText('nothing has happened').waitFor();
      await dialog().getByRole('button', { name: 'Go back' }).click();
      await page.getByRole('button', { name: 'Prepare' }).waitFor();
    });

    test('the operator suspends a provider and reinstates it, on the chain', async () => {
      await go(page, desk.system, 'network');
      for (const [act, becomes] of [['Suspend', 'Suspended'], ['Reinstate', 'Accredited']] as const) {
        await page.locator('td').getByRole('button', { name: act }).click();
        await dialog().getByText('This is the service you are working with').or(dialog().getByText('accepted again')).first().waitFor();
        await dialog().getByRole('button', { name: act }).click();
        await page.locator('td .tag', { hasText: becomes }).last().waitFor();
        await page.locator('.history li', { hasText: becomes === 'Accredited' ? 'Reinstated' : becomes }).first().waitFor();
      }
      await page.locator('td').getByRole('button', { name: 'Status lists' }).click();
      expect(await violationsOf(page)).toEqual([]);
      await dialog().getByRole('button', { name: 'Add lists' }).click();
      await page.locator('.history li', { hasText: 'Lists added' }).filter({ hasText: 'Done' }).waitFor();
      await shot(page, 'console/network');
      expect(await violationsOf(page)).toEqual([]);
    });
  });

  test('figures are read point by point with the arrow keys, and as a table', async () => {
    await go(page, desk.system, 'dashboard');
    const chart = page.getByRole('slider', { name: 'Issued' });
    await chart.focus();
    await page.keyboard.press('Home');
    const first = await chart.getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowRight');
    expect([/: Issued \d/.test(first ?? ''), (await chart.getAttribute('aria-valuetext')) !== first]).toEqual([true, true]);
    await page.locator('.chart summary').first().click();
    expect(await page.locator('.chart table').first().locator('tbody tr').count()).toBeGreaterThan(29);
    await shot(page, 'console/dashboard');
    expect(await violationsOf(page)).toEqual([]);
  });

  test('places are reached by two keys, by the palette and not while somebody types; single keys can be switched off', async () => {
    await go(page, desk.system, 'dashboard');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('heading', { level: 1, name: 'Certificates' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.locator('#palette').fill('Sample');
    await page.getByRole('option', { name: /Sample, Anna/ }).waitFor();
    await shot(page, 'console/palette');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Sample, Anna' }).waitFor();
    await page.keyboard.press('?');
    await dialog().getByLabel('Single keys as shortcuts').uncheck();
    await shot(page, 'console/keys-help');
    await dialog().getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForTimeout(200);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Sample, Anna');
    await page.evaluate(() => localStorage.removeItem('single-keys'));
  });

  test.each([['dark', { ...DESK, colorScheme: 'dark' as const }, 'de'], ['rtl', DESK, 'ar'], ['phone', PHONE, 'es'], ['zoom', { viewport: { width: 640, height: 400 } }, 'hi']] as const)('every page holds in %s', async (name, options, language) => {
    const { page: own, context, complaints: said } = await desk.colleague(ALL, options);
    await own.evaluate((chosen) => localStorage.setItem('language', chosen), language);
    await own.reload();
    for (const place of ['visit', 'import', 'offers', 'register', 'patients', 'dashboard', 'staff', 'audit', 'keys', 'network', 'account']) {
      await own.evaluate((to) => { location.hash = `#/${to}`; }, place);
      await own.locator(`nav [aria-current=page], .rail-foot [aria-current=page]`).and(own.locator(`[href="#/${place}"]`)).waitFor({ state: 'attached' });
      await own.waitForFunction((chosen) => document.documentElement.lang === chosen && document.querySelector('h1') !== null && document.querySelector('.loading') === null, language);
      await shot(own, `console/${name}-${place}`);
      const isLookedAt = name === 'dark' || name === 'phone'; // by axe, which takes its time
      expect([place, isLookedAt ? await violationsOf(own) : [], await own.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([place, [], 0]);
    }
    expect(said).toEqual([]);
    await context.close();
  });

  test('nothing complained on the way', () => expect(complaints.filter((said) => !/403/.test(said))).toEqual([]));
});
