// The text of a code in a PNG image: a screenshot, a saved code, a photograph. Sizes are checked before anything is unpacked.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { HealthpassError } from '#passport';

export const IMAGE_MAX_BYTES = 16_000_000;
export const IMAGE_MAX_SIDE = 8192;
export const IMAGE_MAX_PIXELS = 16_000_000;

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER_BYTES = 33;
/** Name of the chunks that hold the rows. */
const IDAT = 0x49444154;

export const isPng = (bytes: Uint8Array): boolean => PNG_SIGNATURE.every((byte, i) => bytes[i] === byte);

/**
 * The text of the one QR code in the image.
 * @throws HealthpassError `image-unreadable`, field `size` (too large), `png` (no image that can be read), `code` (no code, or several)
 */
export async function readCode(png: Uint8Array): Promise<string> {
  assertBounds(png);
  assertWhole(png);
  const { width, height, data } = decode(png);
  await prepared();
  const found = await readBarcodes({ width, height, data: new Uint8ClampedArray(data), colorSpace: 'srgb' } as Parameters<typeof readBarcodes>[0], {
    formats: ['QRCode'], tryHarder: true, tryInvert: true, tryRotate: true, maxNumberOfSymbols: 2,
  });
  const texts = new Set(found.filter(({ isValid }) => isValid).map(({ text }) => text));
  if (texts.size !== 1) throw unreadable(texts.size === 0 ? 'there is no code in the image' : 'there are several codes in the image', 'code');
  return [...texts][0]!;
}

/** Width and height stand in the header, so a small file that would unpack to a huge image is refused unopened. */
function assertBounds(png: Uint8Array): void {
  if (png.length > IMAGE_MAX_BYTES) throw unreadable('the image file is too large', 'size');
  if (png.length < HEADER_BYTES || !isPng(png)) throw unreadable('the file is not a PNG image', 'png');
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width === 0 || height === 0) throw unreadable('the image is empty', 'png');
  if (width > IMAGE_MAX_SIDE || height > IMAGE_MAX_SIDE || width * height > IMAGE_MAX_PIXELS) throw unreadable('the image is too large', 'size');
  // pngjs bounds what it unpacks by the header only where rows follow one another.
  if (view.getUint8(28) !== 0) throw unreadable('interlaced images are not read', 'png');
}

/** Samples a pixel, by colour type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** pngjs takes memory that was used before for the rows that a picture lacks: another code might be read from it. So the rows are counted first. */
function assertWhole(png: Uint8Array): void {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height, depth, samples] = [view.getUint32(16), view.getUint32(20), view.getUint8(24), SAMPLES[view.getUint8(25)]];
  if (samples === undefined) throw unreadable('the image has colours that are none', 'png');
  const rows = (Math.ceil(width * samples * depth / 8) + 1) * height;
  const data: Uint8Array[] = [];
  for (let at = PNG_SIGNATURE.length; at + 12 <= png.length; at += view.getUint32(at) + 12) {
    if (view.getUint32(at + 4) === IDAT) data.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  let length: number | undefined;
  try {
    length = inflateSync(Buffer.concat(data), { maxOutputLength: rows }).length;
  } catch (cause) {
    throw unreadable('the image is damaged', 'png', cause);
  }
  if (length !== rows) throw unreadable('the image lacks rows', 'png');
}

function decode(png: Uint8Array): PNG {
  try {
    return PNG.sync.read(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  } catch (cause) {
    throw unreadable('the image is damaged', 'png', cause);
  }
}

let preparing: Promise<unknown> | undefined;

/** The reader's own way to find its module is a server on the network: it is given the file that was installed. */
function prepared(): Promise<unknown> {
  preparing ??= readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
    .then((file) => prepareZXingModule({ overrides: { wasmBinary: file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer }, fireImmediately: true }));
  return preparing;
}

const unreadable = (message: string, field: string, cause?: unknown) => new HealthpassError('image-unreadable', message, { field, cause });
