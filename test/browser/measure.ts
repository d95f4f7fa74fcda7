// What people wait for in the three apps, as lines of JSON for `npm run bench`: first load and first heading.
import type { Browser } from 'playwright-core';
import { median, type Row } from '#bench/measure.ts';
import { launchChromium } from './chromium.ts';
import { openPage, PHONE } from './page.ts';
import { startFaces, type FacesSystem } from './system.ts';

const row = (name: string, value: number, unit: string, rest: Pick<Row, 'target' | 'note'> = {}): Row => ({ group: 'faces', name, value, unit, ...rest });

async function firstLoads(system: FacesSystem, browser: Browser): Promise<Row[]> {
  const rows: Row[] = [];
  for (const app of ['wallet', 'console', 'scanner'] as const) {
    const times: number[] = [];
    let script = 0;
    for (let round = 0; round < 5; round++) {
      const { context, page } = await openPage(browser, 'about:blank', { ...PHONE, serviceWorkers: 'block' });
      const loaded: Promise<number>[] = [];
      page.on('requestfinished', (request) => { if (request.resourceType() === 'script') loaded.push(request.sizes().then(({ responseBodySize }) => responseBodySize)); });
      await page.goto(system.urls[app]);
      await page.waitForSelector('h1');
      times.push(await page.evaluate(() => performance.now()));
      script = (await Promise.all(loaded)).reduce((sum, size) => sum + size, 0);
      await context.close();
    }
    rows.push(row(`${app}: script until the first heading, compressed`, script / 1000, 'kB', { target: { atMost: 200 } }), row(`${app}: from nothing to the first heading`, median(times), 'ms', { note: 'the service on the same machine' }));
  }
  return rows;
}

const system = await startFaces();
const browser = await launchChromium();
try {
  const rows = await firstLoads(system, browser);
  process.stdout.write(`${JSON.stringify(rows)}\n`);
} finally {
  await browser.close();
  await system.stop();
}
