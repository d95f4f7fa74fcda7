// What members do at the console of records, by what they read on it. Each step ends when its page says so.
import type { Page } from 'playwright-core';
import type { Watched } from '../browser/page.ts';
import { heading } from '../browser/people.ts';
import { wordsOf } from '../browser/words.ts';
import { button } from './care-person.browser.ts';

const w = await wordsOf('records');
/** Something new was written or read meanwhile: it shows within this time, in milliseconds. */
const NEWS = 30_000;

export type MemberDesk = Awaited<ReturnType<typeof memberAt>>;
type Kind = Exclude<keyof typeof w.kinds, 'fhir'>;
type Tab = keyof typeof w.tabs;
export type Asking = { readonly actions?: readonly ('read' | 'write')[]; readonly period?: keyof typeof w.ask.periods };

export async function memberAt(watched: Watched, { file, passphrase }: { readonly file: string; readonly passphrase: string }) {
  const { page } = watched;
  await page.locator('#key-file').setInputFiles(file);
  await page.locator('#passphrase').fill(passphrase);
  await button(page, w.restore.open).click();
  await page.getByRole('navigation').getByRole('link', { name: w.places.account }).waitFor();
  const go = (place: keyof typeof w.places) => page.getByRole('navigation', { name: w.menu }).getByRole('link', { name: w.places[place], exact: true }).click();
  const tab = (name: Tab) => page.locator('nav.tabs').getByRole('link', { name: w.tabs[name], exact: true }).click();
  const titles = () => page.locator('.entry .entry-what a').allTextContents();
  return {
    w, watched, page, go, tab,
    /** Ends with the code on the screen. @returns the link in it */
    async ask({ actions = ['read', 'write'], period = 'month' }: Asking = {}): Promise<string> {
      await go('patients');
      await page.getByRole('link', { name: w.patients.ask }).first().click();
      await heading(page, w.ask.title).waitFor();
      for (const action of ['read', 'write'] as const) await page.getByRole('checkbox', { name: w.ask[action], exact: true }).setChecked(actions.includes(action));
      await page.locator('#period').selectOption(period);
      await button(page, w.ask.send).click();
      await page.getByRole('img', { name: w.ask.code }).waitFor();
      return (await page.getByRole('link', { name: w.ask.openWallet }).getAttribute('href'))!;
    },
    /** From the code to the patient who answered it. */
    async answered(): Promise<void> {
      await heading(page, w.ask.granted).waitFor();
      await page.getByRole('link', { name: w.patients.open }).click();
      await page.getByText(w.record.readAgain).waitFor();
    },
    /** Somebody who shared without being asked. */
    async openPatient(name: string): Promise<void> {
      await go('patients');
      await page.locator('.patient-name', { hasText: name }).click();
      await heading(page, name).waitFor();
    },
    /** Titles of everything that may be read. */
    async timeline(): Promise<string[]> {
      await tab('timeline');
      await page.locator('#find').waitFor();
      return titles();
    },
    /** @param by where several have the same title, who wrote it */
    async openEntry(title: string | RegExp, by = ''): Promise<void> {
      await tab('timeline');
      await page.locator('.entry', { hasText: by }).locator('.entry-what a', { hasText: title }).click();
      await page.locator('.item h2', { hasText: title }).waitFor();
    },
    async write(kind: Kind, fields: Readonly<Record<string, string>>): Promise<void> {
      await tab('write');
      await page.locator('.kinds a', { hasText: w.kinds[kind].name }).first().click();
      for (const [name, value] of Object.entries(fields)) {
        const field = page.locator(`#${name}`);
        if (await field.evaluate((element) => element.tagName === 'SELECT')) await field.selectOption(value);
        else await field.fill(value);
      }
      await button(page, w.writing.sign).click();
      await page.getByText(w.writing.written).waitFor();
    },
    async refer(to: string, reason: string): Promise<void> {
      await tab('refer');
      await choose(page, to);
      await page.locator('#reason').fill(reason);
      await button(page, w.care.refer).click();
      await page.getByText(w.care.next.split('{name}')[0]!).waitFor();
    },
    async order(to: string, tests: readonly (keyof typeof w.choices.test)[], question: string): Promise<void> {
      await tab('refer');
      await page.getByRole('radio', { name: w.care.order }).check();
      await choose(page, to);
      for (const test of tests) await page.getByRole('checkbox', { name: w.choices.test[test], exact: true }).check();
      await page.locator('#question').fill(question);
      await button(page, w.care.send).click();
      await page.getByText(w.care.next.split('{name}')[0]!).waitFor();
    },
    async prescribe(medicine: string, dosage: string): Promise<void> {
      await tab('prescribe');
      await page.locator('#medicine').fill(medicine);
      await page.locator('#dosage').fill(dosage);
      await button(page, w.prescribe.send).click();
      await page.getByText(w.prescribe.doneSays).waitFor();
    },
    /** A pharmacy's code on the screen. @returns the link in it */
    async counter(): Promise<string> {
      await go('counter');
      await button(page, w.counter.show).click();
      await page.getByRole('img', { name: w.counter.code }).waitFor();
      return (await page.getByRole('link', { name: w.counter.openWallet }).getAttribute('href'))!;
    },
    /** What somebody has handed over may be dispensed. */
    verified: () => page.getByText(w.counter.verified).waitFor({ timeout: NEWS }),
    /** Ends with the register's word. @returns what the page says of it */
    async dispense(): Promise<string> {
      await button(page, w.counter.dispense).click();
      const word = page.locator('.judgement-word').filter({ hasText: new RegExp(`${w.counter.dispensed}|${w.counter.refused}`) });
      await word.waitFor({ timeout: NEWS });
      return page.locator('.judgement').innerText();
    },
    /** Asks for records without the patient; ends when it waits for other hospitals. */
    async askInEmergency(find: { readonly code: string } | { readonly name: string; readonly birthDate: string }, reason: keyof typeof w.emergency.reasons): Promise<void> {
      await go('emergency');
      await page.getByRole('link', { name: w.emergency.ask }).click();
      await page.getByRole('radio', { name: 'code' in find ? w.emergency.finds.card : w.emergency.finds.person }).check();
      for (const [name, value] of Object.entries(find)) await page.locator(`#${name}`).fill(value);
      await page.locator('#reason').selectOption(reason);
      await button(page, w.emergency.send).click();
      await page.getByText(w.emergency.waits).waitFor({ timeout: NEWS });
    },
    /** Agrees that another hospital reads, and shows who it is. */
    async approve(reason: keyof typeof w.emergency.reasons): Promise<void> {
      await go('emergency');
      await page.locator('.card', { hasText: w.emergency.reasons[reason] }).getByRole('button', { name: w.emergency.approve }).click({ timeout: NEWS });
      await page.locator('#confirm').fill(passphrase);
      await page.getByRole('dialog').getByRole('button', { name: w.stepUp.passphrase, exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
    async endEmergency(): Promise<void> {
      await button(page, w.emergency.end).click();
      await page.getByRole('dialog').getByRole('button', { name: w.emergency.end }).click();
      await page.getByText(w.emergency.over).waitFor();
    },
    /** What a body finds of the newest emergency. */
    async review(finding: keyof typeof w.emergency.findings): Promise<void> {
      await go('reviews');
      await page.locator('.card').getByRole('button', { name: w.reviews.review }).first().click();
      await page.getByRole('radio', { name: w.emergency.findings[finding], exact: true }).check();
      await page.getByRole('dialog').getByRole('button', { name: w.reviews.review }).click();
      await page.getByText(w.reviews.done).waitFor();
    },
    /** The page notices by itself that there is something new, and shows it when asked. */
    async news(): Promise<void> {
      await page.getByText(w.record.news).waitFor({ timeout: NEWS });
      await button(page, w.record.readAgain).click();
      await page.getByText(w.record.readAt.split('{time}')[0]!).waitFor();
    },
    /** The page closes by itself. */
    ended: () => heading(page, w.access.ended).waitFor({ timeout: NEWS }),
  };
}

async function choose(page: Page, name: string): Promise<void> {
  await page.locator('#member').fill(name);
  await page.getByRole('option', { name }).first().click();
}
