// How long the scanner takes, seen from outside: from the moment the camera took the first picture with a code in it until the verdict is painted.
import type { Page } from 'playwright-core';

/** Milliseconds of each of the next `count` codes that come into view. The film has an empty view between them. */
export const verdictTimes = (page: Page, count: number): Promise<number[]> => page.evaluate((wanted) => new Promise<number[]>((resolve) => {
  const video = document.querySelector('video')!;
  const small = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true })!;
  const times: number[] = [];
  let since: number | undefined;
  let isOver = false;
  /** A lit screen is brighter than what stands behind it. */
  const isLit = () => {
    small.drawImage(video, video.videoWidth / 3, video.videoHeight / 3, video.videoWidth / 3, video.videoHeight / 3, 0, 0, 8, 8);
    return small.getImageData(0, 0, 8, 8).data.reduce((sum, value) => sum + value, 0) / 256 > 120; // alpha, 255, is counted too
  };
  const onFrame = (now: number, { captureTime = now }: VideoFrameCallbackMetadata) => {
    if (!isLit()) {
      since = undefined;
      if (document.querySelector('[role=alertdialog]')) dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    } else if (since === undefined) [since, isOver] = [captureTime, false];
    if (times.length < wanted) video.requestVideoFrameCallback(onFrame);
  };
  video.requestVideoFrameCallback(onFrame);
  const observer = new MutationObserver(() => {
    if (since === undefined || isOver || !document.querySelector('[role=alertdialog]')) return;
    isOver = true;
    const begun = since;
    requestAnimationFrame(() => {
      times.push(performance.now() - begun);
      if (times.length < wanted) return;
      observer.disconnect();
      resolve(times);
    });
  });
  observer.observe(document.body, { childList: true, subtree: true });
}), count);
