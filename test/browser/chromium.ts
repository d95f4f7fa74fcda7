// Finds and starts a Chromium: the one of CHROMIUM_PATH, the system's, else the one that a package brings (Linux; it may miss shared libraries).
import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
/** It reaches for nothing outside: not for updates, names, or sign-ins. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export type Found = { readonly executablePath: string; readonly args: readonly string[] };

const isThere = (path: string): Promise<boolean> => access(path).then(() => true, () => false);
const starts = (path: string): Promise<boolean> => new Promise((resolve) => execFile(path, ['--version'], (error) => resolve(error === null)));

/** @returns undefined when there is none: tests that need one are skipped, and say so */
export async function findChromium(given: string | undefined = process.env['CHROMIUM_PATH'], system: readonly string[] = SYSTEM): Promise<Found | undefined> {
  if (given !== undefined && given !== '') {
    if (!(await isThere(given))) throw new Error('CHROMIUM_PATH names no file');
    return { executablePath: given, args: [] };
  }
  for (const path of system) if (await isThere(path)) return { executablePath: path, args: [] };
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    const executablePath = await packaged.executablePath();
    return (await starts(executablePath)) ? { executablePath, args: packaged.args } : undefined;
  } catch {
    return undefined;
  }
}

/** A browser of its own. `args` are Chromium's, for example of a fake camera. */
export async function launchChromium({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> {
  const found = await findChromium();
  if (!found) throw new Error('no Chromium was found: set CHROMIUM_PATH, or install the package chromium');
  return chromium.launch({ headless: true, ...options, executablePath: found.executablePath, args: [...found.args, ...ARGS, ...args] });
}
