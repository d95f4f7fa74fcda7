// After a visit, by the keyboard alone: from the patient's name to a code in the wallet's hands, and what must not be lost or shown on the way.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { violationsOf } from '../../browser/accessibility.ts';
import { hasChromium } from '../../browser/faces.ts';
import { fakeCamera, frameOf, pictureOfPng, writeFilm, type Picture } from '../../browser/film.ts';
import { PHONE } from '../../browser/page.ts';
import { shot } from '../../browser/screenshot.ts';
import { go, openDesk, record, type Desk } from './desk.browser.ts';

describe.skipIf(!hasChromium)('after a visit', () => {
  let desk: Desk;
  let film: string;
  let page: Page;
  let complaints: readonly string[];
  const focused = () => page.evaluate(() => document.activeElement?.id);
  const isOn = (id: string) => expect.poll(focused).toBe(id);
  const value = (id: string) => page.locator(`#${id}`).inputValue();
  beforeAll(async () => {
    film = join(await mkdtemp(join(tmpdir(), 'healthpass-package-')), 'package.y4m');
    await writeFilm(film, [{ frame: frameOf([await pictureOfPackage('(01)08806507050010(17)300131(10)CAM42')], { share: 0.5 }), seconds: 1 }]);
    desk = await openDesk({ args: fakeCamera(film) });
    await desk.system.issuer('/offers', { fhir: record('Sample', 'Anna', '1985-04-12') });
    ({ page, complaints } = await desk.colleague(['clinician']));
  });
  afterAll(async () => {
    await desk?.close();
    await rm(dirname(film), { recursive: true, force: true });
  });

  test('whoever signs in comes to the visit, with the patient to be typed', async () => {
    await page.getByRole('heading', { name: 'After a visit' }).waitFor();
    await isOn('patient');
    await shot(page, 'console/visit');
    expect(await violationsOf(page)).toEqual([]);
  });

  test('a patient who is known is found by part of the name, and vaccine, lot and next dose are there already', async () => {
    await page.keyboard.type('ann');
    await page.getByRole('option', { name: /Sample, Anna/ }).waitFor();
    await shot(page, 'console/visit-search');
    await page.keyboard.press('Enter');
    await expect.poll(() => value('dose')).toBe('2');
    expect([await value('product'), await value('lot'), await value('series')]).toEqual(['Comirnaty, original strain', 'EX1234', '2']);
  });

  test('what was typed is there after a reload, and nobody reads it in what the browser keeps', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await isOn('lot');
    await page.keyboard.type('CANARY77');
    await expect.poll(() => page.evaluate(() => sessionStorage.getItem('draft/visit'))).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await page.reload();
    await expect.poll(() => page.locator('#lot').inputValue()).toBe('CANARY77');
    expect(await value('patient')).toBe('Sample, Anna');
    const kept = await page.evaluate(() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]));
    expect(kept).not.toMatch(/CANARY77|Sample|Anna|1985/);
  });

  test('one press makes the offer: code, number, and what has become of it', async () => {
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Ready for the patient' }).waitFor();
    await page.getByRole('img', { name: 'Code for the patient’s phone' }).waitFor();
    await expect.poll(() => page.locator('.handout-pin strong').textContent()).toMatch(/^\d{6}$/);
    await shot(page, 'console/handout');
    expect(await violationsOf(page)).toEqual([]);
  });

  test('the page tells when the patient has scanned the code', async () => {
    const { offers } = (await desk.system.issuer('/offers?state=open')).body as { offers: { id: string }[] };
    await page.evaluate(() => { Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text: string) => { document.title = text; return Promise.resolve(); } } }); });
    await page.getByRole('button', { name: 'Copy the link' }).click();
    const link = new URL((await page.title()).replace('openid-credential-offer://', 'http://x/'));
    expect(offers.length).toBeGreaterThan(0);
    expect((await fetch(link.searchParams.get('credential_offer_uri')!)).status).toBe(200);
    await page.getByText('Scanned, waiting for the PIN').waitFor();
  });

  test('the sheet with the code has no number on it, and the slip with the number no code', async () => {
    const pin = (await page.locator('.handout-pin strong').textContent())!;
    await page.evaluate(() => { window.print = () => {}; });
    const printed = async () => {
      await page.emulateMedia({ media: 'print' });
      const seen = { text: await page.evaluate(() => document.body.innerText), codes: await page.locator('svg[role=img]:visible').count(), pdf: await page.pdf({ preferCSSPageSize: true }) };
      await page.emulateMedia({ media: 'screen' });
      return seen;
    };
    await page.keyboard.press('p');
    const sheet = await printed();
    expect([sheet.text.includes('Sample, Anna'), sheet.text.includes(pin), sheet.codes, sheet.text.includes('Next patient')]).toEqual([true, false, 1, false]);
    expect([sheet.pdf.subarray(0, 5).toString(), pagesOf(sheet.pdf)]).toEqual(['%PDF-', 1]);
    await page.keyboard.press('i');
    await page.locator('.sheet-slip').waitFor({ state: 'attached' });
    const slip = await printed();
    expect([slip.text.includes(pin), slip.codes]).toEqual([true, 0]);
  });

  test('an offer that got lost is made anew, with another number', async () => {
    const before = await page.locator('.handout-pin strong').textContent();
    await page.getByRole('button', { name: 'New code and PIN' }).click();
    await expect.poll(() => page.locator('.handout-pin strong').textContent()).not.toBe(before);
    await page.getByText('Waiting to be scanned').waitFor();
  });

  test('the paper certificate can be read by a verifier, beside a document', async () => {
    const answer = page.waitForResponse((response) => response.url().endsWith('/paper'));
    await page.getByRole('button', { name: 'Print a paper certificate' }).click();
    const { text } = (await (await answer).json()) as { text: string };
    await desk.system.trustWhen(({ issuers }) => issuers.length > 0);
    const match = { family: 'Sample', given: ['Anna'], birthDate: '1985-04-12' };
    expect((await desk.system.verifier('/verify', { text, match })).body).toMatchObject({ outcome: 'accepted', shown: { onPaper: true } });
    expect((await desk.system.verifier('/verify', { text })).body).toMatchObject({ outcome: 'refused', reason: 'document-needed' });
    await page.locator('.sheet-title', { hasText: 'Health certificate on paper' }).waitFor({ state: 'attached' });
    await page.emulateMedia({ media: 'print' });
    await shot(page, 'console/paper');
    const width = await page.locator('.sheet-code').evaluate((code) => code.getBoundingClientRect().width);
    expect(width / 96 * 25.4).toBeGreaterThan(70);
    await page.emulateMedia({ media: 'screen' });
  });

  test('one key brings the next patient, a new one, who is typed once', async () => {
    await page.keyboard.press('n');
    await isOn('patient');
    await page.keyboard.type('Newman, Paul 1999-02-03');
    await page.getByRole('option', { name: /Add/ }).waitFor();
    await page.keyboard.press('Enter');
    await isOn('birthDate');
    expect([await value('family'), await value('given'), await value('birthDate'), await value('lot')]).toEqual(['Newman', 'Paul', '1999-02-03', 'CANARY77']);
    await shot(page, 'console/visit-new');
    expect(await violationsOf(page)).toEqual([]);
  });

  test('what is missing is said, and leads to its field', async () => {
    await page.locator('#family').fill('');
    await page.keyboard.press('Control+Enter');
    const link = page.getByRole('alert').getByRole('link', { name: 'Enter the family name' });
    await link.waitFor();
    await shot(page, 'console/visit-missing');
    expect(await violationsOf(page)).toEqual([]);
    await link.press('Enter');
    await isOn('family');
    await page.keyboard.type('Newman');
  });

  test('a scanner that types fills in lot and expiry; a lot that had expired is not issued', async () => {
    await page.locator('#lot').fill('');
    await page.keyboard.type('0108806507050010172401311055AB');
    await page.keyboard.press('Control+]');
    await page.keyboard.type('21SERIAL');
    await page.keyboard.press('Enter');
    await expect.poll(() => value('lot')).toBe('55AB');
    await page.getByText(/Expires .*2024/).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('link', { name: 'This lot had expired on that day' }).waitFor();
  });

  test('the camera reads the code on a package', async () => {
    await page.getByRole('button', { name: 'Scan the package' }).click();
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => value('lot')).toBe('CAM42');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await isOn('lot');
  });

  test.each([['Test result', 'pcr', 'test'], ['Recovery', 'measles', 'disease']])('%s is issued from the code lists as well', async (kind, typed, field) => {
    await go(page, desk.system, 'visit');
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('radio', { name: kind }).check();
    await page.locator('#patient').fill('Sample');
    await page.getByRole('option', { name: /Sample, Anna/ }).click();
    await page.locator(`#${field}`).fill(typed === 'pcr' ? 'covid' : typed);
    await page.locator(`#${field}-list`).getByRole('option').first().click();
    if (field === 'test') await page.getByRole('radio').nth(3).check();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Ready for the patient' }).waitFor();
    await page.keyboard.press('n');
    await isOn('patient');
  });

  test('what the clinic used last, come while its field has the focus, is typed over', async () => {
    let arrive = () => {};
    const late = new Promise<void>((resolve) => { arrive = resolve; });
    await page.route('**/suggestions', async (route) => { await late; await route.continue(); }, { times: 1 });
    await page.evaluate(() => sessionStorage.clear());
    await go(page, desk.system, 'visit');
    await page.getByRole('radio', { name: 'Recovery' }).check();
    await page.locator('#disease').focus();
    arrive();
    await expect.poll(() => value('disease')).toBe('COVID-19');
    await page.keyboard.type('measles');
    expect(await value('disease')).toBe('measles');
    await page.getByRole('option', { name: 'Measles' }).waitFor();
    await page.unrouteAll();
  });

  test('all of it works on a small phone, with nothing beside the page', async () => {
    const { page: phone, context } = await desk.colleague(['clinician'], PHONE);
    await go(phone, desk.system, 'visit');
    await phone.locator('#patient').fill('Sample');
    await phone.getByRole('option', { name: /Sample, Anna/ }).click();
    await shot(phone, 'console/visit-phone');
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await violationsOf(phone)).toEqual([]);
    await context.close();
  });

  test('nothing complained on the way', () => expect(complaints).toEqual([]));
});

/** A DataMatrix with GS1 element strings. */
async function pictureOfPackage(text: string): Promise<Picture> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: wasm.buffer as ArrayBuffer }, fireImmediately: true }); // a file is read into a buffer of its own
  const { image } = await writeBarcode(text, { format: 'DataMatrix', options: 'gs1', scale: 8, addQuietZones: true });
  return pictureOfPng(new Uint8Array(await image!.arrayBuffer())); // written, or it would have thrown
}

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
