// What every part of a page needs to speak: the words of its app, the shared ones, and how the language writes dates.
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { Language } from '#passport';
import { createDates, type Dates } from './dates.ts';
import { en as sharedEn } from './en.ts';
import { directionOf, keepLanguage, localeOf, preferredLanguage } from './language.ts';
import { fill, type Catalog, type Text, type Translation, type Values } from './words.ts';

type Shared = Translation<typeof sharedEn>;
/** Fetches the catalog of a language; English is in the page from the start. */
export type Loaders<W> = Readonly<Record<Exclude<Language, 'en'>, () => Promise<W>>>;

export type Speech<W> = {
  readonly language: Language;
  readonly choose: (language: Language) => void;
  /** The app's words. */
  readonly w: W;
  readonly shared: Shared;
  /** A text with what is put in. */
  readonly say: (text: Text, values?: Values) => string;
  readonly dates: Dates;
};

const SHARED: Loaders<Shared> = {
  es: async () => (await import('./es.ts')).es, fr: async () => (await import('./fr.ts')).fr, de: async () => (await import('./de.ts')).de,
  ar: async () => (await import('./ar.ts')).ar, hi: async () => (await import('./hi.ts')).hi,
};

const SpeechContext = createContext<Speech<unknown> | undefined>(undefined);

/** The words of the app around: `const { w, say } = useSpeech<Words>()`. */
export function useSpeech<W = unknown>(): Speech<W> {
  const speech = useContext(SpeechContext);
  if (!speech) throw new TypeError('there is no Speaking around');
  return speech as Speech<W>;
}

type Loaded<W> = { readonly language: Language; readonly w: W; readonly shared: Shared };

/** Gives what is inside its words, and turns the page to their language and direction. Until a catalog is there, the one before stays. */
export function Speaking<W extends Catalog>({ en, others, children }: { readonly en: W; readonly others: Loaders<Translation<W>>; readonly children: ComponentChildren }) {
  const [wanted, choose] = useState(preferredLanguage);
  const [loaded, setLoaded] = useState<Loaded<Translation<W>> | undefined>(() => (wanted === 'en' ? english(en) : undefined));
  useEffect(() => {
    let current = true;
    void (async () => {
      const next = await load(wanted, en, others).catch(() => undefined);
      if (current) setLoaded((now) => next ?? now ?? english(en));
    })();
    return () => { current = false; };
  }, [wanted, en, others]);
  const speech = useMemo(() => loaded && toSpeech(loaded, (language) => (keepLanguage(language), choose(language))), [loaded]);
  useEffect(() => {
    if (!loaded) return;
    document.documentElement.lang = loaded.language;
    document.documentElement.dir = directionOf(loaded.language);
  }, [loaded]);
  return speech ? <SpeechContext.Provider value={speech}>{children}</SpeechContext.Provider> : null;
}

/** A catalog is a translation of itself. */
const english = <W extends Catalog>(en: W): Loaded<Translation<W>> => ({ language: 'en', w: en as unknown as Translation<W>, shared: sharedEn });

async function load<W extends Catalog>(language: Language, en: W, others: Loaders<Translation<W>>): Promise<Loaded<Translation<W>>> {
  if (language === 'en') return english(en);
  const [w, shared] = await Promise.all([others[language](), SHARED[language]()]);
  return { language, w, shared };
}

const toSpeech = <W,>({ language, w, shared }: Loaded<W>, choose: (language: Language) => void): Speech<W> => ({
  language, choose, w, shared, dates: createDates(localeOf(language)), say: (text, values = {}) => fill(text, values, language),
});
