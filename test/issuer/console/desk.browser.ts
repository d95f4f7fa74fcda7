// A clinic's desk for browser tests: a whole system, and colleagues who come in by an invitation with a passkey of their own.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../../browser/chromium.ts';
import { DESK, openPage, type Watched } from '../../browser/page.ts';
import { addPasskeys } from '../../browser/passkeys.ts';
import { startFaces, type FacesSystem } from '../../browser/system.ts';

export type Desk = {
  readonly system: FacesSystem;
  readonly browser: Browser;
  /** Somebody with these roles, at the console. */
  readonly colleague: (roles: readonly string[], options?: BrowserContextOptions) => Promise<Watched & { readonly member: string }>;
  readonly close: () => Promise<void>;
};

export async function openDesk(options: Parameters<typeof launchChromium>[0] = {}): Promise<Desk> {
  const [system, browser] = await Promise.all([startFaces(), launchChromium(options)]);
  return {
    system, browser,
    async colleague(roles, options = DESK) {
      const { body } = await system.issuer('/staff/members', { displayName: 'Ada Colleague', roles });
      const { member, link } = body as { member: string; link: string };
      const watched = await openPage(browser, 'about:blank', options);
      await addPasskeys(watched.page);
      await watched.page.goto(link);
      await watched.page.getByRole('button').click();
      await watched.page.waitForURL(/\/console\//);
      await watched.page.getByRole('heading', { level: 1 }).waitFor();
      watched.complaints.length = 0; // of the page before: it has no picture for the tab
      return { ...watched, member };
    },
    async close() {
      await browser.close();
      await system.stop();
    },
  };
}

/** Opens a place of the console as if its address were typed. */
export async function go(page: Page, system: FacesSystem, place: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${system.urls.console}#/${place}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

export const record = (family: string, given: string, birthDate: string, { lot = 'EX1234', dose = 1 }: { lot?: string; dose?: number } = {}) => ({
  resourceType: 'Immunization', status: 'completed', vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '208' }] }, lotNumber: lot, occurrenceDateTime: `2026-11-0${dose}`,
  protocolApplied: [{ doseNumberPositiveInt: dose, seriesDosesPositiveInt: 2 }], patient: { reference: '#p' }, contained: [{ resourceType: 'Patient', id: 'p', birthDate, name: [{ family, given: [given] }] }],
});
