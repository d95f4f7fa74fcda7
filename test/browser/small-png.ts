// A screenshot made small: at most 128 colours, as a PNG with a palette (ISO/IEC 15948), which pages of mostly plain areas need.
import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

const MOST_COLOURS = 128;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const [COLOURS, RED, GREEN, BLUE] = [3, 0, 1, 2];

/** The same picture, with every colour replaced by the nearest of those that occur most. */
export function smallPng(png: Uint8Array): Buffer {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  const colours = Uint32Array.from({ length: width * height }, (_, i) => data.readUIntBE(4 * i, 3));
  const palette = mostUsed(colours);
  const nearest = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height); // each row begins with its filter: none
  colours.forEach((colour, i) => {
    let index = nearest.get(colour);
    if (index === undefined) nearest.set(colour, index = nearestOf(palette, colour));
    rows[i + Math.floor(i / width) + 1] = index;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, COLOURS], 8);
  const entries = Buffer.from(palette.flatMap((colour) => [part(colour, RED), part(colour, GREEN), part(colour, BLUE)]));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', entries), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

const part = (colour: number, which: number): number => (colour >> (16 - 8 * which)) & 0xff;

function mostUsed(colours: Uint32Array): number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).slice(0, MOST_COLOURS).map(([colour]) => colour);
}

function nearestOf(palette: readonly number[], colour: number): number {
  const distance = (other: number) => [RED, GREEN, BLUE].reduce((sum, which) => sum + (part(other, which) - part(colour, which)) ** 2, 0);
  return palette.reduce((best, other, index) => (distance(other) < distance(palette[best]!) ? index : best), 0);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
