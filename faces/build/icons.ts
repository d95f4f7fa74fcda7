// The icon of an app: a card with a mark, drawn here as SVG and as PNG in the sizes that home screens want.
import { PNG } from 'pngjs';
import type { AppName } from './apps.ts';

type Rgb = readonly [number, number, number];
const GROUND: Readonly<Record<AppName, Rgb>> = { wallet: [6, 78, 99], console: [16, 24, 29], scanner: [10, 92, 54], records: [70, 52, 138] };
const INK: Rgb = [255, 255, 255];

/** The mark on a field of 64: a card, and what each face does with it. Rectangles as [x, y, width, height], light or ground. */
const CARD = [12, 16, 40, 32] as const;
const MARKS: Readonly<Record<AppName, readonly (readonly [number, number, number, number])[]>> = {
  wallet: [[29, 22, 6, 20], [22, 29, 20, 6]],
  console: [[18, 23, 28, 4], [18, 30, 28, 4], [18, 37, 16, 4]],
  scanner: [[18, 22, 10, 8], [36, 22, 10, 8], [18, 34, 10, 8], [36, 34, 4, 4], [42, 38, 4, 4]],
  records: [[18, 22, 6, 20], [26, 22, 20, 4], [26, 30, 20, 4], [26, 38, 12, 4]],
};

const hex = (color: Rgb) => `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

export function iconSvg(name: AppName): string {
  const rect = ([x, y, width, height]: readonly [number, number, number, number], fill: Rgb, radius = 1) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${hex(fill)}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${rect([0, 0, 64, 64], GROUND[name], 12)}${rect(CARD, INK, 4)}${MARKS[name].map((mark) => rect(mark, GROUND[name])).join('')}</svg>\n`;
}

/** Square and full to its edges, so that any mask of a home screen fits (`purpose: maskable`). */
export function iconPng(name: AppName, size: number): Buffer {
  const png = new PNG({ width: size, height: size });
  const isIn = (x: number, y: number, [left, top, width, height]: readonly [number, number, number, number]) => x >= left && x < left + width && y >= top && y < top + height;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [((column + 0.5) * 64) / size, ((row + 0.5) * 64) / size];
      const color = isIn(x, y, CARD) && !MARKS[name].some((mark) => isIn(x, y, mark)) ? INK : GROUND[name];
      png.data.set([...color, 255], 4 * (row * size + column));
    }
  }
  return PNG.sync.write(png);
}
