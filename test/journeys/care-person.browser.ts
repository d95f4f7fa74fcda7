// What a patient does with the wallet about records, by what stands on it. Each step ends when its page says so.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { records as r } from '../../holder-web/app/words/records/en.ts';
import { loadAccessWords } from '#faces/words/accesses/index.ts';
import { heading, patientAt } from '../browser/people.ts';

const a = await loadAccessWords('en');
export type Person = Awaited<ReturnType<typeof personAt>>;
type Tab = Exclude<keyof typeof r.tabs, 'name'>;
type What = keyof typeof a.what;
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
/** Milliseconds until the chain has it, on a busy machine. */
const CHAIN = 60_000;

/** What a person changes of what is asked. */
export type Choice = { readonly may?: keyof typeof r.share.mays; readonly only?: readonly What[]; readonly lasts?: keyof typeof r.share.lasts };

export async function personAt(page: Page) {
  const { w, begin } = await patientAt(page);
  /** Its name tells also how much there is that was not looked at yet. */
  const place = page.getByRole('navigation', { name: w.places.name }).getByRole('link', { name: w.places.records });
  const tab = async (name: Tab) => {
    await place.click();
    await page.getByRole('navigation', { name: r.tabs.name }).getByRole('link', { name: r.tabs[name] }).click();
  };

  return {
    r, a, page, begin, tab,
    /** From the wallet to records that are empty. */
    async beginRecords(name: string, birthDate: string): Promise<void> {
      await place.click();
      await heading(page, r.begin.title).waitFor();
      await page.locator('#card-name').fill(name);
      await page.locator('#card-birth').fill(birthDate);
      await button(page, r.begin.start).click();
      await page.getByText(r.list.empty).waitFor();
    },
    async writeDown(kind: keyof typeof r.write.kinds, what: string, { isSensitive = false, text }: { readonly isSensitive?: boolean; readonly text?: string } = {}): Promise<void> {
      await tab('records');
      await page.getByRole('link', { name: r.list.add }).click();
      await page.getByRole('link', { name: r.write.kinds[kind] }).click();
      await page.locator('#what').fill(what);
      if (text !== undefined) await page.locator('#text').fill(text);
      if (isSensitive) await page.getByRole('checkbox', { name: r.write.sensitive }).check();
      await button(page, r.write.keep).click();
      await page.locator('.record-link', { hasText: what }).waitFor();
    },
    /** As the camera of the phone does with a code. */
    async openLink(link: string): Promise<void> {
      await page.goto(link);
      await button(page, r.share.confirm).waitFor();
    },
    /** With the wallet's own camera. */
    async scan(): Promise<void> {
      await tab('records');
      await page.getByRole('link', { name: r.list.share, exact: true }).click();
      await button(page, r.share.scan).click();
      await button(page, r.share.confirm).waitFor();
    },
    /** From a record that names somebody. */
    async shareFrom(title: string | RegExp, who: string): Promise<void> {
      await this.openRecord(title);
      await page.getByRole('link', { name: r.entry.shareWith.replace('{who}', `\u2068${who}\u2069`) }).click();
      await button(page, r.share.confirm).waitFor();
    },
    async choose({ may, only, lasts }: Choice): Promise<void> {
      if (may !== undefined) await page.getByRole('radio', { name: r.share.mays[may], exact: true }).check();
      if (only !== undefined) {
        await page.getByRole('radio', { name: r.share.choose, exact: true }).check();
        for (const [what, name] of Object.entries(a.what)) {
          const box = page.locator('.choices.kinds').getByRole('checkbox', { name: capital(name), exact: true });
          if (await box.count() > 0) await box.setChecked(only.includes(what as What)); // its keys are the names
        }
      }
      if (lasts !== undefined) await page.getByRole('radio', { name: r.share.lasts[lasts], exact: true }).check();
    },
    /** The yes; ends when the chain has it. */
    async confirm(): Promise<void> {
      await button(page, r.share.confirm).click();
      await heading(page, r.share.granted).waitFor({ timeout: CHAIN });
    },
    async records(): Promise<string[]> {
      await tab('records');
      await page.locator('.record-link').first().waitFor();
      return page.locator('.record-link').allInnerTexts();
    },
    async openRecord(title: string | RegExp): Promise<void> {
      await tab('records');
      await page.locator('.record-link', { hasText: title }).click();
      await heading(page, title).waitFor();
    },
    /** Ends what somebody may see, for good. */
    async revoke(who: string): Promise<void> {
      await tab('access');
      await page.locator('#access-now ~ ul a', { hasText: who }).click();
      await button(page, r.access.revoke).click();
      await page.getByRole('dialog').getByRole('button', { name: r.access.revoke }).click();
      await page.getByText(r.access.revoked).waitFor({ timeout: CHAIN });
    },
    /** Who looked, in the sentences of the page, newest first. */
    async looked(): Promise<string[]> {
      await tab('looked');
      await page.locator('.access-line').first().waitFor();
      return page.locator('.access-line').allInnerTexts();
    },
    /** To the pharmacy whose code was scanned; ends when it is in its hands. */
    async handOver(link: string): Promise<void> {
      await page.goto(link);
      await button(page, r.prescriptions.hand).click();
      await page.getByText(r.prescriptions.waiting.split('{who}')[0]!).waitFor();
    },
    /** Lays the first things ready for those hospitals, found by card, name and birth date. @returns the code of the card */
    async layReady(hospitals: readonly string[]): Promise<string> {
      await tab('more');
      await page.getByRole('link', { name: r.emergency.title }).click();
      for (const name of hospitals) await page.getByRole('checkbox', { name }).check();
      await page.getByRole('radio', { name: r.emergency.ways.person }).check();
      await button(page, r.emergency.on).click();
      await page.getByRole('img', { name: r.emergency.cardCode }).waitFor({ timeout: CHAIN });
      return page.locator('.card-code').innerText();
    },
    /** What became of each emergency, newest first. */
    async emergencies(): Promise<string> {
      await tab('more');
      await page.getByRole('link', { name: r.emergency.title }).click();
      await heading(page, r.emergency.title).waitFor();
      return page.getByRole('heading', { name: r.emergency.accesses }).locator('..').innerText();
    },
    /** Compares the account with the chain. @returns the headline of the verdict */
    async check(): Promise<string> {
      await tab('looked');
      await button(page, r.looked.check).click();
      await page.getByText(r.looked.saveHint).waitFor({ timeout: CHAIN });
      return page.getByRole('region', { name: r.looked.check }).innerText();
    },
    /** What is saved after a check: the account as a file. */
    async saveAccount(): Promise<string> {
      const [download] = await Promise.all([page.waitForEvent('download'), button(page, r.looked.save).click()]);
      return download.path();
    },
    async saveSummary(): Promise<unknown> {
      await tab('records');
      const [download] = await Promise.all([page.waitForEvent('download'), button(page, r.list.give).click()]);
      return JSON.parse(await readFile(await download.path(), 'utf8'));
    },
  };
}
