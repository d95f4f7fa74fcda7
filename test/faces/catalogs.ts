// Every catalog of words in the tree, as flat texts: `words/…/en.ts` with its siblings, or `words/…/en/` with its siblings.
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isText, type Catalog, type Text } from '#faces/words/words.ts';
import { LANGUAGES, type Language } from '#passport';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['faces', 'holder-web/app', 'issuer/console', 'verifier/scanner', 'records/console'];

/** Texts by where they stand (`welcome.title`). */
export type Texts = ReadonlyMap<string, Text>;
export type Words = { readonly name: string; readonly of: Readonly<Record<Language, Texts>> };

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

/** Several ways to say the same (a name alone, and within a sentence) are one text: languages differ in how many they need. */
function flat(value: Catalog | Text, path: string): [string, Text][] {
  if (Array.isArray(value)) return [[path, value.join(' / ')]];
  if (isText(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner as Catalog | Text, path === '' ? key : `${path}.${key}`));
}

async function textsOf(file: string): Promise<Texts> {
  const module = (await import(pathToFileURL(join(ROOT, file)).href)) as Record<string, Catalog>; // a file of words exports catalogs only
  return new Map(Object.values(module).flatMap((exported) => flat(exported, '')));
}

export async function readCatalogs(): Promise<Words[]> {
  const sources = (await Promise.all(FOLDERS.map(filesIn))).flat().filter((file) => file.includes('/words/') && (basename(file) === 'en.ts' || (basename(dirname(file)) === 'en' && basename(file) !== 'index.ts')));
  return Promise.all(sources.toSorted().map(async (file) => {
    const ofLanguage = (language: Language) => (basename(file) === 'en.ts' ? join(dirname(file), `${language}.ts`) : join(dirname(file), '..', language, basename(file)));
    const all = await Promise.all(LANGUAGES.map(async (language) => [language, await textsOf(ofLanguage(language))] as const));
    return { name: file, of: Object.fromEntries(all) as Record<Language, Texts> }; // one for each language
  }));
}

/** What the apps are written in, their words left out. */
export async function readSources(folders: readonly string[]): Promise<string> {
  const files = (await Promise.all(folders.map(filesIn))).flat().filter((file) => /\.tsx?$/.test(file) && !/\/words\/(.*\/)?(en|es|fr|de|ar|hi)(\.ts$|\/)/.test(file));
  return (await Promise.all(files.map((file) => readFile(join(ROOT, file), 'utf8')))).join('\n');
}

export const formsOf = (text: Text): string[] => (typeof text === 'string' ? [text] : Object.values(text));
