// What a picture says to whoever reads the codes in it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { Picture } from './film.ts';

let preparing: Promise<unknown> | undefined;
const prepare = () => (preparing ??= readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  .then((wasm) => prepareZXingModule({ overrides: { wasmBinary: wasm.buffer as ArrayBuffer }, fireImmediately: true }))); // a file is read into a buffer of its own

/** Texts of the QR codes in it, sorted. */
export async function codesIn({ width, height, luma }: Picture): Promise<string[]> {
  await prepare();
  const data = new Uint8ClampedArray(luma.length * 4).map((_, i) => (i % 4 === 3 ? 255 : luma[i >> 2]!));
  const found = await readBarcodes({ width, height, data, colorSpace: 'srgb' }, { formats: ['QRCode'], tryHarder: true });
  return found.map(({ text }) => text).toSorted();
}
