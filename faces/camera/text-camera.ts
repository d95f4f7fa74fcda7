// A camera that reads codes for a page, without a worker: for whoever scans now and then. Codes that hold no text are passed over.
import { createCamera, type CameraProblem } from './camera.ts';
import { textOfCode, type FoundCode } from './found-code.ts';
import { watchFrames } from './frames.ts';
import { createReader, type CodeFormat, type CodeReader } from './reader.ts';

export type TextCamera = { readonly stop: () => void };
export type TextCameraListener = {
  /** Told each text that is in view, as long as it is. */
  readonly onText: (text: string) => void;
  readonly onFailure: (why: 'denied' | 'missing' | 'failed') => void;
};

const WHY = { 'camera-denied': 'denied', 'camera-absent': 'missing', 'camera-in-use': 'failed', 'camera-unsupported': 'failed' } as const satisfies Record<CameraProblem, string>;

const readers = new Map<CodeFormat, Promise<CodeReader>>();
function codeReader(format: CodeFormat = 'QRCode'): Promise<CodeReader> {
  const made = readers.get(format) ?? createReader(format);
  readers.set(format, made);
  return made;
}

export async function openCamera(video: HTMLVideoElement, { onText, onFailure }: TextCameraListener, format?: CodeFormat): Promise<TextCamera> {
  const camera = createCamera(navigator.mediaDevices);
  let unwatch: (() => void) | undefined;
  const stopFollowing = camera.subscribe((state) => {
    unwatch?.();
    unwatch = undefined;
    if (state.name === 'failed') return onFailure(WHY[state.problem]);
    if (state.name !== 'on') return undefined;
    video.srcObject = state.stream;
    void video.play().catch(() => undefined); // interrupted by the next
    unwatch = watchFrames(video, async (picture) => textsOf(await (await codeReader(format)).read(picture).finally(() => picture.close())).forEach(onText));
    return undefined;
  });
  await camera.open();
  return {
    stop() {
      stopFollowing();
      unwatch?.();
      camera.close();
      video.srcObject = null;
    },
  };
}

/** The text of the one code in a picture; undefined where there is none, or more, or it is no picture. */
export async function readImage(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  const texts = textsOf(await (await codeReader()).read(picture).finally(() => picture.close()));
  return texts.length === 1 ? texts[0] : undefined;
}

const textsOf = (codes: readonly FoundCode[]): string[] => [...new Set(codes.map(textOfCode).filter((text) => text !== undefined))];
