// What browser tests stand on: the apps at their addresses, and staff who join and sign in with a passkey.
import { describe, expect, test } from 'vitest';
import { openPage } from '../browser/page.ts';
import { addPasskeys } from '../browser/passkeys.ts';
import { shot } from '../browser/screenshot.ts';
import type { CareStage } from './care-stage.browser.ts';

export const describeApps = (of: () => CareStage) => describe('a system with its faces', () => {
  test('serves each app at its address', async () => {
    const { system, cinema: { browser } } = of();
    for (const app of ['wallet', 'console', 'scanner', 'records'] as const) {
      const { page, context, complaints } = await openPage(browser, system.urls[app]!); // this system has all four
      await page.waitForSelector('h1');
      expect([app, (await shot(page, `${app}/start`)).length > 1000, complaints]).toEqual([app, true, []]);
      await context.close();
    }
  });

  test('lets the first admin join with a passkey, and not without one; the console shows the way to that of records', async () => {
    const { system, cinema: { browser } } = of();
    const { page, context } = await openPage(browser, 'about:blank');
    const stranger = await addPasskeys(page, { stranger: true });
    await page.goto(system.firstAdmins['issuer']!);
    await page.getByRole('button').click();
    await page.getByText('did not happen').waitFor();
    await stranger.remove();
    const own = await addPasskeys(page);
    await page.getByRole('button').click();
    await expect.poll(async () => (await page.request.get(new URL('/staff/me', page.url()).href)).status()).toBe(200);
    expect(await own.count()).toBe(1);
    await page.goto(system.urls.console);
    expect(await page.getByRole('link', { name: 'Patient records' }).getAttribute('href')).toBe(system.urls.records);
    await context.close();
  });
});
