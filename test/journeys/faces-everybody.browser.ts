// The same for everybody: in other languages and directions, with a keyboard alone, on the smallest phone.
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { Language } from '#passport';
import { violationsOf } from '../browser/accessibility.ts';
import { DESK, PHONE } from '../browser/page.ts';
import { heading, MAKING, patientAt } from '../browser/people.ts';
import { shot } from '../browser/screenshot.ts';
import { wordsOf } from '../browser/words.ts';
import { RULE, VISIT, type Stage } from './faces-stage.browser.ts';

const SMALL = { ...PHONE, viewport: { width: 320, height: 568 } };

/** A page that was just drawn takes the focus to its heading: what is pressed before that is pressed elsewhere. */
const settled = (page: Page): Promise<void> => page.evaluate(() => new Promise((resolve) => {
  let [before, frames] = [document.activeElement, 0];
  const look = () => {
    frames = document.activeElement === before ? frames + 1 : 0;
    before = document.activeElement;
    if (frames < 3) requestAnimationFrame(() => setTimeout(look));
    else resolve();
  };
  look();
}));

/** Goes on with Tab until what has the focus is called so, then presses it. */
async function press(page: Page, name: string, key = 'Enter'): Promise<void> {
  const focused = () => page.evaluate(() => {
    const element = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLLabelElement> };
    return (element.labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? element.textContent ?? '').trim();
  });
  await settled(page);
  for (let steps = 0; steps < 60; steps++) {
    if ((await focused()).startsWith(name)) return key === '' ? undefined : page.keyboard.press(key);
    await page.keyboard.press('Tab');
  }
  throw new Error(`no key leads to ${name}`);
}

const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

export const describeEverybody = (of: () => Stage) => describe('for everybody', () => {
  const languages: [Language, 'rtl' | 'ltr'][] = [['ar', 'rtl'], ['hi', 'ltr']];
  test.each(languages)('in %s: a certificate is added and shown, and the verdict is in the same language', async (language, direction) => {
    const { system, clinician, open, screenOf, verdictOn } = of();
    await clinician.go('visit');
    await clinician.next();
    const { link, pin } = await clinician.issue(VISIT);
    const phone = await open(system.urls.wallet, { ...PHONE, locale: language });
    const patient = await patientAt(phone.page, language);
    await heading(phone.page, patient.w.welcome.title).waitFor();
    expect(await phone.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([language, direction]);
    await shot(phone.page, `wallet/${language}-welcome`);
    await patient.begin(VISIT.given);
    await patient.read(link);
    await patient.enterPin(pin);
    await patient.accept();
    await shot(phone.page, `wallet/${language}-home`);
    expect(await violationsOf(phone.page)).toEqual([]);
    await patient.ask(RULE);
    await shot(phone.page, `wallet/${language}-rule`);
    await patient.showCode();
    const { lane, outcome } = await verdictOn(await screenOf(phone), { ...PHONE, locale: language });
    await shot(lane.page, `scanner/${language}-accepted`);
    expect([outcome, await lane.page.locator('#verdict-word').textContent()]).toEqual(['accepted', (await wordsOf('scanner', language)).verdict.accepted]);
    expect(await violationsOf(lane.page)).toEqual([]);
    await lane.context.close();
    await phone.context.close();
  });

  test('with a keyboard alone: issued at the console, added and shown in the wallet', async () => {
    const { desk, system, clinician, open } = of();
    await clinician.go('visit');
    await clinician.next();
    await desk.page.locator('#patient').waitFor();
    const { w } = clinician;
    const keys = desk.page.keyboard;
    await press(desk.page, w.visit.patient, '');
    await keys.type(VISIT.family);
    await desk.page.locator('#patient-list').getByRole('option', { name: VISIT.family }).first().waitFor();
    await keys.press('Enter');
    await press(desk.page, w.visit.vaccine, '');
    await keys.type(VISIT.vaccine);
    await keys.press('Enter');
    await keys.press('Control+Enter');
    const { link, pin } = await clinician.given();

    const { page, context } = await open(system.urls.wallet, DESK);
    const patient = await patientAt(page);
    await press(page, patient.w.welcome.start);
    await heading(page, patient.w.welcome.protect).waitFor();
    await press(page, patient.w.welcome.passkey);
    await heading(page, patient.w.home.title).waitFor();
    await press(page, patient.w.home.emptyAdd);
    await heading(page, patient.w.add.title).waitFor();
    await press(page, patient.w.add.paste);
    await press(page, patient.w.add.link, '');
    await page.keyboard.insertText(link);
    await press(page, patient.w.add.read);
    await heading(page, patient.w.add.pinTitle).waitFor();
    await press(page, patient.w.add.pin, '');
    await page.keyboard.type(pin);
    await page.keyboard.press('Enter');
    await heading(page, patient.w.add.preview).waitFor();
    await press(page, patient.w.add.accept);
    await heading(page, patient.w.add.added).waitFor();
    await press(page, patient.w.add.see);
    await heading(page, patient.w.home.title).waitFor();
    await context.close();

    // What was done today counts for no rule before the next time window: the pass is of the patient who was vaccinated weeks ago.
    const shown = of().phone.page;
    await of().patient.go('cards');
    await heading(shown, of().patient.w.home.title).waitFor();
    await press(shown, patient.w.places.show);
    await heading(shown, patient.w.show.title).waitFor();
    await press(shown, patient.titleOf(RULE));
    await heading(shown, patient.titleOf(RULE)).waitFor();
    await press(shown, await shown.locator('.actions button').innerText());
    await shown.getByRole('img', { name: patient.w.show.code }).waitFor({ timeout: MAKING });
    await press(shown, patient.w.show.done);
    await heading(shown, patient.w.show.title).waitFor();
  });

  test('on the smallest phone: nothing is cut off, and the code can be read', async () => {
    const { system, phone, patient, open, screenOf, verdictOn } = of();
    await phone.page.setViewportSize(SMALL.viewport);
    for (const place of ['cards', 'show', 'add', 'more'] as const) {
      await patient.go(place);
      expect([place, await overflow(phone.page)]).toEqual([place, 0]);
      await shot(phone.page, `wallet/small-${place}`);
    }
    await patient.show(RULE);
    expect(await overflow(phone.page)).toBe(0);
    await shot(phone.page, 'wallet/small-shown');
    const { lane, outcome } = await verdictOn(await screenOf(phone), SMALL);
    expect([outcome, await overflow(lane.page)]).toEqual(['accepted', 0]);
    await shot(lane.page, 'scanner/small-accepted');
    await lane.context.close();
    await patient.done();
    await phone.page.setViewportSize(PHONE.viewport);
    const scanner = await open(system.urls.scanner, SMALL);
    expect(await overflow(scanner.page)).toBe(0);
    await scanner.context.close();
  });
});
