// What browser tests stand on: the apps at their addresses, and staff who join and sign in with a passkey.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { hasChromium } from './faces.ts';
import { openPage } from './page.ts';
import { addPasskeys } from './passkeys.ts';
import { shot } from './screenshot.ts';
import { startFaces, type FacesSystem } from './system.ts';

describe.skipIf(!hasChromium)('a system with its faces', () => {
  let system: FacesSystem;
  let browser: Browser;
  beforeAll(async () => { [system, browser] = await Promise.all([startFaces(), launchChromium()]); });
  afterAll(async () => { await browser?.close(); await system?.stop(); });

  test('serves each app at its address', async () => {
    for (const app of ['wallet', 'console', 'scanner'] as const) {
      const { page, context, complaints } = await openPage(browser, system.urls[app]);
      await page.waitForSelector('h1');
      expect([app, (await shot(page, `${app}/start`)).length > 1000, complaints]).toEqual([app, true, []]);
      await context.close();
    }
  });

  test('lets the first admin join with a passkey, and not without one', async () => {
    const { page, context } = await openPage(browser, 'about:blank');
    const stranger = await addPasskeys(page, { stranger: true });
    await page.goto(system.firstAdmins['issuer']!);
    await page.getByRole('button').click();
    await page.getByText('did not happen').waitFor();
    await stranger.remove();
    const own = await addPasskeys(page);
    await page.getByRole('button').click();
    await expect.poll(async () => (await page.request.get(new URL('/staff/me', page.url()).href)).status(), { timeout: 10_000 }).toBe(200);
    expect(await own.count()).toBe(1);
    await context.close();
  });
});
