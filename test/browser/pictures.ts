// npm run pictures: takes the pictures of the README from a system of its own, by going through the story as people do. `docs/pictures/*.png`.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PROJECT } from '#faces/build/apps.ts';
import { openCinema } from './cinema.ts';
import { pictureOfPng } from './film.ts';
import { DESK, openPage, PHONE } from './page.ts';
import { addPasskeys } from './passkeys.ts';
import { clinicianAt, heading, joinConsole, patientAt, type Visit } from './people.ts';
import { takePicturesOfRecords } from './pictures-of-records.ts';
import { smallPng } from './small-png.ts';
import { startFaces } from './system.ts';

const FOLDER = join(PROJECT, 'docs/pictures');
const RULE = 'eu-travel-2022';
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const VISIT: Visit = { family: 'Sample', given: 'Anna', birthDate: '1985-04-12', vaccine: 'Comirnaty', lot: 'FK9413', dose: 2, date: daysAgo(60) };

async function take(page: Page, name: string): Promise<void> {
  const png = smallPng(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  await writeFile(join(FOLDER, `${name}.png`), png);
  process.stdout.write(`docs/pictures/${name}.png  ${(png.length / 1000).toFixed(0)} kB\n`);
}

await mkdir(FOLDER, { recursive: true });
const [system, cinema] = await Promise.all([startFaces({ samples: true, records: true, environment: { HEALTHPASS_RATE_LIMITS: 'off' } }), openCinema()]);
try {
  const { page: desk } = await openPage(cinema.browser, 'about:blank', { ...DESK, permissions: ['clipboard-read', 'clipboard-write'] });
  const { page: phone } = await openPage(cinema.browser, 'about:blank', PHONE);
  const [clinician, patient] = [await clinicianAt(desk), await patientAt(phone)];
  await addPasskeys(desk);
  await joinConsole(desk, system, 'Ada Stone', ['clinician', 'admin']);
  await heading(desk, clinician.w.visit.title).waitFor();
  await clinician.enter(VISIT);
  await take(desk, 'console-visit');
  const offer = await clinician.handOut();
  await addPasskeys(phone);
  await phone.goto(system.urls.wallet);
  await patient.begin('Anna');
  await patient.read(offer.link);
  await patient.enterPin(offer.pin);
  await patient.accept();
  await take(phone, 'wallet-home');
  await patient.ask(RULE);
  await take(phone, 'wallet-rule');
  await patient.showCode();
  await take(phone, 'wallet-pass');
  const screen = pictureOfPng(await phone.screenshot());
  await patient.done();
  await cinema.film([screen], { share: 0.9 });
  const lane = await openPage(cinema.browser, system.urls.scanner, PHONE);
  await lane.page.locator('[role=alertdialog][data-outcome=accepted]').waitFor();
  await take(lane.page, 'scanner-accepted');
  await takePicturesOfRecords(system, cinema, phone, take);
} finally {
  await cinema.close();
  await system.stop();
}
