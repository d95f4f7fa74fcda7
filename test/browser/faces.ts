// The apps as they are shipped, built where they changed. One browser for a test file.
import { APP_NAMES, buildFaces } from '#faces/build/index.ts';
import { findChromium } from './chromium.ts';

/** Whether browser tests can run here. */
export const hasChromium = (await findChromium()) !== undefined;

export const builtFaces = (): Promise<unknown> => buildFaces(APP_NAMES);
