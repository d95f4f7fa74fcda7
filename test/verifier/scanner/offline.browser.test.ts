// A lane without a network, with data that are old, or were written to, and with a clock that is wrong: it says so, and pretends nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { ReadyPass } from '#wallet';
import { violationsOf } from '../../browser/accessibility.ts';
import { hasChromium } from '../../browser/faces.ts';
import { frameOf } from '../../browser/film.ts';
import { PHONE } from '../../browser/page.ts';
import { shot } from '../../browser/screenshot.ts';
import { now } from '../../journeys/network.ts';
import { show } from '../../journeys/showing.ts';
import { paste } from './codes.browser.ts';
import { openScanner, startScene, verdictOf, type Scene } from './scene.browser.ts';

const EU = 'eu-travel-2022';
const BUNDLE = '**/trust-bundle';
type Bundle = { readonly trust: { readonly finalized: { time: number }; readonly latest: { time: number }; readonly roots: { root: string }[] } };

describe.skipIf(!hasChromium)('a scanner', () => {
  let scene: Scene;
  let plain: ReadyPass;
  let browser: Browser;
  beforeAll(async () => {
    scene = await startScene();
    plain = await scene.makePass(EU);
    browser = await scene.filmed([{ frame: frameOf([]), seconds: 1 }]);
  });
  afterAll(() => scene?.stop());

  const judged = async (page: Page) => {
    await paste(page, show(plain, now()));
    const verdict = await verdictOf(page);
    await page.keyboard.press('Enter');
    await page.locator('.verdict').waitFor({ state: 'detached' });
    return verdict;
  };
  const freshness = (page: Page) => page.locator('.freshness');
  /** Out of reach, as a lane sees it: for the page and for its worker. */
  const cutOff = async (context: BrowserContext) => {
    await context.setOffline(true);
    await context.route(BUNDLE, (route) => route.abort('internetdisconnected'));
  };
  const kept = async (page: Page) => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await freshness(page).getByText('Data of').waitFor();
  };

  test('works from a cold start without a network, and says that it is offline and how old its data are', async () => {
    const { page, context } = await openScanner(browser, scene.url, { rule: EU, lane: 'Gate 4' }, PHONE);
    await kept(page);
    await cutOff(context);
    await page.close();
    const cold = await context.newPage();
    await cold.goto(scene.url);
    await freshness(cold).getByText('Offline').waitFor();
    expect(await judged(cold)).toEqual(['accepted', null]);
    expect(await cold.locator('.lane').textContent()).toBe('Gate 4'); // nothing is lost
    expect(await violationsOf(cold)).toEqual([]);
    await shot(cold, 'scanner/offline-phone');
    await cold.getByRole('link', { name: 'Ask a wallet' }).click();
    await cold.getByRole('link', { name: 'To the settings' }).click();
    await cold.getByLabel('Name of this venue').fill('City Hall');
    await cold.getByRole('link', { name: 'Ask a wallet' }).click();
    await cold.getByText('Asked by this device alone').waitFor();
    await context.close();
  });

  test('refuses data that were written to on the device: no verdict rests on them', async () => {
    const { page, context } = await openScanner(browser, scene.url, { rule: EU });
    await kept(page);
    await cutOff(context);
    await page.evaluate(async () => {
      const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error as Error));
      });
      const store = (await done(indexedDB.open('healthpass-scanner'))).transaction('trust', 'readwrite').objectStore('trust');
      const { text, fetchedAt } = (await done(store.get('bundle'))) as { text: string; fetchedAt: number };
      const bundle = JSON.parse(text) as { trust: { roots: { root: string }[] } };
      bundle.trust.roots.at(-1)!.root = '0x1234'; // the attacker's own registry
      await done(store.put({ text: JSON.stringify(bundle), fetchedAt }, 'bundle'));
    });
    await page.reload();
    await freshness(page).getByText('were damaged').waitFor();
    expect(await judged(page)).toEqual(['undecided', 'trust-missing']);
    await context.unroute(BUNDLE);
    await context.setOffline(false);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await freshness(page).getByText('Data of').waitFor();
    expect(await judged(page)).toEqual(['accepted', null]);
    await context.close();
  });

  test('with data that are too old it says neither yes nor no: trust-stale', async () => {
    const { page, context } = await openScanner(browser, 'about:blank');
    await context.route(BUNDLE, async (route) => {
      const response = await route.fetch();
      const bundle = (await response.json()) as Bundle;
      const old = bundle.trust.finalized.time - 3 * 86_400;
      bundle.trust.finalized.time = old; // a mirror that has stood still
      await route.fulfill({ response, json: bundle });
    });
    await page.goto(scene.url);
    await freshness(page).getByText('too old to decide').waitFor();
    await paste(page, show(plain, now()));
    expect(await verdictOf(page)).toEqual(['undecided', 'trust-stale']);
    expect(await violationsOf(page)).toEqual([]);
    await shot(page, 'scanner/undecided-desk');
    await context.close();
  });

  test('with a clock that is ahead or behind it decides nothing, and says by how much: clock-wrong', async () => {
    for (const [seconds, says] of [[-600, '10 min ahead'], [7200, '120 min behind']] as const) {
      const { page, context } = await openScanner(browser, 'about:blank');
      await context.route(BUNDLE, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), date: new Date(Date.now() + seconds * 1000).toUTCString() } });
      });
      await page.goto(scene.url);
      await freshness(page).getByText(says).waitFor();
      expect([seconds, await judged(page)]).toEqual([seconds, ['undecided', 'clock-wrong']]);
      await context.close();
    }
  });

  test('does not take older data for newer, nor an answer that does not hold together', async () => {
    const { page, context } = await openScanner(browser, scene.url, { rule: EU });
    await kept(page);
    let answers = 0;
    await context.route(BUNDLE, async (route) => {
      answers++;
      const response = await route.fetch();
      const bundle = (await response.json()) as Bundle;
      bundle.trust.roots.at(-1)!.root = '0x1234';
      await route.fulfill({ response, json: bundle });
    });
    await page.reload();
    await freshness(page).getByText('Data of').waitFor();
    await expect.poll(() => answers).toBeGreaterThan(0);
    expect(await judged(page)).toEqual(['accepted', null]); // by those that are kept
    await context.close();
  });
});
