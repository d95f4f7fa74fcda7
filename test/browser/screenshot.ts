// Pictures of pages in the states that tests bring them to, kept below .build/screenshots for whoever looks at what a run has shown.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { PROJECT } from '#faces/build/apps.ts';

const FOLDER = join(PROJECT, '.build/screenshots');

/** @param name app and state, as `wallet/locked`; `failed` for what stood there when a test failed. @returns the PNG */
export async function shot(page: Page, name: `${'wallet' | 'console' | 'scanner' | 'records' | 'failed'}/${string}`): Promise<Buffer> {
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const file = join(FOLDER, `${name}.png`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, png);
  return png;
}
