// Codes in a picture, as this browser reads them best.
import { create } from 'qrcode';
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { findDetector, readWithBoth, type DetectorClass, type Read } from './detector.ts';

/** As many as it takes to tell whether there is one or more. */
const OPTIONS: ReaderOptions = { tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true, maxNumberOfSymbols: 4, textMode: 'Plain' };

export type CodeReader = { readonly kind: 'native' | 'zxing'; readonly read: Read };

/** `DataMatrix`: what stands on packages. */
export type CodeFormat = 'QRCode' | 'DataMatrix';

export async function createReader(format: CodeFormat = 'QRCode'): Promise<CodeReader> {
  const zxing = await createZxingReader(format);
  if (format !== 'QRCode') return { kind: 'zxing', read: zxing };
  const detector = await findDetector((globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector, drawSample);
  return detector ? { kind: 'native', read: readWithBoth(detector, zxing) } : { kind: 'zxing', read: zxing };
}

async function createZxingReader(format: CodeFormat): Promise<Read> {
  await prepareZXingModule({ overrides: { locateFile: () => new URL(wasmUrl, globalThis.location.href).href }, fireImmediately: true });
  let canvas = new OffscreenCanvas(1, 1);
  return async (picture) => {
    const { width, height } = picture;
    if (canvas.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false })!; // a canvas that was asked for no other context
    context.drawImage(picture, 0, 0);
    const codes = await readBarcodes(context.getImageData(0, 0, width, height), { ...OPTIONS, formats: [format] });
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
