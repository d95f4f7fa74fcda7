// Pictures of the film, one at a time: the next is taken when the one before was looked at, and then it is the newest there is.

/** @returns ends it */
export function watchFrames(video: HTMLVideoElement, look: (picture: ImageBitmap, takenAt: number) => Promise<void>): () => void {
  let running = true;
  const next = () => {
    if (!running) return;
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => void take());
    else requestAnimationFrame(() => void take());
  };
  async function take(): Promise<void> {
    const takenAt = performance.now();
    if (running && video.readyState >= video.HAVE_CURRENT_DATA && video.videoWidth > 0) {
      try {
        await look(await createImageBitmap(video), takenAt);
      } catch {
        // A film that has just ended has no pictures.
      }
    }
    next();
  }
  next();
  return () => { running = false; };
}
