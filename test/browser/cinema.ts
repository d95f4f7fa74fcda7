// A Chromium whose camera films what is put before it: the screen of a page, or a picture. The next page that opens the camera sees the last film.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { fakeCamera, frameOf, writeFilm, type Filming, type Picture } from './film.ts';

export type Cinema = {
  readonly browser: Browser;
  /** Puts pictures before the camera, one after the other, with nothing in view for a while after each. */
  readonly film: (pictures: readonly Picture[], filming?: Filming & { readonly seconds?: number; readonly pause?: number }) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openCinema(): Promise<Cinema> {
  const folder = await mkdtemp(join(tmpdir(), 'healthpass-film-'));
  const file = join(folder, 'film.y4m');
  const film: Cinema['film'] = async (pictures, { seconds = 1, pause = 0, ...filming } = {}) => {
    const scenes = pictures.map((picture) => ({ frame: frameOf([picture], filming), seconds }));
    const nothing = { frame: frameOf([], filming), seconds: pause };
    await writeFilm(file, scenes.length === 0 ? [{ ...nothing, seconds: 1 }] : pause > 0 ? scenes.flatMap((scene) => [scene, nothing]) : scenes);
  };
  await film([]);
  const browser = await launchChromium({ args: fakeCamera(file) });
  return { browser, film, close: async () => { await browser.close(); await rm(folder, { recursive: true, force: true }); } };
}
