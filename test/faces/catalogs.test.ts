// The words of all apps, in all six languages: nothing missing, nothing left in English, nothing that only we understand.
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '#passport';
import { placesOf } from '#faces/words/words.ts';
import { formsOf, readCatalogs, readSources, type Texts } from './catalogs.ts';

const catalogs = await readCatalogs();
const OTHERS = LANGUAGES.filter((language) => language !== 'en');
const cases = catalogs.map(({ name, of }) => [name, of] as const);

/** Plural categories that whole numbers of things can ask for; CLDR's Arabic writes none of something as it writes a hundred, so the general form does. */
const categoriesOf = (language: Language): string[] => {
  const rules = new Intl.PluralRules(language);
  return [...new Set(Array.from({ length: 1000 }, (_, count) => rules.select(count)))].filter((category) => category !== 'zero').toSorted();
};

describe.each(cases)('%s', (name, of) => {
  test('has every text in every language', () => {
    expect(of.en.size).toBeGreaterThan(0);
    for (const language of OTHERS) expect([language, [...of[language].keys()].toSorted()]).toEqual([language, [...of.en.keys()].toSorted()]);
  });

  test('has words in every text', () => {
    for (const language of LANGUAGES) expect([language, textsWhere(of[language], (form) => form.trim() === '' || (/\p{L}/u.test(form) && form !== form.trim().normalize('NFC')))]).toEqual([language, []]);
  });

  test('puts the same things into the same text', () => {
    for (const language of OTHERS) {
      const differing = [...of[language]].filter(([key, text]) => String(placesOf(text)) !== String(placesOf(of.en.get(key)!))).map(([key]) => key);
      expect([language, differing]).toEqual([language, []]);
    }
  });

  test('counts with each plural form of the language', () => {
    for (const language of LANGUAGES) {
      // Many nouns of Hindi are the same for one and for several: there the general form alone says so.
      const isOneForm = (text: object) => language === 'hi' && Object.keys(text).length === 1;
      const missing = [...of[language]].flatMap(([key, text]) => (typeof text === 'string' || isOneForm(text) ? [] : categoriesOf(language).filter((category) => !(category in text)).map((category) => `${key}.${category}`)));
      expect([language, missing]).toEqual([language, []]);
    }
  });

  test('is translated', () => {
    for (const language of OTHERS) expect([language, [...of[language]].filter(([key, text]) => isEnglish(language, formsOf(text), formsOf(of.en.get(key)!))).map(([key, text]) => `${key}: ${formsOf(text)[0]}`)]).toEqual([language, []]);
  });

  if (!/^(issuer|verifier)/.test(name)) {
    test('says to patients nothing that only we understand', () => {
      for (const language of LANGUAGES) expect([language, textsWhere(of[language], (form) => JARGON[language].some((pattern) => pattern.test(withoutPlaces(form))))]).toEqual([language, []]);
    });
  }
});

const withoutPlaces = (form: string): string => form.replace(/\{\w+\}/g, ' ');
const textsWhere = (texts: Texts, holds: (form: string) => boolean): string[] => [...texts].flatMap(([key, text]) => formsOf(text).filter(holds).map((form) => `${key}: ${form}`));

/** Words of English that none of the others has, and names that all of them write alike. */
const ENGLISH = /\b(the|and|with|this|that|your|you|from|have|were|which|when|for)\b/i;
const NAMES = /healthpass|Comirnaty|https?:\/\/\S+|[A-Z][A-Za-z]*[A-Z0-9]\w*/g;

function isEnglish(language: Language, forms: readonly string[], english: readonly string[]): boolean {
  const own = forms.map((form) => withoutPlaces(form).replace(NAMES, ' '));
  // Another script: two words of ours next to each other are a phrase that was left behind.
  if (language === 'ar' || language === 'hi') return own.some((form) => /[a-z]{3,}[\s,.]+[a-z]{3,}/i.test(form));
  return own.some((form) => ENGLISH.test(form)) || (forms.some((form) => english.includes(form)) && own.some((form) => /[a-z]{3,}\s+[a-z]{2,}\s+[a-z]{2,}/i.test(form)));
}

/** Terms of the trade, as whoever translates in a hurry would write them. */
const TRADE = [/\bDIDs?\b/, /\bJWT\b|SD-JWT|OpenID|\bCBOR\b/, /\bclaims?\b|credential|\bissuers?\b|verifier|nullifier|zero.knowledge|blockchain|\bhash\b|merkle/i];
const JARGON: Readonly<Record<Language, readonly RegExp[]>> = {
  en: [...TRADE, /\bproofs?\b/i],
  es: [...TRADE, /credencial|\bemisor|conocimiento cero|cadena de bloques|\banulador/i],
  fr: [...TRADE, /\bémetteur|divulgation nulle|chaîne de blocs/i],
  de: [...TRADE, /Berechtigungsnachweis|Nullwissen/i],
  ar: [...TRADE, /بيانات الاعتماد|المعرفة الصفرية|سلسلة الكتل/],
  hi: [...TRADE, /क्रेडेंशियल|जारीकर्ता|शून्य.ज्ञान|ब्लॉकचेन/],
};

describe.each([['holder-web/app'], ['issuer/console'], ['verifier/scanner'], ['records/console']])('the words of %s', (folder) => {
  test('are all used', async () => {
    const sources = await readSources([folder, 'faces', 'passport', 'formats', 'vault', 'records/model', folder === 'records/console' ? folder : folder.split('/')[0]!]);
    const known = new Set([...sources.match(/[\p{L}\p{N}_$]+/gu) ?? [], ...sources.match(/[\w-]+/g) ?? []]);
    // A key that is a whole number, or is chosen by a value, stands in the sources as that value.
    const isKnown = (segment: string) => known.has(segment) || /^\d+$/.test(segment) || sources.includes(`'${segment}'`);
    const unused = catalogs.filter(({ name }) => name.startsWith(folder)).flatMap(({ name, of }) => [...of.en.keys()].filter((key) => !key.split('.').slice(-2).every(isKnown)).map((key) => `${name} ${key}`));
    expect(unused).toEqual([]);
  });
});
