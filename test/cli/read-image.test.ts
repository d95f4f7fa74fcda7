// Codes in images: read back as they were written, and hostile images refused in bounded time and memory.
import { deflateSync, crc32 } from 'node:zlib';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { IMAGE_MAX_BYTES, readCode } from '#cli/read-image.ts';
import { codeToPng } from '#cli/write-image.ts';

const TEXT = `HP1:${'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'.repeat(9).slice(0, 411)}`;
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
function png(width: number, height: number, data: Buffer, { interlace = 0, depth = 8, color = 0 } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, color, 0, 0, interlace], 8);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}
const edit = async (change: (image: PNG) => PNG): Promise<Buffer> => PNG.sync.write(change(PNG.sync.read(Buffer.from(await codeToPng(TEXT)))));
const refusal = (image: Uint8Array) => readCode(image).then(() => 'read', (error: { code?: string; field?: string }) => `${error.code} ${error.field}`);

/** The image put into a larger one, at a place. */
function put(images: readonly { image: PNG; x: number; y: number }[], width: number, height: number): PNG {
  const whole = new PNG({ width, height });
  whole.data.fill(255);
  for (const { image, x, y } of images) PNG.bitblt(image, whole, 0, 0, image.width, image.height, x, y);
  return whole;
}

describe('readCode', () => {
  test('reads what was written, also turned, inverted, or somewhere in a larger picture', async () => {
    expect(await readCode(await codeToPng(TEXT))).toBe(TEXT);
    const turned = await edit((image) => {
      const copy = new PNG({ width: image.height, height: image.width });
      for (let y = 0; y < image.height; y++) for (let x = 0; x < image.width; x++) image.data.copy(copy.data, ((x * copy.width) + (copy.width - 1 - y)) * 4, (y * image.width + x) * 4, (y * image.width + x) * 4 + 4);
      return copy;
    });
    const inverted = await edit((image) => {
      for (let i = 0; i < image.data.length; i++) if (i % 4 !== 3) image.data[i] = 255 - image.data[i]!;
      return image;
    });
    const placed = await edit((image) => put([{ image, x: 700, y: 300 }], 1600, 1200));
    for (const image of [turned, inverted, placed]) expect(await readCode(image)).toBe(TEXT);
  });

  test('refuses a picture with two different codes, and reads one that stands there twice', async () => {
    const other = PNG.sync.read(Buffer.from(await codeToPng('HP1:OTHER')));
    expect(await refusal(await edit((image) => put([{ image, x: 0, y: 0 }, { image: other, x: image.width, y: 0 }], 2 * image.width, image.height)))).toBe('image-unreadable code');
    expect(await readCode(await edit((image) => put([{ image, x: 0, y: 0 }, { image, x: image.width, y: 0 }], 2 * image.width, image.height)))).toBe(TEXT);
  });

  test.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['no code', () => PNG.sync.write(put([], 300, 300)), 'code'],
    ['noise', () => png(512, 512, deflateSync(Buffer.from(Array.from({ length: 513 * 512 }, (_, i) => (i % 513 === 0 ? 0 : (i * 2_654_435_761) >>> 24))))), 'code'],
    ['no bytes', () => new Uint8Array(), 'png'],
    ['the signature alone', () => SIGNATURE, 'png'],
    ['another format', () => Buffer.from(`\xff\xd8\xff\xe0${'x'.repeat(100)}`, 'latin1'), 'png'],
    ['a picture cut short', async () => (await codeToPng(TEXT)).slice(0, 200), 'png'],
    ['a picture with a flipped bit', async () => (await codeToPng(TEXT)).map((byte, i) => (i === 60 ? byte ^ 1 : byte)), 'png'],
    ['no width', () => png(0, 10, deflateSync(Buffer.alloc(10))), 'png'],
    ['a small file that says it is huge', () => png(65_500, 65_500, deflateSync(Buffer.alloc(100))), 'size'],
    ['one row of four billion', () => png(2 ** 32 - 1, 1, deflateSync(Buffer.alloc(100))), 'size'],
    ['more pixels than are read', () => png(8000, 8000, deflateSync(Buffer.alloc(100))), 'size'],
    ['a bomb: more inside than the header says', () => png(10, 10, deflateSync(Buffer.alloc(200_000_000), { level: 9 })), 'png'],
    ['less inside than the header says', () => png(4000, 4000, deflateSync(Buffer.alloc(100))), 'png'],
    ['one row fewer than the header says', () => png(400, 400, deflateSync(Buffer.alloc(401 * 399))), 'png'],
    ['rows that are cut off while they are packed', () => png(400, 400, deflateSync(Buffer.alloc(401 * 400, 7)).subarray(0, -8)), 'png'],
    ['no rows at all', () => png(10, 10, Buffer.alloc(0)), 'png'],
    ['interlaced rows, whose unpacking has no bound', () => png(10, 10, deflateSync(Buffer.alloc(110)), { interlace: 1 }), 'png'],
    ['a depth that is none', () => png(10, 10, deflateSync(Buffer.alloc(110)), { depth: 7 }), 'png'],
    ['colours that are none', () => png(10, 10, deflateSync(Buffer.alloc(110)), { color: 9 }), 'png'],
    ['a file that is too large', () => Buffer.concat([SIGNATURE, Buffer.alloc(IMAGE_MAX_BYTES)]), 'size'],
  ])('refuses %s', async (_name, image, field) => {
    expect(await refusal(await image())).toBe(`image-unreadable ${field}`);
  });

  test('answers the largest picture that it takes', async () => {
    const before = process.memoryUsage().rss;
    expect(await refusal(png(4000, 4000, deflateSync(Buffer.alloc(4001 * 4000))))).toBe('image-unreadable code');
    expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000);
  });
});
