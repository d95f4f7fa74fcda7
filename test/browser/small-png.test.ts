// Pictures made small, and those that stand in the README.
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { smallPng } from './small-png.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MOST_BYTES = 80_000;

function picture(width: number, height: number, colourAt: (i: number) => readonly [number, number, number]): PNG {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) png.data.set([...colourAt(i), 255], 4 * i);
  return png;
}

describe('smallPng', () => {
  test('keeps a picture of few colours as it is', () => {
    const original = picture(31, 17, (i) => [i % 2 === 0 ? 0 : 255, (i % 5) * 40, 7]);
    const small = PNG.sync.read(smallPng(PNG.sync.write(original)));
    expect([small.width, small.height, small.data.equals(original.data)]).toEqual([31, 17, true]);
  });

  test('gives every other colour the nearest of those that occur most', () => {
    const original = picture(300, 2, (i) => (i < 300 ? [i % 128, 0, 0] : [200, (i - 300) % 200, 0]));
    const { data } = PNG.sync.read(smallPng(PNG.sync.write(original)));
    expect([...data.subarray(4 * 5, 4 * 5 + 3)]).toEqual([5, 0, 0]);
    expect(new Set(Array.from({ length: 600 }, (_, i) => data.readUIntBE(4 * i, 3))).size).toBeLessThanOrEqual(128);
  });
});

describe('the README', () => {
  test('has its pictures, few and small', async () => {
    const paths = [...(await readFile(`${ROOT}README.md`, 'utf8')).matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => path!);
    expect([paths.length > 0, paths.length <= 8]).toEqual([true, true]);
    for (const path of paths) expect([path, (await stat(`${ROOT}${path}`)).size < MOST_BYTES]).toEqual([path, true]);
  });
});
