// What people wait for in the three apps, as lines of JSON for `npm run bench`: first load, first heading, a pass.
import type { Browser } from 'playwright-core';
import { median, type Row } from '#bench/measure.ts';
import { sampleBundle } from '#network/samples/index.ts';
import { now, ok } from '../journeys/network.ts';
import { launchChromium } from './chromium.ts';
import { openPage, PHONE } from './page.ts';
import { addPasskeys } from './passkeys.ts';
import { patientAt } from './people.ts';
import { startFaces, type FacesSystem } from './system.ts';

const RULES = ['over-18', 'eu-travel-2022', 'yellow-fever'] as const;
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

/** A new wallet on a phone: its first pass, for which the proving key has to come, and the next ones. */
async function passes(system: FacesSystem, browser: Browser): Promise<Row[]> {
  const { link, txCode } = ok(await system.issuer('/offers', { fhir: sampleBundle(now()) })) as { link: string; txCode: string }; // as the route declares
  const { page, context } = await openPage(browser, 'about:blank', PHONE);
  await addPasskeys(page);
  await page.goto(system.urls.wallet);
  const patient = await patientAt(page);
  await patient.begin('Anna');
  await patient.read(link);
  await patient.enterPin(txCode);
  await patient.accept();
  const times: number[] = [];
  for (const rule of RULES) {
    await patient.ask(rule);
    const begun = performance.now();
    await patient.showCode();
    times.push(performance.now() - begun);
    await patient.done();
  }
  await context.close();
  return [
    row('wallet: first pass of all, from the press to the code', times[0]!, 'ms', { note: 'the proving key is fetched' }),
    row('wallet: a pass that is made when it is asked for', median(times.slice(1)), 'ms', { note: 'one that was made ahead is there at once' }),
  ];
}

const system = await startFaces();
const browser = await launchChromium();
try {
  const rows = [...await firstLoads(system, browser), ...await passes(system, browser)];
  process.stdout.write(`${JSON.stringify(rows)}\n`);
} finally {
  await browser.close();
  await system.stop();
}
