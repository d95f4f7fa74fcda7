// The fake camera films what it is told to: a code that Chromium plays to a page is the one that was filmed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { hasChromium } from './faces.ts';
import { fakeCamera, frameOf, pictureOfCode, pictureOfPng, writeFilm, type Filming } from './film.ts';
import { codesIn } from './read-code.ts';

const [ONE, OTHER] = [`HP1:${'A1B2C3'.repeat(52)}`, `HP1:${'9Z8Y7X'.repeat(52)}`];

describe('frameOf', () => {
  const held: [string, Filming][] = [
    ['straight', {}], ['turned', { turned: 17 }], ['out of focus', { blur: 1 }], ['in bad light', { noise: 60 }], ['inverted', { inverted: true }], ['mirrored', { mirrored: true }],
  ];
  test.each(held)('a code that is filmed %s can still be read', async (_name, filming) => {
    expect(await codesIn(frameOf([pictureOfCode(ONE)], filming))).toEqual([ONE]);
  });

  test('two codes stand in one frame, and an empty view has none', async () => {
    expect(await codesIn(frameOf([pictureOfCode(ONE), pictureOfCode(OTHER)]))).toEqual([OTHER, ONE]);
    expect(await codesIn(frameOf([]))).toEqual([]);
  });

  test('out of focus beyond reading is what it says', async () => {
    expect(await codesIn(frameOf([pictureOfCode(ONE)], { blur: 9 }))).toEqual([]);
  });
});

describe.skipIf(!hasChromium)('a film', () => {
  const folder = mkdtemp(join(tmpdir(), 'healthpass-film-'));
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  test('is what the camera of a page sees, scene after scene', async () => {
    const file = join(await folder, 'film.y4m');
    await writeFilm(file, [{ frame: frameOf([pictureOfCode(ONE)]), seconds: 0.5 }, { frame: frameOf([pictureOfCode(OTHER)]), seconds: 0.5 }]);
    const browser = await launchChromium({ args: fakeCamera(file) });
    const page = await browser.newPage();
    await page.route('**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>camera</title><video autoplay muted></video>' }));
    await page.goto('http://localhost/');
    await page.evaluate(async () => {
      const video = document.querySelector('video')!;
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } } });
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    });
    const seen = new Set<string>();
    for (let tries = 0; tries < 400 && seen.size < 2; tries++) for (const text of await codesIn(pictureOfPng(await page.locator('video').screenshot()))) seen.add(text);
    expect([...seen].toSorted()).toEqual([OTHER, ONE]);
    await browser.close();
  });
});
