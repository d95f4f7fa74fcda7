// A program of its own for the bench: how long it takes from a code's first picture before the camera to its verdict on the screen, and how
// many people pass in a second. Prints one line of JSON.
import type { Page } from 'playwright-core';
import type { ReadyPass } from '#wallet';
import { frameOf, pictureOfCode, type Scene as Take } from '../../browser/film.ts';
import { now } from '../../journeys/network.ts';
import { show } from '../../journeys/showing.ts';
import { openScanner, startScene, type Scene } from './scene.browser.ts';

const PASSES = 6;
const ROUNDS = 5;
/** Seconds of an empty view between two people, and of a person; in a queue a new person comes at once. */
const [APART, SEEN, QUEUED] = [0.45, 0.45, 0.25];

export type Latency = { readonly latencies: readonly number[]; readonly queue: { readonly shown: number; readonly judged: number; readonly seconds: number } };

declare global {
  interface Window { readonly measured: number[]; readonly judged: number[] }
}

/** In the page: when the view is light at its middle a code has come into it. */
function watch(): void {
  const [measured, judged]: [number[], number[]] = [[], []];
  Object.assign(window, { measured, judged });
  const video = document.querySelector('video')!;
  const canvas = new OffscreenCanvas(8, 8);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  let since: number | undefined;
  let wasLight = false;
  const look = (at: number, { captureTime = at }: { readonly captureTime?: number }) => {
    context.drawImage(video, video.videoWidth / 2 - 150, video.videoHeight / 2 - 150, 300, 300, 0, 0, 8, 8);
    const isLight = context.getImageData(0, 0, 8, 8).data.filter((_, i) => i % 4 === 0).reduce((sum, value) => sum + value, 0) / 64 > 95;
    if (isLight && !wasLight) since = captureTime;
    wasLight = isLight;
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  new MutationObserver((changes) => {
    const isVerdict = changes.some(({ addedNodes }) => [...addedNodes].some((node) => node instanceof HTMLElement && node.classList.contains('verdict')));
    if (!isVerdict) return;
    judged.push(performance.now());
    const began = since;
    since = undefined;
    // The picture after next has it on the screen.
    if (began !== undefined) requestAnimationFrame(() => requestAnimationFrame((at) => measured.push(at - began)));
  }).observe(document.getElementById('app')!, { childList: true, subtree: true });
}

async function openWatched(scene: Scene, takes: readonly Take[]): Promise<Page> {
  const browser = await scene.filmed(takes, 30);
  const { page } = await openScanner(browser, scene.url, { rule: 'eu-travel-2022', hold: 0, sound: false });
  await page.waitForSelector('.verdict'); // everything is loaded and warm
  await page.evaluate(watch);
  return page;
}

async function measure(scene: Scene): Promise<Latency> {
  const passes: ReadyPass[] = [];
  for (let i = 0; i < PASSES; i++) passes.push(await scene.makePass('eu-travel-2022'));
  const codes = () => passes.map((pass) => frameOf([pictureOfCode(show(pass, now()))], { blur: 1, noise: 12 }));
  const empty = frameOf([]);

  const apart = await openWatched(scene, codes().flatMap((frame) => [{ frame: empty, seconds: APART }, { frame, seconds: SEEN }]));
  await apart.waitForFunction((wanted) => window.measured.length >= wanted, PASSES * ROUNDS, { timeout: 100_000 });
  const latencies = await apart.evaluate(() => window.measured);
  await apart.context().browser()!.close();

  // Long enough away from the camera to be new again: what is shown once more in between would not be judged.
  const away = 5;
  const queue = await openWatched(scene, [...codes().map((frame) => ({ frame, seconds: QUEUED })), { frame: empty, seconds: away }]);
  await queue.evaluate((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)), 2 * (PASSES * QUEUED + away) * 1000);
  const times = await queue.evaluate(() => window.judged);
  const bursts = times.reduce<number[][]>((all, at) => (all.at(-1)?.at(-1) !== undefined && at - all.at(-1)!.at(-1)! < 2000 ? [...all.slice(0, -1), [...all.at(-1)!, at]] : [...all, [at]]), []);
  const judged = Math.max(...bursts.map((burst) => burst.length));
  return { latencies, queue: { shown: PASSES, judged, seconds: PASSES * QUEUED } };
}

const scene = await startScene();
try {
  process.stdout.write(`${JSON.stringify(await measure(scene))}\n`);
} finally {
  await scene.stop();
}
