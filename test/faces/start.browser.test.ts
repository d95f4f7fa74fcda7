// Every app starts in a real browser, under its own security headers, in every language, and again without a network.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { APP_NAMES, buildFolder, type AppName } from '#faces/build/index.ts';
import { LANGUAGES } from '#passport';
import { createRouter, freePort, listen, NO_ACCESS, type Listening } from '#server';
import { violationsOf } from '../browser/accessibility.ts';
import { launchChromium } from '../browser/chromium.ts';
import { builtFaces, hasChromium } from '../browser/faces.ts';
import { openPage, PHONE } from '../browser/page.ts';

describe.skipIf(!hasChromium).each([...APP_NAMES])('the %s', (name) => {
  let browser: Browser;
  let site: Listening;
  let url: string;
  const serve = async (app: AppName, port: Parameters<typeof listen>[1]) => listen(createRouter([], { access: NO_ACCESS, sites: [{ base: '/app', folder: buildFolder(app), surface: 'app' }] }), port);
  beforeAll(async () => {
    await builtFaces();
    browser = await launchChromium();
    site = await serve(name, await freePort(0));
    url = `${site.url.replace('127.0.0.1', 'localhost')}/app/`;
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop(0);
  });

  test('starts with a heading, in each language and its direction, with nothing that axe finds wrong', async () => {
    const { page, context, complaints, origins } = await openPage(browser, url, PHONE);
    for (const language of LANGUAGES) {
      await page.evaluate((chosen) => localStorage.setItem('language', chosen), language);
      await page.reload();
      await page.waitForFunction((chosen) => document.documentElement.lang === chosen && document.querySelector('h1') !== null, language);
      expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === 'ar' ? 'rtl' : 'ltr');
      expect([language, await violationsOf(page)]).toEqual([language, []]);
    }
    expect([complaints, [...origins]]).toEqual([[], [new URL(url).origin]]);
    await context.close();
  });

  test('starts again without a network', async () => {
    const { page, context } = await openPage(browser, url, PHONE);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    await page.reload();
    await page.waitForSelector('h1');
    await context.close();
  });

  test('runs no script that is not its own, whatever gets into the page', async () => {
    const { page, context } = await openPage(browser, url);
    await page.waitForSelector('h1');
    const ran = await page.evaluate(async () => {
      const tries = [
        () => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran=1">'); },
        () => { const script = document.createElement('script'); script.textContent = 'window.ran=2'; document.body.append(script); },
        () => { setTimeout('window.ran=3' as unknown as () => void, 0); }, // what the browser would compile
        () => { const script = document.createElement('script'); script.src = 'data:text/javascript,window.ran=4'; document.body.append(script); },
      ];
      for (const attempt of tries) try { attempt(); } catch { /* refused */ }
      await new Promise((resolve) => setTimeout(resolve, 100));
      return (window as { ran?: number }).ran;
    });
    expect(ran).toBeUndefined();
    await context.close();
  });
});
