// Where the journeys through the three apps happen: one system, one browser with a camera, a clinician at a desk, a patient with a phone.
import type { BrowserContextOptions } from 'playwright-core';
import { openCinema, type Cinema } from '../browser/cinema.ts';
import { pictureOfPng, type Picture } from '../browser/film.ts';
import { DESK, openPage, PHONE, type Watched } from '../browser/page.ts';
import { addPasskeys } from '../browser/passkeys.ts';
import { clinicianAt, joinConsole, patientAt, type Visit } from '../browser/people.ts';
import { startFaces, type FacesSystem } from '../browser/system.ts';

export const RULE = 'eu-travel-2022';
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
/** Words that stand nowhere else. */
export const CANARIES = ['zqfamilycanary', 'zqgivencanary', 'zqlotcanary'];
export const VISIT: Visit = { family: 'Zqfamilycanary', given: 'Zqgivencanary', birthDate: '1985-04-12', vaccine: 'Comirnaty', lot: 'ZQLOTCANARY', dose: 2, date: daysAgo(60) };

export type Clinician = Awaited<ReturnType<typeof clinicianAt>>;
export type Patient = Awaited<ReturnType<typeof patientAt>>;
export type Seen = { readonly lane: Watched; readonly outcome: string | null; readonly reason: string | null };

export type Stage = {
  readonly system: FacesSystem;
  readonly cinema: Cinema;
  readonly desk: Watched;
  readonly phone: Watched;
  readonly clinician: Clinician;
  readonly patient: Patient;
  /** Every page that was opened here. */
  readonly seen: readonly Watched[];
  readonly open: (url: string, options?: BrowserContextOptions) => Promise<Watched>;
  readonly screenOf: (watched: Watched) => Promise<Picture>;
  /** What a new lane says of what stands before its camera. */
  readonly verdictOn: (picture: Picture, options?: BrowserContextOptions) => Promise<Seen>;
  readonly close: () => Promise<void>;
};

export async function openStage(): Promise<Stage> {
  const [system, cinema] = await Promise.all([startFaces(), openCinema()]);
  const seen: Watched[] = [];
  const open: Stage['open'] = async (url, options = PHONE) => {
    const watched = await openPage(cinema.browser, 'about:blank', options);
    seen.push(watched);
    await addPasskeys(watched.page);
    await watched.page.goto(url);
    return watched;
  };
  const desk = await open('about:blank', { ...DESK, permissions: ['clipboard-read', 'clipboard-write'] });
  await joinConsole(desk.page, system, 'Ada Stone', ['clinician', 'admin']);
  const phone = await open(system.urls.wallet);
  return {
    system, cinema, desk, phone, seen, open, clinician: await clinicianAt(desk.page), patient: await patientAt(phone.page),
    screenOf: async ({ page }) => pictureOfPng(await page.screenshot()),
    async verdictOn(picture, options = DESK) {
      await cinema.film([picture], { share: 0.9, turned: 3, noise: 12 });
      const lane = await open(system.urls.scanner, options);
      const dialog = lane.page.getByRole('alertdialog');
      await dialog.waitFor();
      return { lane, outcome: await dialog.getAttribute('data-outcome'), reason: await dialog.getAttribute('data-reason') };
    },
    async close() {
      await cinema.close();
      await system.stop();
    },
  };
}
