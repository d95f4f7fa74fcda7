// Fetches the words of one language; a page needs no more than that.
import type { Language } from '#passport';
import type { Translation } from '../words.ts';
import type { accesses } from './en.ts';

export type AccessWords = Translation<typeof accesses>;

const LOADERS = {
  en: () => import('./en.ts'), es: () => import('./es.ts'), fr: () => import('./fr.ts'), de: () => import('./de.ts'), ar: () => import('./ar.ts'), hi: () => import('./hi.ts'),
} as const satisfies Readonly<Record<Language, () => Promise<{ accesses: AccessWords }>>>;

export const loadAccessWords = async (language: Language): Promise<AccessWords> => (await LOADERS[language]()).accesses;
