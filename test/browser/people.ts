// What people do with the apps, by what they read on them: a patient with the wallet, a clinician at the console. Each step ends when its page says so.
import type { Page } from 'playwright-core';
import { loadSentences, titleOf } from '#faces/words/sentences/index.ts';
import type { Language } from '#passport';
import { policyById } from '#passport/policies/index.ts';
import { ok } from '../journeys/network.ts';
import type { FacesSystem } from './system.ts';
import { wordsOf } from './words.ts';

export type Offer = { readonly link: string; readonly pin: string };
export type Visit = { readonly family: string; readonly given: string; readonly birthDate: string; readonly vaccine: string; readonly lot: string; readonly dose: number; readonly date: string };

/** Milliseconds in which a busy machine makes a pass. */
export const MAKING = 90_000;

export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** The operator invites somebody, who registers a passkey of the authenticator that the page has and comes to the console. */
export async function joinConsole(page: Page, system: FacesSystem, displayName: string, roles: readonly string[]): Promise<void> {
  const { link } = ok(await system.issuer('/staff/members', { displayName, roles })) as { link: string }; // as the route declares
  await page.goto(link);
  await Promise.all([page.waitForResponse((response) => response.url().endsWith('/staff/me') && response.ok()), page.getByRole('button').click()]);
  await page.goto(system.urls.console);
}

export async function patientAt(page: Page, language: Language = 'en') {
  const w = await wordsOf('wallet', language);
  const sentences = await loadSentences(language);
  const ruleTitle = (rule: string) => titleOf(policyById(rule)!, sentences);
  const go = (place: 'cards' | 'show' | 'add' | 'more') => page.getByRole('navigation').getByRole('link', { name: w.places[place], exact: true }).click();
  return {
    w,
    /** From the first page to an empty wallet that a passkey protects. */
    async begin(name: string): Promise<void> {
      await button(page, w.welcome.start).click();
      await page.locator('#name').fill(name);
      await button(page, w.welcome.passkey).click();
      await heading(page, w.home.title).waitFor();
    },
    /** Pastes the link of an offer; ends where the number is asked for. */
    async read(link: string): Promise<void> {
      await go('add');
      await page.getByText(w.add.paste).click();
      await page.locator('#link').fill(link);
      await button(page, w.add.read).click();
      await heading(page, w.add.pinTitle).waitFor();
    },
    async enterPin(pin: string): Promise<void> {
      await page.locator('#pin').fill(pin);
      await button(page, w.add.fetch).click();
    },
    async accept(): Promise<void> {
      await heading(page, w.add.preview).waitFor();
      await button(page, w.add.accept).click();
      await heading(page, w.add.added).waitFor();
      await page.getByRole('link', { name: w.add.see }).click();
      await heading(page, w.home.title).waitFor();
    },
    go,
    titleOf: ruleTitle,
    /** Picks a rule; ends where it says what is shown and what stays secret, or under another heading. */
    async ask(rule: string, ends = ruleTitle(rule)): Promise<void> {
      await go('show');
      await page.getByRole('link', { name: ruleTitle(rule) }).click();
      await heading(page, ends).waitFor();
    },
    /** Opens the first certificate, and asks whether it still stands; ends when it was withdrawn. */
    async checkNow(): Promise<void> {
      await go('cards');
      await page.locator('.pass-link').first().click();
      await button(page, w.record.checkNow).click();
      await page.locator('.status', { hasText: w.status.revoked }).waitFor();
    },
    async showCode(): Promise<void> {
      await page.locator('.actions button').click();
      await page.getByRole('img', { name: w.show.code }).waitFor({ timeout: MAKING });
    },
    async show(rule: string): Promise<void> {
      await this.ask(rule);
      await this.showCode();
    },
    done: () => button(page, w.show.done).click(),
  };
}

export async function clinicianAt(page: Page, language: Language = 'en') {
  const w = await wordsOf('console', language);
  return {
    w,
    go: (place: keyof typeof w.places) => page.getByRole('navigation').getByRole('link', { name: w.places[place] }).click(),
    async enter({ family, given, birthDate, vaccine, lot, dose, date }: Visit): Promise<void> {
      await page.locator('#patient').fill(`${family}, ${given} ${birthDate}`);
      await page.locator('#patient-list').getByRole('option').last().click();
      await page.locator('#birthDate').fill(birthDate);
      await page.locator('#product').fill(vaccine);
      await page.locator('#product-list').getByRole('option').first().click();
      await page.locator('#lot').fill(lot);
      await page.locator('#dose').fill(String(dose));
      await page.locator('#series').fill(String(dose));
      await page.locator('#date').fill(date);
    },
    /** Issues what was filled in; ends with the code for the patient. */
    async handOut(): Promise<Offer> {
      await button(page, w.visit.issue).click();
      return this.given();
    },
    /** What the patient gets, once it is on the screen. */
    async given(): Promise<Offer> {
      await page.getByRole('img', { name: w.handout.code }).waitFor();
      await button(page, w.handout.copyLink).click();
      return { link: await page.evaluate(() => navigator.clipboard.readText()), pin: (await page.locator('.handout-pin strong').textContent())!.trim() };
    },
    async issue(visit: Visit): Promise<Offer> {
      await this.enter(visit);
      return this.handOut();
    },
    next: () => button(page, w.handout.next).click(),
    /** Revokes what was first issued to somebody; ends when the register says that it stands. */
    async revoke(name: string): Promise<void> {
      await this.go('register');
      await page.locator('#search').fill(name);
      await page.locator('a[data-row]').last().click();
      await button(page, w.status.revoke.verb).click();
      await page.getByRole('dialog').getByRole('button', { name: /^Revoke/ }).click();
      await page.locator('.tag', { hasText: w.statuses.revoked }).waitFor();
    },
  };
}
