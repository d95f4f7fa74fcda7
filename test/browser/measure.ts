// What people wait for in the three apps, as lines of JSON for `npm run bench`: first load, first heading, and the verdict of a code before the camera.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { median, type Row } from '#bench/measure.ts';
import { sampleBundle } from '#network/samples/index.ts';
import { windowAt } from '#passport';
import { newWallet, now } from '../journeys/network.ts';
import { pass, policy, show } from '../journeys/showing.ts';
import { launchChromium } from './chromium.ts';
import { fakeCamera, frameOf, pictureOfCode, writeFilm } from './film.ts';
import { openPage, PHONE } from './page.ts';
import { verdictTimes } from './stopwatch.ts';
import { startFaces, type FacesSystem } from './system.ts';

const RULE = 'eu-travel-2022';
/** Different passes, so that none is known again when its turn comes. */
const [PASSES, CODES] = [4, 24];
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

async function verdicts(system: FacesSystem, folder: string): Promise<Row[]> {
  const wallet = await newWallet();
  await system.issueTo(wallet, sampleBundle(now()));
  const passes = [];
  for (let i = 0; i < PASSES; i++) passes.push(await pass(system, wallet, RULE, { window: windowAt(policy(RULE).window, now()) }));
  const film = join(folder, 'film.y4m');
  const empty = { frame: frameOf([]), seconds: 0.6 };
  await writeFilm(film, passes.flatMap((ready) => [empty, { frame: frameOf([pictureOfCode(show(ready, now()))], { share: 0.6, turned: 4, noise: 15 }), seconds: 0.7 }]), 30);
  const browser = await launchChromium({ args: fakeCamera(film) });
  try {
    const { page } = await openPage(browser, system.urls.scanner, { viewport: { width: 412, height: 860 } });
    await page.waitForSelector('[role=alertdialog][data-outcome=accepted]');
    const times = (await verdictTimes(page, CODES)).toSorted((a, b) => a - b);
    const at = (share: number) => times[Math.ceil(share * times.length) - 1]!;
    return [
      row('scanner: from the camera’s picture to the verdict, median', at(0.5), 'ms', { target: { atMost: 300 }, note: 'a pass turned by 4 degrees, with noise, 1280 x 720 at 30/s' }),
      row('scanner: from the camera’s picture to the verdict, p95', at(0.95), 'ms', { target: { atMost: 300 }, note: `${times.length} codes` }),
    ];
  } finally {
    await browser.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'healthpass-measure-'));
const system = await startFaces();
const browser = await launchChromium();
try {
  const rows = [...await firstLoads(system, browser), ...await verdicts(system, folder)];
  process.stdout.write(`${JSON.stringify(rows)}\n`);
} finally {
  await browser.close();
  await system.stop();
  await rm(folder, { recursive: true, force: true });
}
