// Which Chromium the tests take.
import { describe, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';

describe('findChromium', () => {
  test('takes the one that is named, before the system’s', async () => {
    expect(await findChromium(process.execPath, [import.meta.filename])).toEqual({ executablePath: process.execPath, args: [] });
  });

  test('does not pass over a name that is mistyped', async () => {
    await expect(findChromium('/nowhere/chromium')).rejects.toThrow('CHROMIUM_PATH');
  });

  test('takes the system’s where none is named', async () => {
    expect(await findChromium('', ['/nowhere/chromium', process.execPath])).toMatchObject({ executablePath: process.execPath });
  });

  test('takes the one of the package last, where it starts', async () => {
    const found = await findChromium('', []);
    expect(found === undefined || found.executablePath.endsWith('chromium')).toBe(true);
  });
});
