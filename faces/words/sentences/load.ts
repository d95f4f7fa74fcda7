// Fetches the sentences of one language; a page needs no more than that.
import type { Language } from '#passport';
import type { Sentences } from './types.ts';

const LOADERS = {
  en: () => import('./en/index.ts').then(({ en }) => en),
  es: () => import('./es/index.ts').then(({ es }) => es),
  fr: () => import('./fr/index.ts').then(({ fr }) => fr),
  de: () => import('./de/index.ts').then(({ de }) => de),
  ar: () => import('./ar/index.ts').then(({ ar }) => ar),
  hi: () => import('./hi/index.ts').then(({ hi }) => hi),
} as const satisfies Readonly<Record<Language, () => Promise<Sentences>>>;

export const loadSentences = (language: Language): Promise<Sentences> => LOADERS[language]();

/** All of them, for who writes rules. */
export async function loadAllSentences(): Promise<Readonly<Record<Language, Sentences>>> {
  const [en, es, fr, de, ar, hi] = await Promise.all([LOADERS.en(), LOADERS.es(), LOADERS.fr(), LOADERS.de(), LOADERS.ar(), LOADERS.hi()]);
  return { en, es, fr, de, ar, hi };
}
