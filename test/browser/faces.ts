// The apps as they are shipped, built where they changed: once, however many test files ask at the same time.
import { join } from 'node:path';
import { APP_NAMES, buildFaces, buildFolder } from '#faces/build/index.ts';
import { withLock } from '#server/lock.ts';
import { findChromium } from './chromium.ts';

/** Whether browser tests can run here. */
export const hasChromium = (await findChromium()) !== undefined;

if (!hasChromium) process.stderr.write('no Chromium starts here: browser tests are skipped (CHROMIUM_PATH, or the package chromium)\n');

const PATIENCE = 300_000;

export const builtFaces = (): Promise<unknown> => withLock(join(buildFolder('wallet'), '../build.lock'), PATIENCE, () => buildFaces(APP_NAMES));
