// A scanner in a real browser before the real services and chain: its camera films codes that a real wallet has signed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { windowAt, type IssuedCredential } from '#passport';
import { sampleBundle } from '#network/samples/index.ts';
import type { ReadyPass, Wallet } from '#wallet';
import { launchChromium } from '../../browser/chromium.ts';
import { builtFaces } from '../../browser/faces.ts';
import { fakeCamera, writeFilm, type Scene as Take } from '../../browser/film.ts';
import { openPage, type Watched } from '../../browser/page.ts';
import { newWallet, now, startNetwork, type Network } from '../../journeys/network.ts';
import { pass, policy } from '../../journeys/showing.ts';

export type Scene = {
  readonly network: Network;
  readonly wallet: Wallet;
  readonly credentials: readonly IssuedCredential[];
  /** Birth date of the person in the sample record. */
  readonly born: string;
  readonly url: string;
  readonly makePass: (policy: string, options?: Parameters<typeof pass>[3]) => Promise<ReadyPass>;
  /** A browser whose camera plays the film. */
  readonly filmed: (takes: readonly Take[], framesPerSecond?: number) => Promise<Browser>;
  readonly stop: () => Promise<void>;
};

export async function startScene(): Promise<Scene> {
  await builtFaces();
  const folder = await mkdtemp(join(tmpdir(), 'healthpass-scanner-'));
  const network = await startNetwork();
  const wallet = await newWallet();
  const fhir = sampleBundle(now());
  const credentials = await network.issueTo(wallet, fhir);
  const browsers: Browser[] = [];
  return {
    network, wallet, credentials, born: (fhir as unknown as { entry: { resource: { birthDate: string } }[] }).entry[0]!.resource.birthDate, url: `${network.endpoints.verifier.replace('127.0.0.1', 'localhost')}/scanner/`,
    makePass: (id, options = {}) => pass(network, wallet, id, { window: windowAt(policy(id).window, now()), ...options }),
    async filmed(takes, framesPerSecond = 10) {
      const file = join(folder, `${browsers.length}.y4m`);
      await writeFilm(file, takes, framesPerSecond);
      const browser = await launchChromium({ args: fakeCamera(file) });
      browsers.push(browser);
      return browser;
    },
    async stop() {
      for (const browser of browsers) await browser.close();
      await network.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const SETTINGS = 'scanner-settings';

/** The scanner, set up as given, once it can read codes. */
export async function openScanner(browser: Browser, url: string, settings: object = {}, options: BrowserContextOptions = {}): Promise<Watched> {
  const watched = await openPage(browser, url, { permissions: ['camera'], ...options });
  if (url === 'about:blank') return watched; // the caller sets the stage first
  await watched.page.evaluate(([name, value]) => localStorage.setItem(name!, value!), [SETTINGS, JSON.stringify({ hold: 0, ...settings })]);
  await watched.page.reload();
  return watched;
}

/** What stands over the page: outcome and reason. */
export async function verdictOf(page: Page): Promise<readonly (string | null)[]> {
  const verdict = page.locator('.verdict');
  await verdict.waitFor();
  return [await verdict.getAttribute('data-outcome'), await verdict.getAttribute('data-reason')];
}
