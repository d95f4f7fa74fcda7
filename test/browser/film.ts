// What Chromium's fake camera sees (a Y4M film, in black and white): a screen that stands before the camera, well held or badly. Noise is
// the same in every run.
import { open } from 'node:fs/promises';
import { PNG } from 'pngjs';
import { create } from 'qrcode';

/** Brightness, 0 to 255, row by row. */
export type Picture = { readonly width: number; readonly height: number; readonly luma: Uint8Array };

export type Filming = {
  /** Of the frame, in pixels; even numbers. */
  readonly width?: number;
  readonly height?: number;
  /** Share of the frame's height that a picture fills. */
  readonly share?: number;
  /** Degrees by which the screen is turned. */
  readonly turned?: number;
  /** Pixels of the frame over which a point spreads. */
  readonly blur?: number;
  /** Greatest deviation of a pixel, 0 to 255. */
  readonly noise?: number;
  /** Light for dark. */
  readonly inverted?: boolean;
  /** As front cameras show it. */
  readonly mirrored?: boolean;
};

export type Scene = { readonly frame: Picture; readonly seconds: number };

const [BACKGROUND, WHITE, DARK] = [70, 250, 12];

export function pictureOfPng(bytes: Uint8Array): Picture {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  const luma = Uint8Array.from({ length: width * height }, (_, i) => Math.round(0.299 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.114 * data[4 * i + 2]!));
  return { width, height, luma };
}

/** A QR code with its quiet zone. */
export function pictureOfCode(text: string, modulePixels = 6): Picture {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = (modules.size + 8) * modulePixels;
  const isDark = (x: number, y: number) => {
    const [column, row] = [Math.floor(x / modulePixels) - 4, Math.floor(y / modulePixels) - 4];
    return row >= 0 && column >= 0 && row < modules.size && column < modules.size && modules.get(row, column) === 1;
  };
  return { width: side, height: side, luma: Uint8Array.from({ length: side * side }, (_, i) => (isDark(i % side, Math.floor(i / side)) ? DARK : WHITE)) };
}

/** One frame: the pictures side by side before the camera, none for an empty view. */
export function frameOf(pictures: readonly Picture[], filming: Filming = {}): Picture {
  const { width = 1280, height = 720, blur = 0, noise = 0, inverted = false, mirrored = false } = filming;
  const seen = project(pictures, { ...filming, width, height });
  const random = createRandom(1);
  const luma = blurred({ width, height, luma: seen }, blur).map((value) => clamp((inverted ? 255 - value : value) + noise * (2 * random() - 1)));
  if (mirrored) for (let row = 0; row < height; row++) luma.subarray(row * width, (row + 1) * width).reverse();
  return { width, height, luma };
}

/** Each pixel of the frame is the mean of nine points of what it sees. */
function project(pictures: readonly Picture[], { width, height, share = 0.8, turned = 0 }: Filming & { readonly width: number; readonly height: number }): Uint8Array {
  const luma = new Uint8Array(width * height);
  const [cos, sin] = [Math.cos((turned * Math.PI) / 180), Math.sin((turned * Math.PI) / 180)];
  const place = (width / Math.max(1, pictures.length));
  const at = (x: number, y: number): number => {
    const which = Math.min(pictures.length - 1, Math.floor(x / place));
    const picture = pictures[which];
    if (!picture) return BACKGROUND;
    const scale = picture.height / (share * height);
    const [dx, dy] = [x - (which + 0.5) * place, y - height / 2];
    const [column, row] = [Math.floor((cos * dx + sin * dy) * scale + picture.width / 2), Math.floor((cos * dy - sin * dx) * scale + picture.height / 2)];
    return column >= 0 && row >= 0 && column < picture.width && row < picture.height ? picture.luma[row * picture.width + column]! : BACKGROUND;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = 0; i < 9; i++) sum += at(x + ((i % 3) + 0.5) / 3, y + (Math.floor(i / 3) + 0.5) / 3);
      luma[y * width + x] = sum / 9;
    }
  }
  return luma;
}

/** The mean over a square, twice: near enough to a lens that is out of focus. */
function blurred(picture: Picture, radius: number): Uint8Array {
  if (radius === 0) return picture.luma;
  const { width, height } = picture;
  const pass = (from: Uint8Array, step: number, length: number, lines: number, lineStep: number) => {
    const to = new Uint8Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < length; i++) {
        let sum = 0;
        for (let k = -radius; k <= radius; k++) sum += from[line * lineStep + Math.min(length - 1, Math.max(0, i + k)) * step]!;
        to[line * lineStep + i * step] = sum / (2 * radius + 1);
      }
    }
    return to;
  };
  const once = (luma: Uint8Array) => pass(pass(luma, 1, width, height, width), width, height, width, 1);
  return once(once(picture.luma));
}

const clamp = (value: number): number => Math.min(255, Math.max(0, value));

/** A small generator of numbers from 0 to 1 (an LCG with the constants of Numerical Recipes). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** Writes the scenes one after the other; the camera shows them again and again. All frames have one size. */
export async function writeFilm(file: string, scenes: readonly Scene[], framesPerSecond = 15): Promise<void> {
  const { width, height } = scenes[0]!.frame;
  const film = await open(file, 'w');
  try {
    await film.write(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`);
    const colourless = Buffer.alloc((width * height) / 2, 128);
    for (const { frame, seconds } of scenes) {
      if (frame.width !== width || frame.height !== height) throw new TypeError('the frames of a film have one size');
      const bytes = Buffer.concat([Buffer.from('FRAME\n'), frame.luma, colourless]);
      for (let count = Math.max(1, Math.round(seconds * framesPerSecond)); count > 0; count--) await film.write(bytes);
    }
  } finally {
    await film.close();
  }
}

/** Arguments for `launchChromium`: its only camera plays the film, and pages may use it. */
export const fakeCamera = (file: string): string[] => ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
