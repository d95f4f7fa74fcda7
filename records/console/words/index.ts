// The languages of this app. English is in its first load, the others come when they are chosen.
import type { Loaders } from '#faces/words/face.tsx';
import type { Translation } from '#faces/words/words.ts';
import { en } from './en/index.ts';

export { en };
export type Words = Translation<typeof en>;

export const others: Loaders<Words> = {
  es: async () => (await import('./es/index.ts')).es, fr: async () => (await import('./fr/index.ts')).fr, de: async () => (await import('./de/index.ts')).de,
  ar: async () => (await import('./ar/index.ts')).ar, hi: async () => (await import('./hi/index.ts')).hi,
};
