// The words about records, fetched with their pages, one language at a time.
import type { Language } from '#passport';
import type { Translation } from '#faces/words/words.ts';
import type { records } from './en.ts';

export type RecordsWords = Translation<typeof records>;

const LOADERS = {
  en: () => import('./en.ts'), es: () => import('./es.ts'), fr: () => import('./fr.ts'), de: () => import('./de.ts'), ar: () => import('./ar.ts'), hi: () => import('./hi.ts'),
} as const satisfies Readonly<Record<Language, () => Promise<{ readonly records: RecordsWords }>>>;

export const loadRecordsWords = async (language: Language): Promise<RecordsWords> => (await LOADERS[language]()).records;
