// Codes in a picture. The browser's own detector is quicker where the system has a good one, but in some browsers it is there and finds nothing:
// it is taken once it has read a code that we know. It reads no inverted codes, so where it finds nothing the other one looks now and then.
import { create } from 'qrcode';
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { FoundCode } from './codes.ts';

/** As many as it takes to tell whether there is one or more. */
const OPTIONS: ReaderOptions = { formats: ['QRCode'], tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true, maxNumberOfSymbols: 4, textMode: 'Plain' };
/** Of so many pictures in which the browser's detector finds nothing, the other one looks at the last. */
const PATIENCE = 4;
const SAMPLE = 'HP1:0123456789 $%*+-./:';

export type CodeReader = { readonly kind: 'native' | 'zxing'; readonly read: (picture: ImageBitmap) => Promise<readonly FoundCode[]> };
type Read = CodeReader['read'];

export type Detector = { readonly detect: (source: ImageBitmap) => Promise<readonly { readonly rawValue: string }[]> };
export type DetectorClass = { new(options: { formats: string[] }): Detector; readonly getSupportedFormats: () => Promise<readonly string[]> };

export async function createReader(): Promise<CodeReader> {
  const zxing = await createZxingReader();
  const detector = await findDetector((globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector, drawSample);
  return detector ? { kind: 'native', read: readWithBoth(detector, zxing) } : { kind: 'zxing', read: zxing };
}

export function readWithBoth(detector: Detector, other: Read): Read {
  let without = 0;
  return async (picture) => {
    const found = await detector.detect(picture);
    if (found.length === 0) return ++without % PATIENCE === 0 ? other(picture) : [];
    without = 0;
    return found.map(({ rawValue }) => ({ bytes: new TextEncoder().encode(rawValue) }));
  };
}

/** The browser's detector, if it is of use. */
export async function findDetector(Class: DetectorClass | undefined, draw: (text: string) => Promise<ImageBitmap>): Promise<Detector | undefined> {
  try {
    if (!Class || !(await Class.getSupportedFormats()).includes('qr_code')) return undefined;
    const detector = new Class({ formats: ['qr_code'] });
    const found = await detector.detect(await draw(SAMPLE));
    return found.length === 1 && found[0]!.rawValue === SAMPLE ? detector : undefined;
  } catch {
    return undefined; // there in name only
  }
}

async function createZxingReader(): Promise<Read> {
  await prepareZXingModule({ overrides: { locateFile: () => new URL(wasmUrl, globalThis.location.href).href }, fireImmediately: true });
  let canvas = new OffscreenCanvas(1, 1);
  return async (picture) => {
    const { width, height } = picture;
    if (canvas.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false })!; // a canvas that was asked for no other context
    context.drawImage(picture, 0, 0);
    const codes = await readBarcodes(context.getImageData(0, 0, width, height), OPTIONS);
    return codes.filter(({ isValid }) => isValid).map(({ bytes }) => ({ bytes }));
  };
}

/** A code of black squares, four pixels a module. */
async function drawSample(text: string): Promise<ImageBitmap> {
  const { modules: { size, data } } = create(text, { errorCorrectionLevel: 'M' });
  const [scale, quiet] = [4, 4];
  const canvas = new OffscreenCanvas((size + 2 * quiet) * scale, (size + 2 * quiet) * scale);
  const context = canvas.getContext('2d', { alpha: false })!; // as above
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  for (let i = 0; i < data.length; i++) if (data[i]) context.fillRect((quiet + (i % size)) * scale, (quiet + Math.floor(i / size)) * scale, scale, scale);
  return createImageBitmap(canvas);
}
