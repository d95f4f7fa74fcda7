// What a person does with the wallet's pages, by the names they see.
import { PNG } from 'pngjs';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { violationsOf } from '../../browser/accessibility.ts';
import { shot } from '../../browser/screenshot.ts';
import type { Picture } from '../../browser/film.ts';

export const PASSPHRASE = 'correct horse battery';

export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: typeof name === 'string' });
export const link = (page: Page, name: string | RegExp): Locator => page.getByRole('link', { name, exact: typeof name === 'string' });

/** Waits for a page by its heading, looks for what axe finds wrong with it, and keeps a picture. */
export async function onPage(page: Page, heading: string | RegExp, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor().catch(async (error: unknown) => {
    throw new Error(`there is another page: ${await page.locator('body').innerText()}`, { cause: error });
  });
  expect([name, await violationsOf(page)]).toEqual([name, []]);
  await shot(page, `wallet/${name}`);
}

export async function makeWallet(page: Page, name = ''): Promise<void> {
  await button(page, 'Get started').click();
  const instead = button(page, 'Use a passphrase instead');
  await button(page, /^(Create my wallet|Use fingerprint)/).waitFor();
  if (await instead.isVisible()) await instead.click();
  if (name !== '') await page.getByLabel('Your name').fill(name);
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await button(page, 'Create my wallet').click();
}

export async function unlock(page: Page, passphrase = PASSPHRASE): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await button(page, 'Unlock').click();
}

export const pngOf = ({ width, height, luma }: Picture): Buffer => {
  const png = new PNG({ width, height });
  luma.forEach((value, i) => png.data.set([value, value, value, 255], 4 * i));
  return PNG.sync.write(png);
};
