// Codes on screens and in images: what is drawn is what is read, and hostile images are refused before they are unpacked.
import { PNG } from 'pngjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { stripVTControlCharacters } from 'node:util';
import { deflateSync } from 'node:zlib';
import { IMAGE_MAX_BYTES, readCode } from '#cli/read-image.ts';
import { codeToPng } from '#cli/write-image.ts';
import { codeToSvg, codeToText, createCode, QUIET_ZONE, type Code } from '#wallet';
import { code } from './fixture.ts';

const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const passText = (length: number, seed = 7) => `HP1:${Array.from({ length: length - 4 }, (_, i) => BASE45[(i * i * seed + i) % 45]).join('')}`;
const unreadable = (field: string) => expect.objectContaining({ code: 'image-unreadable', field });

/** Pixels of a code, from its modules. */
function draw({ size, isDark }: Code, scale: number, colours: [number, number] = [255, 0]): Uint8Array {
  const side = (size + 2 * QUIET_ZONE) * scale;
  const png = new PNG({ width: side, height: side });
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / scale) - QUIET_ZONE, Math.floor(x / scale) - QUIET_ZONE];
      const dark = row >= 0 && column >= 0 && row < size && column < size && isDark(row, column);
      png.data.set([colours[dark ? 1 : 0]!, colours[dark ? 1 : 0]!, colours[dark ? 1 : 0]!, 255], (y * side + x) * 4);
    }
  }
  return PNG.sync.write(png);
}

describe('createCode', () => {
  test('passes of all lengths have the versions that were reckoned with', () => {
    expect([335, 383, 386, 431].map((length) => createCode(passText(length)).version)).toMatchInlineSnapshot(`
      [
        11,
        12,
        12,
        13,
      ]
    `);
  });

  test.each(['', 'hp1:lower', 'HP1:ÄÖ', 'HP1:\u0000', 'A'.repeat(2001)])('refuses what is no pass: %s', (text) => {
    expect(() => createCode(text)).toThrow(code('text-malformed'));
  });

  test('an SVG and a terminal have a quiet zone and all dark modules', () => {
    const drawn = createCode(passText(50));
    const area = [...codeToSvg(drawn).matchAll(/h(\d+)v1h-/g)].reduce((sum, [, length]) => sum + Number(length), 0);
    let dark = 0;
    for (let i = 0; i < drawn.size ** 2; i++) dark += drawn.isDark(Math.floor(i / drawn.size), i % drawn.size) ? 1 : 0;
    expect(area).toBe(dark);
    const lines = codeToText(drawn).trimEnd().split('\n').map(stripVTControlCharacters);
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([drawn.size + 2 * QUIET_ZONE]));
    expect(lines.slice(0, 2).join('')).toMatch(/^█+$/);
    const halves = { ' ': 2, '▄': 1, '▀': 1, '█': 0 } as Record<string, number>;
    expect([...lines.join('')].reduce((sum, char) => sum + halves[char]!, 0)).toBe(dark);
  });
});

describe('readCode', () => {
  let image: Uint8Array;
  beforeAll(async () => { image = await codeToPng(passText(383)); });

  test('reads what was written, and what was drawn from the same modules', async () => {
    expect(await readCode(image)).toBe(passText(383));
    expect(await readCode(draw(createCode(passText(335)), 4))).toBe(passText(335));
  });

  test('reads light codes on dark screens', async () => {
    expect(await readCode(draw(createCode(passText(335)), 4, [20, 220]))).toBe(passText(335));
  });

  test('an image without a code, and one with two', async () => {
    expect(await readCode(draw(createCode('HP1:A'), 4)).catch(() => '')).toBe('HP1:A');
    const blank = PNG.sync.write(new PNG({ width: 50, height: 50 }));
    await expect(readCode(blank)).rejects.toEqual(unreadable('code'));
    const [left, right] = ['HP1:A', 'HP1:B'].map((text) => PNG.sync.read(Buffer.from(draw(createCode(text), 6))));
    const both = new PNG({ width: left!.width * 2, height: left!.height });
    PNG.bitblt(left!, both, 0, 0, left!.width, left!.height, 0, 0);
    PNG.bitblt(right!, both, 0, 0, right!.width, right!.height, left!.width, 0);
    await expect(readCode(PNG.sync.write(both))).rejects.toEqual(unreadable('code'));
  });

  test('a file that is no PNG', async () => {
    await expect(readCode(new Uint8Array())).rejects.toEqual(unreadable('png'));
    await expect(readCode(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'))).rejects.toEqual(unreadable('png'));
    await expect(readCode(new Uint8Array(IMAGE_MAX_BYTES + 1))).rejects.toEqual(unreadable('size'));
  });

  test('an image cut short anywhere, or with bytes changed, is read or refused, never more', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(image.length - 1), fc.integer({ min: 0, max: 255 }), fc.boolean(), async (at, flip, cut) => {
      const bytes = cut ? image.slice(0, at) : image.slice();
      if (!cut) bytes[at]! ^= flip;
      const answer = await readCode(bytes).catch((error: unknown) => error);
      if (typeof answer === 'string') expect(answer).toBe(passText(383));
      else expect(answer).toEqual(code('image-unreadable'));
    }), { numRuns: 60 });
  });

  test('an image that would unpack to gigabytes', async () => {
    const huge = image.slice();
    new DataView(huge.buffer, huge.byteOffset).setUint32(16, 60_000);
    await expect(readCode(huge)).rejects.toEqual(unreadable('size'));
  });

  test('a small image whose data unpack to far more than its header says', async () => {
    const png = bomb(8, 8, 0, 100_000_000);
    const before = process.memoryUsage().arrayBuffers;
    await expect(readCode(png)).rejects.toEqual(code('image-unreadable'));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  test('an interlaced image, whose unpacking is not bounded', async () => {
    await expect(readCode(bomb(8, 8, 1, 100_000))).rejects.toEqual(unreadable('png'));
  });
});

/** A PNG of some size whose image data are zeros without end. */
function bomb(width: number, height: number, interlace: number, length: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, interlace], 8);
  const chunks = [['IHDR', header], ['IDAT', deflateSync(Buffer.alloc(length))], ['IEND', Buffer.alloc(0)]] as const;
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks.map(([type, data]) => chunk(type, data))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  let crc = ~0;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(~crc >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
