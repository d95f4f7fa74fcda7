// The words of the apps in a language, so that tests press what people read.
import { en as consoleEn } from '../../issuer/console/words/en.ts';
import { en as recordsEn } from '../../records/console/words/en/index.ts';
import { en as scannerEn } from '../../verifier/scanner/words/en.ts';
import { en as walletEn } from '../../holder-web/app/words/en.ts';
import type { Translation } from '#faces/words/words.ts';
import type { Language } from '#passport';

type Apps = { readonly wallet: Translation<typeof walletEn>; readonly console: Translation<typeof consoleEn>; readonly scanner: Translation<typeof scannerEn>; readonly records: Translation<typeof recordsEn> };
const FOLDERS = { wallet: '../../holder-web/app', console: '../../issuer/console', scanner: '../../verifier/scanner', records: '../../records/console' } as const;

export async function wordsOf<A extends keyof Apps>(app: A, language: Language = 'en'): Promise<Apps[A]> {
  const module = (await import(`${FOLDERS[app]}/words/${app === 'records' ? `${language}/index` : language}.ts`)) as Readonly<Record<string, Apps[A]>>; // a file of words exports its catalog by the name of its language
  return module[language]!;
}
